"""Where growth comes from: who is new, comes back, stays and leaves, in customers and in money."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.period_moves import COUNTS, VALUES, money_without_purchase, period_moves
from retention.errors import choose
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import PERIODS, Period, period_end, period_number, period_start
from retention.tables.caption import caption, name_missing
from retention.tables.repeatable import repeatable
from retention.tables.taken_names import refuse_taken

COLUMNS = check_columns(
    (
        "period", "active", "new", "retained", "reactivated", "churned", "quick_ratio", "value_new",
        "value_reactivated", "value_expansion", "value_contraction", "value_churned",
        "value_retained", "value_adjustment", "value_quick_ratio", "is_complete", "is_burn_in",
    )
)  # fmt: skip


@repeatable
def growth_accounting(
    orders: Orders | pd.DataFrame,
    *,
    period: Period = "month",
    as_of: As_of = None,
    by: str | list[str] | None = None,
) -> pd.DataFrame:
    """Split the customers and the money of each period by what customers did in the one before.

    Active are those with a purchase day in the period: new, retained (active in the period before, too)
    or reactivated. Churned were active in the period before and are not in this one. Of retained
    customers the lesser of both amounts is retained value, the rest expansion or contraction.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    period : {"day", "week", "month", "quarter", "year"}
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order.

    Returns
    -------
    DataFrame, one row per (group, period), from the first period with an order on
        by (str), period (datetime64[us], first day), active, new, retained, reactivated, churned
        (int64, customers), quick_ratio (float64, new and reactivated over churned; null in incomplete
        periods, in the first one, in those of the burn-in, and where nobody churned), value_new,
        value_reactivated, value_expansion, value_contraction, value_churned, value_retained,
        value_adjustment (float64, currency, net; the last without a purchase day: what refunds left, or
        took in a month of their own), value_quick_ratio (float64, new, reactivated and expansion over
        churned and contraction), is_complete, is_burn_in (bool).

    Raises
    ------
    ArgumentError
        If the period is not known, `by` names no attribute, or `as_of` lies after the orders' own.

    Notes
    -----
    new + retained + reactivated = active; retained + churned = active of the period before. value_new +
    value_reactivated + value_retained + value_expansion + value_adjustment is the money of the period,
    exactly, and value_retained + value_contraction + value_churned that of purchase days of the one
    before.

    The trap: whoever buys every other month is churned and reactivated in turns. Churned here is a
    missing month, not a customer who has left: take a period longer than the usual gap.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-05", "2024-02-29"]),
    ...     "amount": [10.0, 25.0, 7.0, 4.0],
    ... })
    >>> table = growth_accounting(orders)
    >>> table[["active", "new", "retained", "churned", "quick_ratio", "value_expansion"]]
       active  new  retained  churned  quick_ratio  value_expansion
    0       2    2         0        0          NaN              0.0
    1       2    1         1        1          1.0             15.0
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    choose("period", period, PERIODS)
    found = _moves(given, period, names)
    table = _ratios(_dated(found, given, period, names))
    table = table[[*names, *COLUMNS]].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    parameters = {"period": period} | ({"by": list(names)} if names else {})
    customers = int(found["new"].sum())
    table = caption(table, "growth_accounting", given, customers=customers, **parameters)
    if table["is_burn_in"].any():
        table.attrs["notes"] = [[BURN_IN, {"day": f"{given.burn_in_end:%Y-%m-%d}"}]]
    return table


BURN_IN = "Before {day} many of the new are probably older customers (burn-in): no ratio there."


def _moves(orders: Orders, period: Period, by: tuple[str, ...]) -> pd.DataFrame:
    """Every period from the first to that of as_of, of every group, with zeros where nothing was."""
    rows, start = orders.orders, orders.options.week_start
    keys = [*by, "period_number"]
    moved = period_moves(rows, period=period, week_start=start, by=by)
    moves = name_missing(to_frame(moved, (*keys, *COUNTS, *VALUES)), by)
    others = money_without_purchase(rows, period=period, week_start=start, by=by)
    left = name_missing(to_frame(others, (*keys, "value_adjustment")), by)
    both = [moves.set_index(keys), left.set_index(keys)]
    return _every_period(pd.concat(both, axis=1).reset_index(), orders, period, by)


def _every_period(
    rows: pd.DataFrame, orders: Orders, period: Period, by: tuple[str, ...]
) -> pd.DataFrame:
    last = period_number(orders.as_of, period, orders.options.week_start)
    first = int(rows["period_number"].min()) if len(rows) else last + 1
    numbers = pd.DataFrame({"period_number": range(first, last + 1)})
    groups = rows[list(by)].drop_duplicates().merge(numbers, how="cross") if by else numbers
    every = groups.merge(rows, on=[*by, "period_number"], how="left")
    sums = [*COUNTS, *VALUES, "value_adjustment"]
    # A period without a row is one in which nothing happened.
    every[sums] = every[sums].fillna(0)
    return every.sort_values([*by, "period_number"], ignore_index=True)


def _dated(
    found: pd.DataFrame, orders: Orders, period: Period, by: tuple[str, ...]
) -> pd.DataFrame:
    """Who left the period before is churned in this one."""
    week_start = orders.options.week_start
    days = {n: period_start(n, period, week_start) for n in found["period_number"].unique()}
    over = {n: period_end(n, period, week_start) <= orders.as_of for n in days}
    start = found["period_number"].map(days).astype("datetime64[us]")
    burnt = orders.burn_in_end
    of_group = found.groupby(list(by)) if by else found
    return found.assign(
        period=start,
        is_complete=found["period_number"].map(over),
        is_burn_in=(start < burnt) if burnt is not None else False,
        is_first=found["period_number"] == found["period_number"].min(),
        churned=of_group["leaving"].shift(fill_value=0),
        value_churned=of_group["value_leaving"].shift(fill_value=0),
    )


def _ratios(table: pd.DataFrame) -> pd.DataFrame:
    """Gains over losses, where both are known for the whole period."""
    is_known = table["is_complete"] & ~table["is_burn_in"] & ~table["is_first"]
    gains = table["new"] + table["reactivated"]
    value_gains = table["value_new"] + table["value_reactivated"] + table["value_expansion"]
    value_losses = table["value_churned"] + table["value_contraction"]
    return table.assign(
        quick_ratio=gains / table["churned"].where(is_known & (table["churned"] > 0), np.nan),
        value_quick_ratio=value_gains / value_losses.where(is_known & (value_losses > 0), np.nan),
    )
