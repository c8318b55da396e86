"""A fitter of the `lifetimes` package, fitted to the customers of one of our fits."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from retention.models.fitted_orders import FittedOrders
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.history import History
from retention.models.spend import Amounts

Found = tuple[dict[str, float], str]


def refit_orders(fit: FittedOrders, history: History, *, horizon_days: int) -> Found:
    """Its parameters and expected orders, or why it has none."""
    fitter = fit.to_lifetimes()
    columns = history.frequency, history.recency, history.T
    found, problem = _fitted(fitter, *columns, history.customers)
    if problem:
        return found, problem
    horizon = horizon_days / fit.time_unit_days
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        each = fitter.conditional_expected_number_of_purchases_up_to_time(horizon, *columns)
    return found | {"expected_orders": float(history.customers @ np.asarray(each))}, ""


def refit_spend(fit: GammaGammaFit, amounts: Amounts) -> Found:
    """Its parameters and mean expected amount, or why it has none."""
    fitter = fit.to_lifetimes()
    found, problem = _fitted(fitter, amounts.days, amounts.value, amounts.customers)
    if problem:
        return found, problem
    each = fitter.conditional_expected_average_profit(amounts.days, amounts.value)
    mean = float(np.average(np.asarray(each), weights=amounts.customers))
    return {"gamma" if name == "v" else name: value for name, value in found.items()} | {
        "expected_order_value": mean
    }, ""


def _fitted(fitter: Any, *columns: Any) -> Found:
    """The parameters, by the names of lifetimes; its warnings and refusals become a reason."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            fitter.fit(*columns[:-1], weights=columns[-1])
        except ValueError as error:
            return {}, str(error).strip().splitlines()[0].rstrip(".")
    return {str(name): float(value) for name, value in fitter.params_.items()}, ""
