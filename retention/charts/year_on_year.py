"""Each cohort beside the one of the year before, at one age; what may be chance is pale."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.ages import ages_of
from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.return_words import return_words
from retention.errors import ArgumentError, examples, require_number
from retention.periods import period_label
from retention.texts import text

COLUMNS = (
    "cohort", "cohort_before", "age", "retention_rate", "retention_rate_before", "difference",
    "low", "high",
)  # fmt: skip
MOST_BARS = 24


def describe_year_on_year(table: pd.DataFrame, *, age: int | None = None) -> Picture:
    """Describe the difference of each cohort to the one of the year before.

    Parameters
    ----------
    table : DataFrame
        From `year_on_year`, one group of it.
    age : int or None
        The age to show; by default the first in the table.

    Returns
    -------
    Picture
        One series with its 95 % limits; one category per cohort, the latest 24; differences of
        shares.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, holds several groups, or has no such age.

    Notes
    -----
    The trap: a pale bar has an interval that holds 0; of twenty bars, one leaves 0 out by chance
    alone.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-03-01"]), "cohort_before": pd.to_datetime(["2023-03-01"]),
    ...     "age": 1, "retention_rate": 0.3, "retention_rate_before": 0.2, "difference": 0.1,
    ...     "low": -0.02, "high": 0.22})
    >>> picture = describe_year_on_year(table)
    >>> picture.categories, picture.series[0].values
    (('2024-03',), (0.1,))
    """
    check_table(table, name="year_on_year", columns=COLUMNS, unique=("cohort", "age"))
    wanted = int(table["age"].min()) if age is None else age
    require_number("age", wanted, is_whole=True)
    rows = table[table["age"] == wanted].sort_values("cohort").tail(MOST_BARS)
    if rows.empty:
        raise ArgumentError(
            f"age: none of the {len(table)} rows is for {age!r}; the table has "
            f"{examples(table['age'].drop_duplicates())}. Choose one of these."
        )
    period, _ = ages_of(table, None)
    names = [period_label(cohort, period) for cohort in rows["cohort"]]
    is_small = (rows["low"] <= 0) & (rows["high"] >= 0)
    words = caption(table, key="year_on_year")
    pale = [text("Pale: the interval holds 0, so it may be chance.")] if is_small.any() else []
    words["footer"] = " ".join([*filter(None, [words["footer"]]), *pale])
    return Picture(
        kind="bar",
        title=text(
            "{who} at age {age}: each cohort less that of the year before",
            who=return_words(table).title, age=wanted,
        ),
        categories=tuple(names),
        series=(_bars(rows, is_small),),
        number_format="points",
        x_label=text("Cohort"),
        y_label=text("Difference in percentage points, with 95% interval"),
        alt_text=_alt_text(rows, names, wanted),
        finding=_finding(rows, names, ~is_small),
        **words,
    )  # fmt: skip


def plot_year_on_year(
    table: pd.DataFrame, *, age: int | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the difference of each cohort to the one of the year before.

    Parameters
    ----------
    table : DataFrame
        From `year_on_year`, one group of it.
    age : int or None
        As in `describe_year_on_year`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per cohort and its interval.

    Raises
    ------
    ArgumentError
        As in `describe_year_on_year`.

    Notes
    -----
    The trap: the lunar new year moves between January and February: these two are no pair of
    seasons.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-03-01"]), "cohort_before": pd.to_datetime(["2023-03-01"]),
    ...     "age": 1, "retention_rate": 0.3, "retention_rate_before": 0.2, "difference": 0.1,
    ...     "low": -0.02, "high": 0.22})
    >>> len(plot_year_on_year(table, ax=Figure().subplots()).patches)
    1
    """
    return draw_picture(describe_year_on_year(table, age=age), ax=ax)


def _bars(rows: pd.DataFrame, is_small: pd.Series) -> Series:
    value, low, high = (
        tuple(float(one) for one in rows[name]) for name in ("difference", "low", "high")
    )
    return Series(
        text("This year less the last"), value, "plain", low, high,
        is_small=tuple(bool(one) for one in is_small),
    )  # fmt: skip


def _alt_text(rows: pd.DataFrame, names: list[str], age: int) -> str:
    last = rows.iloc[-1]
    now, before = (
        format_number(float(last[name]), number_format="percent")
        for name in ("retention_rate", "retention_rate_before")
    )
    return text(
        "Bars of {count} cohorts beside the year before, at age {age}. {name}: {now}, before {before}.",
        count=len(rows), age=age, name=names[-1], now=now, before=before,
    )  # fmt: skip


def _finding(rows: pd.DataFrame, names: list[str], is_sure: pd.Series) -> str | None:
    """How many differ for sure, and which of them most; the rule for periods would tell the last one."""
    if not is_sure.any():
        return None
    most = int(rows["difference"].where(is_sure, 0.0).abs().to_numpy().argmax())
    now, before = (
        format_number(float(rows[name].iloc[most]), number_format="percent")
        for name in ("retention_rate", "retention_rate_before")
    )
    return text(
        "Surely different from the year before: {count} of {all} cohorts, most of all "
        "{name}: {now} after {before}",
        count=int(is_sure.sum()), all=len(rows), name=names[most], now=now, before=before,
    )  # fmt: skip
