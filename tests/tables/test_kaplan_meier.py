"""The estimate by hand, against brute force, and how often its limits hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retention.tables.kaplan_meier import kaplan_meier

GAPS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


def counted(days: NDArray[np.int64], is_censored: NDArray[np.bool_]) -> pd.DataFrame:
    table = pd.DataFrame({"gap_days": days, "is_censored": is_censored})
    return table.groupby(["gap_days", "is_censored"]).size().rename("customers").reset_index()


# Examples


def test_an_event_precedes_a_censoring_on_the_same_day() -> None:
    gaps = pd.DataFrame(
        {"gap_days": [2, 2, 5], "is_censored": [False, True, False], "customers": [1, 2, 1]}
    )
    curve = kaplan_meier(gaps, min_at_risk=1)
    assert curve["at_risk"].tolist() == [4, 4, 4, 1, 1, 1]
    assert curve["p_returned"].tolist() == [0, 0, 0.25, 0.25, 0.25, 1]


def test_the_curve_ends_where_few_are_at_risk() -> None:
    gaps = pd.DataFrame({"gap_days": [3, 9], "is_censored": [True, False], "customers": [6, 9]})
    assert kaplan_meier(gaps)["gap_days"].tolist() == [0, 1, 2, 3]
    assert kaplan_meier(gaps, min_at_risk=9)["gap_days"].iloc[-1] == 9


def test_greenwood_by_hand() -> None:
    """10 at risk, 2 back, S = 0.8: variance of log(-log S) is (2 / 80) / log(0.8)^2."""
    gaps = pd.DataFrame({"gap_days": [1, 2], "is_censored": [False, True], "customers": [2, 8]})
    curve = kaplan_meier(gaps, min_at_risk=1)
    spread = np.exp(1.959963984540054 * np.sqrt(2 / 80) / abs(np.log(0.8)))
    assert curve["low"].iloc[1] == pytest.approx(1 - 0.8 ** (1 / spread))
    assert curve["high"].iloc[1] == pytest.approx(1 - 0.8**spread)


def test_nothing_at_all() -> None:
    gaps = pd.DataFrame({"gap_days": [], "is_censored": [], "customers": []}).astype(int)
    assert kaplan_meier(gaps).empty


# Laws


@given(GAPS)
def test_product_of_the_daily_shares(drawn: list[tuple[int, bool]]) -> None:
    days, is_censored = (np.array(part) for part in zip(*drawn, strict=True))
    curve = kaplan_meier(counted(days, is_censored), min_at_risk=1)
    survival = 1.0
    for row in curve.itertuples():
        at_risk = (days >= row.gap_days).sum()
        survival *= 1 - ((days == row.gap_days) & ~is_censored).sum() / at_risk
        assert row.at_risk == at_risk
        assert row.p_returned == pytest.approx(1 - survival)
    assert (curve["low"] <= curve["p_returned"]).all()
    assert (curve["p_returned"] <= curve["high"]).all()
    assert curve["p_returned"].is_monotonic_increasing


@given(GAPS)
def test_nobody_open_gives_plain_shares(drawn: list[tuple[int, bool]]) -> None:
    days = np.array([day for day, _ in drawn])
    curve = kaplan_meier(counted(days, np.zeros(len(days), bool)), min_at_risk=1)
    shares = [(days <= day).mean() for day in curve["gap_days"]]
    assert curve["p_returned"].tolist() == pytest.approx(shares)


@given(GAPS, st.integers(2, 9))
def test_weights_are_repeated_rows(drawn: list[tuple[int, bool]], times: int) -> None:
    days, is_censored = (np.array(part) for part in zip(*drawn, strict=True))
    once = counted(days, is_censored)
    many = counted(np.repeat(days, times), np.repeat(is_censored, times))
    weighted = kaplan_meier(once.assign(customers=once["customers"] * times), min_at_risk=1)
    pd.testing.assert_frame_equal(weighted, kaplan_meier(many, min_at_risk=1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_limits_hold_95_times_in_100(seed: int) -> None:
    """200 customers observed for 1 to 120 days; half ever return, after 1 to 80 days."""
    random = np.random.default_rng(seed)
    replications, customers, day = 4000, 200, 60
    gap = np.where(
        random.random((replications, customers)) < 0.5,
        random.integers(1, 81, (replications, customers)),
        10**6,
    )
    observed = random.integers(1, 121, (replications, customers))
    days, is_censored = np.minimum(gap, observed), gap > observed
    truth = 0.5 * day / 80
    held = 0
    for row, open_gaps in zip(days, is_censored, strict=True):
        at_day = kaplan_meier(counted_quickly(row, open_gaps)).iloc[day]
        held += at_day["low"] <= truth <= at_day["high"]
    assert 0.94 <= held / replications <= 0.965


def counted_quickly(days: NDArray[np.int64], is_censored: NDArray[np.bool_]) -> pd.DataFrame:
    return pd.DataFrame({"gap_days": days, "is_censored": is_censored, "customers": 1})
