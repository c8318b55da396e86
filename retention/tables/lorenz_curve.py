"""The whole Lorenz curve, a point for each hundredth of the customers."""

from __future__ import annotations

import pandas as pd

from retention.names import check_columns
from retention.orders.columns.given import As_of
from retention.orders.orders import Orders
from retention.tables.concentration import concentration
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(("top_rate", "customers", "amount", "amount_rate"))
STEPS = 100


@repeatable
def lorenz_curve(orders: Orders | pd.DataFrame, *, as_of: As_of = None) -> pd.DataFrame:
    """Say which share of the revenue each share of the top customers brings in.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own

    Returns
    -------
    DataFrame, one row per hundredth of the customers, from 0 to 1
        top_rate (float64, 0..1), customers (int64), amount (float64, currency, net), amount_rate
        (float64, 0..1), as in `concentration`.

    Raises
    ------
    ArgumentError
        If nobody has a total value above 0.

    Notes
    -----
    The trap: it runs from the highest customer down, above the diagonal; textbooks often draw it from
    the lowest up, below it.

    References
    ----------
    Lorenz (1905), Methods of measuring the concentration of wealth.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": list("ab"), "amount": [30.0, 10.0],
    ...     "ordered_at": pd.to_datetime(["2024-01-01"] * 2),
    ... })
    >>> lorenz_curve(orders).iloc[[0, 25, 50, 100]]["amount_rate"].tolist()
    [0.0, 0.375, 0.75, 1.0]
    """
    rates = [step / STEPS for step in range(STEPS + 1)]
    return concentration(orders, as_of=as_of, top_rates=rates)
