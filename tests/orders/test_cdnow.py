from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from retention.errors import ArgumentError, ExportError, OrdersError
from retention.orders import cdnow
from retention.orders.cdnow import cdnow_orders, write_cdnow
from retention.orders.read import read_orders

# examples


def test_every_cell_is_text_under_our_names() -> None:
    lines = cdnow_orders()
    assert lines.columns.tolist() == ["customer_id", "ordered_at", "quantity", "amount"]
    assert (lines.dtypes == "str").all()
    assert lines.iloc[0].tolist() == ["0001", "19970101", "2", "29.33"]


def test_the_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = write_cdnow(tmp_path / "new" / "orders.csv")
    orders = read_orders(path, currency="USD")
    assert orders.counts["customers"] == 23_570
    assert f"{orders.history_start:%Y-%m-%d} {orders.as_of:%Y-%m-%d}" == "1997-01-01 1998-06-30"


def test_lifetimes_is_not_imported() -> None:
    words = "import sys; from retention.orders.cdnow import cdnow_orders; cdnow_orders()"
    words += "; sys.exit('lifetimes' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words]).returncode == 0


# refusals


def test_which_is_one_of_two() -> None:
    with pytest.raises(ArgumentError, match="which: 'all' is not one of 'master', 'sample'"):
        cdnow_orders("all")


def test_without_lifetimes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cdnow, "find_spec", lambda name: None)
    with pytest.raises(OrdersError, match=r"come with the package lifetimes. Install it"):
        cdnow_orders()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match=r"file: cannot be made \(File exists\)"):
        write_cdnow(tmp_path / "file" / "orders.csv")


# references


@pytest.mark.parametrize(
    ("which", "customers", "lines", "last"),
    [("sample", 2_357, 6_919, "19980630"), ("master", 23_570, 69_659, "19980630")],
)
def test_the_sizes_that_are_published(which: str, customers: int, lines: int, last: str) -> None:
    """Fader, Hardie and Lee (2005) and the notes that go with the two files."""
    table = cdnow_orders(which)
    assert (table["customer_id"].nunique(), len(table)) == (customers, lines)
    assert (table["ordered_at"].min(), table["ordered_at"].max()) == ("19970101", last)
    # Everybody's first order lies in the first quarter of 1997.
    assert table.groupby("customer_id")["ordered_at"].min().max() <= "19970331"
