"""How many customers bought on one day, two, three, four, five or more."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("customer_id", "purchase_days")
LAST = 5


def describe_purchase_days(table: pd.DataFrame) -> Picture:
    """Describe the number of customers by purchase days.

    Parameters
    ----------
    table : DataFrame
        From `customer_summary`: one row per customer.

    Returns
    -------
    Picture
        One series; the categories 1, 2, 3, 4 and 5+, each with its share as note; customers.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or a customer occurs twice.

    Notes
    -----
    The trap: recent customers had little time to come back: the first bar overstates one-time
    buyers.

    Examples
    --------
    >>> summary = pd.DataFrame({"customer_id": list("abcd"), "purchase_days": [1, 1, 2, 9]})
    >>> picture = describe_purchase_days(summary)
    >>> picture.categories, picture.series[0].values
    (('1', '2', '3', '4', '5+'), (2.0, 1.0, 0.0, 0.0, 1.0))
    """
    check_table(table, name="customer_summary", columns=COLUMNS, unique=("customer_id",))
    days = table["purchase_days"].clip(upper=LAST)
    counts = days.value_counts().reindex(range(1, LAST + 1), fill_value=0)
    names = [*(str(n) for n in range(1, LAST)), f"{LAST}+"]
    shares = [format_number(n / len(table), number_format="percent") for n in counts]
    return Picture(
        kind="bar",
        title=text("Customers by number of purchase days"),
        categories=tuple(names),
        series=(Series(text("Customers"), tuple(float(n) for n in counts), "main"),),
        x_label=text("Purchase days so far, and their share of the customers"),
        y_label=text("Customers"),
        category_notes=tuple(zip(names, shares, strict=True)),
        alt_text=text(
            "Bars of {customers} customers by purchase days: {shares}.",
            customers=f"{len(table):,}",
            shares=", ".join(
                f"{name}: {format_number(n)} ({share})"
                for name, n, share in zip(names, counts, shares, strict=True)
            ),
        ),
        finding=text("{share} of the customers have bought on one day only", share=shares[0]),
        **caption(table, key="customer_summary"),
    )


def plot_purchase_days(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the number of customers by purchase days.

    Parameters
    ----------
    table : DataFrame
        From `customer_summary`: one row per customer.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with five bars.

    Raises
    ------
    ArgumentError
        As in `describe_purchase_days`.

    Notes
    -----
    The trap: the bars do not say how many come back: the repurchase curve, which allows for the time
    observed, does.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> summary = pd.DataFrame({"customer_id": list("abcd"), "purchase_days": [1, 1, 2, 9]})
    >>> axes = plot_purchase_days(summary, ax=Figure().subplots())
    >>> [int(bar.get_height()) for bar in axes.patches]
    [2, 1, 0, 0, 1]
    """
    return draw_picture(describe_purchase_days(table), ax=ax)
