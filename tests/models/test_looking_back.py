"""Tables behind the charts of models: what was, beside what the model says of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.models import alive_history as alive
from retention.models import frequency_fit as frequency
from retention.models import recency_frequency as cells
from retention.models import tracking as track
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.pareto_nbd import fit_pareto_nbd
from retention.names import GLOSSARY
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary
from retention.texts import footer


@pytest.fixture(scope="module")
def orders(cdnow_lines):
    lines = cdnow_lines[["customer_id", "ordered_at", "amount"]]
    return read_orders(lines, as_of="1997-09-30")


@pytest.fixture(scope="module")
def customers(orders) -> pd.DataFrame:
    return customer_summary(orders)


@pytest.fixture(scope="module")
def fit(customers):
    return fit_mbg_nbd(customers)


# examples


def test_dtypes_and_footers(orders, customers, fit):
    tables = {
        frequency: frequency.frequency_fit(customers, fit),
        track: track.tracking(orders, fit),
        cells: cells.recency_frequency(customers, fit),
        alive: alive.alive_history(orders, fit, customer_id=customers["customer_id"][0]),
    }
    for module, table in tables.items():
        assert tuple(table.columns) == module.COLUMNS
        for name in table:
            assert str(table[name].dtype) == GLOSSARY[name].dtype
        assert "MBG/NBD" in footer(table.attrs)
        assert footer(table.attrs).endswith("As of 1997-09-30.")


@pytest.mark.parametrize(
    "fit_model", [fit_bg_nbd, fit_mbg_nbd, pytest.param(fit_pareto_nbd, marks=pytest.mark.slow)]
)
def test_actual_counts_are_counted_and_expected_ones_add_up(customers, fit_model):
    table = frequency.frequency_fit(customers, fit_model(customers))
    by = customers["frequency"].clip(upper=7).value_counts().sort_index()
    assert table["customers"].tolist() == by.tolist()
    assert table["expected_customers"].sum() == pytest.approx(len(customers))
    assert ((table["customers"] - table["expected_customers"]).abs() < 45).all()


def test_repeat_purchases_are_counted_by_month(orders, customers, fit):
    table = track.tracking(orders, fit)
    assert table["actual_orders"].sum() == customers["frequency"].sum()
    assert table["cumulative_actual_orders"].iloc[-1] == customers["frequency"].sum()
    assert len(table) == 9
    assert table["is_complete"].all()
    assert not table["is_holdout"].any()
    assert table["period"].iloc[0] == pd.Timestamp("1997-01-01")


def test_expected_purchases_are_those_of_each_customer(orders, customers, fit):
    """The sum over days is the sum of what a new customer does by each customer's age."""
    table = track.tracking(orders, fit)
    ages = customers["T"].value_counts()
    each = fit.expected_new_orders(horizon_days=ages.index.tolist())["expected_orders"]
    expected = float(each.to_numpy() @ ages.to_numpy())
    assert table["expected_orders"].sum() == pytest.approx(expected, rel=1e-9)
    assert table["expected_orders"].sum() == pytest.approx(customers["frequency"].sum(), rel=0.05)


def test_what_the_fit_has_not_seen_is_marked(cdnow_lines):
    everything = read_orders(cdnow_lines[["customer_id", "ordered_at", "amount"]])
    fit = fit_mbg_nbd(customer_summary(everything, as_of="1997-09-30"))
    table = track.tracking(everything, fit, period="quarter", fitted_until="1997-09-30")
    unseen = table[table["is_holdout"]]
    assert unseen["period"].min() == pd.Timestamp("1997-10-01")
    ratio = unseen["actual_orders"].sum() / unseen["expected_orders"].sum()
    assert 0.8 < ratio < 1.25


def test_a_customer_day_by_day(orders, customers, fit):
    who = customers.loc[customers["frequency"].idxmax()]
    table = alive.alive_history(orders, fit, customer_id=who["customer_id"])
    assert table["has_order"].sum() == who["purchase_days"]
    assert len(table) == who["T"] + 1
    last = fit.predict(customers[customers["customer_id"] == who["customer_id"]])
    assert table["p_alive"].iloc[-1] == pytest.approx(last["p_alive"].iloc[0], rel=1e-12)
    assert (table["p_alive"].diff()[~table["has_order"]] < 0).all()


def test_a_map_holds_every_customer(customers, fit):
    table = cells.recency_frequency(customers, fit, horizon_days=30)
    assert table["customers"].sum() == len(customers)
    chance = fit.predict(customers, horizon_days=30)["p_order"]
    mean = np.average(table["p_order"], weights=table["customers"])
    assert mean == pytest.approx(chance.mean(), rel=1e-9)
    once = table[table["purchase_days"] == 1]
    assert once["customers"].sum() == (customers["frequency"] == 0).sum()
    silent = customers["days_since_last_order"].between(91, 120)
    assert table.loc[table["days_since_last_order"] == 91, "customers"].sum() == silent.sum()


# laws


def test_a_fit_in_weeks_says_the_same(orders, customers, fit):
    weeks = customers.assign(recency=customers["recency"] / 7, T=customers["T"] / 7)
    other = fit_mbg_nbd(weeks, time_unit_days=7)
    for one, two in (
        (frequency.frequency_fit(customers, fit), frequency.frequency_fit(customers, other)),
        (cells.recency_frequency(customers, fit), cells.recency_frequency(customers, other)),
        (track.tracking(orders, fit), track.tracking(orders, other)),
    ):
        pd.testing.assert_frame_equal(one, two, rtol=1e-7)


# refusals


def test_nobody_of_that_id(orders, fit):
    with pytest.raises(ArgumentError, match=r"customer_id: 'nobody' has 0 purchase days by 1997"):
        alive.alive_history(orders, fit, customer_id="nobody")


@pytest.mark.parametrize("most", [0, 101])
def test_how_many_rows(customers, fit, most):
    with pytest.raises(ArgumentError, match=r"is not from 1 to 100"):
        frequency.frequency_fit(customers, fit, most=most)
