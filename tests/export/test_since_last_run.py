"""What changed since the report was made last."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.export.run_file import Run, read_runs, write_run
from retention.export.since_last_run import run_changes, since_last_run
from retention.orders.orders import Orders
from retention.orders.read import read_orders


@pytest.fixture(scope="module")
def orders() -> Orders:
    frame = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", "c"],
            "order_date": ["2024-01-01", "2024-01-31", "2024-02-09", "2024-02-29"],
            "amount": [10.0, 20.0, 7.0, 3.0],
        }
    )
    return read_orders(frame, currency="EUR")


def run(as_of: str, amount: float | None = 1.0, currency: str | None = "EUR") -> Run:
    return Run(as_of, currency, {"amount": amount})


# examples


def test_two_months(orders: Orders, tmp_path: Path) -> None:
    path = tmp_path / "retention.json"
    first = since_last_run(orders.at("2024-01-31"), path)
    assert first["before"].isna().all()
    assert first.attrs["before_as_of"] is None
    for _ in range(2):  # Made twice of one month, it is compared with the month before.
        second = since_last_run(orders, path).set_index("name")
        assert second.loc["customers"].tolist() == [1, 3, 2]
        assert second.loc["amount"].tolist() == [30, 40, 10]
        # 180 days are not over for anybody.
        assert second.loc["repeat_rate_180"].isna().all()
    assert [each.as_of for each in read_runs(path)] == ["2024-01-31", "2024-02-29"]
    assert json.loads(path.read_text())["runs"][1]["numbers"]["repeat_rate_180"] is None


def test_it_is_compared_with_the_same_day_and_currency(orders: Orders) -> None:
    assert run_changes(orders, [run("2024-02-29", 35.0)]).attrs["before_as_of"] == "2024-02-29"
    later, other = run("2024-03-31"), run("2024-01-31", currency="VND")
    assert run_changes(orders, [later, other])["before"].isna().all()


# laws


def test_runs_come_back_in_the_order_of_their_days(tmp_path: Path) -> None:
    path = tmp_path / "runs.json"
    for each in (run("2024-03-31", None), run("2024-01-31"), run("2024-03-31", float("nan"))):
        write_run(each, path)
    assert read_runs(path) == [run("2024-01-31"), run("2024-03-31", None)]


# refusals


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1]",
        '{"runs": [{"as_of": 1}]}',
        '{"runs": 5}',
        '{"runs": [{"as_of": "2024-01-31", "currency": null, "numbers": [1, 2]}]}',
    ],
)
def test_a_file_of_somebody_else(content: str, orders: Orders, tmp_path: Path) -> None:
    path = tmp_path / "retention.json"
    path.write_text(content)
    with pytest.raises(ArgumentError, match=r"retention\.json: not what a run .* Move it away"):
        since_last_run(orders, path)
    assert path.read_text() == content


def test_a_folder_in_the_place_of_the_file(orders: Orders, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"cannot be read .* Give the \.json file of the runs"):
        since_last_run(orders, tmp_path)
    with pytest.raises(ArgumentError, match=r"path: 3 is no path"):
        since_last_run(orders, 3)  # type: ignore[arg-type]


def test_orders_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="orders: a DataFrame is none"):
        since_last_run(pd.DataFrame(), tmp_path / "x.json")  # type: ignore[arg-type]


def test_numbers_nested_without_end_and_a_folder_are_no_numbers_of_a_run(tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 100_000)
    (tmp_path / "folder.json").mkdir()
    for name in ("deep.json", "folder.json"):
        with pytest.raises(
            ArgumentError,
            match=rf"{name}: (not what a run .* Move it away|cannot be read .* a new name)",
        ):
            read_runs(tmp_path / name)
