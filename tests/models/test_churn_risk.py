"""Who is about to leave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.churn_risk import COLUMNS, churn_risk, customer_risk
from retention.models.customer_value import customer_value
from retention.models.estimates import Quality
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.risk_words import BANDS
from retention.models.spend import GammaSpend
from retention.names import GLOSSARY
from retention.orders.choices import Choices
from retention.orders.read import read_orders
from retention.tables.choose_lapse import choose_lapse
from retention.tables.customer_summary import customer_summary
from retention.texts import footer

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times


@pytest.fixture(scope="module")
def days(cdnow) -> pd.DataFrame:
    table = cdnow.assign(recency=cdnow["recency"] * 7, T=cdnow["T"] * 7).round(
        {"recency": 0, "T": 0}
    )
    silence = (table["T"] - table["recency"]).astype("int64")
    return table.assign(days_since_last_order=silence)


@pytest.fixture(scope="module")
def lines(cdnow_lines) -> pd.DataFrame:
    first = cdnow_lines[cdnow_lines["ordered_at"] <= "1997-09-30"]
    return first[["customer_id", "ordered_at", "amount"]].reset_index(drop=True)


# examples


def test_the_columns_say_what_they_say(days):
    fit = fit_mbg_nbd(days)
    risk = customer_risk(days, fit, horizon_days=90)
    said = fit.predict(days, horizon_days=90)
    r, alpha = fit.parameters()["estimate"][:2]
    assert tuple(risk.columns) == COLUMNS
    np.testing.assert_allclose(risk["p_no_order"], 1 - said["p_order"])
    np.testing.assert_allclose(
        risk["usual_gap_days"], (days["T"] + alpha) / (r + days["frequency"]), rtol=1e-12
    )
    np.testing.assert_allclose(
        risk["overdue_ratio"], days["days_since_last_order"] / risk["usual_gap_days"]
    )
    for name in risk:
        assert str(risk[name].dtype) == GLOSSARY[name].dtype


def test_orders_go_in_whole(lines):
    fit = fit_mbg_nbd(customer_summary(lines))
    risk = churn_risk(lines, fit)
    lapse = choose_lapse(lines)
    after = int(lapse.loc[lapse["is_at_risk_threshold"], "days_silent"].iloc[0])
    assert (risk["horizon_days"] == max(90, after)).all()
    assert risk["customer_id"].tolist() == customer_summary(lines)["customer_id"].tolist()
    assert risk.attrs["as_of"] == "1997-09-30"
    assert "no order in the next" in footer(risk.attrs)


def test_a_horizon_overrules_the_default(lines):
    fit = fit_mbg_nbd(customer_summary(lines))
    risk = churn_risk(lines, fit, horizon_days=30)
    assert (risk["horizon_days"] == 30).all()
    assert risk.attrs["call"] == "churn_risk(orders, fit, horizon_days=30)"


def test_the_default_horizon_goes_by_the_thresholds_that_were_chosen(lines):
    orders = read_orders(lines)
    chosen = replace(orders, choices=Choices(at_risk_after_days=200, lapsed_after_days=300))
    fit = fit_mbg_nbd(customer_summary(orders))
    assert (churn_risk(chosen, fit)["horizon_days"] == 200).all()


def test_the_band_and_the_value_rest_on_the_fall(days):
    fit, spend = fit_mbg_nbd(days), fit_gamma_gamma(days)
    risk = churn_risk(days, fit, horizon_days=90, spend_fit=spend)
    kept = (1 - risk["p_no_order"]) / risk["p_order_if_just_bought"]
    limits = pd.cut(1 - kept, [-1, 0.2, 0.5, 0.8, 1.1], right=False, labels=list(BANDS))
    assert risk["band"].tolist() == limits.astype("str").tolist()
    assert set(risk["band"]) == set(BANDS)
    today = days.assign(recency=days["T"].where(days["frequency"] > 0, 0))
    back = days["frequency"] > 0
    then = customer_value(today, fit, spend, horizon_days=90)["expected_value"]
    now = customer_value(days, fit, spend, horizon_days=90)["expected_value"]
    np.testing.assert_allclose(risk["value_at_risk"][back], (then - now)[back], atol=1e-9)
    assert risk["value_at_risk"].min() >= 0


def test_the_reason_is_a_sentence(days):
    risk = churn_risk(days, fit_mbg_nbd(days), horizon_days=90)
    once, often = risk[days["frequency"] == 0].iloc[0], risk[days["frequency"] > 1].iloc[0]
    assert once["reason"].startswith(
        f"Bought once, {once['days_since_last_order']} days ago: chance"
    )
    assert f"within 90 days {1 - often['p_no_order']:.0%}, right after" in often["reason"]
    assert risk["value_at_risk"].isna().all()


def test_who_has_no_finite_value_is_told_so(days):
    heavy = GammaGammaFit(GammaSpend(6.0, 0.8, 15.0), ((0.0,) * 3,) * 3, Quality(0, 0, 9, 9), 0.0)
    risk = churn_risk(days, fit_mbg_nbd(days), horizon_days=90, spend_fit=heavy)
    once = days["frequency"] == 0
    assert risk["reason"][once].str.contains("Value not estimated because").all()
    assert risk["value_at_risk"][once].isna().all()
    assert risk["value_at_risk"][~once & (days["monetary_value"] > 0)].notna().all()


# laws


@pytest.mark.parametrize("fit_model", [fit_bg_nbd, fit_mbg_nbd])
def test_silence_only_ever_lowers_the_chance(days, fit_model):
    risk = customer_risk(days, fit_model(days), horizon_days=90)
    fall = risk["p_order_if_just_bought"] - (1 - risk["p_no_order"])
    assert fall.min() > -1e-12
    assert risk["p_no_order"].between(0, 1).all()
    assert risk["p_order_if_just_bought"].between(0, 1).all()


def test_without_silence_there_is_no_fall(days):
    fit = fit_mbg_nbd(days)
    back = days[days["frequency"] > 0]
    today = back.assign(recency=back["T"], days_since_last_order=0)
    risk = customer_risk(today, fit, horizon_days=90)
    np.testing.assert_allclose(risk["p_order_if_just_bought"], 1 - risk["p_no_order"])


def test_longer_silence_is_more_risk(days):
    fit = fit_mbg_nbd(days)
    five = pd.DataFrame(
        {
            "customer_id": list("abcde"),
            "frequency": 4,
            "recency": [200, 150, 100, 60, 30],
            "T": 210,
            "days_since_last_order": [10, 60, 110, 150, 180],
        }
    )
    risk = customer_risk(five, fit, horizon_days=90)
    assert risk["p_no_order"].is_monotonic_increasing
    assert risk["p_alive"].is_monotonic_decreasing
    assert risk["overdue_ratio"].is_monotonic_increasing
    assert np.ptp(risk["p_order_if_just_bought"]) < 1e-12


def test_a_fit_in_weeks_says_the_same(days, cdnow):
    one = customer_risk(days, fit_mbg_nbd(days), horizon_days=90)
    other = customer_risk(days, fit_mbg_nbd(cdnow, time_unit_days=7), horizon_days=90)
    numbers = ["p_no_order", "p_alive", "p_order_if_just_bought", "usual_gap_days", "overdue_ratio"]
    np.testing.assert_allclose(one[numbers], other[numbers], rtol=1e-8)


# refusals


def test_a_table_of_customers_does_not_say_how_far(days):
    with pytest.raises(
        ArgumentError, match=r"horizon_days: a table of 2,357 customers does not say"
    ):
        churn_risk(days, fit_mbg_nbd(days))


def test_a_horizon_is_whole_days(lines):
    fit = fit_mbg_nbd(customer_summary(lines))
    with pytest.raises(ArgumentError, match=r"horizon_days: 0 is not a whole number of days"):
        churn_risk(lines, fit, horizon_days=0)
