"""Tables behind the charts of models: what was, beside what the model says of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from strategies import shop_frame

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


def test_classes_of_silence_begin_on_their_first_days(fit):
    """Everybody bought twice; in each class two, on its first and on its last day."""
    starts = [0, 15, 31, 61, 91, 121, 181, 271, 366, 546, 731]
    silent = np.array(starts + [start - 1 for start in starts[1:]])
    customers = pd.DataFrame({"frequency": 1, "recency": 5, "T": 5 + silent})
    table = cells.recency_frequency(customers, fit)
    assert table["purchase_days"].unique().tolist() == [2]
    assert table["days_since_last_order"].tolist() == starts
    assert table["until_day"].tolist() == [*starts[1:], 732]
    assert table["customers"].tolist() == [2] * 10 + [1]


def test_classes_of_purchase_days(fit):
    """One customer with each number from 1 to 14."""
    times = np.arange(14)
    customers = pd.DataFrame({"frequency": times, "recency": np.minimum(times, 5), "T": 9})
    table = cells.recency_frequency(customers, fit)
    counts = table.groupby("purchase_days")["customers"].sum()
    assert counts.to_dict() == {1: 1, 2: 1, 3: 1, 4: 2, 6: 3, 9: 5, 14: 1}


def test_after_one_day_somebody_may_be_back(fit):
    """Three customers of that age: a binomial count of each row, and no less than nobody."""
    customers = pd.DataFrame({"frequency": [0] * 3, "recency": 0, "T": 1})
    table = frequency.frequency_fit(customers, fit, most=1)
    p = fit.order_counts(horizon_days=1, most=0)["p_orders"][0]
    assert 0.9 < p < 1
    assert table["expected_customers"].tolist() == pytest.approx([3 * p, 3 * (1 - p)])
    room = 1.96 * np.sqrt(3 * p * (1 - p))
    assert table["low"].tolist() == pytest.approx([3 * p - room, 0])
    assert table["high"].tolist() == pytest.approx([3 * p + room, 3 * (1 - p) + room])


def test_of_many_ages_some_stand_for_those_above_them(fit, monkeypatch):
    """Where two are looked at, they are the least and the greatest."""
    monkeypatch.setattr(frequency, "MOST_AGES", 2)
    customers = pd.DataFrame({"frequency": [0] * 3, "recency": 0, "T": [10, 20, 30]})
    table = frequency.frequency_fit(customers, fit, most=1)
    low, high = (fit.order_counts(horizon_days=T, most=0)["p_orders"][0] for T in (10, 30))
    assert table["expected_customers"][0] == pytest.approx(2 * low + high)


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


def test_every_engine_counts_the_same(backend):
    frame = shop_frame(customers=40)
    here, there = read_orders(frame), backend.orders(frame)
    fit = fit_mbg_nbd(customer_summary(here))
    pd.testing.assert_frame_equal(track.tracking(here, fit), track.tracking(there, fit))
    one, other = (alive.alive_history(each, fit, customer_id="c003") for each in (here, there))
    pd.testing.assert_frame_equal(one, other)
    assert one["has_order"].sum() > 1


# refusals


def test_nobody_of_that_id(orders, fit):
    with pytest.raises(ArgumentError, match=r"customer_id: 'nobody' has 0 purchase days by 1997"):
        alive.alive_history(orders, fit, customer_id="nobody")


@pytest.mark.parametrize("most", [0, 101])
def test_how_many_rows(customers, fit, most):
    with pytest.raises(ArgumentError, match=r"is not from 1 to 100"):
        frequency.frequency_fit(customers, fit, most=most)


@pytest.mark.parametrize("fit", [None, "mbg_nbd", pd.DataFrame()])
def test_what_is_no_fit(orders, fit):
    with pytest.raises(ArgumentError, match=r"^fit: "):
        track.tracking(orders, fit)
