"""What is known of the amounts of one customer: the mean of their own, and how orders scatter around it.

The customer's mean is inverse gamma distributed, an order around it gamma distributed. Where a limit
holds one of both is known for sure, which is an infinite shape.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import digamma, polygamma

from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.history import FloatArray
from retention.models.spend import AlikeSpend, GammaSpend, SteadySpend

# Shapes beyond this are as good as infinite.
SURE = 1e6
# Relative step of the derivatives by the parameters.
STEP = 1e-5


@dataclass(frozen=True, eq=False)
class AmountDoubt:
    """Inverse gamma shape of each customer's mean, log of its scale, and the gamma shape of orders."""

    shape: FloatArray
    log_scale: FloatArray
    order_shape: float


def amount_doubt(fit: GammaGammaFit, paid: pd.DataFrame) -> AmountDoubt:
    """The doubt about the amounts of customers with these paid days, see `paid_days`.

    That of the fit's parameters is added to the customer's own: it widens, and shifts nothing.

    Examples
    --------
    >>> from retention.models.estimates import Quality
    >>> fit = GammaGammaFit(AlikeSpend(4.0, 9.0), ((0.0, 0.0), (0.0, 0.09)), Quality(0, 0, 9, 9), 0.0)
    >>> found = amount_doubt(fit, pd.DataFrame({"paid_days": [0.0], "paid_value": [0.0]}))
    >>> found.shape.round(), np.exp(found.log_scale - np.log(found.shape)).round(2)
    (array([900.]), array([8.99]))
    """
    days, value = (paid[name].to_numpy(np.float64) for name in ("paid_days", "paid_value"))
    of, kept = np.unique(days, return_inverse=True)
    shape = _shape(fit.spend, of)
    doubt = polygamma(1, shape) + _doubt_of_fit(fit, of)
    wider = np.minimum(_shape_of(doubt), SURE)
    log_mean = _log_scale(fit.spend, days, value) - digamma(shape)[kept]
    order_shape = float(min(getattr(fit.spend, "p", SURE), SURE))
    return AmountDoubt(wider[kept], log_mean + digamma(wider)[kept], order_shape)


def _shape(spend: Any, days: FloatArray) -> FloatArray:
    """Inverse gamma shape of the mean amount of customers with so many paid days."""
    if isinstance(spend, GammaSpend):
        return np.asarray(np.minimum(spend.q + spend.p * days, SURE))
    if isinstance(spend, SteadySpend):
        return np.where(days > 0, SURE, spend.q)
    return np.full(days.size, SURE)


def _log_scale(spend: Any, days: FloatArray, value: FloatArray) -> FloatArray:
    """Logarithm of its scale, before the doubt of the fit."""
    if isinstance(spend, GammaSpend):
        return np.asarray(np.log(spend.p * (spend.gamma + days * value)))
    sure = digamma(SURE)
    if isinstance(spend, SteadySpend):
        known = np.log(np.where(days > 0, value, 1.0)) + sure
        return np.asarray(np.where(days > 0, known, np.log(spend.scale)))
    return np.full(days.size, np.log(spend.mean) + sure)


def _doubt_of_fit(fit: GammaGammaFit, days: FloatArray) -> FloatArray:
    """Variance of the logarithm of the expected amount that comes from the parameters.

    It depends on the number of paid days more than on what was paid: a usual amount stands for all.
    """
    spend: Any = fit.spend
    usual = np.full(days.size, _usual(fit))
    base = np.log(spend.conditional_mean(days, usual))
    slopes = []
    for name in spend.names:
        step = STEP * getattr(spend, name)
        moved = replace(spend, **{name: getattr(spend, name) + step})
        slopes.append((np.log(moved.conditional_mean(days, usual)) - base) / step)
    slope = np.array(slopes)
    variance = np.einsum("in,ij,jn->n", slope, np.array(fit.covariance), slope)
    return np.where(np.isfinite(variance), np.maximum(variance, 0.0), 0.0)


def _usual(fit: GammaGammaFit) -> float:
    """An amount in the middle."""
    spend: Any = fit.spend
    if isinstance(spend, GammaSpend):
        return float(spend.p * spend.gamma / spend.q)
    return float(spend.mean if isinstance(spend, AlikeSpend) else spend.scale / spend.q)


def _shape_of(variance: FloatArray) -> FloatArray:
    """The shape whose log gamma variable has this variance: the inverse of trigamma, by Newton."""
    variance = np.maximum(variance, 1.0 / SURE)
    shape = 0.5 + 1.0 / variance
    for _ in range(6):
        now = polygamma(1, shape)
        # On 1 / trigamma, which is close to a line, steps never overshoot.
        shape = shape + (now - variance) * now / (variance * -polygamma(2, shape))
        shape = np.maximum(shape, 1e-3)
    return np.asarray(shape)
