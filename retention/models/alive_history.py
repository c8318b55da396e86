"""One customer day by day: how sure we could be that they were still a customer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.purchase_counts import days_of_customer
from retention.errors import ArgumentError
from retention.models.given_fits import require_fit
from retention.models.history import compress_customers
from retention.models.order_fit import OrderFit
from retention.names import check_columns
from retention.orders.columns.given import given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(("customer_id", "on_day", "p_alive", "has_order"))


@repeatable
def alive_history(
    orders: Orders | pd.DataFrame, fit: OrderFit, *, customer_id: str
) -> pd.DataFrame:
    """The chance that one customer was still active, on each day from the first purchase on.

    The trap: every day uses what was known on that day, but the fit of today. It falls in silence and
    jumps with each purchase; that it jumps does not mean the customer had left.

    Parameters
    ----------
    orders
        `Orders`, or a DataFrame with our column names.
    fit
        A fitted order model, in whatever unit of time.
    customer_id
        Whom to look at.

    Returns
    -------
    pandas.DataFrame
        Grain: day from the first purchase day to the as-of date. Columns: customer_id (str), on_day
        (datetime64[us]), p_alive (float64, 0..1, at the end of the day), has_order (bool).

    Raises
    ------
    ArgumentError
        Where nobody of that id has bought.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> from retention.tables.customer_summary import customer_summary
    >>> orders = pd.DataFrame(
    ...     {
    ...         "customer_id": ["an", "an", "an", "ba", "ba", "co"],
    ...         "ordered_at": pd.to_datetime(
    ...             ["2024-01-01", "2024-01-21", "2024-03-31"]
    ...             + ["2024-01-01", "2024-01-21", "2024-02-10"]
    ...         ),
    ...         "amount": [9.0, 5.0, 7.0, 3.0, 8.0, 6.0],
    ...     }
    ... )
    >>> found = alive_history(orders, fit_mbg_nbd(customer_summary(orders)), customer_id="ba")
    >>> len(found), int(found["has_order"].sum())
    (91, 2)
    """
    require_fit(fit)
    given = given_orders(orders, None)
    found = to_frame(days_of_customer(given.orders, str(customer_id)), ("day",))
    bought, end = np.sort(found["day"].to_numpy(np.int64)), day_number(given.as_of)
    bought = bought[bought <= end]
    if not bought.size:
        raise ArgumentError(
            f"customer_id: {customer_id!r} has 0 purchase days by {given.as_of:%Y-%m-%d}. See "
            "customer_summary(orders)['customer_id']; ids are text."
        )
    days = np.arange(bought[0], end + 1)
    before = np.searchsorted(bought, days, side="right")
    told = pd.DataFrame(
        {
            "frequency": before - 1,
            "recency": bought[before - 1] - bought[0],
            "T": days - bought[0],
        }
    )
    history = compress_customers(told).scaled(fit.time_unit_days)
    table = pd.DataFrame(
        {
            "customer_id": pd.array([str(customer_id)] * days.size, dtype="str"),
            "on_day": pd.Series(days.astype("datetime64[D]")).astype("datetime64[us]"),
            "p_alive": fit.outlook(history, horizon_days=1).p_alive[history.row],
            "has_order": np.isin(days, bought),
        }
    )
    table.attrs = {
        "definition": "alive_history",
        "parameters": {"model": fit.model},
        "as_of": f"{given.as_of:%Y-%m-%d}",
    }
    return table
