"""How many customers have which chance of not ordering."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError
from retention.texts import text

COLUMNS = ("customer_id", "p_no_order", "horizon_days")
BINS = 10


def describe_churn_risk(table: pd.DataFrame) -> Picture:
    """Describe how the chance of no order is spread over the customers.

    Parameters
    ----------
    table : DataFrame
        From `churn_risk`: one row per customer.

    Returns
    -------
    Picture
        One series; one category per ten points of the chance; customers.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, a customer occurs twice, a chance is missing
        or outside 0..1, or horizons differ.

    Notes
    -----
    The trap: slow buyers stand at the right too, although nothing is wrong with them.

    Examples
    --------
    >>> risk = pd.DataFrame({"customer_id": list("abc"), "p_no_order": [0.05, 0.95, 1.0],
    ...     "horizon_days": 90})
    >>> picture = describe_churn_risk(risk)
    >>> picture.categories[-1], picture.series[0].values[-1]
    ('90–100%', 2.0)
    """
    check_table(table, name="churn_risk", columns=COLUMNS, unique=("customer_id",))
    days = _one_horizon(table)
    chance = _checked(table["p_no_order"])
    places = (chance * BINS).astype(int).clip(upper=BINS - 1)
    counts = places.value_counts().reindex(range(BINS), fill_value=0)
    last = int(counts.iloc[-1])
    return Picture(
        kind="bar",
        title=text("Customers by their chance of no order in the next {days} days", days=days),
        categories=tuple(f"{100 * i // BINS}–{100 * (i + 1) // BINS}%" for i in range(BINS)),
        series=(Series(text("Customers"), tuple(float(n) for n in counts), "main"),),
        x_label=text("Estimated chance of no order in the next {days} days", days=days),
        y_label=text("Customers"),
        alt_text=text(
            "Bars: of {customers} customers, {last} have a chance of at least 90% of no order in "
            "the next {days} days.",
            customers=f"{len(table):,}",
            last=f"{last:,}",
            days=days,
        ),
        finding=text(
            "{share} of the customers will probably not order in the next {days} days",
            share=format_number(float((chance > 0.5).mean()), number_format="percent"),
            days=days,
        ),
        **caption(table, key="churn_risk"),
    )


def plot_churn_risk(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how the chance of no order is spread over the customers.

    Parameters
    ----------
    table : DataFrame
        From `churn_risk`: one row per customer.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with ten bars.

    Raises
    ------
    ArgumentError
        As in `describe_churn_risk`.

    Notes
    -----
    The trap: a high chance is no reason to call: compare it with `p_order_if_just_bought` first.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> risk = pd.DataFrame({"customer_id": list("abc"), "p_no_order": [0.05, 0.95, 1.0],
    ...     "horizon_days": 90})
    >>> axes = plot_churn_risk(risk, ax=Figure().subplots())
    >>> [int(bar.get_height()) for bar in axes.patches]
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    """
    return draw_picture(describe_churn_risk(table), ax=ax)


def _checked(chance: pd.Series) -> pd.Series:
    """The chances, after making sure that they are some."""
    wrong = int((~chance.between(0, 1)).sum())
    if wrong:
        raise ArgumentError(
            f"churn_risk: {wrong} of {len(chance)} rows have no p_no_order between 0 and 1. "
            "Look at table[~table.p_no_order.between(0, 1)]; draw the others by filtering first."
        )
    return chance.astype(float)


def _one_horizon(table: pd.DataFrame) -> int:
    """The horizon that all customers share."""
    horizons = table["horizon_days"].drop_duplicates()
    if len(horizons) != 1:
        raise ArgumentError(
            f"churn_risk: {len(horizons)} different horizon_days in one table cannot share an "
            "axis. Filter the table to one of them first."
        )
    return int(horizons.iloc[0])
