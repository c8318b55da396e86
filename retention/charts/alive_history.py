"""One customer's history: the chance of still being one, day by day."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Series
from retention.counted import counted
from retention.errors import ArgumentError
from retention.hidden_ids import shown_id
from retention.texts import text

COLUMNS = ("customer_id", "on_day", "p_alive", "has_order")
# More labels than these would cover each other: then only the last purchase has one.
LABELLED = 6


def describe_alive_history(table: pd.DataFrame) -> Picture:
    """Describe the chance that one customer was still active, day by day.

    Parameters
    ----------
    table : DataFrame
        From `alive_history`: the days of one customer.

    Returns
    -------
    Picture
        One line, 0..1; one category per day. Purchases are marked and
        numbered, of more than six the last one.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, a day occurs twice, or there are several customers.

    Notes
    -----
    The trap: the line falls faster after every purchase of a frequent buyer: their silence says
    more.

    Examples
    --------
    >>> days = pd.DataFrame({"customer_id": "an", "p_alive": [1.0, 0.9, 1.0],
    ...     "on_day": pd.date_range("2024-01-01", periods=3), "has_order": [True, False, True]})
    >>> picture = describe_alive_history(days)
    >>> picture.categories, [mark.label for mark in picture.highlights]
    (('2024-01-01', '2024-01-02', '2024-01-03'), ['Purchase 1', 'Purchase 2'])
    """
    customer = shown_id(_only_customer(table))
    shown = table.sort_values("on_day")
    names = tuple(f"{day:%Y-%m-%d}" for day in shown["on_day"])
    chance = tuple(float(p) for p in shown["p_alive"])
    bought = [name for name, is_one in zip(names, shown["has_order"], strict=True) if is_one]
    purchases = counted(len(bought), text("1 purchase"), text("{count} purchases"))
    line, last = text("Chance of being active"), format_number(chance[-1], number_format="percent")
    return Picture(
        kind="line",
        title=text("Is {customer} still a customer?", customer=customer),
        categories=names,
        series=(Series(line, chance, "main"),),
        number_format="percent",
        highlights=tuple(
            Highlight(day, text("Purchase {number}", number=number), line)
            for number, day in _marked(bought)
        ),
        x_label=text("Day"),
        y_label=text("Estimated chance that the customer has not left"),
        alt_text=text(
            "Line from {first} to {last} with {orders}: at the end the chance of being active "
            "is {chance}.",
            first=names[0], last=names[-1], orders=purchases, chance=last,
        ),
        finding=text(
            "The chance that {customer} has not left is {chance}, after {orders}",
            customer=customer, chance=last, orders=purchases,
        ),
        **caption(table, key="alive_history"),
    )  # fmt: skip


def _only_customer(table: pd.DataFrame) -> str:
    """The one customer whose days these are, each once."""
    check_table(table, name="alive_history", columns=COLUMNS)
    people = table["customer_id"].drop_duplicates()
    if len(people) > 1:
        raise ArgumentError(
            f"alive_history: {len(people)} customers in one table cannot share a line. "
            "Filter the table to one of them first."
        )
    check_table(table, name="alive_history", columns=COLUMNS, unique=("on_day",))
    return str(people.iloc[0])


def _marked(bought: list[str]) -> list[tuple[int, str]]:
    """The purchases that have a label, with their numbers."""
    numbered = list(enumerate(bought, start=1))
    return numbered if len(numbered) <= LABELLED else numbered[-1:]


def plot_alive_history(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the chance that one customer was still active, day by day.

    Parameters
    ----------
    table : DataFrame
        From `alive_history`: the days of one customer.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one line and a dot at each marked purchase.

    Raises
    ------
    ArgumentError
        As in `describe_alive_history`.

    Notes
    -----
    The trap: one customer proves nothing about the model: choose them before you look.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> days = pd.DataFrame({"customer_id": "an", "p_alive": [1.0, 0.9, 1.0],
    ...     "on_day": pd.date_range("2024-01-01", periods=3), "has_order": [True, False, True]})
    >>> len(plot_alive_history(days, ax=Figure().subplots()).get_lines())
    3
    """
    return draw_picture(describe_alive_history(table), ax=ax)
