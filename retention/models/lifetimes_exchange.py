"""Fits that were made with the `lifetimes` package, as ours."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, FitError
from retention.models.attrition import GammaAttrition
from retention.models.beta_geometric_fit import FIRST_CHANCES, BetaGeometricFit
from retention.models.dropout import BetaDropout
from retention.models.fitted_orders import FittedOrders
from retention.models.gamma_gamma import as_spend_fit
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.history import compress_customers
from retention.models.lifetimes_fitter import CLASSES
from retention.models.likelihood import order_likelihood
from retention.models.maximum import curvature
from retention.models.nested import judge_at
from retention.models.order_fit import check_time_unit
from retention.models.paid_days import distinct_amounts
from retention.models.pareto_fit import ParetoFit
from retention.models.pareto_likelihood import pareto_likelihood
from retention.models.purchase_rate import GammaRate
from retention.models.scaled_fit import in_unit
from retention.models.spend import GammaSpend


def from_lifetimes(fitter: Any, *, time_unit_days: float = 1) -> FittedOrders | GammaGammaFit:
    """Take over the parameters of a fitted `lifetimes` fitter, and judge them on its own data.

    The trap: the parameters are taken as they are. `is_converged` in the summary says whether they
    are a maximum; with a penalizer they are not.

    Parameters
    ----------
    fitter
        A fitted BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter or GammaGammaFitter, with its
        data.
    time_unit_days
        Days in one unit of the fitter's time; without meaning for GammaGammaFitter.

    Returns
    -------
    BetaGeometricFit, ParetoFit or GammaGammaFit
        With likelihood, decrement and standard errors of our own.

    Raises
    ------
    ArgumentError
        Where the fitter is of another class, or not fitted.
    FitError
        Where the likelihood has no peak near the parameters.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 3, 9, 8], "recency": [0, 9, 20, 90, 30], "T": [80, 70, 75, 92, 95]}
    ... )
    >>> fitter = fit_mbg_nbd(customers).to_lifetimes()
    >>> fitter.data = customers.assign(weights=1)
    >>> from_lifetimes(fitter).summary()[["model", "customers", "is_converged"]]
         model  customers  is_converged
    0  MBG/NBD          5          True
    """
    unit = check_time_unit(time_unit_days)
    known = {name: model for model, name in CLASSES.items()}
    name = type(fitter).__name__
    if name not in known or not hasattr(fitter, "params_") or not hasattr(fitter, "data"):
        raise ArgumentError(
            f"fitter: {name!r} is not a fitted {', '.join(known)} with data. "
            "Fit it in lifetimes first, or fit the customers with fit_mbg_nbd(customers)."
        )
    parameters = {key: float(value) for key, value in fitter.params_.items()}
    data = fitter.data.rename(columns={"weights": "customers"})
    if known[name] == "Gamma-Gamma":
        return _spend_fit(parameters, data)
    return _order_fit(known[name], parameters, data, unit)


def _order_fit(
    model: str, parameters: dict[str, float], data: pd.DataFrame, unit: float
) -> FittedOrders:
    history = compress_customers(data)
    scale = float(np.average(history.T, weights=history.customers))
    rate = GammaRate(parameters["r"], parameters["alpha"] / scale)
    if model == "Pareto/NBD":
        leaving = GammaAttrition(parameters["s"], parameters["beta"] / scale)
        found = judge_at(rate, leaving, history.scaled(scale), pareto_likelihood)
        return ParetoFit(
            model, **in_unit(found, history, scale=scale)._asdict(), time_unit_days=unit
        )
    dropout = BetaDropout(parameters["a"], parameters["b"])
    likelihood = partial(order_likelihood, first_chances=FIRST_CHANCES[model])
    found = judge_at(rate, dropout, history.scaled(scale), likelihood)
    return BetaGeometricFit(
        model, **in_unit(found, history, scale=scale)._asdict(), time_unit_days=unit
    )


def _spend_fit(parameters: dict[str, float], data: pd.DataFrame) -> GammaGammaFit:
    amounts = distinct_amounts(data)
    spend = GammaSpend(parameters["p"], parameters["q"], parameters["v"])
    maximum = curvature(
        lambda point: GammaSpend.at(point).log_likelihood(amounts), spend.coordinates()
    )
    if not np.isfinite(maximum.decrement):
        raise FitError(
            f"fitter: the likelihood of its {amounts.customers.sum():,.0f} customers has no peak "
            "near its parameters. See fitter.params_. Fit them with fit_gamma_gamma(customers)."
        )
    return as_spend_fit(spend, maximum, amounts, scale=1.0)
