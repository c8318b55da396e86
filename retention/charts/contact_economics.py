"""What contacts bring in, by how many are made."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Series
from retention.texts import text

COLUMNS = ("contacts", "expected_profit", "profit_low", "profit_high", "is_best")


def describe_contact_economics(table: pd.DataFrame) -> Picture:
    """Describe the expected profit by the number of customers contacted, the most valuable first.

    Parameters
    ----------
    table : DataFrame
        From `contact_economics`.

    Returns
    -------
    Picture
        One line of money with its limits where the uplift has some, and a mark at the best number.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    The trap: it is as right as the uplift that it was given.

    Examples
    --------
    >>> table = pd.DataFrame({"contacts": [0, 1, 2], "expected_profit": [0.0, 4.0, 3.0],
    ...     "profit_low": None, "profit_high": None, "is_best": [False, True, False]})
    >>> describe_contact_economics(table).highlights[0].category
    1.0
    """
    check_table(table, name="contact_economics", columns=COLUMNS, unique=("contacts",))
    shown = table.sort_values("contacts")
    words = caption(table, key="contact_economics")
    best = shown.sort_values(["is_best", "expected_profit"]).iloc[-1]
    money = format_number(
        float(best["expected_profit"]), number_format="money", currency=words["currency"]
    )
    count = format_number(float(best["contacts"]))
    has_limits = bool(shown[["profit_low", "profit_high"]].notna().all(axis=None))
    return Picture(
        kind="line",
        title=_title(int(best["contacts"]), count),
        categories=tuple(map(float, shown["contacts"])),
        series=(
            Series(
                name=text("Expected profit"),
                values=tuple(map(float, shown["expected_profit"])),
                role="main",
                low=tuple(map(float, shown["profit_low"])) if has_limits else None,
                high=tuple(map(float, shown["profit_high"])) if has_limits else None,
            ),
        ),
        number_format="money",
        x_label=text("Customers contacted, the most valuable first"),
        y_label=text("Expected gain less the cost of the contacts"),
        highlights=(Highlight(float(best["contacts"]), text("{count}: {money}", count=count, money=money)),),
        alt_text=text(
            "Line of expected profit by customers contacted. The most, {money}, comes with {count}.",
            money=money, count=count,
        ),
        finding=_title(int(best["contacts"]), count),
        **words,
    )  # fmt: skip


def plot_contact_economics(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the expected profit by the number of customers contacted, the most valuable first.

    Parameters
    ----------
    table : DataFrame
        From `contact_economics`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with the line and a mark at the best number.

    Raises
    ------
    ArgumentError
        As in `describe_contact_economics`.

    Notes
    -----
    The trap: it is as right as the uplift that it was given.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"contacts": [0, 1, 2], "expected_profit": [0.0, 4.0, 3.0],
    ...     "profit_low": None, "profit_high": None, "is_best": [False, True, False]})
    >>> len(plot_contact_economics(table, ax=Figure().subplots()).lines) > 0
    True
    """
    return draw_picture(describe_contact_economics(table), ax=ax)


def _title(best: int, count: str) -> str:
    if best == 0:
        return text("No contact is expected to pay")
    return text("It pays to contact the most valuable customers, {count} in number", count=count)
