"""The cohort heatmap: who came back, cohort by cohort and age by age."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.age_columns import age_names, given_ages
from retention.charts.ages import Ages, age_label, ages_of
from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.return_words import return_words
from retention.periods import Period, period_label
from retention.texts import text

CELLS = ("cohort", "age", "cohort_size", "eligible", "retention_rate", "is_complete")
POOLED = ("age", "eligible", "retention_rate")
# A rate of fewer customers than this moves by more than three points with each of them.
SMALL = 30
# With more ages the cells are too narrow for numbers in all but the widest figure.
MANY_AGES = 24
# More rows or columns than a year of weeks cannot be told apart; a longer period can.
MOST = 53


def describe_cohort_heatmap(table: pd.DataFrame, *, pooled: pd.DataFrame | None = None) -> Picture:
    """Describe a heatmap of cohorts by age.

    Parameters
    ----------
    table : DataFrame
        From `cohort_retention`, one group of it.
    pooled : DataFrame or None
        From `pooled_retention`: becomes the last row.

    Returns
    -------
    Picture
        One series per cohort, oldest first, with its customers; one category per age; shares 0..1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or it holds several groups.

    Notes
    -----
    The trap: colours share one scale from 0 to the largest complete rate of this table, so they say
    nothing beside another. Age 0 has no colour and no part in it where it is 100 % by definition.
    At most 53 cohorts (the latest) and ages (the first) are shown.

    Examples
    --------
    >>> cells = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01"]),
    ...     "age": [0, 1, 0], "cohort_size": [50, 50, 40], "eligible": [50, 50, 40],
    ...     "retention_rate": [1.0, 0.2, 1.0], "is_complete": [True, True, False]})
    >>> picture = describe_cohort_heatmap(cells)
    >>> [(row.name, row.values) for row in picture.series]
    [('2024-01', (1.0, 0.2)), ('2024-02', (1.0, None))]
    >>> picture.scale_max
    0.2
    """
    check_table(table, name="cohort_retention", columns=CELLS, unique=("cohort", "age"))
    period, kind = ages_of(table, None)
    given = given_ages(table)
    shown = _latest(table)
    ages = sorted({int(age) for age in shown["age"]})
    rows = [_row(cells, ages, period) for _, cells in shown.sort_values("cohort").groupby("cohort")]
    if pooled is not None:
        check_table(pooled, name="pooled_retention", columns=POOLED, unique=("age",))
        rows.append(_pooled_row(pooled, ages))
    words = caption(table, key="cohort_retention")
    scale = _scale(shown[~shown["age"].isin(given)])
    legend = _legend(shown, rows, scale, kind) + _left_out(table, shown)
    words["footer"] = " ".join([*filter(None, [words["footer"]]), *legend])
    names = age_names(shown, ages)
    return Picture(
        kind="heatmap",
        title=text("{who}, cohort by cohort", who=return_words(table).title),
        categories=names,
        series=tuple(rows),
        number_format="percent",
        x_label=age_label(period, kind),
        row_label=text("Cohort   Customers"),
        scale_max=scale,
        uncoloured=tuple(name for name, age in zip(names, ages, strict=True) if age in given),
        alt_text=_alt_text(rows, names),
        **words,
    )


def plot_cohort_heatmap(
    table: pd.DataFrame, *, pooled: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a heatmap of cohorts by age.

    Parameters
    ----------
    table : DataFrame
        From `cohort_retention`, one group of it.
    pooled : DataFrame or None
        From `pooled_retention`: becomes the last row.
    ax : Axes or None
        Where to draw; by default a new figure, taller than the style's where there are many rows.

    Returns
    -------
    Axes
        The axes, with one rectangle per cell.

    Raises
    ------
    ArgumentError
        As in `describe_cohort_heatmap`.

    Notes
    -----
    The trap: striped cells are not over: they can only rise.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> cells = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01"]),
    ...     "age": [0, 1, 0], "cohort_size": [50, 50, 40], "eligible": [50, 50, 40],
    ...     "retention_rate": [1.0, 0.2, 1.0], "is_complete": [True, True, False]})
    >>> len(plot_cohort_heatmap(cells, ax=Figure().subplots()).patches)
    3
    """
    return draw_picture(describe_cohort_heatmap(table, pooled=pooled), ax=ax)


def _row(cells: pd.DataFrame, ages: list[int], period: Period) -> Series:
    """One cohort: None where the age is still in the future."""
    first = cells.iloc[0]
    by_age = cells.set_index("age")
    rates = by_age["retention_rate"].reindex(ages)
    open_ages = set(by_age.index[~by_age["is_complete"].astype(bool)])
    few = set(by_age.index[by_age["eligible"] < SMALL])
    is_burn_in = "is_burn_in" in cells and bool(first["is_burn_in"])
    return Series(
        name=period_label(first["cohort"], period) + ("*" if is_burn_in else ""),
        values=tuple(None if pd.isna(rate) else float(rate) for rate in rates),
        customers=int(first["cohort_size"]),
        is_partial=tuple(age in open_ages for age in ages),
        is_small=tuple(age in few for age in ages),
    )


def _pooled_row(pooled: pd.DataFrame, ages: list[int]) -> Series:
    """All cohorts together, in the last row."""
    by_age = pooled.set_index("age").reindex(ages)
    return Series(
        name=text("All"),
        values=tuple(None if pd.isna(rate) else float(rate) for rate in by_age["retention_rate"]),
        role="main",
        customers=int(pooled.sort_values("age")["eligible"].iloc[0]),
        is_small=tuple(bool(count < SMALL) for count in by_age["eligible"]),
    )


def _latest(table: pd.DataFrame) -> pd.DataFrame:
    """As many cohorts and ages as can be told apart: the latest cohorts, the first ages."""
    cohorts = sorted(table["cohort"].unique())[-MOST:]
    ages = sorted(table["age"].unique())[:MOST]
    shown = table[table["cohort"].isin(cohorts) & table["age"].isin(ages)]
    return pd.DataFrame(shown)


def _left_out(table: pd.DataFrame, shown: pd.DataFrame) -> list[str]:
    sentences = []
    cohorts = table["cohort"].nunique() - shown["cohort"].nunique()
    if cohorts:
        sentences.append(text("Earlier cohorts that are not drawn: {count}.", count=cohorts))
    if table["age"].max() > shown["age"].max():
        sentences.append(text("Ages after {age} are not drawn.", age=int(shown["age"].max())))
    return sentences


def _scale(later: pd.DataFrame) -> float:
    """The largest rate that enough customers and a whole period stand behind.

    Where there is none, the rate that one cell in twenty exceeds: one of few customers may be 100 %.
    """
    solid = later[later["is_complete"].astype(bool) & (later["eligible"] >= SMALL)]
    common = later["retention_rate"].quantile(0.95, interpolation="higher") if len(later) else 0.0
    for top in (solid["retention_rate"].max(), common, later["retention_rate"].max()):
        if pd.notna(top) and top > 0:
            return float(top)
    return 1.0


def _legend(table: pd.DataFrame, rows: list[Series], scale: float, kind: Ages) -> list[str]:
    """Sentences for the signs that occur in this heatmap."""
    sentences = []
    if len(rows[0].values) > MANY_AGES:
        darkest = format_number(scale, number_format="percent", digits=0)
        sentences.append(text("Darkest: {share} or more.", share=darkest))
    if not table["is_complete"].astype(bool).all():
        sentences.append(
            text("Striped: the period is not over.")
            if kind == "calendar"
            else text("Striped: not over for all; the others are not counted.")
        )
    if any(any(row.is_small or ()) for row in rows):
        sentences.append(text("Grey: fewer than {customers} customers.", customers=SMALL))
    if any(row.name.endswith("*") for row in rows):
        sentences.append(text("* May hold older customers; not in the last row."))
    return sentences


def _alt_text(rows: list[Series], names: Sequence[str | float]) -> str:
    """How many cohorts, and the last row in words where it is the pooled one."""
    cohorts = [row for row in rows if row.role != "main"]
    said = text(
        "Heatmap of {cohorts} cohorts from {first} to {last}, {customers} customers.",
        cohorts=len(cohorts),
        first=cohorts[0].name,
        last=cohorts[-1].name,
        customers=f"{sum(row.customers or 0 for row in cohorts):,}",
    )
    last = rows[-1]
    shown = [
        f"{age}: {format_number(value, number_format='percent')}"
        for age, value in zip(names, last.values, strict=True)
        if (age in (1, 3, 6, 12) or isinstance(age, str)) and value is not None
    ]
    if last.role == "main" and shown:
        said += " " + text("All cohorts by age: {rates}.", rates=", ".join(shown))
    return said
