"""How much of its cost each cohort has earned back, by age."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.ages import age_label, ages_of
from retention.charts.caption import caption, check_table
from retention.charts.cohort_lines import cohort_lines
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError
from retention.texts import text

COLUMNS = ("cohort", "age", "return_on_spend", "payback_age")
MOST_LINES = 36


def describe_acquisition_payback(table: pd.DataFrame) -> Picture:
    """Describe the margin so far over the acquisition cost, one line per cohort.

    Parameters
    ----------
    table : DataFrame
        From `acquisition_payback`, one channel of it.

    Returns
    -------
    Picture
        One series per cohort with a cost, oldest first, at most the oldest and the latest 36; and a
        level one at 1, where the cost is earned back; one category per age; ratios.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty or holds several channels, or nothing was spent
        on any cohort.

    Notes
    -----
    The trap: a line that ends below 1 is young, or will not get there: compare cohorts at the same
    age.

    Examples
    --------
    >>> table = pd.DataFrame({"cohort": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01"]),
    ...     "age": [0, 1, 0], "return_on_spend": [0.7, 1.1, 0.6], "payback_age": [1, 1, None]})
    >>> describe_acquisition_payback(table).finding
    '1 of 2 cohorts has earned back what it cost'
    """
    check_table(table, name="acquisition_payback", columns=COLUMNS, unique=("cohort", "age"))
    cells = table[table["return_on_spend"].notna()]
    if cells.empty:
        raise ArgumentError(
            f"acquisition_payback: none of the {len(table)} rows has both new customers and a cost. Look "
            'at table["spend"], and draw a channel that money was spent on.'
        )
    period, kind = ages_of(table, None)
    ages = sorted({int(age) for age in cells["age"]})
    lines = _few(cohort_lines(cells, value="return_on_spend", ages=ages, period=period))
    level = Series(text("Earned back"), (1.0,) * len(ages), "plain")
    finding = _finding(cells)
    return Picture(
        kind="line",
        title=text("Margin so far over what the customers cost, by cohort"),
        categories=tuple(ages),
        series=(*lines, level),
        number_format="decimal",
        x_label=age_label(period, kind),
        y_label=text("Margin over acquisition cost; 1 is earned back"),
        alt_text=_alt_text(lines, finding),
        finding=finding,
        **caption(table, key="acquisition_payback"),
    )


def plot_acquisition_payback(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the margin so far over the acquisition cost, one line per cohort.

    Parameters
    ----------
    table : DataFrame
        From `acquisition_payback`, one channel of it.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one line per cohort and the level at which the cost is earned back.

    Raises
    ------
    ArgumentError
        As in `describe_acquisition_payback`.

    Notes
    -----
    The trap: customers who would have come anyway are counted as bought.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"cohort": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01"]),
    ...     "age": [0, 1, 0], "return_on_spend": [0.7, 1.1, 0.6], "payback_age": [1, 1, None]})
    >>> len(plot_acquisition_payback(table, ax=Figure().subplots()).get_lines())
    3
    """
    return draw_picture(describe_acquisition_payback(table), ax=ax)


def _few(lines: list[Series]) -> list[Series]:
    """The oldest cohort and the latest; one of them alone is no background."""
    kept = [lines[0], *lines[1:][-MOST_LINES:]]
    if kept[0].role == "muted":
        kept[0] = replace(kept[0], role="main")
    return kept


def _finding(cells: pd.DataFrame) -> str:
    first = cells.groupby("cohort")["payback_age"].min()
    done, count = int(first.notna().sum()), len(first)
    if done == 1:
        return text("1 of {count} cohorts has earned back what it cost", count=count)
    return text("{done} of {count} cohorts have earned back what they cost", done=done, count=count)


def _alt_text(lines: list[Series], finding: str) -> str:
    """The oldest and the newest cohort in words."""
    said = []
    for line in {lines[0].name: lines[0], lines[-1].name: lines[-1]}.values():
        last = next(value for value in reversed(line.values) if value is not None)
        said.append(f"{line.name}: {format_number(last, number_format='decimal')}")
    return text("{finding}. So far, {values}.", finding=finding, values=", ".join(said))
