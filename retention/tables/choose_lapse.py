"""After how many days of silence a customer is at risk, and lapsed: chosen from the data."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.engine.frames import to_frame
from retention.engine.gap_grain import silences
from retention.errors import ArgumentError, require_number
from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.caption import caption, name_missing
from retention.tables.kaplan_meier import MIN_AT_RISK, kaplan_meier
from retention.tables.repeatable import repeatable
from retention.tables.repurchase_intervals import repurchase_intervals
from retention.tables.stacked import stacked
from retention.tables.taken_names import refuse_taken
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    (
        "days_silent", "at_risk", "returned_rate", "low", "high", "called_lapsed_but_returned",
        "called_active_but_silent", "is_at_risk_threshold", "is_lapsed_threshold", "threshold_basis",
    )
)  # fmt: skip
SUMS = ("customers", "observed", "returned", "observed_sq", "returned_sq", "cross")
MIN_CUSTOMERS = 50
SHARE_OF_REACHED = 0.8
NOBODY = (
    "orders: not identifiable: nobody has come back so far while enough customers were observed, so no "
    "threshold of silence can be chosen. Give both: at_risk_after_days= and lapsed_after_days=."
)
NOT_IDENTIFIABLE = (
    "Not identifiable: after no length of silence is the return rate surely that low, so the "
    "threshold is the day by which four fifths of those who return have done so."
)
NOT_IDENTIFIABLE_IN = (
    "Groups in which it is not identifiable: {count} ({groups}). Their threshold "
    "is the day by which four fifths of those who return have done so."
)


@repeatable
def choose_lapse(
    orders: Orders | pd.DataFrame,
    *,
    as_of: As_of = None,
    by: str | list[str] | None = None,
    return_window: int = 90,
    max_return_rate: float = 0.10,
) -> pd.DataFrame:
    """Weigh every possible threshold of silence, and mark the two that are chosen.

    Observed are customers at month ends whose following `return_window` days are known. Lapsed: the
    least silence after which the upper limit of the share that returns is at most
    `max_return_rate`, among at least 50 customers; not 0, which would call everybody lapsed. At
    risk: the least d by which four fifths of those who return before they are called lapsed have
    returned.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order: thresholds of each category, or each segment, by itself.
    return_window : int, days
    max_return_rate : float, 0..1

    Returns
    -------
    DataFrame, one row per (group and) day of silence
        by (str), days_silent (int64, days), at_risk (int64, customers silent so long at some month end),
        returned_rate (float64, 0..1, share of observations that bought within return_window), low,
        high (float64, 95 %, customers as clusters), called_lapsed_but_returned (float64, 0..1, of
        those who returned, the share called lapsed at this threshold), called_active_but_silent
        (float64, 0..1, of those who did not, the share called active), is_at_risk_threshold,
        is_lapsed_threshold (bool), threshold_basis (str: "data", or "fallback" where the data
        identify none: then four fifths of what the repurchase curve reached).

    Raises
    ------
    ArgumentError
        If an argument is out of range, or nobody has come back so far.

    Notes
    -----
    The trap: no threshold is free of error; both errors stand in every row.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> table = choose_lapse(orders, as_of="2024-06-30")
    >>> table.loc[table["is_lapsed_threshold"], ["days_silent", "threshold_basis"]]
        days_silent threshold_basis
    10           10        fallback
    """
    _check(return_window, max_return_rate)
    refuse_taken(by, (*COLUMNS, *SUMS))
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    parts = _groups(given, names, return_window)
    everybody = parts[()]
    marks = {key: _thresholds(part, max_return_rate, everybody) for key, part in parts.items()}
    rows = {key: _marked(part, marks[key]) for key, part in parts.items() if len(key) == len(names)}
    table = stacked(rows, names, COLUMNS)
    parameters = {"return_window": return_window, "max_return_rate": max_return_rate}
    by_names = {"by": list(names)} if names else {}
    customers = int(everybody.silent["customers"].sum())
    table = caption(table, "choose_lapse", given, customers=customers, **by_names, **parameters)
    unknown = [key for key in rows if marks[key][2] == "fallback"]
    if unknown:
        shown = ", ".join("/".join(key) for key in unknown[:3])
        note = NOT_IDENTIFIABLE_IN if names else NOT_IDENTIFIABLE
        words = {"count": len(unknown), "groups": shown} if names else {}
        table.attrs["notes"] = [[note, words]]
    return table


class _Group(NamedTuple):
    """What is known of a group: sums by silence, the curve of all gaps, and the table of errors."""

    silent: pd.DataFrame
    curve: pd.DataFrame
    table: pd.DataFrame


def _groups(
    orders: Orders, names: tuple[str, ...], return_window: int
) -> dict[tuple[Any, ...], _Group]:
    """Everybody under (), and each group under its names."""
    day = day_number(orders.as_of)
    steps = silences(orders.orders, as_of_day=day, return_window=return_window, by=names)
    found = name_missing(to_frame(steps, (*names, "silence", *SUMS)), names)
    intervals = repurchase_intervals(orders, by=list(names))
    groups: dict[tuple[Any, ...], _Group] = {(): _group(found, intervals)}
    if names:
        silent = dict(tuple(found.groupby(list(names))))
        gaps = dict(tuple(intervals.groupby(list(names))))
        groups |= {key: _group(silent.get(key, found.head(0)), gaps[key]) for key in gaps}
    return groups


def _group(found: pd.DataFrame, intervals: pd.DataFrame) -> _Group:
    silent = found.groupby("silence")[list(SUMS)].sum()
    is_small = intervals["customers"].sum() < MIN_AT_RISK
    curve = kaplan_meier(intervals, min_at_risk=1 if is_small else MIN_AT_RISK)
    return _Group(silent, curve, _rates(silent, len(curve) - 1))


def _thresholds(group: _Group, max_return_rate: float, everybody: _Group) -> tuple[int, int, str]:
    """At risk after, lapsed after, basis; of a group that nobody has come back to, everybody's."""
    lapsed = _lapsed_from_data(group.table, max_return_rate)
    if lapsed is not None:
        return _at_risk_after(group.curve, lapsed), lapsed, "data"
    if _reached(group.curve) == 0:
        if group is everybody:
            raise ArgumentError(NOBODY)
        at_risk, lapsed, _ = _thresholds(everybody, max_return_rate, everybody)
        return at_risk, lapsed, "fallback"
    lapsed = _first_day(group.curve, SHARE_OF_REACHED * _reached(group.curve))
    return _at_risk_after(group.curve, lapsed), lapsed, "fallback"


def _marked(group: _Group, marks: tuple[int, int, str]) -> pd.DataFrame:
    at_risk, lapsed, basis = marks
    table = group.table
    if len(table) <= lapsed:
        table = _rates(group.silent, lapsed)
    return table.assign(
        is_at_risk_threshold=table["days_silent"] == at_risk,
        is_lapsed_threshold=table["days_silent"] == lapsed,
        threshold_basis=basis,
    )


def _check(return_window: int, max_return_rate: float) -> None:
    require_number("return_window", return_window, is_whole=True)
    require_number("max_return_rate", max_return_rate)
    if return_window < 1:
        raise ArgumentError(f"return_window: {return_window} is not a number of days from 1 on.")
    if not 0 < max_return_rate < 1:
        raise ArgumentError(f"max_return_rate: {max_return_rate} is not between 0 and 1.")


def _rates(found: pd.DataFrame, last_day: int) -> pd.DataFrame:
    """Sums over all silences of at least d days, for every d."""
    days = np.arange(max(int(found.index.max()) if len(found) else 0, last_day) + 1)
    sums = found.reindex(days, fill_value=0)[::-1].cumsum()[::-1]
    n, y = sums["observed"].to_numpy(float), sums["returned"].to_numpy(float)
    rate = np.divide(y, n, out=np.full(len(n), np.nan), where=n > 0)
    low, high = _clustered_limits(rate, sums)
    silent = n - y
    return pd.DataFrame(
        {
            "days_silent": days,
            "at_risk": sums["customers"].to_numpy(),
            "returned_rate": rate,
            "low": low,
            "high": high,
            "called_lapsed_but_returned": _over(y, y[0]),
            "called_active_but_silent": 1 - _over(silent, silent[0]),
        }
    )


def _over(part: NDArray[np.float64], whole: float) -> NDArray[np.float64]:
    return part / whole if whole else np.full(len(part), np.nan)


def _clustered_limits(
    rate: NDArray[np.float64], sums: pd.DataFrame
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Wilson's limits on the number of independent observations that the clustering leaves."""
    n, clusters = sums["observed"].to_numpy(float), sums["customers"].to_numpy(float)
    squares = sums["returned_sq"] - 2 * rate * sums["cross"] + rate**2 * sums["observed_sq"]
    # Where all customers have the same share, rounding leaves a spread of some 1e-17: that is none.
    has_spread = (squares > 1e-9 * sums["observed_sq"]).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = squares.to_numpy(float) / n**2 * clusters / np.maximum(clusters - 1, 1)
        independent = np.where(has_spread, rate * (1 - rate) / variance, clusters)
    independent = np.minimum(np.nan_to_num(independent), n)
    low, high = wilson_interval(np.nan_to_num(rate) * independent, independent)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def _lapsed_from_data(table: pd.DataFrame, max_return_rate: float) -> int | None:
    fits = table[(table["high"] <= max_return_rate) & (table["at_risk"] >= MIN_CUSTOMERS)]
    # Where even those who have just bought hardly return, silence tells nobody apart.
    return int(fits["days_silent"].iloc[0]) if len(fits) and fits["days_silent"].iloc[0] else None


def _reached(curve: pd.DataFrame) -> float:
    return float(curve["p_returned"].iloc[-1]) if len(curve) else 0.0


def _at_risk_after(curve: pd.DataFrame, lapsed_after_days: int) -> int:
    before = curve[curve["gap_days"] <= lapsed_after_days]
    return _first_day(curve, SHARE_OF_REACHED * before["p_returned"].iloc[-1])


def _first_day(curve: pd.DataFrame, share: float) -> int:
    return int(curve.loc[curve["p_returned"] >= share - 1e-12, "gap_days"].iloc[0])
