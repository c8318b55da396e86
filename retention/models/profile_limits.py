"""Limits of parameters from the likelihood itself: what is less likely than that is ruled out.

Wald's limits rest on the curvature at the maximum; where few customers tell of a parameter, the
likelihood falls faster on one side, and these follow it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import block_diag
from scipy.special import expit, logit

from retention.errors import ArgumentError
from retention.models.history import FloatArray, History
from retention.models.profile_ends import profile_ends
from retention.models.surface import Surface

SHARES = ("p", "share")
STEP = 1e-5

BoolArray = NDArray[np.bool_]
Likelihood = Callable[[Any, Any, History], Surface]


def profile_limits(
    rate: Any, dropout: Any, history: History, likelihood: Likelihood
) -> tuple[FloatArray, FloatArray]:
    """Where the highest likelihood with one parameter fixed has fallen by 1.92, for each of them.

    Parameters
    ----------
    rate, dropout
        The estimates, with time in units of about the mean T.
    history
        What they were estimated from, in the same unit.
    likelihood
        Of a rate, a dropout and histories.

    Returns
    -------
    tuple of numpy.ndarray
        Lower limits and upper limits, in the order of the parameters; 0 and infinity (1 for a
        share) where the likelihood never falls so far.
    """
    names = [*rate.names, *dropout.names]
    is_share = np.isin(names, SHARES)
    values = np.array([getattr(part, name) for part in (rate, dropout) for name in part.names])
    best = np.where(is_share, logit(np.where(is_share, values, 0.5)), np.log(values))

    def surface(point: FloatArray) -> Surface:
        parts = _parts(rate, dropout, point, is_share)
        value, gradient, hessian = likelihood(*parts, history)
        slopes = _slopes(rate, dropout, point, is_share)
        up, down = (
            np.array([_slopes(rate, dropout, at, is_share).T @ gradient for at in around])
            for around in (point + STEP * np.eye(point.size), point - STEP * np.eye(point.size))
        )
        bends = (up - down) / (2 * STEP)
        bent = slopes.T @ hessian @ slopes + (bends + bends.T) / 2
        return Surface(value, slopes.T @ gradient, bent)

    low, high = (
        np.where(is_share, expit(side), np.exp(side)) for side in profile_ends(surface, best)
    )
    return low, high


def profile_table(fit: Any) -> pd.DataFrame:
    """The table of `fit.profile`, for any fitted order model.

    Raises
    ------
    ArgumentError
        Where the fit was read from text, which holds no customers.
    """
    if fit.seen is None:
        raise ArgumentError(
            "fit: it holds none of the customers that it was fitted to, because it was read from "
            "text. Fit again, or see the limits of fit.parameters()."
        )
    scale = float(np.average(fit.seen.T, weights=fit.seen.customers))
    rate, dropout = fit.rate.in_unit(1 / scale), fit.dropout
    dropout = dropout.in_unit(1 / scale) if hasattr(dropout, "in_unit") else dropout
    limits = profile_limits(rate, dropout, fit.seen.scaled(scale), fit.likelihood)
    table: pd.DataFrame = fit.parameters()[["parameter", "estimate"]]
    scaled = [getattr(part, name) for part in (rate, dropout) for name in part.names]
    for name, limit in zip(("low", "high"), limits, strict=True):
        table[name] = limit * (table["estimate"] / np.array(scaled))
    return table


def _parts(rate: Any, dropout: Any, point: FloatArray, is_share: BoolArray) -> tuple[Any, Any]:
    """Rate and dropout with these logarithms, or log odds, as parameters."""
    values = np.where(is_share, expit(point), np.exp(point)).tolist()
    free = len(rate.names)
    made = type(dropout)(*values[free:]) if dropout.names else dropout
    return type(rate)(*values[:free]), made


def _slopes(rate: Any, dropout: Any, point: FloatArray, is_share: BoolArray) -> FloatArray:
    """Derivatives of the search's coordinates (rows) by the logarithms of the parameters."""
    parts = _parts(rate, dropout, point, is_share)
    values = np.where(is_share, expit(point), np.exp(point))
    jacobian = block_diag(*(part.jacobian() for part in parts if part.names))
    return np.linalg.inv(jacobian) * np.where(is_share, values * (1.0 - values), values)
