"""Large Parquet files are read in one pass; the reading is the same as that of a small one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

import retention as rt
from retention.orders import passes, source
from retention.orders.sources.row_groups import GROUPS

LINES = 40


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is a large one."""
    monkeypatch.setattr(source, "SCANNED", 0)


def frame(**columns: Any) -> pd.DataFrame:
    days = pd.date_range("2024-01-05", periods=LINES, freq="7D")
    return pd.DataFrame(
        {
            "customer_id": [f"0{number % 7}" for number in range(LINES)],
            "order_id": [f"A{number}" for number in range(LINES)],
            "ordered_at": days,
            "amount": [number + 0.25 for number in range(LINES)],
        }
        | columns
    )


def written(path: Path, table: pd.DataFrame, groups: int = GROUPS) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    pq.write_table(arrow, path, row_group_size=-(-len(table) // groups))
    return path


def passes_taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the ways in which tables are read from now on."""
    taken: list[str] = []
    for name in ("_in_one_pass", "_in_two_passes"):
        way = getattr(passes, name)

        def told(*given: Any, way: Any = way, name: str = name) -> Any:
            found = way(*given)
            taken.extend([name] * (found is not None))
            return found

        monkeypatch.setattr(passes, name, told)
    return taken


# Examples


def test_one_pass_gives_what_the_frame_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = passes_taken(monkeypatch)
    orders = rt.read_orders(written(tmp_path / "orders.parquet", frame()))
    assert taken == ["_in_one_pass"]
    assert_frame_equal(orders.to_pandas(), rt.read_orders(frame()).to_pandas())


def test_several_files_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = passes_taken(monkeypatch)
    table = frame()
    written(tmp_path / "a.parquet", table[:20])
    written(tmp_path / "b.parquet", table[20:])
    found = rt.read_orders(tmp_path / "*.parquet").to_pandas()
    assert taken == ["_in_one_pass"]
    assert found["amount"].tolist() == table["amount"].tolist()


def test_days_in_text_are_told_by_later_groups(tmp_path: Path) -> None:
    table = frame(ordered_at=frame()["ordered_at"].dt.strftime("%d/%m/%Y"))
    found = rt.read_orders(written(tmp_path / "orders.parquet", table)).to_pandas()
    assert found["ordered_at"].tolist() == frame()["ordered_at"].tolist()


def test_cells_that_the_sample_does_not_show_are_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = passes_taken(monkeypatch)
    monkeypatch.setattr("retention.orders.sources.row_groups.ROWS", 1)
    # The first row of each group of 5 is whole; the others have a decimal comma.
    amounts = ["7" if number % 5 == 0 else "7,25" for number in range(LINES)]
    path = written(tmp_path / "orders.parquet", frame(amount=amounts))
    assert rt.read_orders(path).to_pandas()["amount"].sum() == 8 * 7 + 32 * 7.25
    assert taken == ["_in_two_passes"]


@pytest.mark.parametrize("groups", [1, GROUPS - 1])
def test_few_groups_are_stored_first(
    tmp_path: Path, groups: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "orders.parquet", frame(), groups)
    assert source.open_source(path).sample is None
    assert len(rt.read_orders(path).to_pandas()) == LINES


def test_columns_from_folder_names_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path / "channel=web" / "orders.parquet", frame())
    assert set(rt.read_orders(path).to_pandas()["channel"]) == {"web"}


def test_the_sample_is_the_beginning_of_every_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retention.orders.sources.row_groups.ROWS", 2)
    opened = source.open_source(written(tmp_path / "orders.parquet", frame()))
    numbers = opened.sample.to_pandas()["order_id"].str[1:].astype(int)
    assert sorted(numbers) == [start + step for start in range(0, LINES, 5) for step in (0, 1)]


# Refusals


def test_bad_cells_are_counted(tmp_path: Path) -> None:
    days = frame()["ordered_at"].dt.strftime("%Y-%m-%d").tolist()
    days[17] = "2024-02-30"
    path = written(tmp_path / "orders.parquet", frame(ordered_at=days))
    with pytest.raises(rt.OrdersError, match=r"1 of 40 rows have no readable date .*2024-02-30"):
        rt.read_orders(path)
