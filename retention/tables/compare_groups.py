"""Two cohorts or two groups of customers at the same age, to see whether a change helped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from retention.engine.first_gaps import first_gaps
from retention.engine.frames import to_frame
from retention.errors import ArgumentError, examples, require_columns
from retention.kinds import as_names, as_numbers, require_texts
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import Period, day_number, period_label, period_number
from retention.tables.age_differences import age_differences
from retention.tables.caption import caption
from retention.tables.cohort_ages import age_scale
from retention.tables.cohort_names import cohort_period, cohorts_named
from retention.tables.cohort_retention import cohort_retention
from retention.tables.curve_differences import curve_differences
from retention.tables.monthly_season import season_notes
from retention.tables.repeatable import repeatable
from retention.tables.unusual_cohort import unusual_cohort
from retention.texts import text

COLUMNS = check_columns(
    (
        "measure", "at", "group_name", "baseline_name", "eligible", "eligible_baseline", "in_group",
        "in_baseline", "difference", "low", "high",
    )
)  # fmt: skip
WITHIN_DAYS = (30, 60, 90, 180, 365)
NEEDED = ("cohort", "age", "eligible", "returned", "is_complete")
HINT = "Pass orders, or what cohort_retention(orders) returns."
CHOSEN = "The group was chosen because it differs most; of many cohorts one always does."
Names = str | Sequence[str]


@repeatable
def compare_groups(
    orders: Orders | pd.DataFrame,
    *,
    group: Names | None = None,
    baseline: Names | None = None,
    by: str | None = None,
    period: Period = "month",
    as_of: As_of = None,
    within_days: Sequence[int] = WITHIN_DAYS,
) -> pd.DataFrame:
    """Difference of two cohorts, or of two groups of customers, at the ages that both have completed.

    Parameters
    ----------
    orders : Orders, DataFrame of order lines, or a table of `cohort_retention`
        Of such a table only ages are compared, by its own definition and alignment.
    group, baseline : str or list of str
        Names of cohorts ("2024-03", "2024-Q1", "2024-W09", "2024": all that begin then), or values of
        the attribute `by`. Without a baseline, all other customers. Without both, the cohort that
        differs most from all others at ages 1 to 6: of many cohorts one always does.
    by : str
        Attribute of the first order; by default cohorts are compared.
    period : {"day", "week", "month", "quarter", "year"}
        Of the cohorts and ages.
    as_of : date, default the orders' own
    within_days : sequence of int
        Days since the first purchase at which the curves are compared.

    Returns
    -------
    DataFrame, one row per (measure, at)
        measure (str: retention_rate, bought at that age; p_returned, estimated share back within so
        many days; mean_days_to_return, estimated mean of the days until the return, counting at most
        so many), at (int64, age in periods, or days), group_name, baseline_name (str), eligible,
        eligible_baseline (int64, customers), in_group, in_baseline (float64, 0..1 or days),
        difference (float64, group less baseline), low, high (float64, 95 %: Newcombe for shares;
        for curves from their own limits in the same way).

    Raises
    ------
    ArgumentError
        If a name is of no cohort or group, or the two overlap.

    Notes
    -----
    The trap: an interval tells chance from effect, not one cause from another. Cohorts of different
    months differ by season too: compare the same two months of the year before. Groups of customers
    differ in more than the attribute. Cohorts flagged as burn-in are left out unless they are named.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions. Royston
    and Parmar (2013), Restricted mean survival time.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c", "d"],
    ...     "ordered_at": pd.to_datetime(
    ...         ["2024-01-01", "2024-02-11", "2024-01-20", "2024-02-05", "2024-02-06"]),
    ...     "amount": 10.0,
    ... })
    >>> table = compare_groups(orders, group="2024-01", baseline="2024-02", as_of="2024-03-31")
    >>> table[["measure", "at", "eligible", "eligible_baseline", "difference"]]
              measure  at  eligible  eligible_baseline  difference
    0  retention_rate   1         2                  2         0.5
    """
    require_texts(by=by)
    if isinstance(orders, pd.DataFrame) and "cohort" in orders.columns:
        return _of_cells(orders, _named_or_unusual(orders, group, by, None), baseline, by)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    cells = cohort_retention(given, period=period, by=list(names) or None)
    is_chosen, group = group is None, _named_or_unusual(cells, group, by, period)
    table = _of_cells(cells, group, baseline, by)
    gaps = _gaps(given, cells, group, baseline, by, period)
    later = curve_differences(gaps, within_days=sorted(_days(within_days)))
    whole = pd.concat([table, _named(later, group, baseline)], ignore_index=True)
    customers = int(gaps["customers"].sum())
    parameters: dict[str, Any] = {"group": _plain(group), "baseline": _plain(baseline)}
    parameters |= {"by": by, "period": None if period == "month" else period}
    shown = {name: value for name, value in parameters.items() if value is not None}
    words = {"group": _words(group), "baseline": _words(baseline)}
    result = caption(_typed(whole), "compare_groups", given, customers=customers, **shown)
    result.attrs["words"] = words
    chosen = [[text(CHOSEN), {}]] if is_chosen else []
    seasons = season_notes(given, () if by else _compared(cells, group, baseline))
    result.attrs["notes"] = chosen + seasons
    return result


def _of_cells(
    cells: pd.DataFrame, group: Names, baseline: Names | None, by: str | None
) -> pd.DataFrame:
    require_columns("cells", cells, (*NEEDED, *((by,) if by else ())), HINT)
    is_group, is_baseline = _sides(cells, group, baseline, by)
    found = age_differences(cells, is_group, is_baseline, are_others=baseline is None)
    table = found.assign(measure="retention_rate")
    result = _typed(_named(table, group, baseline))
    result.attrs = {
        **cells.attrs,
        "is_derived": True,
        "definition": "compare_groups",
        "words": {
            **cells.attrs.get("words", {}),
            "group": _words(group),
            "baseline": _words(baseline),
        },
    }
    return result


def _named_or_unusual(
    cells: pd.DataFrame, group: Names | None, by: str | None, period: Period | None
) -> Names:
    if group is not None:
        return group
    if by is not None:
        values = examples(sorted(cells[by].unique()))
        raise ArgumentError(f"group: name a value of {by!r}, such as {values}.")
    require_columns("cells", cells, NEEDED, HINT)
    return period_label(unusual_cohort(cells), period or cohort_period(cells["cohort"]))


def _sides(
    cells: pd.DataFrame, group: Names, baseline: Names | None, by: str | None
) -> tuple[pd.Series, pd.Series]:
    """Which cells are the group's, and which the baseline's."""
    is_early = cells["is_burn_in"] if "is_burn_in" in cells else pd.Series(False, cells.index)
    column = cells[by] if by else cells["cohort"]
    first = _chosen(column, group, "group", by)
    second = _chosen(column, baseline, "baseline", by) if baseline is not None else None
    shared = sorted(set(first) & set(second or ()))
    if shared:
        raise ArgumentError(
            f"group, baseline: {len(shared)} of {len(first)} names are in both "
            f"({examples(shared)}). Name each once."
        )
    is_group = column.isin(first)
    is_baseline = column.isin(second) if second is not None else ~is_group & ~is_early
    return (is_group & ~is_early, is_baseline & ~is_early) if by else (is_group, is_baseline)


def _chosen(column: pd.Series, names: Names, argument: str, by: str | None) -> list[Any]:
    """Cohorts or values that the names name."""
    if by is None:
        return cohorts_named(column, names, argument)
    wanted = list(as_names(argument, names))
    absent = [name for name in wanted if name not in set(column)]
    if absent or not wanted:
        raise ArgumentError(
            f"{argument}: {len(absent)} of {len(wanted)} names are no {by} of a first order "
            f"({examples(absent)}); there are {examples(sorted(column.unique()))}"
            f"{' and more' if column.nunique() > 3 else ''}."
        )
    return wanted


def _compared(cells: pd.DataFrame, group: Names, baseline: Names | None) -> list[pd.Timestamp]:
    """The cohorts that are named."""
    named = [(group, "group"), (baseline, "baseline")]
    return [
        cohort
        for names, argument in named
        if names is not None
        for cohort in cohorts_named(cells["cohort"], names, argument)
    ]


def _gaps(
    orders: Orders,
    cells: pd.DataFrame,
    group: Names,
    baseline: Names | None,
    by: str | None,
    period: Period,
) -> pd.DataFrame:
    """First gaps of both sides; the same customers as those of the cells."""
    scale = age_scale(orders, period=period, alignment="calendar")
    is_group, is_baseline = _sides(cells, group, baseline, by)
    column = cells[by] if by else cells["cohort"].map(
        lambda start: period_number(start, period, scale.week_start)
    )  # fmt: skip
    burnt = orders.burn_in_end
    found = first_gaps(
        orders.orders,
        scale=scale,
        by=by,
        group=sorted(column[is_group].unique().tolist()),
        baseline=None if by and baseline is None else sorted(column[is_baseline].unique().tolist()),
        from_day=day_number(burnt) if by and burnt is not None else -(10**6),
    )
    return to_frame(found, ("side", "gap_days", "is_censored", "customers"))


def _days(within_days: Sequence[int]) -> list[int]:
    days = [int(day) for day in as_numbers("within_days", within_days, is_whole=True)]
    if not days or min(days) < 1:
        raise ArgumentError(
            f"within_days: {within_days!r} are no numbers of days from 1 on. For example (30, 90)."
        )
    return days


def _named(table: pd.DataFrame, group: Names, baseline: Names | None) -> pd.DataFrame:
    return table.assign(group_name=_words(group), baseline_name=_words(baseline))


def _words(names: Names | None) -> str:
    if names is None:
        return text("all others")
    return names if isinstance(names, str) else ", ".join(names)


def _plain(names: Names | None) -> str | list[str] | None:
    return names if names is None or isinstance(names, str) else list(names)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    columns = list(COLUMNS)
    return table[columns].astype({name: GLOSSARY[name].dtype for name in columns})
