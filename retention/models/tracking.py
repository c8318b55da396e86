"""Repeat purchases as they came, period by period, beside those that the model expects."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.purchase_counts import purchase_counts
from retention.models.fitted_orders import FittedOrders
from retention.models.given_fits import require_fit
from retention.models.history import FloatArray
from retention.names import check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import Period, as_day, day_number, period_end, period_number, period_start
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "period", "actual_orders", "expected_orders", "cumulative_actual_orders",
        "cumulative_expected_orders", "is_complete", "is_holdout",
    )
)  # fmt: skip


@repeatable
def tracking(
    orders: Orders | pd.DataFrame,
    fit: FittedOrders,
    *,
    period: Period = "month",
    as_of: As_of = None,
    fitted_until: As_of = None,
) -> pd.DataFrame:
    """Repeat purchase days by period, and what the model expects of customers as they joined.

    The trap: up to `fitted_until` the model has seen what it is held against; only later periods test it.
    The model knows no seasons: a peak that it misses is no fault of the fit.

    Parameters
    ----------
    orders
        `Orders`, or a DataFrame with our column names.
    fit
        A fitted order model; of `customer_summary(orders, as_of=fitted_until)` for a test.
    period
        Day, week, month, quarter or year.
    as_of
        Last day of the observation; may lie earlier than the orders' own, never later.
    fitted_until
        Last day that the fit has seen; by default all of them.

    Returns
    -------
    pandas.DataFrame
        Grain: period. Columns: period (datetime64[us], its first day), actual_orders (int64, repeat
        purchase days), expected_orders (float64, the same by the model), cumulative_actual_orders
        (int64), cumulative_expected_orders (float64), is_complete (bool: the period is over),
        is_holdout (bool: it begins after `fitted_until`).

    Raises
    ------
    ArgumentError
        Where a date cannot be used.

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
    >>> tracking(orders, fit_mbg_nbd(customer_summary(orders)))["actual_orders"].tolist()
    [2, 0, 1]
    """
    require_fit(fit, ability="expected_new_orders")
    given = given_orders(orders, as_of)
    until = given.as_of if fitted_until is None else as_day(fitted_until, "fitted_until")
    counts = to_frame(purchase_counts(given.orders), ("day", "first", "customers"))
    start, end = int(counts["day"].min()), day_number(given.as_of)
    joined, actual = (_by_day(counts, first, start, end) for first in (1, 0))
    days = pd.DataFrame({"actual_orders": actual, "expected_orders": _expected(fit, joined)})
    first_day = pd.Timestamp(0) + pd.Timedelta(days=start)
    numbers = [
        period_number(day, period, given.options.week_start)
        for day in pd.date_range(first_day, periods=len(days))
    ]
    sums = days.groupby(np.array(numbers)).sum()
    table = _table(sums, period, given, until)
    table.attrs = {
        "definition": "tracking",
        "parameters": {
            "period": period, "model": fit.model, "fitted_until": f"{until:%Y-%m-%d}",
        },
        "as_of": f"{given.as_of:%Y-%m-%d}",
        "customers": int(joined.sum()),
    }  # fmt: skip
    return table


def _by_day(counts: pd.DataFrame, first: int, start: int, end: int) -> FloatArray:
    """Customers by day, from the first day on; days without any are 0."""
    some = counts[(counts["first"] == first) & (counts["day"] <= end)]
    places = (some["day"] - start).to_numpy(np.int64)
    by_day = np.bincount(places, weights=some["customers"], minlength=end - start + 1)
    return by_day.astype(np.float64)


def _expected(fit: FittedOrders, joined: FloatArray) -> FloatArray:
    """Repeat purchases by day: each day's new customers, as many days later as they have been there."""
    ages = np.arange(1, joined.size)
    curve = fit.expected_new_orders(horizon_days=ages.tolist())["expected_orders"].to_numpy()
    a_day = np.diff(curve, prepend=0.0)
    size = 2 * joined.size
    spread = np.fft.irfft(np.fft.rfft(joined, size) * np.fft.rfft(a_day, size), size)
    return np.concatenate(([0.0], np.maximum(spread[: joined.size - 1], 0.0)))


def _table(sums: pd.DataFrame, period: Period, orders: Orders, until: pd.Timestamp) -> pd.DataFrame:
    """The sums with their running totals."""
    numbers = [int(number) for number in sums.index]
    starts = [period_start(number, period, orders.options.week_start) for number in numbers]
    ends = [period_end(number, period, orders.options.week_start) for number in numbers]
    actual = np.round(sums["actual_orders"].to_numpy()).astype(np.int64)
    expected = sums["expected_orders"].to_numpy()
    table = {
        "period": pd.Series(starts, dtype="datetime64[us]"),
        "actual_orders": actual,
        "expected_orders": expected,
        "cumulative_actual_orders": actual.cumsum(),
        "cumulative_expected_orders": expected.cumsum(),
        "is_complete": [end <= orders.as_of for end in ends],
        "is_holdout": [start > until for start in starts],
    }
    return pd.DataFrame(table)[list(COLUMNS)]
