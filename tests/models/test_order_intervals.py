"""Between which counts of orders a customer will end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from futures import Shop, future, pareto_future
from scipy.stats import nbinom, poisson

from retention.models.bg_nbd import fit_bg_nbd
from retention.models.dropout import BetaDropout
from retention.models.dropout_limits import SameDropout, SplitDropout, SureDropout
from retention.models.history import History, compress_customers
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.order_intervals import order_intervals
from retention.models.outlook import Behaviour
from retention.models.parameter_points import parameter_points
from retention.models.pareto_nbd import fit_pareto_nbd
from retention.models.purchase_rate import GammaRate, SameRate
from retention.models.setting import count_tail

DROPOUTS = [BetaDropout(0.8, 2.4), SameDropout(0.3), SplitDropout(0.4), SureDropout(0.0)]


def history(*rows: tuple[int, float, float]) -> History:
    return compress_customers(pd.DataFrame(rows, columns=["frequency", "recency", "T"]))


# examples


def test_without_dropout_the_count_is_negative_binomial():
    found = history((3, 40, 50), (80, 400, 400))
    low, high = order_intervals([Behaviour(GammaRate(2, 30), SureDropout(0), 1)], found, horizon=90)
    counts = nbinom(2 + found.frequency, (30 + found.T) / (30 + found.T + 90))
    assert low.tolist() == counts.ppf(0.05).tolist()
    assert high.tolist() == counts.ppf(0.95).tolist()


def test_everyone_alike_is_poisson():
    found = history((0, 0, 50), (5, 40, 50))
    low, high = order_intervals([Behaviour(SameRate(0.1), SureDropout(0), 0)], found, horizon=90)
    assert set(low) == {poisson(9).ppf(0.05)}
    assert set(high) == {poisson(9).ppf(0.95)}


def test_who_has_surely_left_orders_nothing():
    gone = Behaviour(GammaRate(2, 30), SureDropout(1.0), 1)
    low, high = order_intervals([gone], history((0, 0, 50)), horizon=365)
    assert (low.tolist(), high.tolist()) == ([0], [0])


def test_predict_holds_the_limits(cdnow):
    found = fit_mbg_nbd(cdnow, time_unit_days=7).predict(cdnow, horizon_days=273)
    assert (found["orders_low"] <= found["expected_orders"] + 1).all()
    assert (found["orders_high"] >= np.floor(found["expected_orders"])).mean() > 0.999
    assert str(found["orders_low"].dtype) == str(found["orders_high"].dtype) == "int64"
    assert found.loc[found["p_order"] < 0.05, "orders_high"].max() == 0


# laws


@pytest.mark.parametrize("dropout", DROPOUTS, ids=lambda one: one.family)
@pytest.mark.parametrize("first_chances", [0, 1])
def test_tails_of_all_counts_add_up_to_the_expected_orders(dropout, first_chances):
    model = Behaviour(GammaRate(1.5, 40), dropout, first_chances)
    found = history((0, 0, 30), (1, 20, 90), (6, 80, 100))
    tails = [
        count_tail([model], found, np.full(found.T.size, n), horizon=120.0) for n in range(1, 200)
    ]
    outlook = model.outlook(found, horizon=120.0)
    np.testing.assert_allclose(np.sum(tails, axis=0), outlook.expected_orders, rtol=1e-6)
    np.testing.assert_allclose(tails[0], outlook.p_order, rtol=1e-9)


def test_the_limits_are_the_quantiles_of_the_tail(cdnow):
    fit = fit_mbg_nbd(cdnow)
    found = compress_customers(cdnow)
    low, high = order_intervals(fit.settings(), found, horizon=39)
    below, above = (count_tail(fit.settings(), found, n, horizon=39) for n in (low, high + 1))
    assert (below > 0.95).all()
    assert (count_tail(fit.settings(), found, low + 1, horizon=39) <= 0.95).all()
    assert (above <= 0.05).all()
    assert (count_tail(fit.settings(), found, high, horizon=39)[high > 0] > 0.05).all()


def test_a_variance_that_rounding_made_negative_is_none():
    points = parameter_points(np.zeros(2), np.diag([0.5, -1e-12]))
    assert sorted(map(tuple, points)) == [(-1, 0), (0, 0), (0, 0), (1, 0)]


def test_a_fit_in_weeks_says_the_same(cdnow):
    days = cdnow.assign(recency=cdnow["recency"] * 7, T=cdnow["T"] * 7)
    one = fit_mbg_nbd(days).predict(days, horizon_days=90)
    other = fit_mbg_nbd(cdnow, time_unit_days=7).predict(cdnow, horizon_days=90)
    assert one["orders_low"].equals(other["orders_low"])
    assert one["orders_high"].equals(other["orders_high"])


@pytest.mark.parametrize("fit_model", [fit_bg_nbd, fit_mbg_nbd, fit_pareto_nbd])
def test_histories_may_come_in_any_order(cdnow, fit_model):
    fit = fit_model(cdnow.head(400))
    found = compress_customers(cdnow)
    mixed = np.random.default_rng(1).permutation(found.T.size)
    shuffled = found.part(mixed)
    counts = np.full(found.T.size, 2)
    np.testing.assert_allclose(
        count_tail(fit.settings(), shuffled, counts, horizon=39.0),
        count_tail(fit.settings(), found, counts, horizon=39.0)[mixed],
        rtol=1e-8,
    )


def test_other_customers_change_nothing(cdnow):
    fit = fit_mbg_nbd(cdnow)
    whole = fit.predict(cdnow, horizon_days=39).iloc[100:110].reset_index(drop=True)
    part = fit.predict(cdnow.iloc[100:110], horizon_days=39)
    pd.testing.assert_frame_equal(whole, part, check_exact=False, rtol=1e-12)


@pytest.mark.parametrize(
    ("rate", "dropout", "limit"),
    [
        ((1.0, 8.0), (1e-9,), "nobody drops out (NBD)"),
        ((0.1,), (0.3,), "everyone alike (Poisson rate)"),
        ((1.0, 8.0), (0.2,), "everyone equally likely to leave"),
    ],
)
def test_fits_at_a_limit_have_limits_too(simulate, rate, dropout, limit):
    for seed in range(1, 9):
        customers = simulate(800, rate=rate, dropout=dropout, first_chances=1, seed=seed)
        fit = fit_mbg_nbd(customers)
        if limit in fit.summary()["limit"][0]:
            break
    assert limit in fit.summary()["limit"][0]
    found = fit.predict(customers, horizon_days=52)
    assert (found["orders_low"] <= found["orders_high"]).all()
    assert len(fit.settings()) == 2 * len(fit.parameters())
    many = found["expected_orders"] > 1
    assert (found["orders_high"] > found["expected_orders"])[many].all()


def test_fewer_customers_leave_more_doubt(cdnow):
    fit, few = fit_mbg_nbd(cdnow), fit_mbg_nbd(cdnow.head(150))
    sure = replace(few, covariance=tuple((0.0,) * 4 for _ in range(4)))
    width = [
        (p["orders_high"] - p["orders_low"]).sum()
        for p in (one.predict(cdnow, horizon_days=390) for one in (sure, few))
    ]
    assert width[0] < width[1]
    assert np.ptp([one.rate.r for one in fit.settings()]) < np.ptp(
        [one.rate.r for one in few.settings()]
    )


def test_points_have_the_mean_and_covariance_of_the_estimates():
    mean, spread = np.array([1.0, -2.0]), np.array([[0.4, 0.1], [0.1, 0.2]])
    points = np.array(parameter_points(mean, spread))
    np.testing.assert_allclose(points.mean(axis=0), mean)
    np.testing.assert_allclose(np.cov(points.T, ddof=0), spread)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("fit_model", "shop"),
    [
        (fit_mbg_nbd, Shop()),
        (fit_bg_nbd, Shop()),
        (fit_mbg_nbd, Shop(rate=(2.0, 40.0), dropout=(0.5, 9.0))),
    ],
)
def test_nine_in_ten_end_between_the_limits(fit_model, shop, seed):
    first_chances = int(fit_model is fit_mbg_nbd)
    customers, orders, _ = future(20_000, seed=seed, shop=shop, first_chances=first_chances)
    fit = fit_model(customers)
    found = fit.predict(customers)
    raw = orders.clip(found["orders_low"], found["orders_high"]) == orders
    assert raw.mean() >= 0.9
    pit = randomised_pit(fit, customers, orders, seed=seed)
    assert ((pit >= 0.05) & (pit <= 0.95)).mean() == pytest.approx(0.9, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_so_they_do_where_customers_leave_at_any_time(seed):
    customers, orders, _ = pareto_future(20_000, seed=seed)
    fit = fit_pareto_nbd(customers)
    found = fit.predict(customers)
    assert (orders.clip(found["orders_low"], found["orders_high"]) == orders).mean() >= 0.9
    pit = randomised_pit(fit, customers, orders, seed=seed)
    assert ((pit >= 0.05) & (pit <= 0.95)).mean() == pytest.approx(0.9, abs=0.01)


@pytest.mark.slow
def test_few_customers_behind_the_fit_are_allowed_for():
    """Fits on 120 customers each: over many of them, the limits still hold for nine in ten."""
    inside = []
    for seed in range(40):
        customers, orders, _ = future(1_000, seed=seed, shop=Shop())
        fit = fit_mbg_nbd(customers.head(120))
        pit = randomised_pit(fit, customers, orders, seed=seed)
        inside.append(((pit >= 0.05) & (pit <= 0.95)).mean())
    assert np.mean(inside) == pytest.approx(0.9, abs=0.015)


def randomised_pit(fit, customers, orders, *, seed):
    found = compress_customers(customers)
    each = History(
        *(values[found.row] for values in (found.frequency, found.recency, found.T)),
        customers=np.ones(len(customers)), row=np.arange(len(customers)),
    )  # fmt: skip
    at, above = (count_tail(fit.settings(), each, n, horizon=365.0) for n in (orders, orders + 1))
    return 1 - above - np.random.default_rng(1_000 + seed).random(len(customers)) * (at - above)
