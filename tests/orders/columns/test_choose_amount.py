"""The money of a line: no quantities, no totals of the order counted once for each line."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.errors import OrdersError
from retention.orders.columns.mapping import map_columns
from retention.orders.source import open_source

LINES = {
    "order_id": ["1", "1", "2", "2", "3"],
    "customer_id": ["a", "a", "b", "b", "a"],
    "date": ["2024-01-31", "2024-01-31", "2024-02-01", "2024-02-01", "2024-02-02"],
    "product": ["Tea", "Cup", "Tea", "Pot", "Cup"],
}
COUNTED = {"quantity": [2, 1, 1, 3, 1], "price": ["10.50", "4", "10.50", "20", "4"]}
TOTALS = ["25", "25", "70.50", "70.50", "4"]


def reasons(columns: dict[str, list[object]], **options: str) -> dict[str, tuple[str, str]]:
    source = open_source(pd.DataFrame(LINES | columns))
    guesses = map_columns(source, columns=options)
    return {guess.column: (guess.source_column, guess.reason) for guess in guesses}


# Examples


def test_a_column_called_amount_that_holds_quantities() -> None:
    found = reasons({"AMOUNT": [2, 1, 1, 4, 12], "SALES_PRICE": [30, 46, 166, 24, 144]})
    assert found["amount"] == (
        "SALES_PRICE", "the header 'SALES_PRICE' means amount; 'AMOUNT' holds small whole numbers",
    )  # fmt: skip
    assert found["quantity"] == (
        "AMOUNT", "contents: 'AMOUNT' holds small whole numbers, 'SALES_PRICE' holds the money",
    )  # fmt: skip


def test_amount_is_quantity_beside_a_price() -> None:
    found = reasons({"amount": [2, 1, 1, 4, 12], "price": ["10.5", "4", "3", "2", "9"]})
    assert "amount" not in found
    assert (found["quantity"][0], found["unit_price"][0]) == ("amount", "price")


def test_small_whole_amounts_stay_amounts() -> None:
    assert reasons({"amount": [5, 3, 2, 1, 5]})["amount"][0] == "amount"
    found = reasons({"amount": [5, 3, 2, 1, 5], "quantity": [1, 1, 2, 1, 1], "price": [99] * 5})
    assert found["amount"][0] == "amount"


def test_an_order_total_on_every_line() -> None:
    found = reasons(COUNTED | {"total": TOTALS})
    assert "amount" not in found
    assert found["unit_price"] == (
        "price",
        "the header 'price' means unit_price; the amount is quantity x unit_price, because 'total' "
        "repeats the order's total on each of its lines",
    )


def test_an_order_total_of_equal_lines() -> None:
    equal = {"quantity": [1, 1, 2, 2, 1], "price": [5, 5, 3, 3, 4]}
    assert "amount" not in reasons(equal | {"total": [10, 10, 12, 12, 4]})
    assert reasons(equal | {"total": [5, 5, 6, 6, 4]})["amount"][0] == "total"


def test_an_order_total_on_the_first_line() -> None:
    found = reasons(
        COUNTED | {"total": ["25", None, "70.50", None, "4"], "paid": ["y", None] * 2 + ["y"]}
    )
    assert "amount" not in found
    assert "'total' stands on one line of each order" in found["unit_price"][1]


def test_an_order_total_on_the_first_line_without_prices() -> None:
    found = reasons(
        {"total": ["25", None, "70.50", None, "4"], "paid": ["y", None, "y", None, "y"]}
    )
    assert found["amount"] == (
        "total",
        "the header 'total' means amount; it stands on one line of each order, and counts once",
    )


def test_one_missing_amount_is_no_order_total() -> None:
    found = reasons(COUNTED | {"total": ["21", None, "10.50", "60", "4"]})
    assert found["amount"][0] == "total"


def test_the_line_beats_the_order() -> None:
    found = reasons(
        COUNTED | {"Thành tiền": ["21", "4", "10.5", "60", "4"], "Khách cần trả": TOTALS}
    )
    assert found["amount"] == (
        "Thành tiền",
        "the header 'Thành tiền' means amount; 'Khách cần trả' repeats the order's total on each of its "
        "lines",
    )


def test_net_beats_gross() -> None:
    found = reasons(
        {"Gross Sales": ["9", "8", "7", "6", "5"], "Net Sales": ["8", "8", "7", "6", "4.5"]}
    )
    assert found["amount"][0] == "Net Sales"


def test_a_price_is_the_amount_where_lines_are_items() -> None:
    found = reasons({"price": ["10.50", "4", "10.50", "20", "4"], "payment_value": TOTALS})
    assert found["amount"][0] == "price"
    assert "each line is one item of 'price'" in found["amount"][1]
    assert "unit_price" not in found


def test_an_order_discount_is_not_summed_over_its_lines() -> None:
    paid = {"line_total": ["20", "3", "10", "59", "4"]}
    assert "discount" not in reasons(COUNTED | paid | {"discount": [5, 5, 8, 8, 0]})
    assert reasons(COUNTED | paid | {"discount": [5, 1, 0, 0, 0]})["discount"][0] == "discount"


def test_given_totals_are_obeyed_and_count_once() -> None:
    assert reasons(COUNTED | {"total": TOTALS}, amount="total")["amount"] == (
        "total", "given in columns=; it repeats the order's total on each of its lines, and counts once",
    )  # fmt: skip


def test_two_orders_without_prices_prove_no_repetition() -> None:
    with pytest.raises(
        OrdersError, match=r'looks like the order.* Pass amount_of="order" to count'
    ):
        reasons({"order total": TOTALS}, amount="order total")


def test_several_payments_of_one_order() -> None:
    paid = {"method": list("abcde"), "paid": [20, 5, 70, 0.5, 4], "total": TOTALS}
    with pytest.raises(OrdersError, match=r"'paid' adds up to it: pass columns={'amount': 'paid'}"):
        reasons(paid)
    assert reasons(paid, amount="paid")["amount"] == ("paid", "given in columns=")
    named = reasons({"paid amount": paid["paid"], "total": TOTALS})["amount"]
    assert named[0] == "paid amount"
    assert named[1].endswith("'total' repeats the order's total on each of its lines")


# Laws


@given(st.permutations(range(5)))
def test_row_order_does_not_matter(places: list[int]) -> None:
    rows = pd.DataFrame(
        LINES | COUNTED | {"total": ["25", None, "70.50", None, "4"], "paid": TOTALS}
    )
    plain = map_columns(open_source(rows))
    assert map_columns(open_source(rows.iloc[places])) == plain


# Refusals


def test_an_order_total_alone() -> None:
    with pytest.raises(
        OrdersError,
        match=r"'Order total' repeats the order's total on each of its lines .*"
        r'Pass amount_of="order" to count it once',
    ):
        reasons({"Order total": TOTALS})


def test_totals_that_are_probably_repeated() -> None:
    orders = [str(place // 2) for place in range(24)]
    frame = pd.DataFrame(
        {
            "order_id": orders,
            "customer_id": orders,
            "date": "2024-01-31",
            "product": ["Tea", "Cup"] * 12,
            "total": [f"{int(order) * 7 + 20}.50" for order in orders],
        }
    )
    with pytest.raises(
        OrdersError,
        match=r"'total' is the same on every line .* Pass amount_of=\"order\" to count it once",
    ):
        map_columns(open_source(frame))
    said = map_columns(open_source(frame), columns={"amount": "total"})
    assert said[3].reason.endswith('pass amount_of="order" if it is the order\'s total')
    for whose in ("order", "line"):
        assert map_columns(open_source(frame), amount_of=whose)[3].source_column == "total"


def test_two_amounts() -> None:
    with pytest.raises(OrdersError, match=r"2 columns could be amount \('sales', 'total'\)"):
        reasons({"sales": ["9", "8", "7", "6", "5"], "total": ["9", "8", "7", "6", "4"]})
