"""Who will still be active at a later date."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retention.errors import require_columns
from retention.models.history import compress_customers
from retention.models.order_fit import check_horizon
from retention.names import check_columns

COLUMNS = check_columns(("customer_id", "p_alive", "p_alive_ahead"))


def alive_ahead(fit: Any, customers: pd.DataFrame, *, horizon_days: int) -> pd.DataFrame:
    """The table of `fit.alive_ahead`, for any fitted order model.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {
    ...         "customer_id": ["an", "ba", "co", "du", "em"],
    ...         "frequency": [0, 1, 2, 7, 0],
    ...         "recency": [0, 9, 40, 70, 0],
    ...         "T": [80, 70, 75, 72, 60],
    ...     }
    ... )
    >>> later = fit_mbg_nbd(customers).alive_ahead(customers, horizon_days=90)
    >>> bool((later["p_alive_ahead"] <= later["p_alive"]).all())
    True
    """
    require_columns("customers", customers, ("customer_id",), "Ids are needed to say who is who.")
    horizon = check_horizon(horizon_days)
    history = compress_customers(customers)
    now, later = fit.alive(history, horizon_days=horizon)
    table = pd.DataFrame(
        {
            "customer_id": customers["customer_id"].astype("str").array,
            "p_alive": now[history.row],
            "p_alive_ahead": later[history.row],
        }
    )
    table.attrs = {
        "parameters": {"horizon_days": horizon, "model": fit.model},
        "as_of": customers.attrs.get("as_of"),
        "customers": len(table),
        "call": f"fit.alive_ahead(customers, horizon_days={horizon})",
    }
    return table
