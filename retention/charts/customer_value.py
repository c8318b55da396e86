"""How the expected value is spread over the customers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.share_of_top import share_of_top
from retention.errors import ArgumentError
from retention.texts import text

COLUMNS = ("customer_id", "expected_value")
GROUPS = 10


def describe_customer_value(table: pd.DataFrame) -> Picture:
    """Describe the share of the expected value that each tenth of the customers holds.

    Parameters
    ----------
    table : DataFrame
        From `customer_value`: one row per customer.

    Returns
    -------
    Picture
        One series; one category per tenth of the customers, the most valuable first (fewer
        groups where there are fewer than ten customers); shares 0..1 that add up to 1. Of a customer
        between two groups, each has a part, as in `concentration`.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, a customer occurs twice, a value is missing
        or negative, or all are zero.

    Notes
    -----
    The trap: these are expectations: they are less unequal than what customers will in fact spend.

    Examples
    --------
    >>> value = pd.DataFrame({"customer_id": list("abcd"), "expected_value": [1.0, 6.0, 2.0, 1.0]})
    >>> [round(share, 2) for share in describe_customer_value(value).series[0].values]
    [0.6, 0.2, 0.1, 0.1]
    """
    check_table(table, name="customer_value", columns=COLUMNS, unique=("customer_id",))
    values = _checked(table["expected_value"])
    groups = min(GROUPS, len(values))
    held = share_of_top(values, np.arange(groups + 1) / groups)
    shares = tuple(float(v) for v in np.diff(held))
    words = caption(table, key="customer_value")
    total = format_number(
        float(values.sum()), number_format="money", currency=words["currency"]
    ) + (f" {words['currency']}" if words["currency"] else "")
    top = format_number(shares[0], number_format="percent")
    return Picture(
        kind="bar",
        title=text("Who holds the expected value: customers by expected value, best first"),
        categories=tuple(_group_name(i, groups) for i in range(groups)),
        series=(Series(text("Share of the expected value"), shares, "main"),),
        number_format="percent",
        x_label=text("Customers, from the highest expected value to the lowest"),
        y_label=text("Share of {total} expected", total=total),
        alt_text=text(
            "Bars: the first of {groups} equal groups of {customers} customers holds {top} of "
            "{total} expected.",
            groups=groups,
            customers=f"{len(values):,}",
            top=top,
            total=total,
        ),
        finding=text(
            "{group} of the customers hold {top} of the expected value",
            group=_group_name(0, groups),
            top=top,
        ),
        **words,
    )


def plot_customer_value(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share of the expected value that each tenth of the customers holds.

    Parameters
    ----------
    table : DataFrame
        From `customer_value`: one row per customer.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per tenth.

    Raises
    ------
    ArgumentError
        As in `describe_customer_value`.

    Notes
    -----
    The trap: a rank is as good as the model behind it: back-test that before you act on it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> value = pd.DataFrame({"customer_id": list("abcd"), "expected_value": [1.0, 6.0, 2.0, 1.0]})
    >>> axes = plot_customer_value(value, ax=Figure().subplots())
    >>> [round(float(bar.get_height()), 2) for bar in axes.patches]
    [0.6, 0.2, 0.1, 0.1]
    """
    return draw_picture(describe_customer_value(table), ax=ax)


def _checked(values: pd.Series) -> pd.Series:
    """The values, after making sure that shares of them mean something."""
    wrong = int((values.isna() | (values < 0)).sum())
    if wrong:
        raise ArgumentError(
            f"customer_value: {wrong} of {len(values)} rows have no expected_value or a negative "
            "one, so shares mean nothing. Look at table[table.expected_value.isna()]; draw the "
            "others by filtering them first."
        )
    if float(values.sum()) == 0:
        raise ArgumentError(
            f"customer_value: the expected_value of all {len(values)} customers is 0, so there is "
            "nothing to share. Pass a longer horizon_days to customer_value(...)."
        )
    return values.astype(float)


def _group_name(position: int, groups: int) -> str:
    """Top 10 %, 10-20 %, ... of the customers."""
    low, high = round(100 * position / groups), round(100 * (position + 1) / groups)
    if position == 0:
        return text("Top {high}%", high=high)
    return f"{low}–{high}%"
