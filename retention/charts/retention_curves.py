"""Retention curves: every cohort at the same age, all of them pooled, the newest in colour."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.age_columns import age_names, given_ages
from retention.charts.ages import Ages, age_label, ages_of
from retention.charts.caption import caption, check_table
from retention.charts.cohort_lines import cohort_lines
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.return_words import return_words
from retention.periods import Period
from retention.texts import local_number, text

CELLS = ("cohort", "age", "eligible", "retention_rate", "is_complete")
SMALL = 30
# Cohorts that are drawn: more grey lines are a blot, and of small cohorts a few are one already.
MOST_LINES, FEW_LINES = 60, 8
POOLED = ("age", "cohorts", "retention_rate", "low", "high")


def describe_retention_curves(
    table: pd.DataFrame, *, pooled: pd.DataFrame | None = None
) -> Picture:
    """Describe retention by age: cohorts as thin lines, all of them pooled as a bold one.

    Parameters
    ----------
    table : DataFrame
        From `cohort_retention`, one group of it.
    pooled : DataFrame or None
        From `pooled_retention`: the bold line with its 95 % band.

    Returns
    -------
    Picture
        One series per cohort with a complete age after 0, oldest first, then the pooled one;
        one category per age from 1 on; shares 0..1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, holds several groups, or has no complete
        period after age 0.

    Notes
    -----
    The trap: the pooled line rests on fewer and older cohorts at later ages; their number stands
    below it. Age 0, 100 % by definition, and periods that are not over are left out; so are cohorts
    of fewer than 30 customers. Where no cohort has as many, the pooled line stands alone, or
    without it the largest eight are drawn.

    Examples
    --------
    >>> cells = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01"] * 3 + ["2024-02-01"] * 2),
    ...     "age": [0, 1, 2, 0, 1], "eligible": 50, "is_complete": True,
    ...     "retention_rate": [1.0, 0.2, 0.1, 1.0, 0.3]})
    >>> [(line.name, line.role, line.values) for line in describe_retention_curves(cells).series]
    [('2024-01', 'accent', (0.2, 0.1)), ('2024-02', 'muted', (0.3, None))]
    """
    check_table(table, name="cohort_retention", columns=CELLS, unique=("cohort", "age"))
    is_given = table["age"].isin(given_ages(table))
    whole = table[~is_given & table["is_complete"].astype(bool)]
    check_table(whole, name="cohort_retention (complete periods after age 0)", columns=CELLS)
    cells = _solid(whole, has_pooled=pooled is not None)
    period, kind = ages_of(table, None)
    ages = sorted({int(age) for age in (whole if cells.empty else cells)["age"]})
    lines = cohort_lines(cells, value="retention_rate", ages=ages, period=period)
    names = age_names(table, ages)
    notes: tuple[tuple[str | float, str], ...] = ()
    if pooled is not None:
        check_table(pooled, name="pooled_retention", columns=POOLED, unique=("age",))
        lines.append(_pooled_line(pooled, ages))
        cohorts = _observed(pooled).set_index("age")["cohorts"].reindex(ages)
        counts = zip(names, cohorts, strict=True)
        notes = tuple(
            (name, local_number(f"{int(count):,}")) for name, count in counts if pd.notna(count)
        )
    words = caption(table, key="cohort_retention")
    left_out = whole["cohort"].nunique() - cells["cohort"].nunique()
    if len(cells) < len(whole):
        few = text("Cohorts of fewer than {customers} customers are not drawn.", customers=SMALL)
        many = text("Small or early cohorts that are not drawn: {count}.", count=left_out)
        note = few if (whole["eligible"] < SMALL).any() and len(cells) else many
        words["footer"] = f"{words['footer']} {note}".strip()
    return Picture(
        kind="line",
        title=_title(lines, return_words(table).title),
        categories=names,
        series=tuple(lines),
        number_format="percent",
        x_label=_x_label(period, kind, bool(notes)),
        y_label=return_words(table).values,
        category_notes=notes,
        alt_text=_alt_text(lines, names),
        **words,
    )


def plot_retention_curves(
    table: pd.DataFrame, *, pooled: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw retention by age: cohorts as thin lines, all of them pooled as a bold one.

    Parameters
    ----------
    table : DataFrame
        From `cohort_retention`, one group of it.
    pooled : DataFrame or None
        From `pooled_retention`: the bold line with its 95 % band.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one line per series.

    Raises
    ------
    ArgumentError
        As in `describe_retention_curves`.

    Notes
    -----
    The trap: a single cohort is noisy: read the pooled line first, and the newest against its band.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> cells = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01"] * 3 + ["2024-02-01"] * 2),
    ...     "age": [0, 1, 2, 0, 1], "eligible": 50, "is_complete": True,
    ...     "retention_rate": [1.0, 0.2, 0.1, 1.0, 0.3]})
    >>> len(plot_retention_curves(cells, ax=Figure().subplots()).get_lines())
    2
    """
    return draw_picture(describe_retention_curves(table, pooled=pooled), ax=ax)


def _solid(cells: pd.DataFrame, *, has_pooled: bool) -> pd.DataFrame:
    """The latest cohorts of enough customers; where there are none, the pooled line or the largest."""
    enough = cells[cells["eligible"] >= SMALL]
    if enough.empty and not has_pooled:
        sizes = cells.groupby("cohort")["eligible"].max().sort_values(ascending=False)
        return cells[cells["cohort"].isin(sizes.index[:FEW_LINES])]
    latest = sorted(enough["cohort"].unique())[-MOST_LINES:]
    return enough[enough["cohort"].isin(latest)]


def _pooled_line(pooled: pd.DataFrame, ages: list[int]) -> Series:
    """All cohorts together, with the limits."""
    rows = _observed(pooled).set_index("age").reindex(ages)
    rate, low, high = (
        tuple(None if pd.isna(value) else float(value) for value in rows[column])
        for column in ("retention_rate", "low", "high")
    )
    return Series(text("All cohorts"), rate, "main", low, high)


def _observed(pooled: pd.DataFrame) -> pd.DataFrame:
    """Ages at which enough customers are pooled; all of them where none has as many."""
    if "eligible" not in pooled.columns or not (pooled["eligible"] >= SMALL).any():
        return pooled
    return pooled[pooled["eligible"] >= SMALL]


def _title(lines: list[Series], who: str) -> str:
    """What is shown, and what the weights of the lines mean."""
    if len(lines) == 1 and lines[0].role == "main":
        return text("{who}: all cohorts together", who=who)
    if lines[-1].role == "main":
        return text("{who}: all cohorts (bold), a recent one, the others (grey)", who=who)
    return text("{who}: a recent cohort and the others (grey)", who=who)


def _x_label(period: Period, kind: Ages, has_notes: bool) -> str:
    """The age, and what the second line of numbers is."""
    return age_label(period, kind) + (text("; below: cohorts pooled") if has_notes else "")


def _alt_text(lines: list[Series], names: tuple[str | float, ...]) -> str:
    """The bold line (or the newest) in words, at a few ages."""
    line = lines[-1]
    shown = [
        text("{rate} at age {age}", rate=format_number(value, number_format="percent"), age=age)
        for age, value in zip(names, line.values, strict=True)
        if (age in (1, 3, 6, 12) or isinstance(age, str)) and value is not None
    ]
    rates, cohorts = ", ".join(shown), sum(line.role != "main" for line in lines)
    if not cohorts:
        return text("All cohorts by age: {rates}.", rates=rates)
    return text(
        "Retention curves of {cohorts} cohorts. {name}: {rates}.",
        cohorts=cohorts,
        name=line.name,
        rates=rates,
    )
