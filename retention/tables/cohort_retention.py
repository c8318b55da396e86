"""Who comes back, cohort by cohort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from retention.engine.age_scale import AgeScale
from retention.engine.cohort_counts import Counted, cohort_counts, cohort_sizes
from retention.engine.frames import to_frame
from retention.errors import ArgumentError
from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import Period
from retention.tables.caption import caption, name_missing
from retention.tables.cohort_ages import Alignment, Definition, age_scale, definition_of
from retention.tables.cohort_caption import cohort_parameters, with_meaning
from retention.tables.cohort_cells import COHORT, cohort_cells, customer_ages
from retention.tables.last_age import check_max_age, last_age
from retention.tables.monthly_season import season_notes
from retention.tables.repeatable import repeatable
from retention.tables.taken_names import refuse_taken
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    (
        "cohort", "age", "cohort_size", "eligible", "returned", "retention_rate", "low", "high",
        "is_complete", "is_burn_in",
    )
)  # fmt: skip
# What follows them where the ages are brackets.
BRACKET_COLUMNS = check_columns(("until_day",))
_COUNTED: dict[Definition, Counted] = {
    "on": "every", "on_or_after": "last", "on_or_before": "second", "brackets": "every",
}  # fmt: skip


@repeatable
def cohort_retention(
    orders: Orders | pd.DataFrame,
    *,
    period: Period = "month",
    as_of: As_of = None,
    by: str | list[str] | None = None,
    alignment: Alignment = "calendar",
    definition: Definition | Sequence[int] = "on",
    max_age: int | None = None,
) -> pd.DataFrame:
    """Share of each cohort that bought again, by age.

    The cohort is the period of the first purchase day in the full history. A customer counts once
    at an age, however often they bought.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    period : {"day", "week", "month", "quarter", "year"}
        Of the cohorts and of the ages. Weeks begin on the `week_start` of `read_orders`.
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order, frozen; missing is the group "(missing)". "offer" is whether
        it was bought with a coupon or discount, or at full price.
    alignment : {"calendar", "relative"}
        Ages are whole calendar periods since the cohort's own; or windows of 1, 7, 30, 90 or 365
        days from each customer's own first purchase, age k being days [kN, (k+1)N).
    definition : {"on", "on_or_after", "on_or_before", "brackets"}, or days at which brackets begin
        Bought at that age; bought then or at a later age up to `max_age`; had a second purchase day
        by the end of that age, age 0 included; bought within days [a, b) after the first purchase
        (1 to 30, 31 to 60, 61 to 90, 91 to 180, 181 to 365, or a list of your own; whatever the
        alignment).
    max_age : int
        The last age. Of `on_or_after` it is the end of the window: by default the greatest age that
        is complete for at least half of the cohorts, or 0; cohorts not complete then are left out.

    Returns
    -------
    DataFrame, one row per (group, cohort, age) of which something is known by as_of
        by (str), cohort (datetime64[us], first day of the period), age (int64, periods; of brackets
        the first day), cohort_size (int64), eligible (int64, customers who could have come back by
        then), returned (int64), retention_rate (float64, 0..1; at age 0 it is 1 by definition of
        `on` and `on_or_after`), low, high (float64, Wilson 95 %), is_complete (bool; whether the
        window is over for the whole cohort), is_burn_in (bool; the cohort probably holds older
        customers). Brackets also have until_day (int64, first day after the bracket).

    Raises
    ------
    ArgumentError
        If an argument is not known, no cohort was observed up to `max_age`, or `as_of` lies after
        the orders' own.

    Notes
    -----
    The trap: vendors call all four definitions "retention". One that is not over yet is not complete
    and one that has not begun has no row; neither is a 0 %. In a partial calendar period `returned`
    is what came back so far; in partial windows of days only customers whose window is over count.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-20", "2024-02-05"]),
    ...     "amount": [10.0, 20.0, 5.0, 7.0],
    ... })
    >>> cells = cohort_retention(orders, as_of="2024-02-11")
    >>> cells[["cohort", "age", "cohort_size", "returned", "retention_rate", "is_complete"]]
          cohort  age  cohort_size  returned  retention_rate  is_complete
    0 2024-01-01    0            2         2             1.0         True
    1 2024-01-01    1            2         1             0.5        False
    2 2024-02-01    0            1         1             1.0        False
    >>> cells = cohort_retention(orders, as_of="2024-03-31", alignment="relative")
    >>> cells[["cohort", "age", "eligible", "returned", "is_complete"]]
          cohort  age  eligible  returned  is_complete
    0 2024-01-01    0         2         2         True
    1 2024-01-01    1         2         1         True
    2 2024-01-01    2         1         0        False
    3 2024-02-01    0         1         1         True
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    name, edges = definition_of(definition)
    check_max_age(max_age)
    if edges is not None and max_age is not None:
        raise ArgumentError("max_age: brackets end with their last day. Leave max_age out.")
    scale = age_scale(given, period=period, alignment=alignment, edges=edges)
    until = max_age
    if name == "on_or_after":
        until = last_age(_sizes(given, scale), given, scale, max_age)
    counts = _counts(given, scale, names, name, until)
    cells = _cells(counts, given, scale, names, name, until)
    parameters = cohort_parameters(scale, names, definition=name, max_age=until)
    columns = [*names, *COLUMNS, *(BRACKET_COLUMNS if edges else ())]
    customers = int(counts["customers"].sum())
    table = caption(cells[columns], "cohort_retention", given, customers=customers, **parameters)
    table.attrs["notes"] = season_notes(given)
    return with_meaning(table, scale, name, max_age=until)


def _sizes(orders: Orders, scale: AgeScale) -> pd.DataFrame:
    sizes = cohort_sizes(orders.orders, scale=scale)
    return to_frame(sizes, (COHORT, "reach", "customers"))


def _counts(
    orders: Orders, scale: AgeScale, by: tuple[str, ...], name: Definition, max_age: int | None
) -> pd.DataFrame:
    found = cohort_counts(
        orders.orders, scale=scale, by=by, counted=_COUNTED[name], max_age=max_age
    )
    columns = (*by, COHORT, "reach", "age", "customers", "returned")
    return name_missing(to_frame(found, columns), by)


def _cells(
    counts: pd.DataFrame,
    orders: Orders,
    scale: AgeScale,
    by: tuple[str, ...],
    name: Definition,
    max_age: int | None,
) -> pd.DataFrame:
    rows = customer_ages(counts, by=by, max_age=max_age)
    if name in ("on_or_before", "on_or_after"):
        rows["returned"] = _running(rows, [*by, COHORT, "reach"], is_back=name == "on_or_after")
    cells = cohort_cells(rows, counts, orders, scale=scale, by=by)
    if name == "on_or_after":
        cells = _observed(cells, [*by, "cohort"], max_age)
    low, high = wilson_interval(cells["returned"], cells["eligible"])
    rate = cells["returned"] / cells["eligible"]
    return _bracketed(cells.assign(retention_rate=rate, low=low, high=high), scale)


def _running(rows: pd.DataFrame, key: list[str], *, is_back: bool) -> pd.Series:
    """Everybody who came back by then; from the last age backwards, then or later."""
    ordered = rows.iloc[::-1] if is_back else rows
    running: pd.Series = ordered.groupby(key)["returned"].cumsum().sort_index()
    return running


def _observed(cells: pd.DataFrame, key: list[str], max_age: int | None) -> pd.DataFrame:
    """Only cohorts that are complete at the last age."""
    last = cells[(cells["age"] == max_age) & cells["is_complete"]]
    return cells.merge(last[key], on=key).reset_index(drop=True)


def _bracketed(cells: pd.DataFrame, scale: AgeScale) -> pd.DataFrame:
    """Of brackets, the age is the first day."""
    if scale.edges is None:
        return cells
    edges: Any = pd.Series(scale.edges)
    place = cells["age"]
    return cells.assign(
        age=edges.reindex(place).to_numpy("int64"),
        until_day=edges.reindex(place + 1).to_numpy("int64"),
    )
