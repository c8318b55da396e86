"""Regular buyers: MBG/CNBD-k."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from retention.errors import ArgumentError, FitError
from retention.models.history import compress_customers
from retention.models.mbg_cnbd_k import fit_mbg_cnbd_k
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.outlook import new_customer
from retention.models.regular_fit import RegularFit
from retention.models.regular_outlook import RegularBehaviour
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary

GROCERY = Path(__file__).parents[3] / "shared" / "reference" / "btydplus_grocery_cbs.csv"
WEEKS = 104.0


def simulated(k: int, *, customers: int = 4_000, seed: int = 1) -> pd.DataFrame:
    """Customers of whom every k-th event is an order, who may leave at each, the first included."""
    random = np.random.default_rng(seed)
    pace = random.gamma(1.3, 1 / 2.8, customers) * k / 2
    leave = random.beta(0.6, 1.6, customers)
    at, is_active = np.zeros(customers), random.random(customers) > leave
    frequency, recency, log_gaps, later = np.zeros((4, customers))
    while is_active.any():
        gap = random.gamma(k, 1 / pace)
        at = np.where(is_active, at + gap, at)
        is_seen, is_later = is_active & (at <= WEEKS), is_active & (at > WEEKS) & (at <= WEEKS + 26)
        frequency, later = frequency + is_seen, later + is_later
        recency = np.where(is_seen, at, recency)
        log_gaps += np.where(is_seen, np.log(gap), 0.0)
        is_active &= (at <= WEEKS + 26) & (random.random(customers) > leave)
    return pd.DataFrame(
        {
            "customer_id": [str(number) for number in range(customers)],
            "frequency": frequency.astype(int), "recency": recency, "T": WEEKS,
            "log_gaps": log_gaps, "later": later.astype(int),
        }
    )  # fmt: skip


# Examples


def test_the_gaps_come_from_the_summary():
    frame = pd.DataFrame(
        {"customer_id": list("aaab"), "amount": 1.0,
         "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-31", "2024-01-05"])}
    )  # fmt: skip
    found = customer_summary(read_orders(frame))["log_gaps"]
    assert found.tolist() == pytest.approx([np.log(10) + np.log(20), 0.0])


def test_orders_and_those_still_active_come_as_foretold():
    customers = simulated(2)
    fit = fit_mbg_cnbd_k(customers, time_unit_days=7)
    assert fit.model == "MBG/CNBD-2"
    found = fit.predict(customers, horizon_days=26 * 7)
    for group in (customers["frequency"] == 0, customers["frequency"].between(1, 3),
                  customers["frequency"] > 3):  # fmt: skip
        error = customers.loc[group, "later"].std() / np.sqrt(group.sum())
        came, said = (
            customers.loc[group, "later"].mean(),
            found.loc[group, "expected_orders"].mean(),
        )
        assert abs(came - said) < 3.5 * error
        bought = (customers.loc[group, "later"] > 0).mean()
        assert bought == pytest.approx(found.loc[group, "p_order"].mean(), abs=0.03)


def test_intervals_hold_nine_in_ten():
    customers = simulated(3, seed=4)
    found = fit_mbg_cnbd_k(customers, k=3, time_unit_days=7).predict(customers, horizon_days=182)
    assert customers["later"].between(found["orders_low"], found["orders_high"]).mean() > 0.89


def test_a_missed_order_says_more_of_a_regular_buyer():
    late = pd.DataFrame({"frequency": [9], "recency": [90.0], "T": [130.0], "customer_id": ["a"]})
    customers = simulated(3)
    regular = fit_mbg_cnbd_k(customers, k=3, time_unit_days=7).predict(late)["p_alive"][0]
    assert regular < 0.7 * fit_mbg_nbd(customers, time_unit_days=7).predict(late)["p_alive"][0]


def test_the_sentence_says_how_even_buying_is():
    customers = simulated(2)
    assert "more evenly than at random" in fit_mbg_cnbd_k(customers, k=2).sentence()
    assert "at random," in fit_mbg_cnbd_k(customers, k=1).sentence()


# Laws


@pytest.mark.parametrize("horizon_days", [30, 400])
def test_with_k_1_it_is_mbg_nbd(horizon_days):
    customers = simulated(1, customers=800)
    plain, regular = fit_mbg_nbd(customers), fit_mbg_cnbd_k(customers, k=1)
    assert regular.quality.log_likelihood == pytest.approx(plain.quality.log_likelihood, abs=1e-6)
    regular = RegularFit("MBG/NBD", plain.rate, plain.dropout, plain.covariance, plain.quality)
    assert_frame_equal(
        regular.predict(customers, horizon_days=horizon_days),
        plain.predict(customers, horizon_days=horizon_days),
        rtol=1e-7,
    )
    history = compress_customers(customers)
    for name, told in {
        "discounted_orders": {"horizon_days": horizon_days, "annual_discount_rate": 0.1},
        "usual_gap_days": {},
    }.items():
        ours, theirs = (
            getattr(regular, name)(history, **told),
            getattr(plain, name)(history, **told),
        )
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)
    ahead = [fit._behaviour.p_alive_ahead(history, horizon=9.0) for fit in (regular, plain)]
    np.testing.assert_allclose(*ahead, rtol=1e-7)


@pytest.mark.parametrize("k", [2, 4])
def test_the_unit_of_time_changes_no_probability(k):
    weeks = simulated(2, customers=600)
    days = weeks.assign(
        recency=weeks["recency"] * 7, T=weeks["T"] * 7,
        log_gaps=weeks["log_gaps"] + weeks["frequency"] * np.log(7),
    )  # fmt: skip
    one, seven = fit_mbg_cnbd_k(days, k=k), fit_mbg_cnbd_k(weeks, k=k, time_unit_days=7)
    assert_frame_equal(one.predict(days), seven.predict(weeks), rtol=1e-6)
    shift = weeks["frequency"].sum() * np.log(7)
    assert one.quality.log_likelihood == pytest.approx(seven.quality.log_likelihood - shift)


def test_weights_are_repeated_rows():
    customers = simulated(2, customers=500)
    twice = pd.concat([customers, customers.head(100)])
    weights = np.repeat([2, 1], [100, 400])
    weighted = fit_mbg_cnbd_k(customers.assign(customers=weights))
    repeated = fit_mbg_cnbd_k(twice)
    assert weighted.k == repeated.k
    assert weighted.quality.log_likelihood == pytest.approx(repeated.quality.log_likelihood)
    assert_frame_equal(weighted.predict(customers), repeated.predict(customers), rtol=1e-6)


def test_counts_of_a_new_customer_agree_with_what_is_expected():
    fit = fit_mbg_cnbd_k(simulated(2), k=2, time_unit_days=7)
    counts = fit.order_counts(horizon_days=365, most=200)
    assert counts["p_orders"].sum() == pytest.approx(1.0, abs=1e-6)
    expected = fit.expected_new_orders(horizon_days=[365])["expected_orders"][0]
    assert counts["orders"] @ counts["p_orders"] == pytest.approx(expected, rel=1e-6)


def test_whoever_is_active_later_is_active_now():
    fit = fit_mbg_cnbd_k(simulated(3, customers=900), k=3)
    history = compress_customers(simulated(3, customers=300, seed=9))
    behaviour: RegularBehaviour = fit._behaviour
    now = behaviour.p_alive(history)
    later = [behaviour.p_alive_ahead(history, horizon=u) for u in (0.001, 10.0, 100.0)]
    np.testing.assert_allclose(later[0], now, rtol=1e-3)
    assert (later[1] >= later[2]).all() and (now >= later[1]).all()


def test_an_unlimited_horizon_is_the_end_of_long_ones():
    fit = fit_mbg_cnbd_k(simulated(2, customers=900), k=2, time_unit_days=7)
    behaviour, new = fit._behaviour, new_customer()
    found = [
        behaviour.discounted_orders(new, horizon=u, delta=0.01)[0] for u in (900.0, float("inf"))
    ]
    assert found[0] == pytest.approx(found[1], rel=2e-3)


def test_made_up_customers_are_those_of_the_model():
    customers = simulated(3, customers=6_000)
    fit = fit_mbg_cnbd_k(customers, k=3, time_unit_days=7)
    drawn = fit.simulate(customers, random_state=1)
    assert drawn["frequency"].mean() == pytest.approx(customers["frequency"].mean(), rel=0.06)
    shares = [
        (table["recency"] / table["T"])[table["frequency"] > 2].mean()
        for table in (drawn, customers)
    ]
    assert shares[0] == pytest.approx(shares[1], abs=0.03)


def test_limits_of_the_likelihood_hold_the_estimates():
    fit = fit_mbg_cnbd_k(simulated(2, customers=800), k=2)
    table = fit.profile()
    assert (table["low"] < table["estimate"]).all() and (table["estimate"] < table["high"]).all()


def test_a_saved_fit_is_the_same():
    fit = fit_mbg_cnbd_k(simulated(2, customers=400), k=2)
    assert RegularFit.from_json(fit.to_json()) == fit


@pytest.mark.slow
@pytest.mark.parametrize(("k", "wanted"), [(1, 1), (2, 2), (3, 3)])
def test_regularity_is_found_95_times_of_100(k, wanted):
    found = [fit_mbg_cnbd_k(simulated(k, customers=500, seed=seed)).k for seed in range(100)]
    assert found.count(wanted) >= 95


# Refusals


def test_gaps_are_needed():
    table = simulated(2, customers=50).drop(columns="log_gaps")
    with pytest.raises(ArgumentError, match=r"log_gaps.*customer_summary\(orders\) has it"):
        fit_mbg_cnbd_k(table)


@pytest.mark.parametrize("k", [0, 21])
def test_k_is_a_small_number(k):
    with pytest.raises(ArgumentError, match=f"k: {k} is not between 1 and 20"):
        fit_mbg_cnbd_k(simulated(2, customers=50), k=k)


def test_nobody_came_back():
    table = simulated(2, customers=50).assign(frequency=0, recency=0.0, log_gaps=0.0)
    with pytest.raises(FitError, match="none of 50 customers has a second purchase day"):
        fit_mbg_cnbd_k(table)


# References


@pytest.mark.skipif(not GROCERY.exists(), reason="the grocery table is not beside the project")
def test_btydplus():
    """G1: BTYDplus on its grocery data, in weeks."""
    names = {
        "cust": "customer_id",
        "x": "frequency",
        "t.x": "recency",
        "T.cal": "T",
        "litt": "log_gaps",
    }
    customers = pd.read_csv(GROCERY).rename(columns=names)
    by_k = [
        fit_mbg_cnbd_k(customers, k=k, time_unit_days=7).quality.log_likelihood
        for k in (1, 2, 3, 4)
    ]
    assert by_k == pytest.approx([-15781.9394, -14978.2107, -14996.8504, -15326.9226], abs=0.01)
    best = fit_mbg_cnbd_k(customers, time_unit_days=7)
    assert best.k == 2
    found = best.parameters()["estimate"].tolist()
    assert found == pytest.approx([1.329197, 2.812600, 0.424716, 0.790040], rel=1e-3)
