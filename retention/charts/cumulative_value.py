"""What a customer of each cohort has been worth so far, by age."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.ages import age_label, ages_of
from retention.charts.caption import caption, check_table
from retention.charts.cohort_lines import cohort_lines
from retention.charts.draw import draw_picture
from retention.charts.measure_words import measure_words
from retention.charts.number import format_number
from retention.charts.picture import NumberFormat, Picture, Series
from retention.texts import text

COLUMNS = ("cohort", "age", "cumulative_amount_per_customer", "is_complete")
MOST_LINES = 60


def describe_cumulative_value(table: pd.DataFrame) -> Picture:
    """Describe the cumulative amount per customer by age, one line per cohort.

    Parameters
    ----------
    table : DataFrame
        From `cohort_value`, one group of it.

    Returns
    -------
    Picture
        One series per cohort, oldest first, at most the oldest and the latest 60; one category per
        age; the table's measure per customer.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty or holds several groups, or no period is
        complete.

    Notes
    -----
    The trap: customers who never came back count too; periods that are not over are left out.

    Examples
    --------
    >>> value = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01"]),
    ...     "age": [0, 1, 0], "cumulative_amount_per_customer": [10.0, 14.0, 12.0],
    ...     "is_complete": True})
    >>> [(line.name, line.values) for line in describe_cumulative_value(value).series]
    [('2024-01', (10.0, 14.0)), ('2024-02', (12.0, None))]
    """
    check_table(table, name="cohort_value", columns=COLUMNS, unique=("cohort", "age"))
    cells = table[table["is_complete"].astype(bool)]
    check_table(cells, name="cohort_value (complete periods)", columns=COLUMNS)
    period, kind = ages_of(table, None)
    cells = _few(cells)
    ages = sorted({int(age) for age in cells["age"]})
    value = "cumulative_amount_per_customer"
    lines = cohort_lines(cells, value=value, ages=ages, period=period)
    if lines[0].role == "muted":
        lines[0] = replace(lines[0], role="main")
    words = caption(table, key="cohort_value")
    measure = measure_words(table, words["currency"])
    what = measure_words(table, None).per_customer
    return Picture(
        kind="line",
        title=text("{what} since the first purchase, by cohort", what=what),
        categories=tuple(ages),
        series=tuple(lines),
        number_format=measure.format,
        x_label=age_label(period, kind),
        y_label=measure.per_customer,
        alt_text=_alt_text(lines, what, measure.format, words["currency"]),
        **words,
    )


def plot_cumulative_value(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the cumulative amount per customer by age, one line per cohort.

    Parameters
    ----------
    table : DataFrame
        From `cohort_value`, one group of it.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one line per cohort.

    Raises
    ------
    ArgumentError
        As in `describe_cumulative_value`.

    Notes
    -----
    The trap: compare cohorts at the same age only: an older one is worth more because it had more
    time.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> value = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01"]),
    ...     "age": [0, 1, 0], "cumulative_amount_per_customer": [10.0, 14.0, 12.0],
    ...     "is_complete": True})
    >>> len(plot_cumulative_value(value, ax=Figure().subplots()).get_lines())
    2
    """
    return draw_picture(describe_cumulative_value(table), ax=ax)


def _few(cells: pd.DataFrame) -> pd.DataFrame:
    """The oldest cohort and the latest: more grey lines are a blot."""
    cohorts = sorted(cells["cohort"].unique())
    kept = [cohorts[0], *cohorts[1:][-MOST_LINES:]]
    return cells[cells["cohort"].isin(kept)]


def _alt_text(
    lines: list[Series], what: str, number_format: NumberFormat, currency: str | None
) -> str:
    """The oldest and the newest cohort in words."""
    said = []
    for line in {lines[0].name: lines[0], lines[-1].name: lines[-1]}.values():
        last = next(value for value in reversed(line.values) if value is not None)
        number = format_number(last, number_format=number_format, currency=currency)
        said.append(f"{line.name}: {number}")
    return text(
        "{what}, summed up, of {cohorts} cohorts. So far, {values}.",
        what=what,
        cohorts=len(lines),
        values=", ".join(said),
    )
