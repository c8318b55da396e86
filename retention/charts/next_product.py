"""The product matrix: what is bought next, by what was bought before."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.wrapping import shorten
from retention.errors import ArgumentError, choose, examples, require_number
from retention.names import OTHER
from retention.texts import text

COLUMNS = (
    "order_number", "item", "next_item", "eligible", "returned", "next_rate", "overall_rate", "lift",
    "low", "high",
)  # fmt: skip
Value = Literal["next_rate", "lift"]
SMALL = 30
# Characters of a name beside a row.
NAME = 22


def describe_next_product(
    table: pd.DataFrame, *, order_number: int = 1, value: Value = "next_rate"
) -> Picture:
    """Describe a matrix of what is bought next, by what was bought before.

    Parameters
    ----------
    table : DataFrame
        From `next_product`.
    order_number : int
        1: from the first purchase to the second, 2: from the second to the third.
    value : {"next_rate", "lift"}
        The share of the row's customers who bought the column's item next, or that share over the
        share of everybody.

    Returns
    -------
    Picture
        A heatmap: one series per item with its customers, one category per next item, both numbered
        alike, and everybody in the last row. Grey: rows of fewer than 30 customers, or lifts whose
        95 % interval holds 1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or it has no such order number.

    Notes
    -----
    The trap: read a column against its last row: what sells best is dark in every row.

    Examples
    --------
    >>> ways = pd.DataFrame({"order_number": 1, "item": ["tea", "tea", "cup", "cup"],
    ...     "next_item": ["tea", "cup", "tea", "cup"], "eligible": [50, 50, 40, 40],
    ...     "returned": [5, 10, 8, 4], "next_rate": [0.1, 0.2, 0.2, 0.1],
    ...     "overall_rate": [0.144, 0.156, 0.144, 0.156], "lift": [0.7, 1.3, 1.4, 0.6],
    ...     "low": [0.4, 1.1, 1.1, 0.3], "high": [0.9, 1.5, 1.7, 0.9]})
    >>> [(row.name, row.values) for row in describe_next_product(ways).series]
    [('1 tea', (0.1, 0.2)), ('2 cup', (0.2, 0.1)), ('All', (0.144, 0.156))]
    """
    choose("value", value, ("next_rate", "lift"))
    rows = _of_number(table, order_number)
    items = sorted(dict.fromkeys([*rows["item"], *rows["next_item"]]), key=OTHER.__eq__)
    numbers = {item: place for place, item in enumerate(items, start=1)}
    columns = [item for item in items if item in set(rows["next_item"])]
    lines = [_row(rows[rows["item"] == item], item, numbers, columns, value) for item in items]
    if value == "next_rate":
        lines.append(_everybody(rows, columns))
    words = caption(table, key="next_product")
    words["footer"] = f"{words['footer']} {_grey(value)}".strip()
    return Picture(
        kind="heatmap",
        title=_title(order_number, value),
        categories=tuple(str(numbers[item]) for item in columns),
        series=tuple(lines),
        number_format="percent" if value == "next_rate" else "decimal",
        x_label=text("Bought next, by the rows' numbers"),
        row_label=text("Bought before   Customers"),
        scale_max=_scale(rows, value),
        alt_text=_alt_text(rows),
        finding=_finding(rows, value),
        **words,
    )


def plot_next_product(
    table: pd.DataFrame,
    *,
    order_number: int = 1,
    value: Value = "next_rate",
    ax: Axes | None = None,
) -> Axes:
    """Draw a matrix of what is bought next, by what was bought before.

    Parameters
    ----------
    table : DataFrame
        From `next_product`.
    order_number : int
        1: from the first purchase to the second, 2: from the second to the third.
    value : {"next_rate", "lift"}
        The share of the row's customers who bought the column's item next, or that share over the
        share of everybody.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one rectangle per cell.

    Raises
    ------
    ArgumentError
        As in `describe_next_product`.

    Notes
    -----
    The trap: a lift above 1 says that the two go together, not that showing the second sells it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ways = pd.DataFrame({"order_number": 1, "item": ["tea", "cup"], "next_item": "tea",
    ...     "eligible": [50, 40], "returned": [5, 8], "next_rate": [0.1, 0.2],
    ...     "overall_rate": 0.144, "lift": [0.7, 1.4], "low": [0.4, 1.1], "high": [0.9, 1.7]})
    >>> len(plot_next_product(ways, ax=Figure().subplots()).patches)
    3
    """
    picture = describe_next_product(table, order_number=order_number, value=value)
    return draw_picture(picture, ax=ax)


def _of_number(table: pd.DataFrame, order_number: int) -> pd.DataFrame:
    unique = ("order_number", "item", "next_item")
    check_table(table, name="next_product", columns=COLUMNS, unique=unique)
    require_number("order_number", order_number, is_whole=True)
    rows = table[table["order_number"] == order_number]
    if rows.empty:
        raise ArgumentError(
            f"order_number: none of the {len(table)} rows is for {order_number!r}; the table has "
            f"{examples(sorted(set(table['order_number'])))}. Choose one of these."
        )
    # The items with the most customers come first and the others last, whatever the rows' order.
    places = rows.assign(is_other=rows["item"] == OTHER, place=-rows["eligible"])
    return places.sort_values(["is_other", "place", "item", "next_item"])


def _row(
    rows: pd.DataFrame, item: str, numbers: dict[str, int], columns: list[str], value: Value
) -> Series:
    """What the buyers of one item bought next; an item that nobody began with has no values."""
    ways = rows.set_index("next_item").reindex(columns)
    eligible = int(rows["eligible"].max()) if len(rows) else 0
    is_open = (
        (ways["low"] <= 1) & (ways["high"] >= 1) if value == "lift" else ways["eligible"] < SMALL
    )
    return Series(
        name=f"{numbers[item]} {shorten(item, NAME, 1)}",
        values=tuple(None if pd.isna(share) else float(share) for share in ways[value]),
        customers=eligible,
        is_small=tuple(bool(is_it) for is_it in is_open),
    )


def _everybody(rows: pd.DataFrame, columns: list[str]) -> Series:
    shares = rows.drop_duplicates("next_item").set_index("next_item")["overall_rate"]
    customers = rows.drop_duplicates("item")["eligible"].sum()
    values = tuple(float(shares[item]) for item in columns)
    return Series(text("All"), values, "main", customers=int(customers))


def _scale(rows: pd.DataFrame, value: Value) -> float:
    """The largest value with enough customers behind it, so that a few do not pale the others."""
    solid = rows.loc[rows["eligible"] >= SMALL, value]
    for values in (solid, rows[value]):
        top = values.max()
        if pd.notna(top) and top > 0:
            return float(top)
    return 1.0


def _grey(value: Value) -> str:
    if value == "lift":
        return text("Grey: the 95% interval holds 1.")
    return text("Grey: fewer than {customers} customers.", customers=SMALL)


def _title(order_number: int, value: Value) -> str:
    title = (
        text("What is bought next")
        if value == "next_rate"
        else text("What is bought next more often than usual")
    )
    step = (
        text("first to second purchase") if order_number == 1 else text("second to third purchase")
    )
    return text("{title}: {step}", title=title, step=step)


def _finding(rows: pd.DataFrame, value: Value) -> str:
    """The way that most of an item's buyers go, or that is most above usual, among those not grey."""
    is_solid = rows["low"] > 1 if value == "lift" else rows["eligible"] >= SMALL
    named = rows[is_solid & (rows["item"] != OTHER) & (rows["next_item"] != OTHER)]
    if named.empty:
        return text("Too few customers to say what is bought next")
    way = named.sort_values(value, ascending=False, kind="stable").iloc[0]
    if value == "lift":
        return text(
            "Buyers of {item} buy {next_item} next {lift} times as often as everybody",
            item=way["item"],
            next_item=way["next_item"],
            lift=format_number(way["lift"], number_format="decimal"),
        )
    return text(
        "{share} of the buyers of {item} buy {next_item} next",
        item=way["item"],
        next_item=way["next_item"],
        share=format_number(way["next_rate"], number_format="percent"),
    )


def _alt_text(rows: pd.DataFrame) -> str:
    """The most frequent ways in words."""
    most = rows.sort_values(["returned", "item"], ascending=[False, True]).head(3)
    ways = ", ".join(
        text(
            "{item} to {next_item} {share}",
            item=way["item"],
            next_item=way["next_item"],
            share=format_number(way["next_rate"], number_format="percent"),
        )
        for way in most.to_dict("records")
    )
    return text("Matrix of what is bought next; most often {ways}.", ways=ways)
