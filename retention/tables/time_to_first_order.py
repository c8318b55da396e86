"""From the first touch to the first purchase: how long it takes, and how many get there."""

from __future__ import annotations

import pandas as pd

from retention.engine.first_orders import first_orders
from retention.engine.frames import to_frame
from retention.names import check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.days_given import require_days
from retention.tables.first_touches import first_touches
from retention.tables.kaplan_meier import MIN_AT_RISK, kaplan_meier
from retention.tables.order_moments import came_after
from retention.tables.repeatable import repeatable
from retention.tables.stacked import stacked
from retention.tables.taken_names import refuse_taken

COLUMNS = check_columns(
    ("days_since_touch", "at_risk", "events", "censored", "p_bought", "low", "high")
)


@repeatable
def time_to_first_order(
    orders: Orders | pd.DataFrame,
    *,
    touches: pd.DataFrame,
    as_of: As_of = None,
    by: str | list[str] | None = None,
    min_at_risk: int = MIN_AT_RISK,
) -> pd.DataFrame:
    """Estimate the share of touched people who have bought within d days of their first touch.

    People who have not bought count for as long as they were observed (Kaplan-Meier). Those touched
    only after their first order were not won by a touch: they are left out, and counted in the caption.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    touches : DataFrame as `read_touches` returns it
    as_of : date, default the orders' own
    by : str or list of str
        Columns of the first touch: channel, page, campaign, ...
    min_at_risk : int
        The curve ends where fewer are still observed and have not bought.

    Returns
    -------
    DataFrame, one row per (group, day), from day 0 on
        by (str), days_since_touch (int64, days), at_risk, events, censored (int64, people), p_bought
        (float64, 0..1, first purchase within so many days), low, high (float64, 95 %, Greenwood on the
        log-log scale). `attrs["parameters"]["touched_later"]`: people left out.

    Raises
    ------
    ArgumentError
        If touches lack a column, `as_of` lies after the orders' own, or `min_at_risk` is below 1.

    Notes
    -----
    The trap: the curve is about people who were touched and have an id. It does not say that the touch
    made them buy; who clicks an ad may have been about to.

    References
    ----------
    Kaplan and Meier (1958), Nonparametric estimation from incomplete observations.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "b"], "amount": [10.0, 7.0],
    ...     "ordered_at": pd.to_datetime(["2024-01-03", "2024-01-01"])})
    >>> touches = pd.DataFrame({
    ...     "customer_id": ["a", "c", "b"],
    ...     "touched_at": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-02"])})
    >>> curve = time_to_first_order(orders, touches=touches, as_of="2024-01-03", min_at_risk=1)
    >>> curve[["days_since_touch", "at_risk", "events", "censored", "p_bought"]]
       days_since_touch  at_risk  events  censored  p_bought
    0                 0        2       0         0       0.0
    1                 1        2       0         1       0.0
    2                 2        1       1         0       1.0
    >>> curve.attrs["parameters"]["touched_later"]
    1
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = (by,) if isinstance(by, str) else tuple(by or ())
    require_days(unit="people", min_at_risk=min_at_risk)
    touched = first_touches(touches, given.as_of, by=names)
    bought = to_frame(first_orders(given.orders), ("customer_id", "first_order_at"))
    people = touched.merge(bought, on="customer_id", how="left")
    is_later = came_after(people["touched_at"], people["first_order_at"])
    gaps = _gaps(people[~is_later], given.as_of, names)
    groups = list(gaps.groupby(list(names))) if names else [((), gaps)] * (len(gaps) > 0)
    renamed = {"gap_days": "days_since_touch", "p_returned": "p_bought"}
    curves = {
        key: kaplan_meier(part, min_at_risk=min_at_risk).rename(columns=renamed)
        for key, part in groups
    }
    parameters = ({"by": list(names)} if names else {}) | {"min_at_risk": min_at_risk}
    table = caption(
        stacked(curves, names, COLUMNS), "time_to_first_order", given,
        customers=int((~is_later).sum()), **parameters,
    )  # fmt: skip
    table.attrs["parameters"]["touched_later"] = int(is_later.sum())
    return table


def _gaps(people: pd.DataFrame, as_of: pd.Timestamp, names: tuple[str, ...]) -> pd.DataFrame:
    """Whole days from touch to purchase, or to as_of, with the number of people who have them."""
    is_open = people["first_order_at"].isna()
    until = people["first_order_at"].fillna(as_of).dt.normalize()
    days = (until - people["touched_at"].dt.normalize()).dt.days
    rows = people[list(names)].assign(gap_days=days, is_censored=is_open)
    return (
        rows.groupby([*names, "gap_days", "is_censored"], as_index=False)
        .size()
        .rename(columns={"size": "customers"})
    )
