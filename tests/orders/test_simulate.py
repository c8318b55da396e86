"""Simulated orders: the same seed the same frame, and the parameters that went in come out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from retention.errors import ArgumentError
from retention.models.beta_geometric_fit import BetaGeometricFit
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.orders.simulate import (
    COLUMNS,
    PEOPLE_COLUMNS,
    SHOP_COLUMNS,
    simulate_orders,
    simulate_people,
)
from retention.orders.simulated.hien_may import HIEN_MAY, HIEN_MAY_POPULATION
from retention.orders.simulated.people import TRAITS
from retention.orders.simulated.population import Model, Population
from retention.tables.customer_summary import customer_summary

SHOP = {"shop": HIEN_MAY, "population": HIEN_MAY_POPULATION}
NOBODY_LEAVES = {"a": 0.0}


def repeats(orders: pd.DataFrame) -> pd.Series:
    return orders.groupby("customer_id").size() - 1


def standard_errors(values: pd.Series, expected: float) -> float:
    return float(abs(values.mean() - expected) / (values.std() / np.sqrt(len(values))))


# Examples


def test_plain_orders_have_one_line_each() -> None:
    orders = simulate_orders(customers=50, days=100, random_state=3)
    assert tuple(orders.columns) == COLUMNS
    assert orders.dtypes.astype(str).tolist() == ["str", "str", "datetime64[us]", "float64"]
    assert orders["order_id"].is_unique
    assert orders["customer_id"].nunique() == 50
    assert orders["customer_id"].str.len().eq(6).all()


def test_shop_orders_have_all_columns() -> None:
    orders = simulate_orders(customers=300, days=400, **SHOP)
    assert tuple(orders.columns) == SHOP_COLUMNS
    assert set(orders["status"]) == {"delivered", "cancelled", "returned"}
    assert orders.groupby("order_id")["product"].nunique().max() > 1
    assert (orders["amount"] < 0).any()


def test_people_are_those_who_order() -> None:
    same = {"customers": 300, "days": 400, "random_state": 5, **SHOP}
    people, orders = simulate_people(**same), simulate_orders(**same)
    assert tuple(people.columns) == (*PEOPLE_COLUMNS, *TRAITS)
    assert len(people) == 300
    first = orders.groupby("customer_id")["ordered_at"].min()
    seen = people.set_index("customer_id")["first_seen_at"]
    assert (first >= seen.reindex(first.index)).all()
    assert 0 < len(first) < 300
    province = people.set_index("customer_id")["province"]
    assert (orders["province"] == orders["customer_id"].map(province)).all()


def test_joining_days_end_the_joining() -> None:
    people = simulate_people(customers=500, days=200, population=Population(joining_days=30))
    day = people["first_seen_at"] - pd.Timestamp("2023-01-01")
    assert day.dt.days.between(0, 29).all()
    assert day.dt.days.max() >= 25


def test_nobody_bought_gives_an_empty_frame_with_the_same_columns() -> None:
    same = {"customers": 1, "days": 1, **SHOP}
    empty = next(
        orders for seed in range(20) if (orders := simulate_orders(**same, random_state=seed)).empty
    )
    full = simulate_orders(customers=300, days=400, **SHOP)
    assert empty.dtypes.tolist() == full.dtypes.tolist()


# Laws


@given(seed=st.integers(0, 2**32), shop=st.booleans(), customers=st.integers(1, 60))
def test_same_seed_same_frame(seed: int, shop: bool, customers: int) -> None:
    arguments = {"customers": customers, "days": 90, **(SHOP if shop else {})}
    once = simulate_orders(**arguments, random_state=seed)
    assert_frame_equal(once, simulate_orders(**arguments, random_state=seed))


@pytest.mark.parametrize("arguments", [{}, SHOP], ids=["plain", "shop"])
def test_another_seed_another_frame(arguments: dict[str, object]) -> None:
    once = simulate_orders(customers=100, days=200, random_state=1, **arguments)
    other = simulate_orders(customers=100, days=200, random_state=2, **arguments)
    assert not once.equals(other)


@given(seed=st.integers(0, 2**32), days=st.integers(1, 500), shop=st.booleans())
def test_orders_lie_within_the_time_and_are_numbered_by_it(
    seed: int, days: int, shop: bool
) -> None:
    orders = simulate_orders(
        customers=80, days=days, random_state=seed, start="2024-02-20", **(SHOP if shop else {})
    )
    end = pd.Timestamp("2024-02-20") + pd.Timedelta(days=days)
    assert orders["ordered_at"].between(pd.Timestamp("2024-02-20"), end, inclusive="left").all()
    assert orders["ordered_at"].is_monotonic_increasing
    assert orders.loc[orders["amount"] > 0, "order_id"].is_monotonic_increasing


@given(seed=st.integers(0, 2**32))
def test_amount_is_price_times_quantity_less_discount(seed: int) -> None:
    lines = simulate_orders(customers=200, days=500, random_state=seed, **SHOP)
    gross = lines["quantity"] * lines["unit_price"]
    assert (lines["amount"] == gross - lines["discount"]).all()
    assert (lines["amount"] % 1000 == 0).all()
    assert (lines["discount"].eq(0) | lines["coupon"].notna()).all()
    assert not lines.duplicated(["order_id", "product", "quantity"]).any()


@given(seed=st.integers(0, 2**32))
def test_a_refund_undoes_a_delivered_line_later(seed: int) -> None:
    lines = simulate_orders(customers=400, days=700, random_state=seed, **SHOP)
    refunds = lines[lines["amount"] < 0]
    sold = lines[lines["amount"] > 0]
    both = refunds.merge(sold, on=["order_id", "customer_id", "product"], suffixes=("", "_sold"))
    assert len(both) == len(refunds)
    assert (both["amount"] == -both["amount_sold"]).all()
    assert (both["ordered_at"] > both["ordered_at_sold"]).all()
    assert both["status"].eq("delivered").all()


@given(seed=st.integers(0, 2**32))
def test_an_order_has_one_customer_status_channel_and_coupon(seed: int) -> None:
    lines = simulate_orders(customers=200, days=500, random_state=seed, **SHOP)
    shared = ["customer_id", "status", "channel", "coupon", "province"]
    assert lines.groupby("order_id")[shared].nunique(dropna=False).max().max() == 1


def test_peaks_move_orders_and_keep_their_number() -> None:
    same = {"customers": 4000, "days": 365, "random_state": 4}
    orders = simulate_orders(**same, **SHOP).drop_duplicates("order_id")
    by_day = orders.groupby(orders["ordered_at"].dt.normalize()).size()
    november = by_day["2023-11-01":"2023-11-30"]
    assert by_day["2023-11-11"] > 1.5 * november.median()
    assert by_day["2023-01-21":"2023-01-26"].mean() < by_day["2023-01-05":"2023-01-18"].mean()


# Refusals


@pytest.mark.parametrize("name", ["customers", "days"])
def test_refuses_a_size_below_one(name: str) -> None:
    with pytest.raises(ArgumentError, match=f"{name}: 0 is below 1"):
        simulate_orders(**{name: 0})


@pytest.mark.parametrize("name", ["customers", "days", "random_state", "population", "shop"])
def test_refuses_another_kind(name: str) -> None:
    for wrong in ("x", pd.DataFrame()):
        with pytest.raises(ArgumentError, match=f"^{name}: "):
            simulate_orders(**{name: wrong})


def test_refuses_a_negative_seed() -> None:
    with pytest.raises(ArgumentError, match="random_state: -1 is below 0"):
        simulate_people(random_state=-1)


def test_refuses_a_start_that_is_no_date() -> None:
    with pytest.raises(ArgumentError, match="start: 'soon' is not a date"):
        simulate_orders(start="soon")


def test_refuses_parameters_out_of_range_all_at_once() -> None:
    with pytest.raises(ArgumentError, match=r"2 parameters are out of range \(r=0, a=-1\)"):
        Population(r=0, a=-1)


def test_refuses_amounts_without_a_mean() -> None:
    with pytest.raises(ArgumentError, match="q=1: the mean amount exists for q > 1 only"):
        Population(q=1)


def test_refuses_an_unknown_model() -> None:
    with pytest.raises(ArgumentError, match="model: 'nbd' is not one of 'mbg_nbd', 'bg_nbd'"):
        Population(model="nbd")


# References: the moments of the distributions that went in.

SEEDS = (1, 2, 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_repeats_are_negative_binomial_where_nobody_leaves(seed: int) -> None:
    population = Population(r=2.0, alpha=50.0, joining_days=1, **NOBODY_LEAVES)
    orders = simulate_orders(customers=20_000, days=365, population=population, random_state=seed)
    count = repeats(orders)
    mean = 2.0 * 364.5 / 50.0
    assert standard_errors(count, mean) < 4
    assert count.var() == pytest.approx(mean + mean**2 / 2.0, rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("model", "shift"), [("mbg_nbd", 0), ("bg_nbd", 1)])
def test_dropout_is_beta_geometric_where_time_does_not_end_it(
    model: Model, shift: int, seed: int
) -> None:
    # Some 80 purchases in four days: only dropout ends them.
    population = Population(
        r=400.0,
        alpha=20.0,
        a=3.0,
        b=2.0,
        model=model,
        joining_days=1,
    )
    orders = simulate_orders(customers=4000, days=5, population=population, random_state=seed)
    count = repeats(orders)
    assert count.min() == shift
    assert standard_errors((count == shift).astype(float), 3 / 5) < 4
    # E[p (1 - p)] = a b / ((a + b)(a + b + 1))
    assert standard_errors((count == shift + 1).astype(float), 3 * 2 / (5 * 6)) < 4


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_amounts_are_gamma_gamma(seed: int) -> None:
    population = Population(p=6.0, q=5.0, v=20.0, r=2.0, **NOBODY_LEAVES)
    orders = simulate_orders(customers=20_000, days=60, population=population, random_state=seed)
    first = orders.drop_duplicates("customer_id")["amount"]
    assert standard_errors(first, 6 * 20 / 4) < 4
    # E[z^2] = p (p + 1) v^2 / ((q - 1)(q - 2))
    assert (first**2).mean() == pytest.approx(6 * 7 * 20**2 / (4 * 3), rel=0.08)
    # Two orders of one customer share nu: their product has mean p^2 v^2 / ((q - 1)(q - 2)).
    place = orders.groupby("customer_id").cumcount()
    pairs = orders[place < 2].groupby("customer_id")["amount"].agg(["prod", "size"])
    products = pairs.loc[pairs["size"] == 2, "prod"]
    assert products.mean() == pytest.approx(6**2 * 20**2 / (4 * 3), rel=0.12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("model", "fit"), [("mbg_nbd", fit_mbg_nbd), ("bg_nbd", fit_bg_nbd)])
def test_a_fit_recovers_the_parameters(
    model: Model, fit: Callable[[pd.DataFrame], BetaGeometricFit], seed: int
) -> None:
    truth = {"r": 0.8, "alpha": 90.0, "a": 0.8, "b": 2.5}
    orders = simulate_orders(
        customers=5000,
        days=900,
        population=Population(**truth, model=model, joining_days=365),
        random_state=seed,
    )
    found = fit(customer_summary(orders)).parameters().set_index("parameter")
    distance = (found["estimate"] - pd.Series(truth)).abs() / found["std_error"]
    assert distance.max() < 4
    assert (found["std_error"] < 0.2 * pd.Series(truth)).all()
