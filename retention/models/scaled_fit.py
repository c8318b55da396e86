"""Fitting an order model: scale, climb, undo the scale."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.linalg import block_diag

from retention.errors import FitError
from retention.models.estimates import Matrix, Quality
from retention.models.history import FloatArray, History, compress_customers
from retention.models.nested import Candidate, OrderModel, fit_nested
from retention.models.purchase_rate import PurchaseRate
from retention.models.saved_fit import as_matrix


class Found(NamedTuple):
    """What was found, in the unit of the input."""

    rate: PurchaseRate
    dropout: Any
    covariance: Matrix
    quality: Quality
    seen: History


def fit_scaled(customers: pd.DataFrame, model: OrderModel) -> Found:
    """The maximum likelihood fit of a table of customers.

    Time is counted in mean T while searching, so that the unit of the input changes nothing.
    """
    history = compress_customers(customers)
    _refuse_hopeless(history)
    scale = float(np.average(history.T, weights=history.customers))
    return in_unit(fit_nested(history.scaled(scale), model), history, scale=scale)


def in_unit(found: Candidate, history: History, *, scale: float) -> Found:
    """What was found in scaled time, in the unit of the input.

    Each repeat purchase is a density in time: the likelihood changes by log(scale) for each.
    """
    maximum, parts = found.maximum, (found.rate, found.dropout)
    rate = found.rate.in_unit(scale)
    # A chance to leave at a purchase has no unit.
    dropout = found.dropout.in_unit(scale) if hasattr(found.dropout, "in_unit") else found.dropout
    jacobian = block_diag(*(part.jacobian() for part in parts if part.names))
    jacobian *= (_values(rate, dropout) / _values(*parts))[:, None]
    orders = float(history.customers @ history.frequency)
    return Found(
        rate=rate,
        dropout=dropout,
        covariance=as_matrix(jacobian @ maximum.covariance() @ jacobian.T),
        quality=Quality(
            log_likelihood=float(maximum.value - np.log(scale) * orders),
            decrement=maximum.decrement,
            customers=float(history.customers.sum()),
            distinct_rows=history.customers.size,
        ),
        seen=history.without_rows(),
    )


def _values(*parts: Any) -> FloatArray:
    """The parameters of all parts; each is multiplied by a number when the unit changes."""
    return np.array([getattr(part, name) for part in parts for name in part.names])


def _refuse_hopeless(history: History) -> None:
    """Without a repeat purchase, or without time to make one, nothing can be learned."""
    customers = history.customers.sum()
    if not history.frequency.any():
        raise FitError(
            f"customers: none of {customers:,.0f} customers has a second purchase day, so neither "
            "how often nor how long they buy can be estimated. See customers['frequency']. "
            "Pass a longer history, or check that one customer has one id."
        )
    if history.customers.size == 1 and customers == 1:
        raise FitError(
            "customers: 1 customer is not enough to say how customers differ. "
            "See customers[['frequency', 'recency', 'T']]. Pass at least a few dozen."
        )
