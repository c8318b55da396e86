"""Where the scores of recency, frequency and money change: once computed, to be kept."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.engine.customer_grain import customers
from retention.engine.frames import to_frame
from retention.errors import ArgumentError
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.caption import caption
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(("measure", "cut_off"))
MEASURES = ("days_since_last_order", "purchase_days", "total_value")
SHARES = (0.2, 0.4, 0.6, 0.8)
# 1, 2, 3 to 4, 5 and more: where quantiles of purchase days would fall onto each other.
FIXED = (1.0, 2.0, 4.0)
CROWDED = 0.4


@repeatable
def rfm_cutoffs(orders: Orders | pd.DataFrame, *, as_of: As_of = None) -> pd.DataFrame:
    """Find the values at which RFM scores change, to be saved and used for later months.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own

    Returns
    -------
    DataFrame, one row per cut-off of a measure, rising
        measure (str: days_since_last_order, purchase_days, total_value), cut_off (float64, in days or
        currency: the value below or at which 20, 40, 60 and 80 % of the customers lie; of
        purchase_days 1, 2 and 4 where more than 40 % of them share one value).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own, or nobody has bought.

    Notes
    -----
    The trap: scores made anew each month always put a fifth into every class, whatever happens. Only
    with cut-offs that are kept (`rfm(orders, cutoffs=kept)`) can a segment grow or shrink.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-05", "2024-02-29"]),
    ...     "amount": [10.0, 25.0, 7.0, 4.0],
    ... })
    >>> kept = rfm_cutoffs(orders)
    >>> kept.groupby("measure")["cut_off"].agg(list).to_dict()["purchase_days"]
    [1.0, 2.0, 4.0]
    """
    given = given_orders(orders, as_of)
    values = measured(given)
    if values.empty:
        raise ArgumentError(
            "orders: nobody has bought anything that counts, so there are no scores. See orders.audit."
        )
    parts = [
        pd.DataFrame({"measure": name, "cut_off": _cut_offs(values[name], name)})
        for name in MEASURES
    ]
    table = pd.concat(parts, ignore_index=True)
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    return caption(table, "rfm_cutoffs", given, customers=len(values))


def measured(orders: Orders) -> pd.DataFrame:
    """What customers are scored by, sorted by customer_id."""
    rows = customers(orders.orders, as_of_day=day_number(orders.as_of))
    return to_frame(rows.order_by("customer_id"), ("customer_id", *MEASURES))


def _cut_offs(values: pd.Series, name: str) -> list[float]:
    is_crowded = values.value_counts(normalize=True).max() > CROWDED
    if name == "purchase_days" and is_crowded:
        return list(FIXED)
    found = np.quantile(values.to_numpy(float), SHARES, method="inverted_cdf")
    return [float(value) for value in found]
