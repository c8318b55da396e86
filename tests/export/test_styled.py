"""A styled table shows shares, money and dates as people write them, and leaves the table alone."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

import pandas as pd
import pytest

from retention.export.styled import styled
from retention.orders.read import read_orders
from retention.orders.reconcile.reconcile import reconcile

TABLE = pd.DataFrame(
    {
        "cohort": pd.to_datetime(["2024-06-01", "2024-07-01"]),
        "cohort_size": [1234, 7],
        "retention_rate": [0.1364, float("nan")],
        "total_value": [1_250_000.0, 900.0],
        "pro<b>vince": ["<b>Huế</b>", "Đà Nẵng"],
    }
)


class Cells(HTMLParser):
    """The words of a page's table, row by row, the header first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.is_cell = tag in ("th", "td")
        if tag == "tr":
            self.rows.append([])
        elif self.is_cell:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.is_cell = False

    def handle_data(self, data: str) -> None:
        if self.is_cell:
            self.rows[-1][-1] += data


def cells(table: pd.DataFrame, **options: int) -> list[list[str]]:
    return Cells(styled(table, **options).to_html()).rows[1:]


def column(table: pd.DataFrame, name: str) -> list[str]:
    return [row[list(table.columns).index(name)] for row in cells(table)]


def shop() -> pd.DataFrame:
    """A hundred customers, of whom the last comes back."""
    rows = [(f"c{n:03d}", "2024-01-01", 12.5) for n in range(100)]
    return pd.DataFrame(
        [*rows, ("c099", "2024-02-01", 990.25)], columns=["customer_id", "ordered_at", "amount"]
    )


# examples
def test_each_column_is_formatted_by_what_the_glossary_says() -> None:
    assert cells(TABLE) == [
        ["2024-06-01", "1,234", "13.6%", "1,250,000", "<b>Huế</b>"],
        ["2024-07-01", "7", "", "900", "Đà Nẵng"],
    ]
    assert "<b>" not in styled(TABLE).to_html()


def test_only_the_first_rows_are_shown() -> None:
    assert len(cells(TABLE, max_rows=1)) == 1


def test_a_cohort_is_named_by_its_period() -> None:
    table = TABLE.copy()
    table.attrs = {"parameters": {"period": "month"}}
    assert column(table, "cohort") == ["2024-06", "2024-07"]


def test_a_time_of_day_is_shown_where_there_is_one() -> None:
    times = pd.to_datetime(["2024-06-01 23:59", None])
    assert cells(pd.DataFrame({"ordered_at": times})) == [["2024-06-01 23:59"], [""]]


@pytest.mark.parametrize(
    ("currency", "amounts", "shown"),
    [
        ("EUR", [12.5, 1000.0], ["12.50", "1,000.00"]),
        ("EUR", [12.5, 10_000.0], ["12", "10,000"]),
        ("VND", [12.5, 1000.0], ["12", "1,000"]),
        (None, [12.0, 0.0], ["12", "0"]),
    ],
)
def test_money_has_the_same_decimals_in_the_whole_column(
    currency: str | None, amounts: list[float], shown: list[str]
) -> None:
    table = pd.DataFrame({"amount": amounts})
    table.attrs = {"currency": currency}
    assert column(table, "amount") == shown


def test_words_stand_at_the_left_with_their_header() -> None:
    page = styled(TABLE).to_html()
    assert [f".col{place} {{" in page for place in range(5)] == [True, False, False, False, True]


def test_each_figure_in_its_own_unit() -> None:
    table = pd.DataFrame(
        {
            "name": ["customers", "purchase_days_per_customer", "amount", "repeat_rate_180", "odd"],
            "everybody": [2526.0, 4.3127, 4_115_479_000.0, 0.5979, 12.345],
            "merged": [2500.0, 4.0, 7.5, float("nan"), 0.5],
        }
    )
    table.attrs = {"currency": "VND"}
    assert column(table, "everybody") == ["2,526", "4.31", "4,115,479,000", "59.8%", "12.35"]
    assert column(table, "merged") == ["2,500", "4.00", "8", "", "0.5"]


def test_a_campaign_is_read_out_in_shares_orders_and_money() -> None:
    table = pd.DataFrame(
        {
            "measure": ["order_rate", "amount_per_customer"],
            "difference": [0.0521, 41_000.0],
            "p_value": [0.0132, 0.2],
            "total_effect": [46.4, 36_900_000.0],
            "total_effect_low": [18.0, -5_000_000.0],
        }
    )
    table.attrs = {"currency": "VND"}
    assert cells(table) == [
        ["order_rate", "5.2%", "1.3%", "46.40", "18.00"],
        ["amount_per_customer", "41,000", "20.0%", "36,900,000", "-5,000,000"],
    ]


def test_a_table_that_was_turned() -> None:
    table = pd.DataFrame({"customers": [2526.0, 2501.0], "average_order_value": [12.5, 13.0]})
    assert cells(table) == [["2,526", "12.50"], ["2,501", "13.00"]]


def test_columns_of_one_name_are_not_mixed_up() -> None:
    table = pd.DataFrame([[1.5, 2.0, "x"]], columns=["quantity", "quantity", "quantity"])
    assert [float(cell) for cell in cells(table)[0][:2]] == [1.5, 2.0]


@pytest.mark.slow
def test_headlines() -> None:
    orders = read_orders(shop(), as_of="2024-12-31", currency="EUR")
    assert cells(orders.headlines) == [
        ["customers", "100", "99"],
        ["orders", "101", "99"],
        ["purchase_days_per_customer", "1.01", "1.00"],
        ["amount", "2,240.25", "1,237.50"],
        ["average_order_value", "22.18", "12.50"],
        ["repeat_rate_180", "1.0%", "0.0%"],
    ]


@pytest.mark.slow
def test_reconciled_figures() -> None:
    orders = read_orders(shop(), as_of="2024-12-31", currency="EUR")
    steps = reconcile(orders, {"orders": 1101, "revenue": 3240.5})
    shown = [row[:4] for row in cells(steps) if row[1] in ("as given", "unexplained", "ours")]
    assert shown == [
        ["orders", "as given", "1,101", "1,101"],
        ["orders", "unexplained", "-1,000", "101"],
        ["orders", "ours", "101", "101"],
        ["revenue", "as given", "3,240.50", "3,240.50"],
        ["revenue", "unexplained", "-1,000.25", "2,240.25"],
        ["revenue", "ours", "2,240.25", "2,240.25"],
    ]


def test_a_long_table_scrolls_below_its_header() -> None:
    rows = pd.DataFrame({"customer_id": [f"c{number}" for number in range(500)]})
    page = styled(rows, max_rows=400).to_html()
    assert "position: sticky" in page
    assert "max-height" in page
    assert "caption-side: top" in page
    assert "The first 400 of 500 rows." in page
    assert "max-height" not in styled(rows, max_rows=30).to_html()


# laws
def test_the_table_is_not_changed() -> None:
    before = TABLE.copy()
    styled(TABLE).to_html()
    pd.testing.assert_frame_equal(TABLE, before)


def test_an_index_with_repeats_changes_nothing() -> None:
    assert cells(TABLE.set_axis([3, 3])) == cells(TABLE)


def test_a_table_without_rows() -> None:
    assert cells(TABLE.head(0)) == []
