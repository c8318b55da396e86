"""What a new customer costs, and when the cohort has earned it back."""

from __future__ import annotations

import pandas as pd

from retention.errors import ArgumentError, require_number
from retention.kinds import require_texts
from retention.names import GLOSSARY, MISSING, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import Period, period_number, period_start
from retention.tables.caption import caption
from retention.tables.channel_cells import channel_cells
from retention.tables.cohort_value import cohort_value
from retention.tables.repeatable import repeatable
from retention.tables.require_rows import require_rows
from retention.tables.taken_names import refuse_taken

COLUMNS = check_columns(
    (
        "cohort", "age", "new_customers", "spend", "cost_per_new_customer",
        "cumulative_margin_per_customer", "return_on_spend", "payback_age",
    )
)  # fmt: skip


@repeatable
def acquisition_payback(
    orders: Orders | pd.DataFrame,
    *,
    costs: pd.DataFrame,
    margin: float,
    touches: pd.DataFrame | None = None,
    by: str | None = None,
    period: Period = "month",
    as_of: As_of = None,
) -> pd.DataFrame:
    """Cost per new customer beside what the cohort has earned since, at complete ages only.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    costs : DataFrame as `read_costs` returns it
        The spend of a period is held against the customers who first bought in it.
    margin : float
        Share of the net amount that is left after variable costs, above 0 and up to 1; 1 takes the net
        amount itself.
    touches : DataFrame as `read_touches` returns it
        With it, `by` is a column of each customer's first touch, if it came before the first order.
    by : str
        Column of the costs, such as channel, that the first touch (or else the first order) has too;
        by default all spend over all new customers.
    period : {"day", "week", "month", "quarter", "year"}
    as_of : date, default the orders' own

    Returns
    -------
    DataFrame, one row per (channel, cohort, complete age) of the periods that the costs cover
        by (str), cohort (datetime64[us]), age (int64, periods), new_customers (int64), spend (float64,
        currency), cost_per_new_customer (float64, currency; null without new customers, whose one row
        at age 0 keeps the spend in sight), cumulative_margin_per_customer (float64, currency),
        return_on_spend (float64, ratio, margin over cost; null without cost), payback_age (Int64,
        periods, first complete age at which the margin covers the cost; null: not yet).

    Raises
    ------
    ArgumentError
        If costs lack a column, days or amounts are missing, or the margin is out of range.

    Notes
    -----
    The trap: costs bring customers later than they are spent, and customers who would have come anyway
    are counted as bought. The first touch is who was first, not who persuaded.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "b", "a"], "amount": [10.0, 10.0, 20.0],
    ...     "ordered_at": pd.to_datetime(["2024-01-02", "2024-01-09", "2024-02-11"])})
    >>> costs = pd.DataFrame({"spent_at": pd.to_datetime(["2024-01-01"]), "spend": [30.0]})
    >>> table = acquisition_payback(orders, costs=costs, margin=1.0, as_of="2024-02-29")
    >>> table[["age", "cost_per_new_customer", "cumulative_margin_per_customer", "payback_age"]]
       age  cost_per_new_customer  cumulative_margin_per_customer  payback_age
    0    0                   15.0                            10.0            1
    1    1                   15.0                            20.0            1
    """
    require_texts(by=by)
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    _check(costs, margin, by)
    cells = _cells(given, touches, by, period)
    spent = _spent(costs, given, by, period)
    keys = [*([by] if by else []), "cohort"]
    covered = cells["cohort"].between(spent["cohort"].min(), spent["cohort"].max())
    rows = cells[covered].merge(spent, on=keys, how="outer")
    # Nobody came for the spend, or nothing was spent on who came.
    rows = rows.fillna({"spend": 0.0, "cohort_size": 0, "age": 0})
    table = _paid_back(rows.rename(columns={"cohort_size": "new_customers"}), margin, keys)
    table = table.sort_values([*keys, "age"], ignore_index=True)[
        [*([by] if by else []), *COLUMNS]
    ].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    customers = int(table.loc[table["age"] == 0, "new_customers"].sum())
    words = {"margin": float(margin), "period": period} | ({"by": by} if by else {})
    return caption(table, "acquisition_payback", given, customers=customers, **words)


def _check(costs: pd.DataFrame, margin: float, by: str | None) -> None:
    require_number("margin", margin)
    if not 0 < margin <= 1:
        raise ArgumentError(f"margin: {margin!r} is not above 0 and up to 1; 30 % is 0.3.")
    filled, others = ("spent_at", "spend"), [by] if by else []
    require_rows("costs", costs, time="spent_at", filled=filled, others=others)
    if costs.empty:
        raise ArgumentError("costs: 0 rows, so nothing was spent. Pass what read_costs() returns.")


def _cells(
    orders: Orders, touches: pd.DataFrame | None, by: str | None, period: Period
) -> pd.DataFrame:
    """Complete cells: by, cohort, age, cohort_size, cumulative_amount_per_customer."""
    own = by if touches is None else None
    cells = cohort_value(orders, period=period, by=own)
    cells = cells[cells["is_complete"]]
    if touches is not None and by is not None:
        cells = channel_cells(orders, touches, cells, by=by, period=period)
    names = [*([by] if by else []), "cohort", "age", "cohort_size"]
    return cells[[*names, "cumulative_amount_per_customer"]]


def _spent(costs: pd.DataFrame, orders: Orders, by: str | None, period: Period) -> pd.DataFrame:
    """Spend by period that is over, in the channels' own words."""
    start = orders.options.week_start
    days = costs["spent_at"].dt.tz_localize(None).dt.normalize()
    first = {
        day: period_start(period_number(day, period, start), period, start) for day in days.unique()
    }
    rows = pd.DataFrame({"cohort": days.map(first).astype("datetime64[us]")})
    rows["spend"] = costs["spend"].astype("float64")
    if by:
        rows[by] = costs[by].astype("str").fillna(MISSING)
    is_over = rows["cohort"] < period_start(
        period_number(orders.as_of + pd.Timedelta(days=1), period, start), period, start
    )
    keys = [*([by] if by else []), "cohort"]
    return pd.DataFrame(rows[is_over].groupby(keys, as_index=False)["spend"].sum())


def _paid_back(rows: pd.DataFrame, margin: float, keys: list[str]) -> pd.DataFrame:
    count = rows["new_customers"].where(rows["new_customers"] > 0)
    cost = rows["spend"] / count
    earned = rows["cumulative_amount_per_customer"] * margin
    rows = rows.assign(
        cost_per_new_customer=cost,
        cumulative_margin_per_customer=earned,
        return_on_spend=earned / cost.where(cost > 0),
    )
    covered = rows["age"].where(earned >= cost)
    first = covered.groupby([rows[key] for key in keys]).transform("min")
    return rows.assign(payback_age=first.astype("Int64"))
