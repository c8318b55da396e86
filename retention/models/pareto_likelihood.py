"""The total log-likelihood of Pareto/NBD and of the models nested in it, with gradient and Hessian.

Its usual form is a difference of hypergeometric functions, which breaks for frequent buyers. Here the
age at which a customer left is summed over: every term is positive, and each splits into a moment of
the rate and a density of leaving, whose derivatives are known.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from retention.models.attrition import Attrition
from retention.models.chunks import chunks
from retention.models.dropout_limits import SplitDropout, SureDropout
from retention.models.gone import early_age, gone_by
from retention.models.history import History
from retention.models.likelihood import order_likelihood
from retention.models.points_needed import points_needed
from retention.models.purchase_rate import PurchaseRate
from retention.models.surface import Surface, Ways, complement, mixture


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
    for rows, points in chunks(history, points_needed(rate, leaving, history)):
        part = history.part(rows)
        found = mixture(_ways(rate, leaving, part, points=points), part.customers)
        value, gradient, hessian = (
            value + found.value,
            gradient + found.gradient,
            hessian + found.hessian,
        )
    return Surface(value, gradient, hessian)


def _ways(rate: PurchaseRate, leaving: Attrition, history: History, *, points: int) -> Ways:
    """Active at T, or left at one of the points in time since the last purchase."""
    gone = gone_by(rate, leaving, history, points=points)
    bought = rate.ways(history.frequency, np.concatenate([history.T[None], gone.age]))
    left = leaving.ways(history.T, gone.age)
    if history.frequency[0] == 0:
        early = complement(leaving.ways(early_age(rate, history), np.empty((0, history.T.size))))
        for row, other in zip(left.gradient, early.gradient, strict=True):
            row[-1] = other[0]
        for pair, bend in left.hessian.items():
            bend[-1] = early.hessian[pair][0]
    free = len(rate.names)
    shifted = {(i + free, j + free): bend for (i, j), bend in left.hessian.items()}
    return Ways(
        bought.value + np.concatenate([leaving.log_survived(history.T)[None], gone.log_chance]),
        [*bought.gradient, *left.gradient],
        {**bought.hessian, **shifted},
    )
