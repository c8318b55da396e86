"""A fitter of the `lifetimes` package that holds parameters found elsewhere."""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

import pandas as pd

from retention.models.estimates import Matrix, parameter_table

CLASSES = {
    "BG/NBD": "BetaGeoFitter",
    "MBG/NBD": "ModifiedBetaGeoFitter",
    "Pareto/NBD": "ParetoNBDFitter",
    "Gamma-Gamma": "GammaGammaFitter",
}


def lifetimes_fitter(model: str, parameters: dict[str, float], covariance: Matrix) -> Any:
    """A fitter of `lifetimes` with these parameters, ready to predict; it holds no data.

    Parameters
    ----------
    model
        "BG/NBD", "MBG/NBD" or "Gamma-Gamma".
    parameters
        By the names that `lifetimes` uses.
    covariance
        Of the parameters, in their order.

    Returns
    -------
    lifetimes.BetaGeoFitter, lifetimes.ModifiedBetaGeoFitter or lifetimes.GammaGammaFitter
        With `params_`, `variance_matrix_`, `standard_errors_`, `confidence_intervals_`.
    """
    fitter = getattr(_lifetimes(), CLASSES[model])()
    names = list(parameters)
    fitter.params_ = pd.Series(parameters, dtype="float64")
    fitter.variance_matrix_ = pd.DataFrame(covariance, index=names, columns=names)
    table = parameter_table(names, fitter.params_.to_numpy(), covariance).set_index("parameter")
    fitter.standard_errors_ = table["std_error"].rename_axis(None)
    fitter.confidence_intervals_ = table[["low", "high"]].rename_axis(None)
    fitter.confidence_intervals_.columns = ["lower 95% bound", "upper 95% bound"]
    if model != "Gamma-Gamma":
        fitter.predict = fitter.conditional_expected_number_of_purchases_up_to_time
    return fitter


def _lifetimes() -> Any:
    """The package, imported when first needed: its import warns and changes a global option."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        option = pd.get_option("mode.chained_assignment")
        package = import_module("lifetimes")
        pd.set_option("mode.chained_assignment", option)
    return package
