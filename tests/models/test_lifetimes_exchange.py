"""To the lifetimes package and back."""

from __future__ import annotations

import sys
import warnings

import numpy as np
import pandas as pd
import pytest

from retention.errors import ArgumentError, FitError
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.lifetimes_exchange import from_lifetimes
from retention.models.mbg_nbd import fit_mbg_nbd

FITS = [fit_bg_nbd, fit_mbg_nbd]


# examples


@pytest.mark.parametrize("fit_model", FITS)
def test_lifetimes_predicts_the_same(cdnow, fit_model):
    fit = fit_model(cdnow, time_unit_days=7)
    fitter = fit.to_lifetimes()
    history = cdnow["frequency"], cdnow["recency"], cdnow["T"]
    ours = fit.predict(cdnow, horizon_days=273)
    np.testing.assert_allclose(ours["expected_orders"], fitter.predict(39, *history), rtol=1e-9)
    alive = fitter.conditional_probability_alive(*history)
    np.testing.assert_allclose(ours["p_alive"], alive, rtol=1e-10)
    new = fit.expected_new_orders(horizon_days=[7, 364])["expected_orders"]
    theirs = fitter.expected_number_of_purchases_up_to_time(np.array([1, 52]))
    np.testing.assert_allclose(new, theirs, rtol=1e-9)
    counts = fit.order_counts(horizon_days=364, most=5)["p_orders"]
    theirs = [fitter.probability_of_n_purchases_up_to_time(52, n) for n in range(6)]
    np.testing.assert_allclose(counts, theirs, rtol=1e-8)


def test_lifetimes_expects_the_same_amounts(cdnow):
    fit = fit_gamma_gamma(cdnow)
    theirs = fit.to_lifetimes().conditional_expected_average_profit(
        cdnow["frequency"], cdnow["monetary_value"].fillna(0)
    )
    np.testing.assert_allclose(fit.predict(cdnow)["expected_order_value"], theirs, rtol=1e-10)


def test_its_parameters_come_with_our_errors(cdnow):
    fitter = fit_mbg_nbd(cdnow, time_unit_days=7).to_lifetimes()
    assert fitter.params_.index.tolist() == ["r", "alpha", "a", "b"]
    np.testing.assert_allclose(fitter.variance_matrix_, fitter.variance_matrix_.T)
    assert fitter.summary.shape == (4, 4)


@pytest.mark.parametrize("fit_model", FITS)
def test_a_fitter_comes_back_as_our_fit(cdnow, fit_model):
    ours = fit_model(cdnow, time_unit_days=7)
    fitter = ours.to_lifetimes()
    fitter.fit(cdnow["frequency"], cdnow["recency"], cdnow["T"])
    taken = from_lifetimes(fitter, time_unit_days=7)
    estimates = taken.parameters()["estimate"]
    np.testing.assert_allclose(estimates, fitter.params_, rtol=1e-12)
    np.testing.assert_allclose(estimates, ours.parameters()["estimate"], rtol=1e-3)
    assert taken.quality.log_likelihood == pytest.approx(ours.quality.log_likelihood, abs=1e-4)
    assert taken.summary()["model"][0] == ours.model
    np.testing.assert_allclose(
        taken.predict(cdnow)["p_order"], ours.predict(cdnow)["p_order"], rtol=1e-3
    )


def test_a_spend_fitter_comes_back_as_our_fit(cdnow):
    ours = fit_gamma_gamma(cdnow)
    fitter = ours.to_lifetimes()
    back = cdnow[cdnow["monetary_value"] > 0]
    fitter.fit(back["frequency"], back["monetary_value"])
    taken = from_lifetimes(fitter)
    assert taken.quality.log_likelihood == pytest.approx(ours.quality.log_likelihood, abs=1e-4)
    assert taken.population_mean() == pytest.approx(ours.population_mean(), rel=1e-3)


def test_a_penalized_fit_is_not_called_converged(cdnow):
    fitter = fit_mbg_nbd(cdnow, time_unit_days=7).to_lifetimes()
    fitter.penalizer_coef = 0.01
    fitter.fit(cdnow["frequency"], cdnow["recency"], cdnow["T"])
    taken = from_lifetimes(fitter, time_unit_days=7)
    assert not taken.summary()["is_converged"][0]


# laws


def test_no_global_option_is_changed(cdnow):
    fit = fit_mbg_nbd(cdnow)
    for name in [name for name in sys.modules if name.split(".")[0] == "lifetimes"]:
        del sys.modules[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = pd.get_option("mode.chained_assignment")
    filters = list(warnings.filters)
    fit.to_lifetimes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert pd.get_option("mode.chained_assignment") == before
    assert list(warnings.filters) == filters


# refusals


def test_another_object_is_refused():
    with pytest.raises(ArgumentError, match=r"fitter: 'dict' is not a fitted BetaGeoFitter"):
        from_lifetimes({})


def test_a_fitter_without_data_is_refused(cdnow):
    with pytest.raises(
        ArgumentError, match=r"'ModifiedBetaGeoFitter' is not a fitted .* with data"
    ):
        from_lifetimes(fit_mbg_nbd(cdnow).to_lifetimes())


def test_parameters_off_the_peak_are_refused(cdnow):
    fitter = fit_mbg_nbd(cdnow, time_unit_days=7).to_lifetimes()
    fitter.fit(cdnow["frequency"], cdnow["recency"], cdnow["T"])
    fitter.params_ = pd.Series({"r": 1e4, "alpha": 1e-3, "a": 1e3, "b": 1e-3})
    with pytest.raises(FitError, match=r"no maximum of the likelihood"):
        from_lifetimes(fitter, time_unit_days=7)
