"""What a point of retention is worth."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("points", "return_rate", "customers_added", "value_added")


def describe_value_of_retention(table: pd.DataFrame) -> Picture:
    """Describe the money within a year by how many points more of today's customers come back.

    Parameters
    ----------
    table : DataFrame
        From `value_of_retention`.

    Returns
    -------
    Picture
        One series of money; one category per number of points.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    The trap: it is what success would be worth, not how likely it is, nor what it costs.

    Examples
    --------
    >>> table = pd.DataFrame({"points": [0.0, 1.0], "return_rate": [0.3, 0.31],
    ...     "customers_added": [0.0, 9.0], "value_added": [0.0, 450.0]})
    >>> describe_value_of_retention(table).categories
    ('30.0%', '1 more: 31.0%')
    """
    check_table(table, name="value_of_retention", columns=COLUMNS, unique=("points",))
    shown = table.sort_values("points")
    words = caption(table, key="value_of_retention")
    last = shown.iloc[-1]
    return Picture(
        kind="bar",
        title=text("What more returning customers are worth within a year"),
        categories=tuple(_name(*each) for each in shown[["points", "return_rate"]].to_numpy()),
        series=(Series(text("Value added"), tuple(map(float, shown["value_added"])), "main"),),
        number_format="money",
        x_label=text("Percentage points, and the share of today's customers who then come back"),
        y_label=_y_label(table),
        alt_text=text(
            "Bars of money by percentage points. {points} points are {customers} customers and "
            "{value}.",
            points=f"{last['points']:g}",
            customers=format_number(float(last["customers_added"])),
            value=format_number(
                float(last["value_added"]), number_format="money", currency=words["currency"]
            ),
        ),
        finding=_finding(shown, words["currency"]),
        **words,
    )


def plot_value_of_retention(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the money within a year by how many points more of today's customers come back.

    Parameters
    ----------
    table : DataFrame
        From `value_of_retention`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per number of points.

    Raises
    ------
    ArgumentError
        As in `describe_value_of_retention`.

    Notes
    -----
    The trap: it is what success would be worth, not how likely it is, nor what it costs.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"points": [0.0, 1.0], "return_rate": [0.3, 0.31],
    ...     "customers_added": [0.0, 9.0], "value_added": [0.0, 450.0]})
    >>> len(plot_value_of_retention(table, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_value_of_retention(table), ax=ax)


def _y_label(table: pd.DataFrame) -> str:
    """Which money it is, as far as the table still says so."""
    parameters = table.attrs.get("parameters", {})
    if "margin" not in parameters:
        return text("Added within 365 days")
    if parameters["margin"] is None:
        return text("Net amount added within 365 days")
    return text("Margin added within 365 days")


def _name(points: float, rate: float) -> str:
    share = format_number(float(rate), number_format="percent")
    if points == 0:
        return share
    words = text("{points} more: {share}") if points > 0 else text("{points} less: {share}")
    return words.format(points=f"{abs(points):g}", share=share)


def _finding(shown: pd.DataFrame, currency: str | None) -> str | None:
    """What one point is worth: the value grows by the same amount with each."""
    more = shown[shown["points"] > 0]
    if more.empty:
        return None
    each = format_number(
        float(more["value_added"].iloc[0] / more["points"].iloc[0]),
        number_format="money",
        currency=currency,
    )
    return text(
        "Each percentage point more of returning customers is worth {value} within a year",
        value=f"{each} {currency or ''}".strip(),
    )
