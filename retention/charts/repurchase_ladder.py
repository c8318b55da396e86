"""The ladder: what share goes on from each purchase to the next."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError, examples, require_number
from retention.texts import text

COLUMNS = (
    "order_number", "within_days", "eligible", "repurchase_rate", "low", "high", "median_gap_days",
)  # fmt: skip
USUAL_DAYS = 180


def describe_repurchase_ladder(table: pd.DataFrame, *, within_days: int | None = None) -> Picture:
    """Describe the share that makes the next purchase in time, from each purchase on.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_ladder`, one group of it.
    within_days : int or None
        How soon the next purchase must come: 30, 60, 90, 180 or 365 days. None: 180, or the most below
        that anybody was observed for.

    Returns
    -------
    Picture
        Lying bars with 95 % limits, one category per rung ("1st to 2nd"); shares 0..1; under the names
        the customers behind the bar and the median wait of those back within a year.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, holds several groups, or has no such days.

    Notes
    -----
    The trap: each rung is about fewer and better customers; the bars are no proof that one step
    makes the next.

    Examples
    --------
    >>> ladder = pd.DataFrame({"order_number": [1, 2], "within_days": 180, "eligible": [100, 30],
    ...     "repurchase_rate": [0.3, 0.5], "low": [0.2, 0.3], "high": [0.4, 0.7],
    ...     "median_gap_days": [41, 38]})
    >>> picture = describe_repurchase_ladder(ladder)
    >>> picture.categories, picture.series[0].values
    (('1st to 2nd purchase', '2nd to 3rd purchase'), (0.3, 0.5))
    """
    unique = ("order_number", "within_days")
    check_table(table, name="repurchase_ladder", columns=COLUMNS, unique=unique)
    days = _usual(table) if within_days is None else within_days
    require_number("within_days", days, is_whole=True)
    rows = table[table["within_days"] == days].sort_values("order_number")
    if rows.empty:
        raise ArgumentError(
            f"within_days: none of the {len(table)} rows is for {days!r} days; the table has "
            f"{examples(sorted(set(table['within_days'])), limit=5)}. Choose one of these."
        )
    names = tuple(_rung(int(number)) for number in rows["order_number"])
    bars = Series(
        text("Went on"),
        *(tuple(rows["repurchase_rate"].astype(float)), "main"),
        tuple(rows["low"].astype(float)),
        tuple(rows["high"].astype(float)),
    )
    return Picture(
        kind="bar",
        title=text("Who makes the next purchase within {days} days", days=days),
        categories=names,
        series=(bars,),
        number_format="percent",
        x_label="",
        y_label=text("Share, with 95% interval"),
        is_horizontal=True,
        category_notes=tuple(zip(names, map(_note, rows.to_dict("records")), strict=True)),
        alt_text=_alt_text(names, bars, days),
        finding=_finding(rows, days),
        **caption(table, key="repurchase_ladder"),
    )


def plot_repurchase_ladder(
    table: pd.DataFrame, *, within_days: int | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the share that makes the next purchase in time, from each purchase on.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_ladder`, one group of it.
    within_days : int or None
        How soon the next purchase must come: 30, 60, 90, 180 or 365 days. None: 180, or the most below
        that anybody was observed for.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one lying bar per rung.

    Raises
    ------
    ArgumentError
        As in `describe_repurchase_ladder`.

    Notes
    -----
    The trap: the lowest rung is where most customers are lost; the highest ones are about few.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ladder = pd.DataFrame({"order_number": [1, 2], "within_days": 180, "eligible": [100, 30],
    ...     "repurchase_rate": [0.3, 0.5], "low": [0.2, 0.3], "high": [0.4, 0.7],
    ...     "median_gap_days": [41, 38]})
    >>> axes = plot_repurchase_ladder(ladder, ax=Figure().subplots())
    >>> [float(bar.get_width()) for bar in axes.patches]
    [0.3, 0.5]
    """
    return draw_picture(describe_repurchase_ladder(table, within_days=within_days), ax=ax)


def _usual(table: pd.DataFrame) -> int:
    """The days that people ask for, or the most below that the table has."""
    days = table["within_days"]
    return int(days[days <= USUAL_DAYS].max() if (days <= USUAL_DAYS).any() else days.min())


def _finding(rows: pd.DataFrame, days: int) -> str | None:
    """The lowest rung, where most are lost, beside the next one."""
    rates = dict(zip(rows["order_number"].astype(int), rows["repurchase_rate"], strict=True))
    if not {1, 2} <= set(rates) or rows["repurchase_rate"].head(2).isna().any():
        return None
    first, second = (format_number(rates[n], number_format="percent") for n in (1, 2))
    return text(
        "Within {days} days, {first} make a second purchase, and {second} of the second-time buyers a third",
        days=days, first=first, second=second,
    )  # fmt: skip


def _rung(number: int) -> str:
    return text("{first} to {next} purchase", first=_ordinal(number), next=_ordinal(number + 1))


def _ordinal(number: int) -> str:
    return text({1: "1st", 2: "2nd", 3: "3rd"}.get(number, "{number}th"), number=number)


def _note(row: dict[Hashable, Any]) -> str:
    """Who stands behind the bar, and how long those who went on took."""
    customers = text("{customers} customers", customers=f"{row['eligible']:,}")
    if pd.isna(row["median_gap_days"]):
        return customers
    days = int(row["median_gap_days"])
    wait = text("median 1 day") if days == 1 else text("median {days} days", days=days)
    return f"{customers}, {wait}"


def _alt_text(names: tuple[str, ...], bars: Series, within_days: int) -> str:
    """Every bar in words."""
    said = ", ".join(
        f"{name} {format_number(value, number_format='percent')}"
        for name, value in zip(names, bars.values, strict=True)
    )
    return text(
        "Share with the next purchase within {days} days: {rungs}.", days=within_days, rungs=said
    )
