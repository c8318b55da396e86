"""The total log-likelihood of regular buyers, with its gradient and Hessian.

Every k-th of a stream of events is an order (gaps are Erlang distributed), so the silence since the
last order hides 0 to k - 1 events. With k = 1 this is MBG/NBD.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln, xlogy

from retention.models.dropout import Dropout
from retention.models.history import FloatArray, History
from retention.models.purchase_rate import PurchaseRate
from retention.models.surface import Surface, Ways, mixture


def regular_likelihood(
    rate: PurchaseRate, dropout: Dropout, history: History, *, k: int
) -> Surface:
    """Total log-likelihood and its derivatives, but for what the gaps alone add.

    Parameters
    ----------
    rate
        Of the events, of which every k-th is an order.
    dropout
        At each purchase, the first one included.
    history
        Distinct histories and how many customers share each.
    k
        Events an order; the larger, the more even the gaps.
    """
    stage = np.arange(k)[:, None]
    last = k * history.frequency
    x = np.concatenate([last + stage, [last]])
    until = np.concatenate([np.broadcast_to(history.T, (k, history.T.size)), [history.recency]])
    bought, stayed_or_left = rate.ways(x, until), dropout.ways(history.frequency + 1)
    way = np.array([0] * k + [1])
    free = len(rate.names)
    hessian = dict(bought.hessian)
    for (row, column), bend in stayed_or_left.hessian.items():
        hessian[row + free, column + free] = bend[way]
    hidden = np.concatenate([hidden_events(history, k), np.zeros((1, history.T.size))])
    ways = Ways(
        bought.value + stayed_or_left.value[way] + hidden,
        [*bought.gradient, *(slope[way] for slope in stayed_or_left.gradient)],
        hessian,
    )
    return mixture(ways, history.customers)


def hidden_events(history: History, k: int) -> FloatArray:
    """Log of silence^j / j!, for each number j of events that the silence may hide (first axis)."""
    stage = np.arange(k).reshape(-1, *[1] * history.T.ndim)
    silence = np.maximum(history.T - history.recency, 0.0)
    return np.asarray(xlogy(stage, silence) - gammaln(stage + 1))
