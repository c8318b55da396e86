"""From purchase to purchase: who makes the next one, and how soon."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.landmark_counts import landmark_counts, rungs
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.days_given import require_days
from retention.tables.followed_gaps import ReturningTo, followed_gaps
from retention.tables.kaplan_meier import kaplan_meier
from retention.tables.repeatable import repeatable
from retention.tables.repurchase_curve import LAST_NUMBER, REACH_DAYS
from retention.tables.taken_names import refuse_taken
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    (
        "order_number", "within_days", "eligible", "returned", "repurchase_rate", "low", "high",
        "median_gap_days",
    )
)  # fmt: skip
WITHIN = (30, 60, 90, 180, 365)


@repeatable
def repurchase_ladder(
    orders: Orders | pd.DataFrame,
    *,
    as_of: As_of = None,
    by: str | list[str] | None = None,
    returning_to: ReturningTo = "anything",
    reach_days: int = REACH_DAYS,
) -> pd.DataFrame:
    """Share of customers with the next purchase within 30 to 365 days, from each purchase on.

    Eligible are those who were observed so many days after it: after the first purchase all whose
    first lies `within_days` back; after a later one, because who is observed longer gets further,
    those who made it within `reach_days` of the first, of all whose first lies
    `reach_days + within_days` back.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order.
    returning_to : {"anything", "same"}
        "same": only purchase days count that have what `by` names in common with the first order.
    reach_days : int, days
        The condition of the rungs after the second purchase and later ones.

    Returns
    -------
    DataFrame, one row per (group, order_number, within_days) for which somebody is eligible
        by (str), order_number (int64, the purchase from which the rung leads up, 1 to 5), within_days
        (int64, days), eligible, returned (int64, customers), repurchase_rate (float64, 0..1), low, high
        (float64, Wilson 95 %), median_gap_days (Int64, days, of those back within 365 days: the least d
        with F(d) >= F(365) / 2; null where 365 days are not observed).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own, `by` names no attribute, or `reach_days` is out of range.

    Notes
    -----
    The trap: the rungs are about fewer and better customers the higher they are; that 70 % go on from
    the fourth purchase does not say that a second purchase makes them loyal.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> ladder = repurchase_ladder(orders, as_of="2024-02-10")
    >>> ladder[["order_number", "within_days", "eligible", "returned", "repurchase_rate"]]
       order_number  within_days  eligible  returned  repurchase_rate
    0             1           30         2         1              0.5
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    require_days(reach_days=reach_days)
    gaps = followed_gaps(given, names, returning_to)
    keys = [*names, "order_number"]
    options: dict[str, Any] = {"by": names, "last_number": LAST_NUMBER, "reach_days": reach_days}
    counts = [f"{what}_{days}" for days in WITHIN for what in ("eligible", "returned")]
    wide = to_frame(rungs(gaps, within=WITHIN, **options), (*keys, *counts))
    year = landmark_counts(gaps, within_days=WITHIN[-1], **options)
    medians = _medians(to_frame(year, (*keys, "gap_days", "is_censored", "customers")), keys)
    table = _long(wide, keys).merge(medians, on=keys, how="left")
    low, high = wilson_interval(table["returned"], table["eligible"])
    table = table.assign(repurchase_rate=table["returned"] / table["eligible"], low=low, high=high)
    table = table.sort_values([*keys, "within_days"], ignore_index=True)[[*names, *COLUMNS]]
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    parameters = ({"by": list(names)} if names else {}) | {"returning_to": returning_to}
    return caption(
        table, "repurchase_ladder", given, customers=given.counts["customers"],
        **parameters, reach_days=reach_days,
    )  # fmt: skip


def _long(wide: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per rung and number of days; where nobody was observed so long there is none."""
    parts = [
        wide[keys].assign(
            within_days=days, eligible=wide[f"eligible_{days}"], returned=wide[f"returned_{days}"]
        )
        for days in WITHIN
    ]
    table = pd.concat(parts, ignore_index=True)
    return table[table["eligible"] > 0]


def _medians(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    found = [(*key, _median(part)) for key, part in counts.groupby(keys)]
    return pd.DataFrame(found, columns=[*keys, "median_gap_days"])


def _median(gaps: pd.DataFrame) -> int | None:
    """The least day by which half of those are back who are within a year; none if that is unknown."""
    curve = kaplan_meier(gaps, min_at_risk=1).set_index("gap_days")["p_returned"]
    reached = curve[curve.index <= WITHIN[-1]]
    is_known = len(curve) > WITHIN[-1] or curve.iloc[-1] == 1
    if not is_known or reached.iloc[-1] == 0:
        return None
    return int(reached.index[reached >= reached.iloc[-1] / 2 - 1e-12][0])
