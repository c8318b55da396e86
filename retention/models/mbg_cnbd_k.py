"""The MBG/CNBD-k model of repeat orders, for customers who buy at even gaps."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from scipy.special import gammaln

from retention.errors import ArgumentError, require_columns, require_number
from retention.models.beta_geometric import DROPOUTS
from retention.models.estimates import Quality
from retention.models.history import compress_customers
from retention.models.nested import OrderModel
from retention.models.number_columns import number_columns
from retention.models.order_fit import check_time_unit
from retention.models.regular_fit import RegularFit
from retention.models.regular_likelihood import regular_likelihood
from retention.models.scaled_fit import Found, fit_scaled

MOST = 4  # beyond it the reference knows none, and the gaps of real shops are not that even


def fit_mbg_cnbd_k(
    customers: pd.DataFrame, *, k: int | None = None, time_unit_days: float = 1
) -> RegularFit:
    """Fit the MBG/CNBD-k model: like MBG/NBD, but every k-th event is an order, so gaps are even.

    The trap: regular buying makes silence tell more, so P(alive) falls faster after a missed order;
    where buying is not regular (k = 1), it is MBG/NBD.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it; frequency, recency, T and log_gaps
        (sum of the natural logs of the gaps, in the unit of T) are used. A column `customers` says
        how many customers a row stands for.
    k
        Regularity; by default the one of 1 to 4 with the highest likelihood.
    time_unit_days
        Days in one unit of recency and T: 1 for a table in days, 7 for one in weeks.

    Returns
    -------
    RegularFit
        With `.parameters()`, `.summary()`, `.sentence()`, `.predict(customers)` and `.k`.

    Raises
    ------
    ArgumentError
        Where the table contradicts itself, or k is not a whole number from 1 to 20.
    FitError
        Where nobody bought twice, or no maximum exists.

    References
    ----------
    Reutterer, Platzer, Schroeder (2021), Leveraging purchase regularity for predicting customer
    behavior the easy way, International Journal of Research in Marketing 38 (1), 194-215.

    Examples
    --------
    >>> import numpy as np
    >>> customers = pd.DataFrame({
    ...     "frequency": [0, 0, 1, 2, 7], "recency": [0, 0, 9, 40, 70], "T": [80, 60, 70, 75, 72],
    ...     "log_gaps": [0, 0, np.log(9), 2 * np.log(20), 7 * np.log(10)],
    ... })
    >>> fit_mbg_cnbd_k(customers, k=2).model
    'MBG/CNBD-2'
    """
    unit = check_time_unit(time_unit_days)
    hint = "customer_summary(orders) has it: the sum of the natural logs of the gaps."
    require_columns("customers", customers, ("log_gaps",), hint)
    if k is not None:
        require_number("k", k, is_whole=True)
        if not 1 <= k <= 20:
            raise ArgumentError(f"k: {k} is not between 1 and 20. Pass 1 to 4, or none.")
    fits = [_fitted(customers, each, unit) for each in ([k] if k else range(1, MOST + 1))]
    return max(fits, key=lambda fit: fit.quality.log_likelihood)


def _fitted(customers: pd.DataFrame, k: int, unit: float) -> RegularFit:
    likelihood = partial(regular_likelihood, k=k)
    found = fit_scaled(customers, OrderModel(DROPOUTS, likelihood))
    quality = _with_gaps(found, customers, k)
    told = found._asdict() | {"quality": quality}
    return RegularFit(f"MBG/CNBD-{k}", **told, time_unit_days=unit, k=k)


def _with_gaps(found: Found, customers: pd.DataFrame, k: int) -> Quality:
    """The likelihood with what the gaps alone add, so that those of several k can be compared."""
    history = compress_customers(customers)
    table = number_columns(customers, ("log_gaps",))
    each = customers["customers"].to_numpy(np.float64) if "customers" in customers else 1.0
    gaps = float((table["log_gaps"] * each).sum())
    orders = float(history.customers @ history.frequency)
    scale = float(np.average(history.T, weights=history.customers))
    added = (k - 1) * gaps - orders * gammaln(k) - (k - 1) * orders * np.log(scale)
    return found.quality._replace(log_likelihood=found.quality.log_likelihood + float(added))
