"""An order model at one setting of its parameters, and what several of them say of a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

import numpy as np

from retention.models.history import FloatArray, History, IntArray
from retention.models.outlook import Outlook


class Setting(Protocol):
    """An order model at one setting of its parameters, all times in the fit's unit."""

    minds_silence: ClassVar[bool]
    """Whether the orders of an active customer depend on the last purchase, too."""

    def p_alive(self, history: History) -> FloatArray:
        """Chance to be active at age T."""

    def outlook(self, history: History, *, horizon: float) -> Outlook:
        """Active, at least one order, and orders within the horizon, of each history."""

    def at_least(
        self,
        n: IntArray,
        *,
        frequency: IntArray,
        recency: FloatArray,
        T: FloatArray,
        horizon: float | FloatArray,
    ) -> FloatArray:
        """P(at least n orders within the horizon) of customers active at age T, for n above 0."""


def count_tail(
    settings: Sequence[Setting], history: History, counts: IntArray, *, horizon: float
) -> FloatArray:
    """P(at least so many orders within the horizon), one count for each history.

    Examples
    --------
    >>> from retention.models.dropout_limits import SureDropout
    >>> from retention.models.outlook import Behaviour, new_customer
    >>> from retention.models.purchase_rate import SameRate
    >>> steady = Behaviour(SameRate(0.1), SureDropout(0.0), 0)
    >>> count_tail([steady], new_customer(), np.array([1]), horizon=10.0).round(4)
    array([0.6321])
    """
    n = np.maximum(counts, 1)
    told: dict[str, Any] = {
        "frequency": history.frequency,
        "recency": history.recency,
        "T": history.T,
    }
    each = [
        setting.p_alive(history) * setting.at_least(n, **told, horizon=horizon)
        for setting in settings
    ]
    return np.where(counts > 0, np.mean(each, axis=0), 1.0)
