"""The Gamma-Gamma fit of amounts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import gammaln

from retention.errors import ArgumentError, FitError
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.paid_days import paid_days
from retention.models.spend import AlikeSpend, Amounts, GammaSpend, SteadySpend
from retention.names import GLOSSARY


def simulated(p: float, q: float, gamma: float, *, customers: int, seed: int) -> pd.DataFrame:
    """Mean amounts of customers with 1 to 12 paid repeat days."""
    random = np.random.default_rng(seed)
    days = random.integers(1, 13, customers)
    rate = random.gamma(q, 1 / gamma, customers)
    return pd.DataFrame(
        {
            "customer_id": [f"c{row}" for row in range(customers)],
            "frequency": days,
            "monetary_value": random.gamma(p * days, 1 / (rate * days)),
        }
    )


# examples


def test_own_paid_days_go_before_frequency():
    customers = pd.DataFrame(
        {
            "frequency": [3, 2],
            "monetary_value": [6.0, 5.0],
            "paid_days": [2, 0],
            "paid_value": [9.0, None],
        }
    )
    assert paid_days(customers).to_numpy().tolist() == [[2.0, 9.0], [0.0, 0.0]]


def test_the_expected_amount_lies_between_own_and_common_mean(cdnow):
    fit = fit_gamma_gamma(cdnow)
    found = fit.predict(cdnow)["expected_order_value"]
    common = fit.population_mean()
    back = cdnow["monetary_value"] > 0
    own = cdnow.loc[back, "monetary_value"]
    assert (found[~back] == common).all()
    assert (found[back] >= np.minimum(own, common) - 1e-9).all()
    assert (found[back] <= np.maximum(own, common) + 1e-9).all()


def test_no_finite_amount_is_expected_where_too_little_is_known():
    """p days + q - 1 is 0 before the first paid day where q is 1."""
    found = GammaSpend(2.0, 1.0, 5.0).conditional_mean(np.array([0.0, 1.0]), np.array([0.0, 3.0]))
    assert found.tolist() == [np.inf, 2.0 * (5.0 + 3.0) / 2.0]


def test_the_unit_of_time_in_the_summary_is_a_day(cdnow):
    assert fit_gamma_gamma(cdnow).summary()["time_unit_days"].tolist() == [1.0]


def test_ids_are_kept_and_columns_are_those_of_the_glossary(cdnow):
    mixed = cdnow.sample(frac=1, random_state=2)
    found = fit_gamma_gamma(cdnow).predict(mixed)
    assert found["customer_id"].tolist() == mixed["customer_id"].tolist()
    assert isinstance(found.index, pd.RangeIndex)
    for name in found:
        assert str(found[name].dtype) == GLOSSARY[name].dtype


def test_json_keeps_every_digit(cdnow):
    fit = fit_gamma_gamma(cdnow)
    assert GammaGammaFit.from_json(fit.to_json()) == fit
    assert "Amounts" not in repr(fit)


def test_the_sentence_says_what_is_assumed(cdnow):
    said = fit_gamma_gamma(cdnow).sentence()
    assert "946 customers" in said
    assert "expected to bring 35.17" in said
    assert "the correlation here is 0.11" in said


def log_likelihood(p: float, q: float, gamma: float, rows: pd.DataFrame) -> float:
    """As Fader, Hardie and Lee print it."""
    shape, mean = p * rows["frequency"], rows["monetary_value"]
    each = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma)
    each += (shape - 1) * np.log(mean) + shape * np.log(rows["frequency"])
    return float((each - (shape + q) * np.log(gamma + rows["frequency"] * mean)).sum())


@pytest.mark.parametrize("name", ["p", "q", "gamma"])
def test_profile_limits_are_where_the_likelihood_has_fallen_by_192(name):
    rows = simulated(2.0, 4.0, 15.0, customers=1500, seed=4)
    fit = fit_gamma_gamma(rows)
    table = fit.profile().set_index("parameter")
    named = table["estimate"].to_dict()
    top = log_likelihood(**named, rows=rows)
    for side in ("low", "high"):
        others = [each for each in named if each != name]

        def loss(point, side=side, others=others):
            rest = dict(zip(others, np.exp(point), strict=True))
            return -log_likelihood(**{name: table.loc[name, side]}, **rest, rows=rows)

        start = np.log([named[each] for each in others])
        found = minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-7})
        assert top + found.fun == pytest.approx(1.9207, abs=1e-3)
    assert (table["low"] < table["estimate"]).all()
    assert (table["high"] > table["estimate"]).all()


@pytest.mark.parametrize(
    ("p", "q", "names"), [(2.0, None, ["p", "mean"]), (None, 3.0, ["q", "scale"])]
)
def test_a_profile_of_nested_models_is_about_wald_where_customers_are_many(p, q, names):
    rows = simulated(p or 1.0, q or 1.0, 20.0, customers=20_000, seed=7)
    random = np.random.default_rng(7)
    if q is None:
        rows["monetary_value"] = random.gamma(p * rows["frequency"], 30 / (p * rows["frequency"]))
    else:
        rows["monetary_value"] = 40 / random.gamma(q, 1, len(rows))
    fit = fit_gamma_gamma(rows)
    assert fit.parameters()["parameter"].tolist() == names
    wald, profile = fit.parameters(), fit.profile()
    np.testing.assert_allclose(profile["low"], wald["low"], rtol=1e-3)
    np.testing.assert_allclose(profile["high"], wald["high"], rtol=1e-3)


# laws


def test_money_in_cents_changes_the_unit_only(cdnow):
    dollars = fit_gamma_gamma(cdnow)
    cents = fit_gamma_gamma(cdnow.assign(monetary_value=cdnow["monetary_value"] * 100))
    ratio = cents.parameters()["estimate"] / dollars.parameters()["estimate"]
    np.testing.assert_allclose(ratio, [1, 1, 100], rtol=1e-7)
    shift = cents.quality.log_likelihood - dollars.quality.log_likelihood
    assert shift == pytest.approx(-946 * np.log(100), rel=1e-9)


def test_weights_are_repeated_rows(cdnow):
    some = cdnow.head(400)
    weights = 1 + np.arange(400) % 3
    weighted = fit_gamma_gamma(some.assign(customers=weights))
    repeated = fit_gamma_gamma(some.loc[some.index.repeat(weights)])
    np.testing.assert_allclose(
        weighted.parameters()["estimate"], repeated.parameters()["estimate"], rtol=1e-8
    )


def test_row_order_is_nothing(cdnow):
    assert fit_gamma_gamma(cdnow.sample(frac=1, random_state=3)) == fit_gamma_gamma(cdnow)


def test_a_fit_recovers_what_made_the_data():
    table = fit_gamma_gamma(simulated(6.0, 3.5, 15.0, customers=20_000, seed=7)).parameters()
    miss = (table["estimate"] - [6.0, 3.5, 15.0]) / table["std_error"]
    assert miss.abs().max() < 3.5


@pytest.mark.parametrize(
    "spend", [GammaSpend(6.2, 3.7, 15.4), AlikeSpend(3.0, 40.0), SteadySpend(3.0, 80.0)]
)
def test_the_gradient_is_that_of_the_value(spend):
    amounts = Amounts(
        np.array([1.0, 2.0, 9.0]), np.array([20.0, 70.0, 33.0]), np.array([3.0, 1.0, 2.0])
    )
    inverse = np.linalg.inv(spend.jacobian())
    names = spend.names
    by_parameter = []
    for name in names:
        h = 1e-6 * getattr(spend, name)
        up, down = (type(spend)(**{**vars(spend), name: getattr(spend, name) + s}) for s in (h, -h))
        change = up.log_likelihood(amounts)[0] - down.log_likelihood(amounts)[0]
        by_parameter.append(change / (2 * h))
    found = inverse.T @ spend.log_likelihood(amounts)[1]
    np.testing.assert_allclose(found, by_parameter, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("make", "point"),
    [
        (GammaSpend.at, [1.8, 1.3, 3.1]),
        (AlikeSpend.at, [1.1, 3.7]),
        (SteadySpend.at, [1.1, 3.3]),
    ],
)
def test_the_hessian_is_that_of_the_gradient(make, point):
    amounts = Amounts(
        np.array([1.0, 2.0, 9.0, 2.0]), np.array([20.0, 70.0, 33.0, 9.0]), np.arange(1.0, 5.0)
    )
    at, steps = np.array(point), 1e-5 * np.eye(len(point))
    hessian = make(at).log_likelihood(amounts).hessian
    up, down = (
        np.array([make(at + sign * h).log_likelihood(amounts).gradient for h in steps])
        for sign in (1, -1)
    )
    np.testing.assert_allclose(hessian, (up - down) / 2e-5, rtol=1e-6, atol=1e-6)


# limits


def test_customers_who_do_not_differ():
    random = np.random.default_rng(4)
    days = random.integers(1, 9, 2_000)
    customers = pd.DataFrame(
        {"customer_id": "x", "frequency": days, "monetary_value": random.gamma(3 * days, 9 / days)}
    )
    fit = fit_gamma_gamma(customers)
    assert fit.summary()["limit"][0] == "everyone alike"
    assert fit.population_mean() == pytest.approx(27, rel=0.05)
    assert (fit.predict(customers)["expected_order_value"] == fit.population_mean()).all()
    assert GammaGammaFit.from_json(fit.to_json()) == fit
    with pytest.raises(ArgumentError, match="it lies at a limit, 'everyone alike', for which"):
        fit.to_lifetimes()


def test_customers_who_always_spend_the_same():
    random = np.random.default_rng(4)
    amounts = 60 / random.gamma(3.0, 1.0, 2_000)
    # Means of many days are no closer together than those of one: nothing varies within customers.
    far = np.abs(np.log(amounts / np.median(amounts))) > 0.3
    customers = pd.DataFrame(
        {"customer_id": "x", "frequency": np.where(far, 8, 1), "monetary_value": amounts}
    )
    fit = fit_gamma_gamma(customers)
    assert fit.summary()["limit"][0] == "each customer always spends the same"
    found = fit.predict(customers)["expected_order_value"]
    np.testing.assert_allclose(found, customers["monetary_value"])
    assert fit.population_mean() == pytest.approx(30, rel=0.1)


def test_large_parameters_come_to_the_nested_distributions():
    days, value = np.array([1.0, 4.0]), np.array([20.0, 35.0])
    amounts = Amounts(days, value, np.ones(2))
    alike, near_alike = AlikeSpend(3.0, 30.0), GammaSpend(3.0, 1e8, 1e9)
    steady, near_steady = SteadySpend(3.0, 80.0), GammaSpend(1e6, 3.0, 8e-5)
    for limit, near in ((alike, near_alike), (steady, near_steady)):
        assert near.log_likelihood(amounts)[0] == pytest.approx(
            limit.log_likelihood(amounts)[0], abs=1e-4
        )
        np.testing.assert_allclose(
            near.conditional_mean(days, value), limit.conditional_mean(days, value), rtol=1e-5
        )


def test_an_infinite_mean_is_said_and_refused():
    customers = simulated(2.0, 0.7, 15.0, customers=3_000, seed=9)
    fit = fit_gamma_gamma(customers)
    assert fit.population_mean() == np.inf
    assert "without a finite mean" in fit.sentence()
    assert np.isfinite(fit.predict(customers)["expected_order_value"]).all()
    new = pd.DataFrame({"customer_id": ["n"], "frequency": [0], "monetary_value": [None]})
    with pytest.raises(FitError, match=r"1 of 1 customers have no finite expected amount.*q is 0"):
        fit.predict(new)


# refusals


def test_equal_amounts_need_no_model():
    customers = pd.DataFrame({"frequency": [1, 2, 3, 4], "monetary_value": [9.0] * 4})
    with pytest.raises(FitError, match=r"4 customers .*\(1 distinct mean amounts\)"):
        fit_gamma_gamma(customers)


def test_nobody_paid_twice():
    customers = pd.DataFrame({"frequency": [0, 2], "monetary_value": [None, 0.0]})
    with pytest.raises(FitError, match=r"none of 2 customers has a repeat purchase day"):
        fit_gamma_gamma(customers)


def test_days_without_an_amount_are_refused():
    customers = pd.DataFrame({"frequency": [1, 2], "monetary_value": [None, 5.0]})
    with pytest.raises(ArgumentError, match=r"1 of 2 rows have no usable \(frequency, monetary"):
        fit_gamma_gamma(customers)


def test_a_fit_from_text_has_no_profile(cdnow):
    fit = GammaGammaFit.from_json(fit_gamma_gamma(cdnow).to_json())
    with pytest.raises(ArgumentError, match=r"fit: it holds none of the amounts .* read from text"):
        fit.profile()


def test_a_missing_column_is_named():
    with pytest.raises(ArgumentError, match=r"missing \('monetary_value'\)"):
        fit_gamma_gamma(pd.DataFrame({"frequency": [1]}))


# references


def test_cdnow_with_exact_times(cdnow):
    """Fader, Hardie (2013): 6.25, 3.74, 15.44; standard errors of CLVTools 0.12."""
    fit = fit_gamma_gamma(cdnow)
    table = fit.parameters()
    np.testing.assert_allclose(table["estimate"], [6.249349, 3.744256, 15.444307], rtol=1e-3)
    np.testing.assert_allclose(table["std_error"], [1.18997, 0.29014, 4.15953], rtol=1e-3)
    assert fit.quality.log_likelihood == pytest.approx(-4055.917695, abs=1e-3)
    assert fit.summary()["customers"][0] == 946


def test_cdnow_with_rounded_values(cdnow_rounded):
    """The summary of lifetimes 0.11; means of Hardie's note 025."""
    fit = fit_gamma_gamma(cdnow_rounded)
    estimates = fit.parameters()["estimate"]
    np.testing.assert_allclose(estimates, [6.248802, 3.744588, 15.447748], rtol=1e-3)
    assert fit.quality.log_likelihood == pytest.approx(-4055.92324, abs=1e-3)
    assert fit.population_mean() == pytest.approx(35.1710, abs=1e-3)
    found = fit.predict(cdnow_rounded)["expected_order_value"]
    assert found[cdnow_rounded["frequency"] > 0].mean() == pytest.approx(35.3752, abs=1e-3)
