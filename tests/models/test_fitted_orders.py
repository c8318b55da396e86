"""What every order fit can do besides predicting: later dates, no end, limits, made-up customers."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import betaincinv, expit, logit

from retention.errors import ArgumentError
from retention.models import over_ages as over_ages_module
from retention.models.beta_geometric_fit import BetaGeometricFit
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.churn_risk import customer_risk
from retention.models.customer_value import customer_value
from retention.models.dropout import BetaDropout
from retention.models.estimates import Quality, parameter_table
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.history import compress_customers
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.outlook import Behaviour
from retention.models.pareto_nbd import fit_pareto_nbd
from retention.models.purchase_rate import GammaRate
from retention.models.score_customers import score_customers
from retention.names import GLOSSARY
from retention.orders.simulate import simulate_orders
from retention.tables.customer_summary import customer_summary

FITS = [fit_bg_nbd, fit_mbg_nbd, fit_pareto_nbd]


# examples


@pytest.mark.parametrize("fit_model", FITS)
def test_active_later_is_at_most_active_now(fit_model, cdnow):
    fit = fit_model(cdnow, time_unit_days=7)
    soon, late = (fit.alive_ahead(cdnow, horizon_days=days) for days in (7, 700))
    assert soon["customer_id"].tolist() == cdnow["customer_id"].tolist()
    assert (late["p_alive_ahead"] < soon["p_alive_ahead"]).all()
    assert (soon["p_alive_ahead"] <= soon["p_alive"]).all()
    np.testing.assert_allclose(soon["p_alive"], fit.predict(cdnow)["p_alive"], rtol=1e-12)
    for name in soon:
        assert str(soon[name].dtype) == GLOSSARY[name].dtype


def test_a_summary_says_whether_the_search_came_to_its_end(cdnow):
    assert fit_mbg_nbd(cdnow).summary()["is_converged"].tolist() == [True]
    assert not Quality(
        log_likelihood=-5.0, decrement=1.0, customers=3, distinct_rows=2
    ).is_converged


@pytest.mark.parametrize("fit_model", FITS)
def test_no_order_at_all_may_be_asked_for_alone(fit_model, cdnow):
    fit = fit_model(cdnow, time_unit_days=7)
    none, some = (fit.order_counts(horizon_days=90, most=most) for most in (0, 2))
    assert none["p_orders"].tolist() == pytest.approx(some["p_orders"].tolist()[:1])


def test_limits_of_a_share_are_symmetric_in_its_log_odds():
    found = parameter_table(["r", "p"], np.array([2.0, 0.8]), ((0.04, 0), (0, 0.01)), shares=["p"])
    limits = found[["low", "high"]].to_numpy()
    room = 1.959964 * np.array([0.2 / 2.0, 0.1 / (0.8 * 0.2)])
    np.testing.assert_allclose(limits[0], 2.0 * np.exp([-room[0], room[0]]), rtol=1e-6)
    np.testing.assert_allclose(
        limits[1], expit(logit(0.8) + room[1] * np.array([-1, 1])), rtol=1e-6
    )


def test_the_usual_gap_is_one_over_the_expected_rate(cdnow):
    fit = fit_mbg_nbd(cdnow, time_unit_days=7)
    history = compress_customers(cdnow)
    known = fit.parameters().set_index("parameter")["estimate"]
    weeks = (known["alpha"] + history.T) / (known["r"] + history.frequency)
    np.testing.assert_allclose(fit.usual_gap_days(history), 7 * weeks, rtol=1e-12)
    assert fit.order_counts()["orders"].tolist() == list(range(21))


def test_a_wald_limit_is_symmetric_and_a_profile_is_not(cdnow):
    fit = fit_mbg_nbd(cdnow, time_unit_days=7)
    profile, wald = fit.profile(), fit.parameters()
    assert profile["parameter"].tolist() == ["r", "alpha", "a", "b"]
    # Close where the likelihood is nearly normal, wider upwards where it is not.
    np.testing.assert_allclose(profile["low"], wald["low"], rtol=0.15)
    assert (profile["high"] > wald["high"]).all()
    assert (profile["low"] < profile["estimate"]).all()


@pytest.mark.slow
@pytest.mark.parametrize("fit_model", FITS)
def test_value_risk_and_scores_take_any_fit(fit_model):
    orders = simulate_orders(customers=300, random_state=4)
    customers = customer_summary(orders)
    fit, spend_fit = fit_model(customers), fit_gamma_gamma(customers)
    value = customer_value(customers, fit, spend_fit, horizon_days=180, margin=0.3)
    risk = customer_risk(customers, fit, horizon_days=180)
    scores = score_customers(orders, fit, spend_fit, horizon_days=180, margin=0.3)
    found = scores.merge(value, on="customer_id", suffixes=("", "_value")).merge(
        risk, on="customer_id", suffixes=("", "_risk")
    )
    assert len(found) == len(customers)
    np.testing.assert_allclose(found["clv"], found["clv_value"], rtol=1e-8)
    np.testing.assert_allclose(found["p_order"], 1 - found["p_no_order"], rtol=1e-8)
    assert (found["clv"] < 0.3 * found["expected_value"]).all()


# laws


@pytest.mark.parametrize("fit_model", FITS)
def test_a_later_end_brings_more_up_to_what_has_no_end(fit_model, cdnow):
    fit = fit_model(cdnow, time_unit_days=7)
    history = compress_customers(cdnow.head(400))
    found = [
        fit.discounted_orders(history, horizon_days=days, annual_discount_rate=0.1)
        for days in (365, 3650, 36_500, 365_000, None)
    ]
    for shorter, longer in itertools.pairwise(found):
        assert (shorter <= longer * (1 + 1e-9)).all()
    np.testing.assert_allclose(found[-2], found[-1], rtol=1e-8)
    assert (found[0] < 0.7 * found[-1]).mean() > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("k", [0, 1])
@pytest.mark.parametrize(("x", "T"), [(0, 0.0), (2, 27.0), (300, 36.5)])
def test_orders_without_an_end_are_the_mean_of_rate_over_discount_and_hazard(k, x, T):
    """E[rate / (delta + rate p)] over the posterior of both, by nested quadrature."""
    rate, dropout, delta = GammaRate(0.5, 6.0), BetaDropout(0.9, 1.6), 0.002
    customer = compress_customers(pd.DataFrame({"frequency": [x], "recency": [T], "T": [T]}))
    behaviour = Behaviour(rate, dropout, k)

    def worth(u: float) -> float:
        """Orders at time u ahead: E[rate exp(-rate p u)], the mean over p at equal chances."""
        start, power = rate.alpha + T, rate.r + x
        share = (np.arange(4000) + 0.5) / 4000
        p = betaincinv(dropout.a, dropout.b + x + k, share)
        return float(np.mean(power / start * (1 + p * u / start) ** (-power - 1)))

    ends = [0, *np.geomspace(1e-3, 40 / delta, 14)]
    exact = sum(
        quad(lambda u: np.exp(-delta * u) * worth(u), low, high, epsrel=1e-7)[0]
        for low, high in itertools.pairwise(ends)
    )
    found = behaviour.discounted_orders(customer, horizon=np.inf, delta=delta)
    alive = behaviour.p_alive(customer)
    assert found[0] / alive[0] == pytest.approx(exact, rel=1e-3)


@pytest.mark.parametrize("fit_model", FITS)
def test_what_is_read_off_is_what_would_be_calculated(fit_model, monkeypatch):
    random = np.random.default_rng(3)
    T = np.repeat(np.arange(1.0, 900.0), 4)
    x = np.tile([0, 1, 9, 120], T.size // 4)
    recency = np.where(x > 0, np.ceil(T * random.uniform(0.2, 1.0, T.size)), 0.0)
    customers = pd.DataFrame({"frequency": x, "recency": recency, "T": T})
    fit = fit_model(customer_summary(simulate_orders(customers=400, random_state=2)))
    history = compress_customers(customers)
    asked = {"horizon_days": 365, "annual_discount_rate": 0.2}
    quick = fit.outlook(history, horizon_days=365), fit.discounted_orders(history, **asked)
    later = fit.alive(history, horizon_days=365)[1]
    monkeypatch.setattr(over_ages_module, "_enough", lambda width: 10**9)
    slow = fit.outlook(history, horizon_days=365), fit.discounted_orders(history, **asked)
    np.testing.assert_allclose(quick[0].expected_orders, slow[0].expected_orders, rtol=1e-9)
    np.testing.assert_allclose(quick[1], slow[1], rtol=1e-9)
    np.testing.assert_allclose(later, fit.alive(history, horizon_days=365)[1], rtol=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("fit_model", FITS)
def test_made_up_customers_are_fitted_by_what_made_them(fit_model, cdnow):
    fit = fit_model(cdnow, time_unit_days=7)
    many = cdnow.loc[cdnow.index.repeat(8)].reset_index(drop=True)
    made_up = fit.simulate(many, random_state=5)
    assert (made_up["recency"] <= made_up["T"]).all()
    assert ((made_up["frequency"] == 0) == (made_up["recency"] == 0)).all()
    pd.testing.assert_frame_equal(made_up, fit.simulate(many, random_state=5))
    again = fit_model(made_up, time_unit_days=7).parameters()
    miss = np.log(again["estimate"] / fit.parameters()["estimate"])
    assert (miss.abs() < 4 * again["std_error"] / again["estimate"]).all()


def test_profile_limits_are_where_the_likelihood_has_fallen_by_192(cdnow):
    """With all else refitted: checked by fitting the others on a grid around the limit of r."""
    customers = cdnow.head(500)
    fit = fit_bg_nbd(customers, time_unit_days=7)
    high = float(fit.profile().set_index("parameter").loc["r", "high"])
    history, top = compress_customers(customers), fit.quality.log_likelihood

    def best_at(r: float) -> float:
        def loss(point: np.ndarray) -> float:
            alpha, a, b = np.exp(point)
            return -fit.likelihood(GammaRate(r, alpha), BetaDropout(a, b), history).value

        start = np.log(fit.parameters()["estimate"].to_numpy()[1:])
        return -float(minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-7}).fun)

    assert top - best_at(high) == pytest.approx(1.9207, abs=1e-3)


# refusals


def test_without_an_end_a_discount_is_needed(cdnow):
    fit = fit_mbg_nbd(cdnow, time_unit_days=7)
    history = compress_customers(cdnow)
    with pytest.raises(ArgumentError, match=r"0 over an unlimited horizon is an endless sum"):
        fit.discounted_orders(history, horizon_days=None, annual_discount_rate=0)


def test_counts_are_whole_and_units_are_numbers(cdnow):
    fit = fit_mbg_nbd(cdnow, time_unit_days=7)
    for most, match in [(-2, "most: -2 is below 0"), ("9", "most: '9' is not a whole number")]:
        with pytest.raises(ArgumentError, match=match):
            fit.order_counts(most=most)
    with pytest.raises(ArgumentError, match="time_unit_days: '7' is not a number"):
        fit_mbg_nbd(cdnow, time_unit_days="7")
    with pytest.raises(ArgumentError, match="horizon_days: 30 is no list"):
        fit.expected_new_orders(horizon_days=30)
    with pytest.raises(ArgumentError, match="random_state: -1 is below 0"):
        fit.simulate(cdnow, random_state=-1)


def test_a_fit_from_text_has_no_profile(cdnow):
    fit = BetaGeometricFit.from_json(fit_bg_nbd(cdnow, time_unit_days=7).to_json())
    with pytest.raises(ArgumentError, match=r"fit: it holds none of the customers"):
        fit.profile()
