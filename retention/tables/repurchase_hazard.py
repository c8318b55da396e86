"""When to act: the chance to come back in the next month of silence, by purchases so far."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.engine.capped_counts import capped_counts
from retention.engine.frames import to_frame
from retention.engine.gap_clusters import clustered_months
from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.clustered_curve import SUMS
from retention.tables.days_given import require_days
from retention.tables.followed_gaps import ReturningTo, followed_gaps
from retention.tables.kaplan_meier import MIN_AT_RISK
from retention.tables.log_log import greenwood, log_log_limits
from retention.tables.repeatable import repeatable
from retention.tables.stacked import stacked
from retention.tables.survival_curve import daily_counts, survival_curve
from retention.tables.taken_names import refuse_taken
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(("order_number", "months_silent", "at_risk", "p_returned", "low", "high"))
MONTH_DAYS = 30
# Purchases so far from which on customers are one row.
AND_MORE = 4


@repeatable
def repurchase_hazard(
    orders: Orders | pd.DataFrame,
    *,
    as_of: As_of = None,
    by: str | list[str] | None = None,
    returning_to: ReturningTo = "anything",
    min_at_risk: int = MIN_AT_RISK,
) -> pd.DataFrame:
    """Chance to buy in the next 30 days, by purchases so far and months of silence.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order.
    returning_to : {"anything", "same"}
        "same": only purchase days count that have what `by` names in common with the first order.
    min_at_risk : int
        A row ends where fewer are still observed and not yet back at the end of the month.

    Returns
    -------
    DataFrame, one row per (group, order_number, months_silent)
        by (str), order_number (int64, purchases so far, 1 to 3; 4: four or more), months_silent (int64,
        months of 30 days that have gone by in silence, from 0 on), at_risk (int64, customers silent so
        long and still observed; gaps where four or more), p_returned (float64, 0..1, chance of a
        purchase in the following 30 days), low, high (float64, 95 % on the log-log scale, customers as
        clusters; Wilson's on those at risk at the end of the month where nobody came back).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own, `by` names no attribute, or `min_at_risk` is below 1.

    Notes
    -----
    The trap: a fall along a row is not what silence does to a customer. The eager ones leave the row
    first, and those who remain are other people. For the same reason the rows differ among themselves.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> hazard = repurchase_hazard(orders, as_of="2024-02-10", min_at_risk=1)
    >>> hazard[["order_number", "months_silent", "at_risk", "p_returned"]]
       order_number  months_silent  at_risk  p_returned
    0             1              0        2         0.5
    1             2              0        1         0.0
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    require_days(unit="customers", min_at_risk=min_at_risk)
    gaps = followed_gaps(given, names, returning_to)
    keys = [*names, "order_number"]
    counts = to_frame(
        capped_counts(gaps, by=names, and_more=AND_MORE),
        (*keys, "gap_days", "is_censored", "customers"),
    )
    sums = clustered_months(gaps, by=names, month_days=MONTH_DAYS, from_number=AND_MORE)
    clusters = to_frame(sums, (*names, "months_silent", *SUMS)).assign(order_number=AND_MORE)
    squares = dict(tuple(clusters.groupby(keys)))
    rows = {key: _months(part, squares.get(key), min_at_risk) for key, part in counts.groupby(keys)}
    parameters = ({"by": list(names)} if names else {}) | {"returning_to": returning_to}
    first = counts.loc[counts["order_number"] == 1, "customers"].sum()
    return caption(
        stacked(rows, keys, COLUMNS), "repurchase_hazard", given, customers=int(first), **parameters
    )


def _months(counts: pd.DataFrame, squares: pd.DataFrame | None, min_at_risk: int) -> pd.DataFrame:
    """The months of one row: from the counts by day, and the sums over customers with several gaps."""
    by_day = survival_curve(*daily_counts(counts), min_at_risk=min_at_risk)
    at_risk, events = (by_day[name].to_numpy(float) for name in ("at_risk", "events"))
    month = np.arange((len(by_day) - 1) // MONTH_DAYS)
    start, end = month * MONTH_DAYS, (month + 1) * MONTH_DAYS
    survival = 1 - by_day["p_returned"].to_numpy()
    # Who has come back to the last cannot be silent any longer: such a month has nobody at risk.
    still_silent = survival[end] / survival[start]
    summed = greenwood(events, at_risk)
    variance = summed[end] - summed[start]
    if squares is not None:
        variance = _clustered(squares, month, variance)
    low, high = log_log_limits(still_silent, variance)
    _, most = wilson_interval(np.zeros(len(month)), at_risk[end])
    return pd.DataFrame(
        {
            "months_silent": month,
            "at_risk": at_risk[start + 1],
            "p_returned": 1 - still_silent,
            "low": low,
            "high": np.where(still_silent == 1, most, high),
        }
    )


def _clustered(
    squares: pd.DataFrame, month: NDArray[np.int64], hazard: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The sum over customers of their squared influence, each month by itself."""
    length = int(max(squares["months_silent"].max(), len(month) - 1)) + 1
    sums = squares.set_index("months_silent")[list(SUMS)].reindex(range(length), fill_value=0)
    settled, cross, steps = sums.to_numpy(float).T
    still_open = np.append(np.cumsum(steps[::-1])[::-1][1:], 0.0)
    variance: NDArray[np.float64]
    variance = settled[month] + 2 * hazard * cross[month] + hazard**2 * still_open[month]
    return variance
