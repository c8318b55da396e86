"""The days in which the next order is due."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from retention.errors import ArgumentError, FitError
from retention.models.history import compress_customers
from retention.models.mbg_cnbd_k import fit_mbg_cnbd_k
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.next_order_days import next_order_days
from retention.models.next_order_window import next_order_window
from retention.models.pareto_nbd import fit_pareto_nbd
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.simulate import simulate_orders
from retention.tables.customer_summary import customer_summary


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return simulate_orders(customers=800, days=500, random_state=5)


@pytest.fixture(scope="module")
def orders(frame: pd.DataFrame) -> Orders:
    return read_orders(frame, as_of="2024-05-10")


def windows(orders: Orders, **options: object) -> pd.DataFrame:
    fit = fit_mbg_nbd(customer_summary(orders, as_of=options.get("as_of")))
    return next_order_window(orders, fit, **options)


# Examples


def test_days_are_those_of_the_posterior(orders):
    """Of a gamma rate the days have a closed form: only parameters are averaged."""
    customers = customer_summary(orders)
    fit = fit_mbg_nbd(customers)
    history = compress_customers(customers)
    at_estimates = (fit._behaviour,)
    again, days = next_order_days(at_estimates, history, [0.5], time_unit_days=1)
    shape, span = fit.rate.r + history.frequency, fit.rate.alpha + history.T
    ever = 1 - (span / (span + 3652)) ** shape
    exact = span * np.expm1(-np.log1p(-0.5 * ever) / shape)
    assert (days[0] == np.maximum(np.ceil(exact), 1)).all()
    np.testing.assert_allclose(again, fit._behaviour.p_alive(history) * ever, rtol=1e-9)


def test_even_gaps_make_narrow_windows():
    days = [n for start in range(60) for n in range(start, 700, 30)]
    owner = [start for start in range(60) for _ in range(start, 700, 30)]
    frame = pd.DataFrame({"customer_id": owner, "amount": 1.0,
                          "ordered_at": pd.Timestamp("2023-01-01") + pd.to_timedelta(days, "D")})  # fmt: skip
    orders = read_orders(frame.sample(frac=0.95, random_state=1), as_of="2024-12-01")
    fits = fit_mbg_nbd, fit_mbg_cnbd_k
    tables = [next_order_window(orders, fit(customer_summary(orders))) for fit in fits]
    plain, regular = ((table["due_until"] - table["due_from"]).dt.days.median() for table in tables)
    assert regular < 0.75 * plain


def test_by_item_each_has_its_own_pace():
    every = {"tea": 20, "pot": 90}
    rows = [
        (f"c{customer}", item, pd.Timestamp("2023-01-01") + pd.Timedelta(days=day + customer))
        for item, gap in every.items()
        for customer in range(80)
        for day in range(0, gap * (2 + customer % 4), gap)
    ]
    frame = pd.DataFrame(rows, columns=["customer_id", "product", "ordered_at"]).assign(amount=1.0)
    orders = read_orders(frame, as_of="2024-03-01")
    table = windows(orders, item="product")
    assert table.columns[:2].tolist() == ["item", "customer_id"]
    assert table.index.tolist() == list(range(len(table)))
    ahead = (table["due_at"] - orders.as_of).dt.days.groupby(table["item"]).median()
    assert ahead["tea"] < 0.6 * ahead["pot"]


def test_an_item_that_nobody_bought_twice_is_left_out(frame):
    odd = pd.DataFrame({"customer_id": ["x", "y"], "ordered_at": pd.Timestamp("2023-05-05"),
                        "amount": 5.0, "product": "gift"})  # fmt: skip
    table = pd.concat([frame.assign(product="tea"), odd], ignore_index=True)
    orders = read_orders(table[["customer_id", "ordered_at", "amount", "product"]])
    found = windows(orders, item="product")
    assert found["item"].unique().tolist() == ["tea"]
    assert "second purchase day" in found.attrs["left_out"]["gift"]


# Laws


@pytest.mark.parametrize("fit", [fit_mbg_nbd, fit_pareto_nbd, fit_mbg_cnbd_k])
def test_windows_are_in_order_and_ahead(orders, fit):
    table = next_order_window(orders, fit(customer_summary(orders)))
    assert (table["due_from"] > orders.as_of).all()
    assert (table["due_from"] <= table["due_at"]).all()
    assert (table["due_at"] <= table["due_until"]).all()
    assert table["p_again"].between(0, 1).all()
    assert table.attrs["call"] == "next_order_window(orders, fit)"


def test_a_wider_probability_makes_wider_windows(orders):
    narrow, wide = (windows(orders, probability=p) for p in (0.5, 0.9))
    assert (wide["due_from"] <= narrow["due_from"]).all()
    assert (wide["due_until"] >= narrow["due_until"]).all()


def test_the_unit_of_the_fit_changes_nothing(orders):
    days = customer_summary(orders)
    weeks = days.assign(recency=days["recency"] / 7, T=days["T"] / 7)
    tables = [next_order_window(orders, fit) for fit in
              (fit_mbg_nbd(days), fit_mbg_nbd(weeks, time_unit_days=7))]  # fmt: skip
    assert_frame_equal(*tables, rtol=1e-6)


def test_later_orders_change_nothing(frame):
    until = frame[frame["ordered_at"] < "2023-12-01"]
    known = windows(read_orders(until, as_of="2023-11-30"))
    assert_frame_equal(windows(read_orders(frame), as_of="2023-11-30"), known)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_eighty_of_a_hundred_next_orders_fall_into_the_window(seed):
    """Ten years are waited for each of some 1,500 who come back."""
    frame = simulate_orders(customers=30_000, days=365 * 11, random_state=seed)
    then = pd.Timestamp("2024-06-30")
    table = windows(read_orders(frame), as_of=then)
    later = frame[frame["ordered_at"] >= then + pd.Timedelta(days=1)]
    following = later.groupby(later["customer_id"].astype("str"))["ordered_at"].min().dt.normalize()
    came = table.assign(came=table["customer_id"].map(following)).dropna(subset=["came"])
    assert came["came"].between(came["due_from"], came["due_until"]).mean() == pytest.approx(
        0.8, abs=0.03
    )
    assert len(came) / len(table) == pytest.approx(table["p_again"].mean(), abs=0.03)


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"probability": 80}, "probability: 80 is not between 0 and 1"),
        ({"item": "colour"}, "item: 'colour' is not one of"),
        ({"item": "category"}, "the orders have no column 'category'"),
    ],
)
def test_what_has_no_window(orders, options, match):
    fit = fit_mbg_nbd(customer_summary(orders))
    bare = pd.DataFrame({"customer_id": ["a", "a"], "amount": 1.0,
                         "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-01"])})  # fmt: skip
    with pytest.raises(ArgumentError, match=match):
        next_order_window(read_orders(bare), fit, **options)


def test_no_item_has_a_window():
    days = pd.to_datetime(["2024-01-01", "2024-02-01", "2024-02-01"])
    frame = pd.DataFrame({"customer_id": ["a", "a", "b"], "ordered_at": days, "amount": 1.0})
    frame["product"] = ["x", "y", "x"]
    with pytest.raises(FitError, match="product: none of 2 has a window"):
        windows(read_orders(frame), item="product")
