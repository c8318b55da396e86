"""Large files are read in one pass; the reading is the same as that of a small one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import retention as rt
from retention.orders import source
from retention.orders.sources import spread

DAYS = ["31/01/2024", "05/02/2024", "06/03/2024", "07/03/2024"]


@pytest.fixture(autouse=True)
def small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text file is a large one, of which the first rows are looked at."""
    monkeypatch.setattr(source, "SCANNED", 0)
    monkeypatch.setattr(source, "PIECES", 1)
    monkeypatch.setattr(spread, "BYTES", 30)


def written(folder: Path, **columns: list[str]) -> Path:
    frame = pd.DataFrame(
        {"customer_id": ["01", "02", "01", "03"], "order_id": list("abcd"), "ordered_at": DAYS,
         "amount": ["5", "6", "7", "8"]} | columns
    )  # fmt: skip
    frame.to_csv(folder / "orders.csv", index=False)
    return folder / "orders.csv"


def read(path: Path, **options: object) -> pd.DataFrame:
    return rt.read_orders(path, **options).to_pandas()


# Examples


def test_days_told_by_the_first_rows(tmp_path: Path) -> None:
    found = read(written(tmp_path))
    assert found["ordered_at"].dt.strftime("%m-%d").tolist() == ["01-31", "02-05", "03-06", "03-07"]
    assert found["customer_id"].tolist() == ["01", "02", "01", "03"]


def test_first_rows_that_cannot_tell_day_from_month_are_no_reason_to_refuse(tmp_path: Path) -> None:
    path = written(tmp_path, ordered_at=["05/02/2024", "06/03/2024", "07/03/2024", "31/01/2024"])
    assert read(path)["ordered_at"].dt.month.tolist() == [1, 2, 3, 3]


def test_a_decimal_sign_after_the_sample_is_read_all_the_same(tmp_path: Path) -> None:
    found = read(written(tmp_path, amount=["5", "6", "7,25", "1.250,5"]))
    assert found["amount"].tolist() == [5.0, 6.0, 7.25, 1250.5]


def test_a_thousands_sign_after_the_sample_is_not_taken_for_a_decimal(tmp_path: Path) -> None:
    path = written(tmp_path, amount=["5", "6", "7", "1.250"])
    with pytest.raises(rt.OrdersError, match="two ways"):
        read(path)


def test_bad_cells_after_the_sample_are_counted(tmp_path: Path) -> None:
    path = written(tmp_path, ordered_at=[*DAYS[:3], "30/02/2024"])
    with pytest.raises(rt.OrdersError, match=r"1 of 4 rows have no readable date .*30/02/2024"):
        read(path)
    assert len(read(path, unreadable="set_aside")) == 3
