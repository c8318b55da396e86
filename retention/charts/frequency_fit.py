"""Customers by repeat purchases, as they are and as the model has them."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("frequency", "customers", "expected_customers", "low", "high")


def describe_frequency_fit(table: pd.DataFrame) -> Picture:
    """Describe customers by repeat purchase days, actual beside expected.

    Parameters
    ----------
    table : DataFrame
        From `frequency_fit`.

    Returns
    -------
    Picture
        Two series of bars, actual and expected; the line on the expected ones is where 95 % of actual
        numbers lie if the model is right. One category per number of repeat purchase days.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or a number occurs twice.

    Notes
    -----
    The trap: with very many customers small misses stand out of the line: look at their size.

    Examples
    --------
    >>> fit = pd.DataFrame({"frequency": [0, 1], "customers": [60, 40],
    ...     "expected_customers": [58.0, 42.0], "low": [50.0, 34.0], "high": [66.0, 50.0]})
    >>> [bars.values for bars in describe_frequency_fit(fit).series]
    [(60.0, 40.0), (58.0, 42.0)]
    """
    check_table(table, name="frequency_fit", columns=COLUMNS, unique=("frequency",))
    shown = table.sort_values("frequency")
    last = int(shown["frequency"].iloc[-1])
    names = [f"{n}+" if n == last else str(n) for n in shown["frequency"]]
    columns = {name: tuple(float(v) for v in shown[name]) for name in COLUMNS[1:]}
    expected = Series(
        text("Expected by the model"),
        columns["expected_customers"],
        "muted",
        columns["low"],
        columns["high"],
    )
    outside = (shown["customers"] < shown["low"]) | (shown["customers"] > shown["high"])
    return Picture(
        kind="bar",
        title=text("Does the model know how often customers buy?"),
        categories=tuple(names),
        series=(Series(text("Actual"), columns["customers"], "main"), expected),
        x_label=text("Repeat purchase days so far"),
        y_label=text("Customers"),
        alt_text=text(
            "Pairs of bars of {customers} customers by repeat purchase days, actual and expected; "
            "{outside} of {classes} actual numbers lie outside of what chance explains.",
            customers=f"{shown['customers'].sum():,}",
            outside=int(outside.sum()),
            classes=len(shown),
        ),
        finding=text(
            "{outside} of {classes} numbers of customers lie outside of what chance explains",
            outside=int(outside.sum()),
            classes=len(shown),
        ),
        **caption(table, key="frequency_fit"),
    )


def plot_frequency_fit(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw customers by repeat purchase days, actual beside expected.

    Parameters
    ----------
    table : DataFrame
        From `frequency_fit`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with a pair of bars for each number.

    Raises
    ------
    ArgumentError
        As in `describe_frequency_fit`.

    Notes
    -----
    The trap: a good fit here is needed, not enough: it says nothing about orders to come.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> fit = pd.DataFrame({"frequency": [0, 1], "customers": [60, 40],
    ...     "expected_customers": [58.0, 42.0], "low": [50.0, 34.0], "high": [66.0, 50.0]})
    >>> len(plot_frequency_fit(fit, ax=Figure().subplots()).patches)
    4
    """
    return draw_picture(describe_frequency_fit(table), ax=ax)
