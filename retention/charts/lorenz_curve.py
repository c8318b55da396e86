"""The Lorenz curve: how much of the revenue comes from how few."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Series
from retention.errors import ArgumentError
from retention.texts import text

COLUMNS = ("top_rate", "amount_rate")
# The claim that everybody knows.
MARK = 0.2


def describe_lorenz_curve(table: pd.DataFrame) -> Picture:
    """Describe the share of revenue by share of the top customers, beside the line of all alike.

    Parameters
    ----------
    table : DataFrame
        From `lorenz_curve`, or from `concentration` with other shares.

    Returns
    -------
    Picture
        Two series: the customers, and all alike; one category per share of the customers, in percent;
        shares 0..1; a mark at the top 20 %.

    Raises
    ------
    ArgumentError
        Where a column is missing, a share occurs twice, or there are fewer than two.

    Notes
    -----
    The trap: the mark is what your customers do, whatever the rule of 80 and 20 says.

    Examples
    --------
    >>> table = pd.DataFrame({"top_rate": [0.0, 0.2, 1.0], "amount_rate": [0.0, 0.6, 1.0]})
    >>> picture = describe_lorenz_curve(table)
    >>> picture.series[0].values, picture.highlights[0].label
    ((0.0, 0.6, 1.0), 'The top 20% bring in 60.0%')
    """
    check_table(table, name="lorenz_curve", columns=COLUMNS, unique=("top_rate",))
    if len(table) < 2:
        raise ArgumentError(
            f"lorenz_curve: the table has {len(table)} row, and a line needs two. "
            "Pass the table that lorenz_curve(...) returns."
        )
    rows = table.sort_values("top_rate")
    rates = rows["top_rate"].astype(float)
    shares = tuple(round(100 * rate, 6) for rate in rates)
    top = float(np.interp(MARK, rates, rows["amount_rate"]))
    label = text(
        "The top {rate} bring in {share}",
        rate=format_number(MARK, number_format="percent", digits=0),
        share=format_number(top, number_format="percent"),
    )
    name = text("Your customers")
    marks = (Highlight(100 * MARK, label, name),) if 100 * MARK in shares else ()
    words = caption(table, key="concentration")
    gini = table.attrs.get("gini")
    if gini is not None:
        said = text("Gini coefficient {gini}.", gini=format_number(gini, number_format="decimal"))
        words["footer"] = f"{words['footer']} {said}".strip()
    return Picture(
        kind="line",
        title=text("How much of the revenue comes from how few customers"),
        categories=shares,
        series=(
            Series(name, tuple(float(one) for one in rows["amount_rate"]), "main"),
            Series(text("All alike"), tuple(rates), "muted"),
        ),
        number_format="percent",
        x_label=text("Share of the customers in %, from the highest total amount down"),
        y_label=text("Share of the net amount"),
        highlights=marks,
        alt_text=text("Lorenz curve above the diagonal. {label}.", label=label),
        finding=label,
        **words,
    )


def plot_lorenz_curve(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share of revenue by share of the top customers.

    Parameters
    ----------
    table : DataFrame
        From `lorenz_curve`, or from `concentration` with other shares.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with the curve and the diagonal.

    Raises
    ------
    ArgumentError
        As in `describe_lorenz_curve`.

    Notes
    -----
    The trap: old customers had more time to spend: part of every such curve is age.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"top_rate": [0.0, 0.5, 1.0], "amount_rate": [0.0, 0.6, 1.0]})
    >>> len(plot_lorenz_curve(table, ax=Figure().subplots()).get_lines())
    2
    """
    return draw_picture(describe_lorenz_curve(table), ax=ax)
