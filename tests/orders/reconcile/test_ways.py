"""Which way of counting a dashboard's figure comes nearest to."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.orders.reconcile.reasons import explanation
from retention.orders.reconcile.ways import Way, nearest_ways

COUNTS = {
    "orders": Decimal(10),
    "orders_with_refunds": Decimal(13),
    "orders_with_adjustments": Decimal(17),
    "lines": Decimal(40),
    "customers": Decimal(6),
    "customers_and_guests": Decimal(8),
    "customers_with_refunds": Decimal(8),
    "customers_with_adjustments": Decimal(8),
    "revenue": Decimal(100),
    "net_revenue": Decimal(90),
}


OURS = {"orders": Decimal(4), "customers": Decimal(3), "revenue": Decimal("61.50")}


def nearest_way(figure: str, said: float) -> Way:
    return nearest_ways({figure: Decimal(said)}, COUNTS, OURS)[figure]


# examples


@pytest.mark.parametrize(
    ("figure", "said", "way"),
    [
        ("orders", 10, "as given"),
        ("orders", 11, "as given"),
        ("orders", 12, "as given, refunds"),
        ("orders", 17, "as given, adjustments"),
        ("orders", 28, "as given, adjustments"),
        ("orders", 29, "as given, lines"),
        ("revenue", 97, "as given"),
        ("revenue", 91, "as given, net"),
    ],
)
def test_the_nearest_way(figure: str, said: int, way: str) -> None:
    assert nearest_way(figure, said).said == way


@pytest.mark.parametrize(("said", "way"), [(7, "as given"), (8, "as given, guests")])
def test_of_two_as_near_the_first(said: int, way: str) -> None:
    assert nearest_way("customers", said).said == way


def test_of_two_as_near_the_one_in_which_orders_are_counted() -> None:
    for orders, way in {10: "guests", 13: "refunds", 17: "adjustments", 40: "guests"}.items():
        given = {"customers": Decimal(8), "orders": Decimal(orders)}
        assert nearest_ways(given, COUNTS, OURS)["customers"].said == f"as given, {way}"
    # What is nearer is nearer, however orders are counted.
    given = {"customers": Decimal(6), "orders": Decimal(17)}
    assert nearest_ways(given, COUNTS, OURS)["customers"].said == "as given"


def test_steps_lead_to_orders_as_they_were_placed() -> None:
    way = nearest_way("orders", 17)
    assert way.counted == 17
    assert way.steps == (("adjustments_as_orders", 13), ("refunds_as_orders", 10))


@pytest.mark.parametrize("said", [61.5, 61.500000000000014])
def test_our_own_figure_needs_no_steps(said: float) -> None:
    way = nearest_way("revenue", said)
    assert (way.said, way.steps, way.follows) == ("as given, ours", (), "")
    assert nearest_way("revenue", 61.51).said == "as given, net"


def test_where_nothing_was_left_out_the_placed_orders_are_ours() -> None:
    ways = nearest_ways({"orders": Decimal(10)}, COUNTS, COUNTS)
    assert ways["orders"].said == "as given"


def test_net_sales_stay_net() -> None:
    way = nearest_way("revenue", 90)
    assert (way.counted, way.steps, way.follows) == (90, (), "net_revenue")


# laws


@given(said=st.integers(-50, 200), figure=st.sampled_from(["orders", "customers", "revenue"]))
def test_every_way_ends_at_the_placed_figure_and_is_explained(said: int, figure: str) -> None:
    way = nearest_ways({figure: Decimal(said)}, COUNTS, dict.fromkeys(OURS, Decimal(-99)))[figure]
    reached = [way.counted, *(count for _, count in way.steps)][-1]
    assert reached == COUNTS[way.follows]
    assert abs(said - way.counted) <= abs(said - COUNTS[figure])
    unknown = explanation("no such reason")
    assert unknown not in {explanation(name) for name in [way.said, *dict(way.steps)]}
