"""When they come back: the share that bought again, by days since the purchase before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.gap_clusters import clustered_days
from retention.engine.landmark_counts import landmark_counts
from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.clustered_curve import COUNTS, SUMS, clustered_curve
from retention.tables.days_given import require_days
from retention.tables.followed_gaps import ReturningTo, followed_gaps
from retention.tables.kaplan_meier import MIN_AT_RISK, kaplan_meier
from retention.tables.repeatable import repeatable
from retention.tables.stacked import stacked
from retention.tables.taken_names import refuse_taken

COLUMNS = check_columns(
    (
        "order_number", "gap_days", "at_risk", "events", "censored", "p_returned", "low", "high",
        "naive_rate",
    )
)  # fmt: skip
REACH_DAYS = WITHIN_DAYS = 180
# After the first, second, ... purchase; 0 pools the gaps of all.
LAST_NUMBER = 5


@repeatable
def repurchase_curve(
    orders: Orders | pd.DataFrame,
    *,
    as_of: As_of = None,
    by: str | list[str] | None = None,
    returning_to: ReturningTo = "anything",
    reach_days: int = REACH_DAYS,
    within_days: int = WITHIN_DAYS,
    min_at_risk: int = MIN_AT_RISK,
) -> pd.DataFrame:
    """Estimate the share of customers back within d days, after each of their first purchases.

    Customers who have not come back yet count for as long as they were observed (Kaplan-Meier). After
    the first purchase that is everybody. Who has made a second, third, ... one was observed longer
    than others, so those curves are about customers who got there within `reach_days` of the first,
    of all whose first purchase lies `reach_days + within_days` back, and end after `within_days`.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order, such as its category.
    returning_to : {"anything", "same"}
        "same": only purchase days count on which an order has what `by` names in common with the
        first one. An order has the category of its first line.
    reach_days, within_days : int, days
        The condition of the curves after the second purchase and later ones.
    min_at_risk : int
        A curve ends where fewer are still observed and not yet back.

    Returns
    -------
    DataFrame, one row per (group, order_number, day), from day 0 on
        by (str), order_number (int64, the purchase that the gap follows, 1 to 5; 0: all gaps of all
        customers, so that heavy buyers count more), gap_days (int64, days), at_risk, events, censored
        (int64, customers; gaps where pooled), p_returned (float64, 0..1, back within gap_days), low,
        high (float64, 95 % on the log-log scale: Greenwood, and customers as clusters where pooled),
        naive_rate (float64, 0..1, the share that would count everybody not yet back as lost; never to
        be used, only to see how far it is off).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own, `by` names no attribute or none where "same" needs one,
        or a number of days is out of range.

    Notes
    -----
    The trap: counting only those who came back makes the wait look short, and counting everyone else
    as lost makes the rate look low; in one population 36.0 % return within 180 days, and the naive
    count says 27.5 %.

    References
    ----------
    Kaplan and Meier (1958), Nonparametric estimation from incomplete observations. Williams (1995),
    Product-limit survival functions with correlated survival times.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-03", "2024-01-01", "2024-01-03"]),
    ...     "amount": [10.0, 20.0, 7.0, 5.0],
    ... })
    >>> curve = repurchase_curve(orders, as_of="2024-01-04", min_at_risk=1)
    >>> curve.loc[curve["order_number"] == 1,
    ...     ["gap_days", "at_risk", "events", "censored", "p_returned"]].reset_index(drop=True)
       gap_days  at_risk  events  censored  p_returned
    0         0        3       0         0         0.0
    1         1        3       0         1         0.0
    2         2        2       1         0         0.5
    3         3        1       0         1         0.5
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    require_days(reach_days=reach_days, within_days=within_days)
    require_days(unit="customers", min_at_risk=min_at_risk)
    gaps = followed_gaps(given, names, returning_to)
    counts = landmark_counts(
        gaps, by=names, last_number=LAST_NUMBER, reach_days=reach_days, within_days=within_days
    )
    numbered = to_frame(counts, (*names, "order_number", "gap_days", "is_censored", "customers"))
    pooled = to_frame(clustered_days(gaps, by=names), (*names, "gap_days", *COUNTS, *SUMS))
    keys = [*names, "order_number"]
    curves = {
        **_by_group(pooled.assign(order_number=0), keys, clustered_curve, min_at_risk),
        **_by_group(numbered, keys, kaplan_meier, min_at_risk),
    }
    curve = stacked(curves, keys, COLUMNS)
    later = (curve["order_number"] > 1) & (curve["gap_days"] > within_days)
    first = numbered.loc[numbered["order_number"] == 1, "customers"].sum()
    parameters = ({"by": list(names)} if names else {}) | {"returning_to": returning_to}
    return caption(
        curve[~later].reset_index(drop=True), "repurchase_curve", given, customers=int(first),
        **parameters, reach_days=reach_days, within_days=within_days,
    )  # fmt: skip


def _by_group(
    counts: pd.DataFrame, keys: list[str], estimate: Callable[..., pd.DataFrame], min_at_risk: int
) -> dict[tuple[Any, ...], pd.DataFrame]:
    """A curve for each group and order number, by these keys."""
    return {
        key: _with_naive(estimate(part, min_at_risk=min_at_risk), part)
        for key, part in counts.groupby(keys)
    }


def _with_naive(curve: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """What the count of those who came back so far would say."""
    columns = [name for name in ("customers", *COUNTS) if name in counts]
    return curve.assign(naive_rate=curve["events"].cumsum() / counts[columns].to_numpy().sum())
