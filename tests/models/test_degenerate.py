"""Hopeless, odd and one-sided tables: a right answer, a named limit, or a refusal that helps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from retention.errors import ArgumentError, FitError
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.pareto_nbd import fit_pareto_nbd

FITS = [fit_bg_nbd, fit_mbg_nbd, fit_pareto_nbd]
Rows = list[tuple[float, float, float]]


def table(rows: Rows) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["frequency", "recency", "T"])
    return found.assign(customer_id=[f"c{row}" for row in range(len(found))])


def shop(customers: int, *, days: float, seed: int = 1) -> Rows:
    """Customers who differ in pace and leave; whole days, one purchase a day at most."""
    random = np.random.default_rng(seed)
    age = np.ceil(random.uniform(0.3, 1.0, customers) * days)
    pace = random.gamma(0.8, 1 / 15, customers)
    until = np.minimum(age, random.exponential(1, customers) / random.gamma(1.0, 1 / 90, customers))
    frequency = np.minimum(random.poisson(pace * until), np.floor(until))
    latest = np.ceil(until * random.beta(np.maximum(frequency, 1), 1.0))
    recency = np.where(frequency > 0, np.minimum(latest, age), 0.0)
    return [*zip(frequency, recency, age, strict=True)]


SOME = shop(400, days=365)
FITTED: dict[str, Rows] = {
    "two customers": [(0, 0, 30), (2, 10, 30)],
    "two customers alike": [(2, 10, 30)] * 2,
    "everyone alike": [(3, 200, 300)] * 50,
    "everyone with one repeat": [(1, float(t), 100) for t in range(1, 60)],
    "one repeat among thousands": [(0, 0, 200)] * 3000 + [(1, 60, 200)],
    "two repeats of one customer": [(0, 0, 200)] * 3000 + [(2, 60, 200)],
    "three days of history": [(0, 0, 3)] * 80 + [(1, 1, 3)] * 9 + [(1, 2, 2)] * 5 + [(2, 3, 3)] * 4,
    "one day of history": [(0, 0, 1)] * 40 + [(1, 1, 1)] * 10,
    "most joined today": [(0, 0, 0)] * 300 + SOME[:60],
    "regular buyers only": [(int(t // 7), float(t - t % 7), float(t)) for t in range(60, 400, 3)],
    "daily buyers": [(float(t), float(t), float(t)) for t in range(50, 300, 5)],
    "everyone bought today": [(float(k % 5 + 1), 100.0, 100.0) for k in range(100)],
    "everyone stopped after a week": [(float(k % 4 + 1), 7.0, 400.0) for k in range(100)],
    "one huge buyer": [*SOME, (5000, 364, 365)],
    "one huge buyer who stopped": [*SOME, (5000, 100, 365)],
    "buyers and one-time buyers": [(0, 0, 300)] * 200 + [(30, 299, 300)] * 100,
    "two kinds of buyers": [(1, 150, 300)] * 100 + [(60, 290, 300)] * 100,
    "all of one age": [(x, t, 365) for x, t, _ in SOME if t <= 365],
    "one old customer": [*SOME, (3, 9000, 9125)],
    "half a century": [(x, 50 * t, 50 * T) for x, t, T in SOME],
    "in minutes": [(x, 1440 * t, 1440 * T) for x, t, T in SOME],
    "in years": [(x, t / 365, T / 365) for x, t, T in SOME],
    "nobody silent": [(x, T, T) for x, _, T in SOME if x > 0] + [r for r in SOME if r[0] == 0],
    "no one-time buyers": [r for r in SOME if r[0] > 0],
    "ten customers": SOME[:10],
    "forty repeats, then nothing": [(40, 40, 4000)] * 30 + [(0, 0, 4000)] * 30,
}
# Thousands of orders ahead to be told apart, or likelihoods far from their limits.
LONG = ("in years", "one huge buyer", "one huge buyer who stopped", "one old customer")
NAMES = [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in FITTED]


def weighted(rows: Rows, weights: float) -> pd.DataFrame:
    return table(rows).assign(customers=weights)


# laws


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fit_model", FITS)
def test_a_maximum_is_found_or_a_limit_is_named(name: str, fit_model: Callable[..., Any]) -> None:
    customers = table(FITTED[name])
    fit = fit_model(customers)
    summary, found = fit.summary(), fit.predict(customers, horizon_days=90)
    assert summary["is_converged"][0]
    assert np.isfinite(summary["log_likelihood"][0])
    assert np.isfinite(fit.parameters().drop(columns="parameter")).all(axis=None)
    assert (fit.parameters()["std_error"] >= 0).all()
    if len(fit.parameters()) < 4:
        assert summary["limit"][0] != ""
        assert fit.sentence().count(".") > 1
    for column in ("p_alive", "p_order"):
        assert found[column].between(0, 1).all()
    assert np.isfinite(found["expected_orders"]).all()
    assert (found["expected_orders"] * (1 + 1e-9) >= found["p_order"]).all()
    assert (found["orders_low"] <= found["orders_high"]).all()
    # Nobody is expected to buy much more often than the quickest did.
    quickest = max(x / max(T, 1e-9) for x, _, T in FITTED[name])
    assert found["expected_orders"].max() <= 90 * quickest * 1.5 + 1


@pytest.mark.parametrize("fit_model", FITS)
def test_no_other_parameters_nearby_are_more_likely(fit_model):
    """The maximum is one: every step away from it costs."""
    for name in ("three days of history", "one huge buyer", "ten customers"):
        fit = fit_model(table(FITTED[name]))
        here = np.concatenate([fit.rate.coordinates(), fit.dropout.coordinates()])
        free = len(fit.rate.names)
        for step in 0.05 * np.vstack([np.eye(here.size), -np.eye(here.size)]):
            moved = here + step
            dropout = type(fit.dropout).at(moved[free:]) if fit.dropout.names else fit.dropout
            value, *_ = fit.likelihood(type(fit.rate).at(moved[:free]), dropout, fit.seen)
            assert value < fit.quality.log_likelihood + 1e-9


@pytest.mark.parametrize("fit_model", FITS)
def test_tiny_and_huge_weights_change_standard_errors_only(fit_model):
    one, tiny, huge = (
        fit_model(weighted(SOME, weight)).parameters() for weight in (1.0, 1e-3, 1e6)
    )
    for other, weight in ((tiny, 1e-3), (huge, 1e6)):
        np.testing.assert_allclose(other["estimate"], one["estimate"], rtol=1e-5)
        np.testing.assert_allclose(other["std_error"], one["std_error"] / weight**0.5, rtol=1e-4)


def test_constant_spend_needs_no_model_and_nearly_constant_has_no_differences():
    random = np.random.default_rng(1)
    days = random.integers(1, 30, 300)
    customers = pd.DataFrame({"customer_id": "x", "frequency": days, "monetary_value": 100.0})
    with pytest.raises(FitError, match=r"1 distinct mean amounts.*multiply expected orders"):
        fit_gamma_gamma(customers)
    customers["monetary_value"] += random.normal(0, 0.1, 300)
    fit = fit_gamma_gamma(customers)
    assert fit.summary()["limit"][0] != ""
    assert fit.population_mean() == pytest.approx(100, rel=1e-3)


@pytest.mark.parametrize("amount", [1e-6, 1.0, 1e12])
def test_amounts_of_any_size(amount):
    random = np.random.default_rng(2)
    days = random.integers(1, 9, 500)
    value = random.gamma(6.0 * days, 1 / (random.gamma(3.5, 1 / 15, 500) * days))
    fit = fit_gamma_gamma(
        pd.DataFrame({"customer_id": "x", "frequency": days, "monetary_value": value * amount})
    )
    plain = fit_gamma_gamma(
        pd.DataFrame({"customer_id": "x", "frequency": days, "monetary_value": value})
    )
    assert fit.population_mean() / amount == pytest.approx(plain.population_mean(), rel=1e-7)


def test_one_huge_amount_is_no_crash():
    random = np.random.default_rng(3)
    customers = pd.DataFrame(
        {
            "customer_id": "x",
            "frequency": random.integers(1, 6, 200),
            "monetary_value": np.append(random.gamma(5, 10, 199), 1e9),
        }
    )
    fit = fit_gamma_gamma(customers)
    assert fit.quality.is_converged
    assert np.isfinite(fit.parameters()["estimate"]).all()


# refusals


@pytest.mark.parametrize("fit_model", FITS)
@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(0, 0, 100)] * 500, "none of 500 customers has a second purchase day"),
        ([(0, 0, 0)] * 5, "none of 5 customers has a second purchase day"),
        ([(0, 0, 9)], "none of 1 customers has a second purchase day"),
        ([(3, 20, 30)], "1 customer is not enough to say how customers differ"),
    ],
)
def test_nothing_to_learn(fit_model, rows, message):
    with pytest.raises(FitError, match=rf"{message}.*See .*Pass"):
        fit_model(table(rows))


@pytest.mark.parametrize("fit_model", FITS)
@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan])
def test_customers_that_do_not_count(fit_model, weight):
    with pytest.raises(ArgumentError, match=r"of 400 rows have a .*drop those rows"):
        fit_model(weighted(SOME, weight))
