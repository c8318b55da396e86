"""Cohorts by the channel of each customer's first touch."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.engine.customer_ages import customer_ages
from retention.engine.first_orders import first_orders
from retention.engine.frames import to_frame
from retention.names import MISSING
from retention.orders.orders import Orders
from retention.periods import Period, period_start
from retention.tables.cohort_ages import age_scale
from retention.tables.first_touches import first_touches
from retention.tables.order_moments import came_after


def channel_cells(
    orders: Orders, touches: pd.DataFrame, cells: pd.DataFrame, *, by: str, period: Period
) -> pd.DataFrame:
    """The cells of `cells` (cohort, age) apart by the first touch: by, cohort_size, cumulative amount.

    Customers whose first touch came after their first order, or who have none, are "(missing)".
    """
    scale = age_scale(orders, period=period, alignment="calendar")
    columns = ("customer_id", "cohort_number", "age", "amount")
    money = to_frame(customer_ages(orders.orders, scale=scale), columns)
    names = _channels(orders, touches, by)
    money[by] = money["customer_id"].map(names).astype("object").fillna(MISSING).astype("str")
    starts = {n: period_start(n, period, scale.week_start) for n in money["cohort_number"].unique()}
    money["cohort"] = money["cohort_number"].map(starts).astype("datetime64[us]")
    sizes = money.groupby([by, "cohort"])["customer_id"].nunique().rename("cohort_size")
    sums = money.groupby([by, "cohort", "age"])["amount"].sum()
    rows = sizes.reset_index().merge(cells[["cohort", "age"]], on="cohort")
    found = sums.reindex(pd.MultiIndex.from_frame(rows[[by, "cohort", "age"]]))
    # An age without a row is one at which nobody of the channel bought.
    rows["amount"] = np.nan_to_num(found.to_numpy())
    rows = rows.sort_values([by, "cohort", "age"], ignore_index=True)
    running = rows.groupby([by, "cohort"])["amount"].cumsum()
    return rows.assign(cumulative_amount_per_customer=running / rows["cohort_size"])


def _channels(orders: Orders, touches: pd.DataFrame, by: str) -> pd.Series:
    """The first touch's channel by customer, of those touched before they bought."""
    touched = first_touches(touches, orders.as_of, by=(by,))
    bought = to_frame(first_orders(orders.orders), ("customer_id", "first_order_at"))
    both = touched.merge(bought, on="customer_id")
    won = both[~came_after(both["touched_at"], both["first_order_at"])]
    return won.set_index("customer_id")[by]
