"""From the first touch to the first purchase: what share has bought by day."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.curves_by_day import curve_lines, risk_notes
from retention.charts.draw import draw_picture
from retention.charts.milestone import milestone
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("days_since_touch", "at_risk", "p_bought", "low", "high")

# Who buys later than a year after a touch is in the table, and would squeeze the first weeks.
LAST_DAY = 365


def describe_time_to_first_order(table: pd.DataFrame) -> Picture:
    """Describe the estimated share of touched people who have bought, by day.

    Parameters
    ----------
    table : DataFrame
        From `time_to_first_order`; of several groups, each is a line.

    Returns
    -------
    Picture
        One series per group, a single one with its 95 % band; one category per day from 0; shares
        0..1; under the ticks the number still observed who have not bought.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    The trap: the lines end after a year, or where too few are observed, not where people stop
    buying.

    Examples
    --------
    >>> curve = pd.DataFrame({"days_since_touch": [0, 1], "at_risk": [10, 8],
    ...     "p_bought": [0.2, 0.4], "low": [0.1, 0.2], "high": [0.5, 0.7]})
    >>> describe_time_to_first_order(curve).series[0].values
    (0.2, 0.4)
    """
    check_table(table, name="time_to_first_order", columns=COLUMNS)
    by = list(table.columns[: list(table.columns).index("days_since_touch")])
    unique = (*by, "days_since_touch")
    check_table(table, name="time_to_first_order", columns=COLUMNS, unique=unique)
    groups = {" · ".join(map(str, key)): part for key, part in table.groupby(by)} if by else {}
    curves = groups or {text("Bought by then"): table}
    last = min(int(table["days_since_touch"].max()), LAST_DAY)
    lines = curve_lines(curves, day="days_since_touch", share="p_bought", last=last)
    words = caption(table, key="time_to_first_order")
    if grey := sum(line.role == "muted" for line in lines):
        smaller = text("Grey: smaller groups ({count}).", count=grey)
        words["footer"] = f"{words['footer']} {smaller}".strip()
    return Picture(
        kind="line",
        title=text("How soon people buy after their first touch"),
        categories=tuple(range(last + 1)),
        series=lines,
        number_format="percent",
        x_label=text("Days since the first touch; below: people observed who have not bought"),
        y_label=text("Estimated share who have bought by then"),
        category_notes=risk_notes(curves, day="days_since_touch", last=last),
        alt_text=_alt_text(curves),
        finding=_finding(lines),
        **words,
    )


def plot_time_to_first_order(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the estimated share of touched people who have bought, by day.

    Parameters
    ----------
    table : DataFrame
        From `time_to_first_order`; of several groups, each is a line.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one line per group.

    Raises
    ------
    ArgumentError
        As in `describe_time_to_first_order`.

    Notes
    -----
    The trap: a channel whose line is higher reached people who were nearer to buying, for whatever
    reason.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> curve = pd.DataFrame({"days_since_touch": [0, 1], "at_risk": [10, 8],
    ...     "p_bought": [0.2, 0.4], "low": [0.1, 0.2], "high": [0.5, 0.7]})
    >>> len(plot_time_to_first_order(curve, ax=Figure().subplots()).get_lines())
    1
    """
    return draw_picture(describe_time_to_first_order(table), ax=ax)


def _finding(lines: tuple[Series, ...]) -> str | None:
    """How many have bought by a round day, where all are one curve."""
    found = milestone(lines) if len(lines) == 1 else None
    return found and text(
        "{share} buy within {days} days of their first touch", share=found.shares[0], days=found.day
    )


def _alt_text(curves: dict[str, pd.DataFrame]) -> str:
    """The share at each curve's end in words."""
    ends = {
        name: curve[curve["days_since_touch"] <= LAST_DAY].sort_values("days_since_touch").iloc[-1]
        for name, curve in curves.items()
    }
    said = "; ".join(
        text(
            "{name}: {share} within {day} days",
            name=name,
            share=format_number(float(row["p_bought"]), number_format="percent"),
            day=int(row["days_since_touch"]),
        )
        for name, row in ends.items()
    )
    return text("Estimated share of people who have bought. {shares}.", shares=said)
