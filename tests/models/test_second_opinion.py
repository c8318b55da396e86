"""What the lifetimes package says of the same customers."""

from __future__ import annotations

import numpy as np
import pytest

from retention.errors import ArgumentError
from retention.models.beta_geometric_fit import BetaGeometricFit
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.lifetimes_exchange import from_lifetimes
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.pareto_nbd import fit_pareto_nbd
from retention.models.second_opinion import COLUMNS, second_opinion
from retention.names import GLOSSARY

# examples


@pytest.mark.parametrize("fit_model", [fit_bg_nbd, fit_mbg_nbd])
def test_both_say_the_same_of_cdnow(cdnow, fit_model):
    found = second_opinion(fit_model(cdnow, time_unit_days=7))
    assert found["figure"].tolist() == ["r", "alpha", "a", "b", "expected_orders"]
    assert found["is_agreed"].all()
    assert "lifetimes agrees, in all 5 figures" in found.attrs["sentence"]
    np.testing.assert_allclose(found["estimate"], found["lifetimes_estimate"], rtol=2e-3)
    for name in COLUMNS:
        assert str(found[name].dtype) == GLOSSARY[name].dtype


def test_both_say_the_same_of_amounts(cdnow):
    found = second_opinion(fit_gamma_gamma(cdnow))
    assert found["figure"].tolist() == ["p", "q", "gamma", "expected_order_value"]
    assert found["is_agreed"].all()


def test_a_fit_that_is_elsewhere_is_told(cdnow):
    fit = fit_mbg_nbd(cdnow.head(1000))
    found = second_opinion(fit, customers=cdnow)
    assert not found["is_agreed"].all()
    assert "lifetimes disagrees in" in found.attrs["sentence"]


@pytest.mark.slow
def test_pareto_nbd_both_ways(cdnow):
    fit = fit_pareto_nbd(cdnow, time_unit_days=7)
    found = second_opinion(fit)
    assert found["figure"].tolist() == ["r", "alpha", "s", "beta", "expected_orders"]
    assert found["is_agreed"].all()
    fitter = fit.to_lifetimes()
    history = cdnow["frequency"], cdnow["recency"], cdnow["T"]
    ours = fit.predict(cdnow, horizon_days=273)
    np.testing.assert_allclose(
        ours["p_alive"], fitter.conditional_probability_alive(*history), rtol=1e-6
    )
    fitter.data = cdnow[["frequency", "recency", "T"]].assign(weights=1)
    taken = from_lifetimes(fitter, time_unit_days=7)
    assert taken.summary()["is_converged"][0]
    np.testing.assert_allclose(
        taken.parameters()["std_error"], fit.parameters()["std_error"], rtol=1e-4
    )


# laws


def test_what_is_remembered_is_the_table(cdnow):
    fit = fit_mbg_nbd(cdnow, time_unit_days=7)
    one, other = second_opinion(fit), second_opinion(fit, customers=cdnow)
    assert one.equals(other)


# refusals


def test_a_saved_fit_needs_its_customers_again(cdnow):
    fit = fit_mbg_nbd(cdnow)
    saved = BetaGeometricFit.from_json(fit.to_json())
    assert saved == fit
    with pytest.raises(ArgumentError, match=r"does not remember its customers.*Pass customers="):
        second_opinion(saved)


def test_where_lifetimes_refuses_it_is_said(cdnow):
    few = cdnow[cdnow["frequency"] > 0].head(6)
    fit = fit_mbg_nbd(cdnow)
    found = second_opinion(fit, customers=few)
    assert found["lifetimes_estimate"].isna().all() or not found["is_agreed"].any()
