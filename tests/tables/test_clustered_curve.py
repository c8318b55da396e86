"""The curve over all gaps: Greenwood with one gap each, and how often its limits hold with several."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retention.engine.frames import to_frame
from retention.engine.gap_clusters import clustered_days
from retention.orders.read import read_orders
from retention.tables.clustered_curve import clustered_curve
from retention.tables.kaplan_meier import kaplan_meier
from retention.tables.log_log import log_log_limits
from retention.tables.repurchase_curve import repurchase_curve

CUSTOMERS, REPLICATIONS, CHUNK, PURCHASES, DAY = 1_500, 4_000, 250, 12, 60
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Examples


def test_two_gaps_of_one_customer_by_hand() -> None:
    """Two customers, each back after 1 day and silent since for 2: of four gaps two end, S(1) = 1/2.

    A(1) is 2 / (4 x 2) = 1/4. A gap that ends on day 1 has the influence 1/4 - 1/2, one that lasts 1/4:
    the two of a customer add up to 0. All customers are alike, so there is nothing to be unsure of.
    """
    days = pd.DataFrame(
        {
            "gap_days": [1, 2],
            "events": [2, 0],
            "censored": [0, 2],
            "settled_sq": [1 / 8, -1 / 8],
            "cross": [-1 / 2, 1 / 2],
            "open_sq": [6, 2],
        }
    )
    curve = clustered_curve(days, min_at_risk=1)
    assert curve["p_returned"].tolist() == [0, 0.5, 0.5]
    assert curve["low"][1] == pytest.approx(0.5)
    assert curve["high"][1] == pytest.approx(0.5)


def test_nothing_at_all() -> None:
    names = ["gap_days", "events", "censored", "settled_sq", "cross", "open_sq"]
    days = pd.DataFrame({name: pd.Series(dtype="int64") for name in names})
    assert clustered_curve(days, min_at_risk=1).empty


# Laws


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40))
def test_one_gap_each_is_greenwood(drawn: list[tuple[int, bool]]) -> None:
    table = pd.DataFrame(drawn, columns=["gap_days", "is_censored"])
    counts = table.groupby(["gap_days", "is_censored"]).size().rename("customers").reset_index()
    rows = table.assign(customer=np.arange(len(table)).astype(str))
    days = clustered_days(ibis.memtable(rows), by=())
    names = ("gap_days", "events", "censored", "settled_sq", "cross", "open_sq")
    found = clustered_curve(to_frame(days, names), min_at_risk=1)
    pd.testing.assert_frame_equal(found, kaplan_meier(counts, min_at_risk=1))


# References: one population, of whom some buy often, some leave early


def draw(customers: int, seed: int) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Customer, length and openness of every gap of customers observed for 30 to 240 days."""
    random = np.random.default_rng(seed)
    observed = random.integers(30, 241, (customers, 1))
    chance = random.beta(0.8, 20, (customers, 1))
    gaps = random.geometric(np.broadcast_to(chance, (customers, PURCHASES)))
    is_gone = random.random((customers, PURCHASES)) < 0.1
    is_gone[:, -1] = True
    gaps = np.where(is_gone, 10**6, gaps)
    start = np.cumsum(gaps, axis=1) - gaps
    is_begun = start <= observed
    is_open = gaps > observed - start
    lengths = np.minimum(gaps, observed - start)
    who = np.broadcast_to(np.arange(customers)[:, None], gaps.shape)
    return who[is_begun], lengths[is_begun], is_open[is_begun]


def at_day(group: Ints, groups: int, days: Ints, is_open: NDArray[np.bool_], who: Ints) -> Floats:
    """S(DAY) and the variance of its log, for each group of customers, by brute force."""
    capped = np.minimum(days, DAY + 1)
    places, width = group * (DAY + 2) + capped, DAY + 2
    all_gaps = np.bincount(places, minlength=groups * width).reshape(groups, width)
    events = np.bincount(places[~is_open], minlength=groups * width).reshape(groups, width)
    at_risk = all_gaps[:, ::-1].cumsum(axis=1)[:, ::-1][:, :-1]
    events = events[:, :-1]
    left = at_risk - events
    hazard = (events / (at_risk * left)).cumsum(axis=1)
    until = np.minimum(days, DAY)
    ended = ~is_open & (days <= DAY)
    influence = hazard[group, until] - np.where(ended, 1 / left[group, until], 0.0)
    squares = np.bincount(who, weights=influence) ** 2
    owner = np.zeros(len(squares), dtype=int)
    owner[who] = group
    survival = (left / at_risk).prod(axis=1)
    return np.column_stack([survival, np.bincount(owner, weights=squares, minlength=groups)])


def test_the_brute_force_is_what_the_table_says() -> None:
    who, days, is_open = draw(300, seed=9)
    survival, variance = at_day(np.zeros(len(who), int), 1, days, is_open, who)[0]
    last = pd.Series(days).groupby(who).sum()
    day = pd.Series(days).groupby(who).cumsum() - days - last.reindex(who).to_numpy()
    frame = pd.DataFrame({"customer_id": who, "amount": 1.0})
    frame["ordered_at"] = pd.Timestamp("2024-12-31") + pd.to_timedelta(day, unit="D")
    curve = repurchase_curve(read_orders(frame, as_of="2024-12-31"))
    row = curve[(curve["order_number"] == 0) & (curve["gap_days"] == DAY)].iloc[0]
    low, high = log_log_limits(np.array([survival]), np.array([variance]))
    assert row["p_returned"] == pytest.approx(1 - survival, abs=1e-12)
    assert (row["low"], row["high"]) == pytest.approx((low[0], high[0]), abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_limits_hold_95_times_in_100(seed: int) -> None:
    who, days, is_open = draw(2_000_000, seed=0)
    counted = pd.DataFrame({"gap_days": np.minimum(days, DAY + 1), "is_censored": is_open})
    counts = counted.groupby(["gap_days", "is_censored"]).size().rename("customers").reset_index()
    truth = kaplan_meier(counts)["p_returned"][DAY]
    held, held_by_greenwood = 0, 0
    for chunk in range(REPLICATIONS // CHUNK):
        who, days, is_open = draw(CUSTOMERS * CHUNK, seed=seed * 1_000 + chunk)
        survival, variance = at_day(who // CUSTOMERS, CHUNK, days, is_open, who).T
        _, as_if_alone = at_day(who // CUSTOMERS, CHUNK, days, is_open, np.arange(len(who))).T
        held += within(truth, survival, variance)
        held_by_greenwood += within(truth, survival, as_if_alone)
    assert held / REPLICATIONS == pytest.approx(0.95, abs=0.02)
    assert held_by_greenwood / REPLICATIONS < 0.9


def within(truth: float, survival: Floats, variance: Floats) -> int:
    low, high = log_log_limits(survival, variance)
    return int(((low <= truth) & (truth <= high)).sum())
