"""The total log-likelihood of Pareto/NBD and of the models nested in it, with gradient and Hessian.

Its usual form is a difference of hypergeometric functions, which breaks for frequent buyers. Here the
age at which a customer left is summed over: every term is positive, and each splits into a moment of
the rate and a density of leaving, whose derivatives are known.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from retention.models.attrition import Attrition
from retention.models.departures import FALL, Departures, departures
from retention.models.dropout_limits import SplitDropout, SureDropout
from retention.models.history import History
from retention.models.likelihood import order_likelihood
from retention.models.purchase_rate import PurchaseRate
from retention.models.surface import Surface, Ways, mixture

# Histories at a time: working arrays of these and the points stay in the cache.
CHUNK = 2048


def pareto_likelihood(rate: PurchaseRate, leaving: Any, history: History) -> Surface:
    """Total log-likelihood and its derivatives by the coordinates of rate and leaving.

    Parameters
    ----------
    rate, leaving
        The two distributions over customers, in the history's unit of time. `leaving` is an
        attrition; or a dropout at which it ends: nobody leaves, or a share does at once.
    history
        Distinct histories and how many customers share each.

    Returns
    -------
    Surface
        Log-likelihood (a density in the history's unit of time), gradient and Hessian.
    """
    if isinstance(leaving, (SplitDropout, SureDropout)):
        # Leaving at once is leaving at the first purchase.
        return order_likelihood(rate, leaving, history, first_chances=1)
    size = len(rate.names) + len(leaving.names)
    value, gradient, hessian = 0.0, np.zeros(size), np.zeros((size, size))
    for start in range(0, history.T.size, CHUNK):
        part = history.part(slice(start, start + CHUNK))
        found = mixture(_ways(rate, leaving, part), part.customers)
        value, gradient, hessian = (
            value + found.value,
            gradient + found.gradient,
            hessian + found.hessian,
        )
    return Surface(value, gradient, hessian)


def departures_of(rate: PurchaseRate, leaving: Attrition, history: History) -> Departures:
    """When each customer may have left: between the last purchase and T, where it is likely."""
    x, last = history.frequency, history.recency
    reach = np.minimum(rate.reach(x, last, FALL), leaving.reach(last, FALL))
    until = np.minimum(history.T, last + reach)
    at_birth = np.zeros(last.shape)
    turn = np.minimum(rate.turn(at_birth), leaving.turn(at_birth))
    return departures(last, until, turn)


def _ways(rate: PurchaseRate, leaving: Attrition, history: History) -> Ways:
    """Active at T, or left at one of the points in time since the last purchase."""
    left = departures_of(rate, leaving, history)
    bought = rate.ways(history.frequency, np.concatenate([history.T[None], left.age]))
    stayed_or_left = leaving.ways(history.T, left.age)
    value = bought.value + stayed_or_left.value
    value[1:] += left.log_width
    free = len(rate.names)
    shifted = {(i + free, j + free): bend for (i, j), bend in stayed_or_left.hessian.items()}
    return Ways(value, [*bought.gradient, *stayed_or_left.gradient], bought.hessian | shifted)
