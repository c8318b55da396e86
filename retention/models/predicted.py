"""What a fitted order model says of each customer, as a table."""

from __future__ import annotations

import pandas as pd

from retention.errors import require_columns
from retention.models.history import compress_customers
from retention.models.order_fit import OrderFit, check_horizon
from retention.models.order_intervals import order_intervals
from retention.names import check_columns

COLUMNS = check_columns(
    ("customer_id", "p_alive", "p_order", "expected_orders", "orders_low", "orders_high")
)


def predicted_orders(fit: OrderFit, customers: pd.DataFrame, *, horizon_days: int) -> pd.DataFrame:
    """The table of `fit.predict`, for any fitted order model; customers in the fit's unit of time.

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
    >>> found = predicted_orders(fit_mbg_nbd(customers), customers, horizon_days=30)
    >>> found.loc[found["orders_low"] > 0, "customer_id"].tolist()
    []
    """
    require_columns("customers", customers, ("customer_id",), "Ids are needed to say who is who.")
    history = compress_customers(customers)
    outlook = fit.outlook(history, horizon_days=horizon_days)
    horizon = check_horizon(horizon_days) / fit.time_unit_days
    low, high = order_intervals(fit.settings(), history, horizon=horizon)
    row = history.row
    table = pd.DataFrame(
        {
            "customer_id": customers["customer_id"].astype("str").array,
            "p_alive": outlook.p_alive[row],
            "p_order": outlook.p_order[row],
            "expected_orders": outlook.expected_orders[row],
            "orders_low": low[row],
            "orders_high": high[row],
        }
    )
    table.attrs = {
        "parameters": {"horizon_days": horizon_days, "model": fit.model},
        "as_of": customers.attrs.get("as_of"),
        "customers": len(table),
        "call": f"fit.predict(customers, horizon_days={horizon_days})",
    }
    return table
