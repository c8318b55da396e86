"""Between which amounts a customer's value will end."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from futures import ANNUAL_DISCOUNT_RATE, Shop, future
from scipy.stats import nbinom

from retention.models.amount_doubt import amount_doubt
from retention.models.customer_value import customer_value
from retention.models.dropout_limits import SureDropout
from retention.models.estimates import Quality
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.history import compress_customers
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.outlook import Behaviour
from retention.models.purchase_rate import GammaRate
from retention.models.setting import count_tail
from retention.models.spend import AlikeSpend, GammaSpend, SteadySpend

QUALITY = Quality(0.0, 0.0, 100, 100)
LOYAL = Shop(rate=(2.0, 40.0), dropout=(0.5, 9.0))


def spend_of(spend) -> GammaGammaFit:
    """A fit without doubt about its parameters."""
    size = len(spend.names)
    return GammaGammaFit(spend, tuple((0.0,) * size for _ in range(size)), QUALITY, 0.0)


# examples


def test_customers_who_always_spend_the_same_follow_the_count():
    """Nothing but the count is in doubt, so each limit is a whole number of amounts."""
    customers, _, _ = future(300, seed=1, shop=LOYAL)
    customers["monetary_value"] = 50.0
    fit = fit_mbg_nbd(customers)
    spend = spend_of(AlikeSpend(p=1e6, mean=50.0))
    value = customer_value(customers, fit, spend, annual_discount_rate=0, margin=1)
    for limit in ("low", "high"):
        np.testing.assert_allclose(
            value[f"clv_{limit}"] / 50, value[f"orders_{limit}"], atol=0.3, rtol=0.03
        )


def test_amounts_are_known_the_better_the_more_were_seen():
    paid = pd.DataFrame({"paid_days": [0.0, 1.0, 20.0], "paid_value": [0.0, 30.0, 30.0]})
    doubt = amount_doubt(spend_of(GammaSpend(6, 4, 20)), paid)
    np.testing.assert_allclose(doubt.shape, [4, 10, 124], rtol=1e-3)
    np.testing.assert_allclose(np.exp(doubt.log_scale), [120, 300, 3720], rtol=1e-3)
    steady = amount_doubt(spend_of(SteadySpend(3, 60)), paid)
    assert steady.shape[0] == pytest.approx(3, rel=1e-3)
    np.testing.assert_allclose(np.exp(steady.log_scale[1:]) / steady.shape[1:], 30, rtol=1e-3)


def test_against_drawing_it_a_million_times():
    """Three customers of a model without dropout, their values drawn order by order."""
    customers = pd.DataFrame(
        {
            "customer_id": list("abc"), "frequency": [0, 2, 15], "recency": [0.0, 80, 200],
            "T": [100.0, 90, 210], "monetary_value": [None, 20.0, 35.0],
        }
    )  # fmt: skip
    model, spend = Behaviour(GammaRate(1.2, 50.0), SureDropout(0.0), 0), GammaSpend(5, 4, 18)
    value = customer_value(customers, One(model), spend_of(spend), margin=0.5)
    random = np.random.default_rng(4)
    for i, row in customers.iterrows():
        x, age = row["frequency"], row["T"]
        counts = nbinom(1.2 + x, (50 + age) / (50 + age + 365)).rvs(200_000, random_state=random)
        days, mean = (0.0, 0.0) if x == 0 else (x, row["monetary_value"])
        inverse = random.gamma(4 + 5 * days, 1 / (18 + days * mean), 200_000)
        who = np.repeat(np.arange(200_000), counts)
        worth = random.gamma(5, 1 / inverse[who]) * 1.1 ** (-random.random(who.size) * 365 / 365.25)
        total = 0.5 * np.bincount(who, worth, 200_000)
        found = value.loc[i, ["clv_low", "clv_high"]].astype(float)
        np.testing.assert_allclose(
            [(total < found["clv_low"]).mean(), (total > found["clv_high"]).mean()],
            [0.05 if counts.min() > 0 or (counts == 0).mean() < 0.05 else 0.0, 0.05],
            atol=0.004,
        )


def test_when_an_order_comes_matters_where_amounts_do_not_differ():
    """Twelve orders or so of the same amount, money losing half of its worth in a year."""
    customers = pd.DataFrame(
        {
            "customer_id": ["a"], "frequency": [60], "recency": [1800.0], "T": [1825.0],
            "monetary_value": [20.0],
        }
    )  # fmt: skip
    model = Behaviour(GammaRate(1e5, 3e6), SureDropout(0.0), 0)
    value = customer_value(
        customers, One(model), spend_of(AlikeSpend(1e6, 20.0)), annual_discount_rate=0.99, margin=1
    )
    random = np.random.default_rng(4)
    counts = random.poisson(365 / 30, 200_000)
    who = np.repeat(np.arange(counts.size), counts)
    worth = 20.0 * 1.99 ** (-random.random(who.size) * 365 / 365.25)
    total = np.bincount(who, worth, counts.size)
    low, high = value.loc[0, ["clv_low", "clv_high"]].astype(float)
    tails = [(total < low).mean(), (total > high).mean()]
    np.testing.assert_allclose(tails, 0.05, atol=0.005)


class One:
    """A model without doubt about its parameters, as a fit."""

    model, time_unit_days = "MBG/NBD", 1.0

    def __init__(self, behaviour):
        self.behaviour = behaviour

    def settings(self):
        return (self.behaviour,)

    def outlook(self, history, *, horizon_days):
        return self.behaviour.outlook(history, horizon=horizon_days)

    def discounted_orders(self, history, *, horizon_days, annual_discount_rate):
        delta = float(np.log1p(annual_discount_rate) / 365.25)
        return self.behaviour.discounted_orders(history, horizon=horizon_days, delta=delta)


# laws


def test_the_limits_hold_the_order_of_the_ranks(cdnow):
    fit, spend = fit_mbg_nbd(cdnow, time_unit_days=7), fit_gamma_gamma(cdnow)
    days = cdnow.assign(recency=cdnow["recency"] * 7, T=cdnow["T"] * 7)
    value = customer_value(days, fit, spend, margin=0.3)
    assert (value["clv_low"] <= value["clv_high"]).all()
    assert (value["clv_low"] >= 0).all()
    assert (value["clv_high"] > value["clv"]).mean() > 0.6
    assert ((value["clv_high"] == 0) == (value["orders_high"] == 0)).all()
    assert ((value["clv_low"] > 0) == (value["orders_low"] > 0)).mean() > 0.999


def test_margin_and_currency_only_scale_the_limits(cdnow):
    fit = fit_mbg_nbd(cdnow)
    half = customer_value(cdnow, fit, fit_gamma_gamma(cdnow), horizon_days=50, margin=0.5)
    dong = cdnow.assign(monetary_value=cdnow["monetary_value"] * 25_000)
    whole = customer_value(dong, fit, fit_gamma_gamma(dong), horizon_days=50, margin=1)
    for name in ("clv_low", "clv_high"):
        np.testing.assert_allclose(whole[name], half[name] * 50_000, rtol=1e-5, atol=1e-6)


def test_without_intervals_the_rest_is_the_same(cdnow):
    fit, spend = fit_mbg_nbd(cdnow), fit_gamma_gamma(cdnow)
    whole = customer_value(cdnow, fit, spend, horizon_days=50, margin=0.5)
    bare = customer_value(cdnow, fit, spend, horizon_days=50, margin=0.5, with_intervals=False)
    assert [name for name in whole if name not in bare] == [
        "orders_low", "orders_high", "clv_low", "clv_high",
    ]  # fmt: skip
    pd.testing.assert_frame_equal(whole[bare.columns], bare)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("shop", "horizon"), [(Shop(), 365), (LOYAL, 365), (Shop(), 1095)])
def test_nine_in_ten_end_between_the_limits(shop, horizon, seed):
    customers, _, value = future(20_000, seed=seed, shop=shop, horizon=horizon)
    fit, spend = fit_mbg_nbd(customers), fit_gamma_gamma(customers)
    found = customer_value(
        customers, fit, spend,
        horizon_days=horizon, annual_discount_rate=ANNUAL_DISCOUNT_RATE, margin=1,
    )  # fmt: skip
    held = value.clip(found["clv_low"], found["clv_high"]) == value
    assert held.mean() >= 0.9
    # No order at all is one value with a chance of its own, of which the PIT draws a part.
    history = compress_customers(customers)
    one = count_tail(
        fit.settings(), history, np.ones(history.T.size, dtype=int), horizon=float(horizon)
    )
    drawn = np.random.default_rng(1_000 + seed).random(len(value)) * (1 - one[history.row])
    inside = np.where(value == 0, (drawn >= 0.05) & (drawn <= 0.95), held)
    assert inside.mean() == pytest.approx(0.9, abs=0.01)


@pytest.mark.slow
def test_a_million_customers_all_have_limits():
    customers, _, _ = future(1_000_000, seed=1, shop=Shop())
    customers["recency"] = np.ceil(customers["recency"])
    fit, spend = fit_mbg_nbd(customers), fit_gamma_gamma(customers)
    found = customer_value(customers, fit, spend, margin=0.3)
    assert found["clv_high"].notna().all()
