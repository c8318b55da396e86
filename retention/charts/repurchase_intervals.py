"""How long the gaps between purchases were, and how long the open ones have lasted."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("gap_days", "is_censored", "customers")
WIDTH, LAST = 30, 12


def describe_repurchase_intervals(table: pd.DataFrame) -> Picture:
    """Describe gaps by length in steps of 30 days, closed ones and those still open.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_intervals`, for one or several order numbers.

    Returns
    -------
    Picture
        Two series, closed and open; one category per 30 days, the last from 360 on; gaps.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    The trap: the open gaps are not over: an average of the closed ones alone is too short.

    Examples
    --------
    >>> gaps = pd.DataFrame({"order_number": 1, "gap_days": [5, 40, 400],
    ...     "is_censored": [False, False, True], "customers": [7, 2, 3]})
    >>> closed, still_open = describe_repurchase_intervals(gaps).series
    >>> closed.values[:2], still_open.values[-1]
    ((7.0, 2.0), 3.0)
    """
    check_table(table, name="repurchase_intervals", columns=COLUMNS)
    places = (table["gap_days"] // WIDTH).clip(upper=LAST)
    is_open = table["is_censored"].astype(bool)
    last = int(places.max())
    closed, still_open = (
        table["customers"][mask].groupby(places[mask]).sum().reindex(range(last + 1), fill_value=0)
        for mask in (~is_open, is_open)
    )
    return Picture(
        kind="bar",
        title=text("Days between purchases: gaps that ended, and gaps still open"),
        categories=tuple(_bin_name(i) for i in range(last + 1)),
        series=(
            Series(text("Ended with a purchase"), tuple(float(n) for n in closed), "main"),
            Series(text("Still open"), tuple(float(n) for n in still_open), "muted"),
        ),
        x_label=text("Days since the purchase before"),
        y_label=text("Gaps"),
        alt_text=text(
            "Bars of {closed} gaps that ended with a purchase and {open} still open, by days.",
            closed=f"{int(closed.sum()):,}",
            open=f"{int(still_open.sum()):,}",
        ),
        finding=text(
            "{share} of the gaps that ended took less than {days} days; {open} are still open",
            share=format_number(closed[0] / max(closed.sum(), 1), number_format="percent"),
            days=WIDTH,
            open=f"{int(still_open.sum()):,}",
        ),
        **caption(table, key="repurchase_intervals"),
    )


def plot_repurchase_intervals(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw gaps by length in steps of 30 days, closed ones and those still open.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_intervals`, for one or several order numbers.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with two bars per 30 days.

    Raises
    ------
    ArgumentError
        As in `describe_repurchase_intervals`.

    Notes
    -----
    The trap: the bars do not say when customers come back: the repurchase curve, which allows for
    the open gaps, does.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> gaps = pd.DataFrame({"order_number": 1, "gap_days": [5, 40, 400],
    ...     "is_censored": [False, False, True], "customers": [7, 2, 3]})
    >>> len(plot_repurchase_intervals(gaps, ax=Figure().subplots()).patches)
    26
    """
    return draw_picture(describe_repurchase_intervals(table), ax=ax)


def _bin_name(position: int) -> str:
    """0–29, 30–59, ... and 360+."""
    low = position * WIDTH
    return f"{low}+" if position == LAST else f"{low}–{low + WIDTH - 1}"
