"""Who orders again, by how often they bought and how long they have been silent."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from retention.errors import require_columns
from retention.models.given_fits import require_fit
from retention.models.history import compress_customers
from retention.models.number_columns import HINT
from retention.models.order_fit import OrderFit, check_horizon
from retention.names import check_columns
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    ("purchase_days", "days_since_last_order", "until_day", "customers", "p_order")
)
# First purchase days, and first days of silence, of each class.
OFTEN = (1, 2, 3, 4, 6, 9, 14)
SILENT = (0, 15, 31, 61, 91, 121, 181, 271, 366, 546, 731)


@repeatable
def recency_frequency(
    customers: pd.DataFrame, fit: OrderFit, *, horizon_days: int = 90
) -> pd.DataFrame:
    """Mean chance of an order within the horizon, by purchase days and days of silence.

    The trap: the same silence means more of a frequent buyer than of a rare one; read along a row, and
    compare rows at the same column.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it, times in days.
    fit
        A fitted order model, in whatever unit of time.
    horizon_days
        How far to look ahead from the as-of date.

    Returns
    -------
    pandas.DataFrame
        Grain: class of purchase days by class of silence, of those with any customer. Columns:
        purchase_days (int64, the least of the class), days_since_last_order (int64, days, the first of
        the class), until_day (int64, days, the first after it), customers (int64), p_order (float64,
        0..1, mean over these customers).

    Raises
    ------
    ArgumentError
        Where the table or the horizon cannot be used.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 0, 1, 2, 7], "recency": [0, 0, 9, 40, 70], "T": [80, 60, 70, 75, 72]}
    ... )
    >>> found = recency_frequency(customers, fit_mbg_nbd(customers))
    >>> found[["purchase_days", "days_since_last_order", "customers"]].head(2)
       purchase_days  days_since_last_order  customers
    0              1                     31          1
    1              1                     61          1
    """
    require_fit(fit)
    horizon = check_horizon(horizon_days)
    require_columns("customers", customers, ("frequency", "recency", "T"), HINT)
    history = compress_customers(customers)
    chance = fit.outlook(history.scaled(fit.time_unit_days), horizon_days=horizon).p_order
    silence = history.T - history.recency
    often, silent = _class(history.frequency + 1, OFTEN), _class(silence, SILENT)
    each = pd.DataFrame(
        {
            "often": often,
            "silent": silent,
            "customers": history.customers,
            "sum": history.customers * chance,
        }
    )
    sums = each.groupby(["often", "silent"], as_index=False).sum()
    ends = np.append(np.array(SILENT[1:]), max(int(silence.max()) + 1, SILENT[-1] + 1))
    table = pd.DataFrame(
        {
            "purchase_days": np.array(OFTEN)[sums["often"]],
            "days_since_last_order": np.array(SILENT)[sums["silent"]],
            "until_day": ends[sums["silent"]],
            "customers": np.round(sums["customers"]).astype(np.int64),
            "p_order": sums["sum"] / sums["customers"],
        }
    )
    table.attrs = {
        "definition": "recency_frequency",
        "parameters": {"horizon_days": horizon, "model": fit.model},
        "as_of": customers.attrs.get("as_of"),
        "customers": round(float(history.customers.sum())),
    }
    return table


def _class(values: Any, starts: tuple[int, ...]) -> Any:
    """The place of the class that each value falls into."""
    return np.searchsorted(np.array(starts), np.floor(values), side="right") - 1
