"""Did customers do what the model expected of them: tenths, expected beside actual."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("decile", "customers", "p_order_mean", "returned_rate", "low", "high")


def describe_calibration(table: pd.DataFrame) -> Picture:
    """Describe the share of customers who ordered, by tenths of what was expected of them.

    Parameters
    ----------
    table : DataFrame
        From `calibration`.

    Returns
    -------
    Picture
        Two series of shares 0..1, actual with its 95 % limits and expected; one category per tenth.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    The trap: where the interval does not hold the expected share, the model is off for these
    customers.

    Examples
    --------
    >>> table = pd.DataFrame({"decile": [1, 2], "customers": [50, 50], "p_order_mean": [0.1, 0.6],
    ...     "returned_rate": [0.12, 0.5], "low": [0.06, 0.37], "high": [0.24, 0.63]})
    >>> [series.values for series in describe_calibration(table).series]
    [(0.12, 0.5), (0.1, 0.6)]
    """
    check_table(table, name="calibration", columns=COLUMNS, unique=("decile",))
    shown = table.sort_values("decile")
    columns = {name: tuple(map(float, shown[name])) for name in COLUMNS[2:]}
    off = (shown["p_order_mean"] < shown["low"]) | (shown["p_order_mean"] > shown["high"])
    return Picture(
        kind="bar",
        title=text("Did customers do what was expected of them?"),
        categories=tuple(str(number) for number in shown["decile"]),
        series=(
            Series(
                text("Ordered"), columns["returned_rate"], "main", columns["low"], columns["high"]
            ),
            Series(text("Expected"), columns["p_order_mean"], "accent"),
        ),
        number_format="percent",
        x_label=text("Tenths of the customers, those of whom least was expected first"),
        y_label=text("Share with an order, with 95% interval"),
        alt_text=_alt_text(shown, int(off.sum())),
        finding=text(
            "In {good} of {tenths} tenths of the customers about as many ordered as expected",
            good=int((~off).sum()),
            tenths=len(shown),
        ),
        **caption(table, key="calibration"),
    )


def plot_calibration(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share of customers who ordered, by tenths of what was expected of them.

    Parameters
    ----------
    table : DataFrame
        From `calibration`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with a pair of bars per tenth.

    Raises
    ------
    ArgumentError
        As in `describe_calibration`.

    Notes
    -----
    The trap: the highest tenth is the one to look at: campaigns are made for it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"decile": [1, 2], "customers": [50, 50], "p_order_mean": [0.1, 0.6],
    ...     "returned_rate": [0.12, 0.5], "low": [0.06, 0.37], "high": [0.24, 0.63]})
    >>> len(plot_calibration(table, ax=Figure().subplots()).patches)
    4
    """
    return draw_picture(describe_calibration(table), ax=ax)


def _alt_text(shown: pd.DataFrame, off: int) -> str:
    highest = shown.iloc[-1]
    return text(
        "Pairs of bars by tenths of the customers. Of the highest {actual} ordered, {expected} were "
        "expected to; in {off} of {tenths} tenths the interval does not hold what was expected.",
        actual=format_number(float(highest["returned_rate"]), number_format="percent"),
        expected=format_number(float(highest["p_order_mean"]), number_format="percent"),
        off=off,
        tenths=len(shown),
    )
