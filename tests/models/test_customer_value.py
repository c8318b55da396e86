"""What each customer is expected to bring."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.models.customer_value import COLUMNS, customer_value
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.names import GLOSSARY
from retention.texts import footer


@pytest.fixture(scope="module")
def days(cdnow) -> pd.DataFrame:
    table = cdnow.assign(recency=cdnow["recency"] * 7, T=cdnow["T"] * 7)
    table["first_order_at"] = pd.Timestamp("1997-09-30") - pd.to_timedelta(table["T"], unit="D")
    table.attrs = {"as_of": "1997-09-30", "currency": "USD"}
    return table


@pytest.fixture(scope="module")
def fit(days):
    return fit_mbg_nbd(days)


@pytest.fixture(scope="module")
def spend_fit(days):
    return fit_gamma_gamma(days)


# examples


def test_value_is_orders_times_amount(days, fit, spend_fit):
    found = customer_value(days, fit, spend_fit, horizon_days=90)
    orders = fit.predict(days, horizon_days=90)
    amount = spend_fit.predict(days)["expected_order_value"]
    np.testing.assert_allclose(found["expected_value"], orders["expected_orders"] * amount)
    assert found["customer_id"].tolist() == days["customer_id"].tolist()
    assert found["p_alive"].equals(orders["p_alive"])


def test_there_is_a_clv_only_with_a_margin(days, fit, spend_fit):
    plain = customer_value(days, fit, spend_fit)
    assert tuple(plain.columns) == COLUMNS[:-3]
    full = customer_value(days, fit, spend_fit, margin=0.3)
    assert tuple(full.columns) == COLUMNS
    assert full["clv"].notna().all()


def test_dtypes_caption_and_footer(days, fit, spend_fit):
    found = customer_value(days, fit, spend_fit, margin=0.3)
    for name in found:
        assert str(found[name].dtype) == GLOSSARY[name].dtype
    assert found.attrs["customers"] == 2357
    assert "next 365 days" in footer(found.attrs)
    assert "MBG/NBD" in footer(found.attrs)
    assert footer(found.attrs).endswith("As of 1997-09-30.")


def test_a_horizon_may_be_a_day(days, fit, spend_fit):
    until = customer_value(days, fit, spend_fit, horizon_days="1997-12-31")
    pd.testing.assert_frame_equal(until, customer_value(days, fit, spend_fit, horizon_days=92))
    assert until.attrs["parameters"]["horizon_days"] == 92
    bare = days.copy()
    bare.attrs = {}
    again = customer_value(bare, fit, spend_fit, horizon_days="1997-12-31")
    pd.testing.assert_frame_equal(until, again)


def test_without_an_end_there_is_a_clv_alone(days, fit, spend_fit):
    endless = customer_value(days, fit, spend_fit, horizon_days=None, margin=0.3)
    assert endless.columns.tolist() == ["customer_id", "p_alive", "clv"]
    century = customer_value(
        days, fit, spend_fit, horizon_days=36_500, margin=0.3, with_intervals=False
    )
    np.testing.assert_allclose(endless["clv"], century["clv"], rtol=1e-3)
    assert (endless["clv"] >= century["clv"] * (1 - 1e-9)).all()
    assert "without an end, each discounted from the day it comes by 10% a year" in footer(
        endless.attrs
    )


# laws


def test_without_a_discount_clv_is_margin_times_value(days, fit, spend_fit):
    found = customer_value(days, fit, spend_fit, annual_discount_rate=0, margin=0.3)
    np.testing.assert_allclose(found["clv"], 0.3 * found["expected_value"], rtol=1e-9)


def test_a_discount_takes_less_than_if_all_came_at_the_end(days, fit, spend_fit):
    found = customer_value(days, fit, spend_fit, annual_discount_rate=0.1, margin=1.0)
    share = found["clv"] / found["expected_value"]
    assert share.max() < 1
    assert share.min() > 1.1 ** (-365 / 365.25)
    dearer = customer_value(days, fit, spend_fit, annual_discount_rate=0.5, margin=1.0)
    assert (dearer["clv"] < found["clv"]).all()


def test_a_fit_in_weeks_says_the_same(days, cdnow, fit, spend_fit):
    weeks = fit_mbg_nbd(cdnow, time_unit_days=7)
    one = customer_value(days, fit, spend_fit, margin=0.3)
    other = customer_value(days, weeks, spend_fit, margin=0.3)
    np.testing.assert_allclose(one["clv"], other["clv"], rtol=1e-8)
    np.testing.assert_allclose(one["expected_value"], other["expected_value"], rtol=1e-8)


def test_a_longer_horizon_is_worth_more(days, fit, spend_fit):
    short = customer_value(days, fit, spend_fit, horizon_days=90, margin=0.3)
    long = customer_value(days, fit, spend_fit, horizon_days=180, margin=0.3)
    assert (long["clv"] > short["clv"]).all()


def test_twice_the_money_is_twice_the_value(days, fit, spend_fit):
    double = days.assign(monetary_value=2 * days["monetary_value"])
    one = customer_value(days, fit, spend_fit, margin=0.3)
    two = customer_value(double, fit, fit_gamma_gamma(double), margin=0.3)
    np.testing.assert_allclose(two["clv"], 2 * one["clv"], rtol=1e-7)
    np.testing.assert_allclose(two["expected_orders"], one["expected_orders"])


# refusals


@pytest.mark.parametrize("rate", [-0.1, 1, 10])
def test_a_discount_rate_is_a_share(days, fit, spend_fit, rate):
    with pytest.raises(ArgumentError, match=r"annual_discount_rate: .* 10 % is 0.1"):
        customer_value(days, fit, spend_fit, annual_discount_rate=rate)


@pytest.mark.parametrize("margin", [0, -0.2, 30])
def test_a_margin_is_a_share(days, fit, spend_fit, margin):
    with pytest.raises(ArgumentError, match=r"margin: .* 30 % is 0.3"):
        customer_value(days, fit, spend_fit, margin=margin)


def test_a_horizon_is_whole_days(days, fit, spend_fit):
    with pytest.raises(ArgumentError, match=r"horizon_days: 0 is not a whole number of days"):
        customer_value(days, fit, spend_fit, horizon_days=0)


def test_a_day_to_look_ahead_to_lies_after_the_as_of_date(days, fit, spend_fit):
    with pytest.raises(ArgumentError, match=r"1997-09-30 is not after the as-of date 1997-09-30"):
        customer_value(days, fit, spend_fit, horizon_days="1997-09-30")
    unknown = days.drop(columns="first_order_at")
    with pytest.raises(ArgumentError, match=r"do not say one as-of date. Pass days"):
        customer_value(unknown, fit, spend_fit, horizon_days="1997-12-31")
    mixed = days.assign(T=days["T"] + (days.index == 0))
    with pytest.raises(ArgumentError, match=r"do not say one as-of date. Pass days"):
        customer_value(mixed, fit, spend_fit, horizon_days="1997-12-31")


def test_without_an_end_money_is_needed(days, fit, spend_fit):
    with pytest.raises(ArgumentError, match=r"margin: None says nothing of 2,357 customers"):
        customer_value(days, fit, spend_fit, horizon_days=None)
    with pytest.raises(ArgumentError, match=r"over an unlimited horizon is an endless sum"):
        customer_value(days, fit, spend_fit, horizon_days=None, margin=1, annual_discount_rate=0)


def test_ids_are_needed(days, fit, spend_fit):
    with pytest.raises(ArgumentError, match=r"missing \('customer_id'\)"):
        customer_value(days.drop(columns="customer_id"), fit, spend_fit)
