"""The total log-likelihood of beta-geometric models, with its gradient."""

from __future__ import annotations

import numpy as np

from retention.models.dropout import Dropout
from retention.models.history import FloatArray, History
from retention.models.purchase_rate import PurchaseRate


def order_likelihood(
    rate: PurchaseRate, dropout: Dropout, history: History, *, first_chances: int
) -> tuple[float, FloatArray]:
    """Total log-likelihood and its derivatives by the coordinates of rate and dropout.

    A customer with x repeat purchase days, the last at age t_x, either is active at age T, or left
    at t_x. Both ways add up; each splits into a moment of the rate and one of the dropout.

    Parameters
    ----------
    rate, dropout
        The two distributions over customers, in the history's unit of time.
    history
        Distinct histories and how many customers share each.
    first_chances
        How often a customer could have left by the first purchase: 0 (BG/NBD) or 1 (MBG/NBD).

    Returns
    -------
    tuple
        Log-likelihood (a density in the history's unit of time), and one derivative a coordinate.
    """
    x = history.frequency
    m = x + first_chances
    active = rate.log_moment(x, history.T) + dropout.log_survived(m)
    gone = rate.log_moment(x, history.recency) + dropout.log_left(m)
    total = np.logaddexp(active, gone)
    if not np.isfinite(total).all():
        return -np.inf, np.zeros(len(rate.names) + len(dropout.names))
    weight_active = history.customers * np.exp(active - total)
    weight_gone = history.customers * np.exp(gone - total)
    by_active = rate.log_moment_gradient(x, history.T) + dropout.log_survived_gradient(m)
    by_gone = rate.log_moment_gradient(x, history.recency) + dropout.log_left_gradient(m)
    gradient = [
        weight_active @ of_active + weight_gone @ of_gone
        for of_active, of_gone in zip(by_active, by_gone, strict=True)
    ]
    return float(history.customers @ total), np.array(gradient)
