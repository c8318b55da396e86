"""Recency by frequency: how many customers are in each cell, and how much money."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("customer_id", "r_score", "f_score", "total_value", "segment")
SCORES = (5, 4, 3, 2, 1)


def describe_rfm_grid(table: pd.DataFrame) -> Picture:
    """Describe the numbers of customers and their money by recency and frequency score.

    Parameters
    ----------
    table : DataFrame
        From `rfm`: one row per customer.

    Returns
    -------
    Picture
        A heatmap: one series per r_score, the latest first, with its customers; one category per
        f_score. Values (the colour) are the sum of total_value, `sizes` the customers.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or a customer occurs twice.

    Notes
    -----
    The trap: a dark small square is much money from few: above right the ones to keep, below right
    the ones to call.

    Examples
    --------
    >>> scored = pd.DataFrame({"customer_id": list("abc"), "r_score": [5, 5, 1],
    ...     "f_score": [1, 1, 2], "total_value": [10.0, 20.0, 5.0], "segment": "x"})
    >>> top = describe_rfm_grid(scored).series[0]
    >>> top.name, top.values[:2], top.sizes[:2]
    ('5 (latest)', (30.0, None), (2.0, None))
    """
    check_table(table, name="rfm", columns=COLUMNS, unique=("customer_id",))
    cells = table.groupby(["r_score", "f_score"])["total_value"].agg(["sum", "size"])
    columns = sorted(SCORES)[: max(int(table["f_score"].max()), 2)]
    rows = [_row(cells, score, columns) for score in SCORES]
    words = caption(table, key="rfm")
    how = text("Size and number: customers. Colour: their total amount, darkest {largest}.",
               largest=_money(cells["sum"].max(), words["currency"]))  # fmt: skip
    words["footer"] = f"{words['footer']} {how}".strip()
    return Picture(
        kind="heatmap",
        title=text("Customers by how lately and how often they bought"),
        categories=tuple(_name(score, columns[-1]) for score in columns),
        series=tuple(rows),
        number_format="money",
        x_label=text("Frequency score: purchase days, more to the right"),
        row_label=text("Recency score   Customers"),
        scale_max=max(float(cells["sum"].max()), 1e-9),
        alt_text=_alt_text(table, words["currency"]),
        finding=_finding(table),
        **words,
    )


def plot_rfm_grid(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the numbers of customers and their money by recency and frequency score.

    Parameters
    ----------
    table : DataFrame
        From `rfm`: one row per customer.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one square per cell that has customers: its area is their number, its colour
        their money.

    Raises
    ------
    ArgumentError
        As in `describe_rfm_grid`.

    Notes
    -----
    The trap: with cut-offs of the same customers every row has about a fifth of them: compare
    months with kept cut-offs.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> scored = pd.DataFrame({"customer_id": list("abc"), "r_score": [5, 5, 1],
    ...     "f_score": [1, 1, 2], "total_value": [10.0, 20.0, 5.0], "segment": "x"})
    >>> len(plot_rfm_grid(scored, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_rfm_grid(table), ax=ax)


def _row(cells: pd.DataFrame, score: int, columns: list[int]) -> Series:
    there = [(score, column) in cells.index for column in columns]
    pairs = [(score, column) for column in columns]
    money, sizes = (
        tuple(float(cells[name][pair]) if is_there else None
              for pair, is_there in zip(pairs, there, strict=True))
        for name in ("sum", "size")
    )  # fmt: skip
    name = {5: text("5 (latest)"), 1: text("1 (longest ago)")}.get(score, str(score))
    return Series(name, money, customers=int(sum(size or 0 for size in sizes)), sizes=sizes)


def _name(score: int, top: int) -> str:
    return {1: text("1 (fewest)"), top: text("{score} (most)", score=top)}.get(score, str(score))


def _money(amount: float, currency: str | None) -> str:
    written = format_number(float(amount), number_format="money", currency=currency)
    return f"{written} {currency or ''}".strip()


def _alt_text(table: pd.DataFrame, currency: str | None) -> str:
    """The largest segments in words."""
    groups = table.groupby("segment")["total_value"].agg(["size", "sum"])
    most = groups.sort_values(["size", "sum"], ascending=False).head(3)
    said = ", ".join(
        text(
            "{segment} {customers} customers ({amount})",
            segment=str(segment).replace("_", " "),
            customers=f"{int(row['size']):,}",
            amount=_money(row["sum"], currency),
        )
        for segment, row in most.iterrows()
    )
    return text("Grid of recency by frequency; the largest segments: {segments}.", segments=said)


def _finding(table: pd.DataFrame) -> str | None:
    """What the customers with the best scores have brought in."""
    best = table[(table["r_score"] == max(SCORES)) & (table["f_score"] == max(SCORES))]
    total = float(table["total_value"].sum())
    if best.empty or total <= 0:
        return None
    return text(
        "{customers} customers, the latest and most frequent, brought in {share} of the amount",
        customers=format_number(len(best)),
        share=format_number(float(best["total_value"].sum()) / total, number_format="percent"),
    )
