"""Two currencies that only the number formats of a workbook show are not added up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from retention.errors import OrdersError
from retention.orders.read import read_orders
from retention.orders.sources.shown_currencies import shown_currencies

DONG, DOLLARS, EUROS = '#,##0 "₫"', "[$$-409]#,##0.00", "#,##0.00\\ [$€-1];-#,##0.00\\ [$€-1]"


def book(folder: Path, *formats: str) -> Path:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append([None, "customer_id", "order_id", "ordered_at", "amount"])
    for place, form in enumerate(formats):
        sheet.append(
            [None, f"c{place % 2}", f"o{place}", datetime(2024, 1, 5 + place), 1000.5 + place]
        )
        sheet.cell(place + 2, 5).number_format = form
    made.save(folder / "orders.xlsx")
    return folder / "orders.xlsx"


# Examples


def test_the_currency_of_each_cell(tmp_path: Path) -> None:
    path = book(tmp_path, DONG, DOLLARS, EUROS, "General")
    assert shown_currencies(path, "Sheet") == {(1, 4): "VND", (2, 4): "USD", (3, 4): "EUR"}


@pytest.mark.parametrize("formats", [(DONG, DONG), ("0.00", DONG), ("General", "@")])
def test_one_currency_changes_nothing(formats: tuple[str, ...], tmp_path: Path) -> None:
    path = book(tmp_path, *formats)
    assert shown_currencies(path, "Sheet") == {}
    assert read_orders(path).to_pandas()["amount"].tolist() == [1000.5, 1001.5]


# Refusals


def test_two_currencies_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path, DOLLARS, DONG, DOLLARS)
    with pytest.raises(
        OrdersError, match=r"'amount' holds 2 currencies \(USD in 2, VND in 1 cells\)"
    ):
        read_orders(path)
    kept = read_orders(path, currency="USD", unreadable="set_aside")
    assert kept.to_pandas()["amount"].tolist() == [1000.5, 1002.5]
