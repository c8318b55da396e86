"""The hazard table: who comes back in the next month of silence, by purchases so far."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("order_number", "months_silent", "at_risk", "p_returned")
# A share of fewer customers than this moves by more than three points with each of them.
SMALL = 30
# As many as a slide's table holds, and half a slide can show.
MONTHS = 13
# Silence that the sentence for a slide tells of.
SILENT = 3
AND_MORE = 4


def describe_repurchase_hazard(table: pd.DataFrame) -> Picture:
    """Describe the chance to buy in the next 30 days, by purchases so far and months of silence.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_hazard`, one group of it.

    Returns
    -------
    Picture
        A heatmap: one series per number of purchases with the customers who made so many, one category
        per month of silence up to 12; shares 0..1. Cells of fewer than 30 customers are grey.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or it holds several groups.

    Notes
    -----
    The trap: act where a row is still high: where it has fallen, a message reaches few who would
    have come.

    Examples
    --------
    >>> hazard = pd.DataFrame({"order_number": [1, 1, 2], "months_silent": [0, 1, 0],
    ...     "at_risk": [90, 50, 40], "p_returned": [0.3, 0.1, 0.4]})
    >>> [(row.name, row.values) for row in describe_repurchase_hazard(hazard).series]
    [('1 purchase', (0.3, 0.1)), ('2 purchases', (0.4, None))]
    """
    unique = ("order_number", "months_silent")
    check_table(table, name="repurchase_hazard", columns=COLUMNS, unique=unique)
    shown = table[table["months_silent"] < MONTHS]
    months = list(range(int(shown["months_silent"].max()) + 1))
    rows = [
        _row(cells, int(str(number)), months) for number, cells in shown.groupby("order_number")
    ]
    words = caption(table, key="repurchase_hazard")
    words["footer"] = " ".join([*filter(None, [words["footer"]]), *_signs(table, rows)])
    return Picture(
        kind="heatmap",
        title=text("Who buys in the next 30 days, by purchases so far and months of silence"),
        categories=tuple(months),
        series=tuple(rows),
        number_format="percent",
        x_label=text("Months of silence so far"),
        row_label=text("Purchases so far   At risk"),
        alt_text=_alt_text(rows),
        finding=_finding(rows[0]),
        **words,
    )


def plot_repurchase_hazard(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the chance to buy in the next 30 days, by purchases so far and months of silence.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_hazard`, one group of it.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one rectangle per cell.

    Raises
    ------
    ArgumentError
        As in `describe_repurchase_hazard`.

    Notes
    -----
    The trap: a row falls because those who come back have left it, not because customers change.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> hazard = pd.DataFrame({"order_number": [1, 1, 2], "months_silent": [0, 1, 0],
    ...     "at_risk": [90, 50, 40], "p_returned": [0.3, 0.1, 0.4]})
    >>> len(plot_repurchase_hazard(hazard, ax=Figure().subplots()).patches)
    3
    """
    return draw_picture(describe_repurchase_hazard(table), ax=ax)


def _row(cells: pd.DataFrame, number: int, months: list[int]) -> Series:
    """One number of purchases; None where too few are observed."""
    by_month = cells.set_index("months_silent").reindex(months)
    return Series(
        name=_name(number),
        values=tuple(None if pd.isna(p) else float(p) for p in by_month["p_returned"]),
        customers=int(cells.sort_values("months_silent")["at_risk"].iloc[0]),
        is_small=tuple(bool(count < SMALL) for count in by_month["at_risk"]),
    )


def _name(number: int) -> str:
    if number == 1:
        return text("1 purchase")
    if number == AND_MORE:
        return text("{number} or more", number=number)
    return text("{number} purchases", number=number)


def _signs(table: pd.DataFrame, rows: list[Series]) -> list[str]:
    """Sentences for what occurs in this table."""
    sentences = []
    if any(any(row.is_small or ()) for row in rows):
        sentences.append(text("Grey: fewer than {customers} customers.", customers=SMALL))
    if (table["months_silent"] >= MONTHS).any():
        sentences.append(text("Later months stand in the table."))
    return sentences


def _alt_text(rows: list[Series]) -> str:
    """The first months of each row in words."""
    said = "; ".join(f"{row.name}: {_first_months(row)}" for row in rows)
    return text("Chance of a purchase in the 1st, 2nd, 3rd month of silence. {rows}.", rows=said)


def _first_months(row: Series) -> str:
    known = [chance for chance in tuple(row.values)[:3] if chance is not None]
    return ", ".join(format_number(chance, number_format="percent") for chance in known)


def _finding(row: Series) -> str | None:
    """What silence does to the chance of those with the fewest purchases."""
    chances = dict(enumerate(row.values))
    first, later = chances.get(0), chances.get(SILENT)
    if first is None or later is None:
        return None
    return text(
        "{who}: {first} buy in the next 30 days, after {months} months of silence {later}",
        who=row.name,
        first=format_number(first, number_format="percent"),
        months=SILENT,
        later=format_number(later, number_format="percent"),
    )
