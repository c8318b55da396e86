"""The chance of an order by how often customers bought and how long they have been silent."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import local_number, text

COLUMNS = ("purchase_days", "days_since_last_order", "until_day", "customers", "p_order")
# Cells of fewer customers are pale: nobody plans for them.
SMALL = 10


def describe_recency_frequency(table: pd.DataFrame) -> Picture:
    """Describe a map of the chance of an order, with the customers in each cell.

    Parameters
    ----------
    table : DataFrame
        From `recency_frequency`.

    Returns
    -------
    Picture
        A heatmap: one series per class of purchase days, the most frequent buyers first, one category
        per class of days of silence; the mean chance 0..1, and under it the customers. Cells of fewer
        than 10 customers are grey; without any they are empty.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or a cell occurs twice.

    Notes
    -----
    The trap: most customers sit at the bottom right: a high chance elsewhere may be that of a
    handful.

    Examples
    --------
    >>> cells = pd.DataFrame({"purchase_days": [1, 1, 2], "days_since_last_order": [0, 31, 0],
    ...     "until_day": [31, 61, 31], "customers": [90, 70, 40], "p_order": [0.3, 0.1, 0.6]})
    >>> picture = describe_recency_frequency(cells)
    >>> [(row.name, row.values, row.notes) for row in picture.series]
    [('2 or more', (0.6, None), ('40', '')), ('1', (0.3, 0.1), ('90', '70'))]
    """
    unique = ("purchase_days", "days_since_last_order")
    check_table(table, name="recency_frequency", columns=COLUMNS, unique=unique)
    spans = table.drop_duplicates("days_since_last_order").sort_values("days_since_last_order")
    starts = [int(day) for day in spans["days_since_last_order"]]
    often = sorted(table["purchase_days"].unique())
    ends = dict(zip(often, [*often[1:], None], strict=True))
    rows = [
        _row(table[table["purchase_days"] == number], starts, _name(int(number), ends[number]))
        for number in reversed(often)
    ]
    words = caption(table, key="recency_frequency")
    signs = text("In each cell: the chance, and below it the customers. Grey: fewer than {small}.",
                 small=SMALL)  # fmt: skip
    words["footer"] = " ".join([*filter(None, [words["footer"]]), signs])
    days = table.attrs.get("parameters", {}).get("horizon_days")
    title = (
        text("Who orders again in the next {days} days?", days=days)
        if days
        else text("Who orders again?")
    )
    last = starts[-1]
    return Picture(
        kind="heatmap",
        title=title,
        categories=tuple(
            f"{start}+" if start == last else f"{start}–{int(until) - 1}"
            for start, until in zip(starts, spans["until_day"], strict=True)
        ),
        series=tuple(rows),
        number_format="percent",
        scale_max=1.0,
        x_label=text("Days since the last purchase"),
        row_label=text("Purchase days   Customers"),
        alt_text=_alt_text(table),
        finding=_finding(table, days),
        **words,
    )


def plot_recency_frequency(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a map of the chance of an order, with the customers in each cell.

    Parameters
    ----------
    table : DataFrame
        From `recency_frequency`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one rectangle per cell.

    Raises
    ------
    ArgumentError
        As in `describe_recency_frequency`.

    Notes
    -----
    The trap: a silence of two months may be nothing in one row and the end in another.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> cells = pd.DataFrame({"purchase_days": [1, 1, 2], "days_since_last_order": [0, 31, 0],
    ...     "until_day": [31, 61, 31], "customers": [90, 70, 40], "p_order": [0.3, 0.1, 0.6]})
    >>> len(plot_recency_frequency(cells, ax=Figure().subplots()).patches)
    3
    """
    return draw_picture(describe_recency_frequency(table), ax=ax)


def _row(cells: pd.DataFrame, starts: list[int], name: str) -> Series:
    """One class of purchase days; None where there is nobody."""
    by_day = cells.set_index("days_since_last_order").reindex(starts)
    counts = [0 if pd.isna(count) else int(count) for count in by_day["customers"]]
    return Series(
        name=name,
        values=tuple(None if pd.isna(p) else float(p) for p in by_day["p_order"]),
        customers=sum(counts),
        is_small=tuple(count < SMALL for count in counts),
        notes=tuple(local_number(f"{count:,}") if count else "" for count in counts),
    )


def _name(first: int, after: int | None) -> str:
    """The class from `first` on, up to the next one."""
    if after is None:
        return text("{number} or more", number=first)
    return str(first) if after == first + 1 else f"{first}–{after - 1}"


def _alt_text(table: pd.DataFrame) -> str:
    """The largest cell in words."""
    ranks = ["customers", "purchase_days", "days_since_last_order"]
    largest = table.sort_values(ranks, ascending=[False, True, True]).iloc[0]
    return text(
        "Map of {customers} customers. The largest cell has {count}: {often} purchase days or a few "
        "more, silent for {start} days or more, chance {chance}.",
        customers=f"{table['customers'].sum():,}",
        count=f"{int(largest['customers']):,}",
        often=int(largest["purchase_days"]),
        start=int(largest["days_since_last_order"]),
        chance=format_number(float(largest["p_order"]), number_format="percent"),
    )


def _finding(table: pd.DataFrame, days: int | None) -> str | None:
    """How many of all are expected to order; the cells say which."""
    if not days:
        return None
    return text(
        "About {expected} of {customers} customers will order in the next {days} days",
        expected=format_number(float((table["p_order"] * table["customers"]).sum())),
        customers=format_number(int(table["customers"].sum())),
        days=days,
    )
