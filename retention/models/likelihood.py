"""The total log-likelihood of beta-geometric models, with its gradient and Hessian."""

from __future__ import annotations

import numpy as np

from retention.models.dropout import Dropout
from retention.models.history import History
from retention.models.purchase_rate import PurchaseRate
from retention.models.surface import Surface, Ways, mixture


def order_likelihood(
    rate: PurchaseRate, dropout: Dropout, history: History, *, first_chances: int
) -> Surface:
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
    Surface
        Log-likelihood (a density in the history's unit of time), gradient and Hessian.
    """
    x, until = history.frequency, np.stack([history.T, history.recency])
    stayed_or_left = dropout.ways(x + first_chances)
    bought = rate.ways(x, until)
    free = len(rate.names)
    shifted = {(i + free, j + free): bend for (i, j), bend in stayed_or_left.hessian.items()}
    ways = Ways(
        bought.value + stayed_or_left.value,
        [*bought.gradient, *stayed_or_left.gradient],
        {**bought.hessian, **shifted},
    )
    return mixture(ways, history.customers)
