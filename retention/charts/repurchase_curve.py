"""The repurchase curve: what share is back by day, with the number still observed."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.curves_by_day import curve_lines, risk_notes
from retention.charts.draw import draw_picture
from retention.charts.milestone import milestone
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Series
from retention.errors import ArgumentError, choose, examples, require_number
from retention.texts import text

COLUMNS = (
    "order_number",
    "gap_days",
    "at_risk",
    "events",
    "censored",
    "p_returned",
    "low",
    "high",
)
MARKED_DAYS = (30, 60, 90, 180)
Beside = Literal["nothing", "naive"]


def describe_repurchase_curve(
    table: pd.DataFrame, *, order_number: int | None = 1, beside: Beside = "nothing"
) -> Picture:
    """Describe the estimated share of customers back by day.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_curve`; of several groups, each is a line.
    order_number : int or None
        The purchase after which the gap starts; 1: from the first to the second, 0: any. None: a line
        for each of them, as far as those after the second purchase and later ones go.
    beside : {"nothing", "naive"}
        "naive" adds the line of those who count everybody not yet back as lost, as a warning.

    Returns
    -------
    Picture
        A single curve has its 95 % band and marks at 30, 60, 90 and 180 days; one category per day from
        0; shares 0..1; under the ticks the number still observed and not yet back, of all lines.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or it has no such order number.

    Notes
    -----
    The trap: the curve ends where too few are observed; it says nothing about later days.

    Examples
    --------
    >>> curve = pd.DataFrame({
    ...     "order_number": 1, "gap_days": [1, 3], "at_risk": [10, 8], "events": [2, 4],
    ...     "censored": [0, 4], "p_returned": [0.2, 0.6], "low": [0.05, 0.3], "high": [0.5, 0.9]})
    >>> describe_repurchase_curve(curve).series[0].values
    (0.0, 0.2, 0.2, 0.6)
    """
    check_table(table, name="repurchase_curve", columns=COLUMNS)
    choose("beside", beside, ("nothing", "naive"))
    curves = _by_number(table) if order_number is None else _by_group(table, order_number)
    last = _last_day(curves, is_by_number=order_number is None)
    lines = curve_lines(curves, day="gap_days", share="p_returned", last=last)
    marks = tuple(_marks(lines[0], last)) if len(lines) == 1 else ()
    if beside == "naive":
        lines = (*lines, _naive(curves, last))
    is_conditional = order_number is None or order_number > 1
    meaning = "" if is_conditional else "all who bought"
    words = caption(table, key="repurchase_curve", meaning=meaning)
    if grey := sum(line.role == "muted" for line in lines):
        smaller = text("Grey: smaller groups ({count}).", count=grey)
        words["footer"] = f"{words['footer']} {smaller}".strip()
    return Picture(
        kind="line",
        title=_title(order_number),
        categories=tuple(range(last + 1)),
        series=lines,
        number_format="percent",
        x_label=text("Days since the purchase; below: customers observed and not yet back")
        if order_number is not None
        else text("Days since the purchase; below: those not yet back after the first"),
        y_label=text("Estimated share back by then"),
        highlights=marks,
        category_notes=risk_notes(_at_risk(curves, order_number), day="gap_days", last=last),
        alt_text=_alt_text(lines),
        finding=_finding(lines, order_number),
        **words,
    )


def plot_repurchase_curve(
    table: pd.DataFrame,
    *,
    order_number: int | None = 1,
    beside: Beside = "nothing",
    ax: Axes | None = None,
) -> Axes:
    """Draw the estimated share of customers back by day.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_curve`; of several groups, each is a line.
    order_number : int or None
        The purchase after which the gap starts; 1: from the first to the second, 0: any. None: a line
        for each of them.
    beside : {"nothing", "naive"}
        "naive" adds the line of those who count everybody not yet back as lost, as a warning.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes; a single curve with its band and marks at 30, 60, 90 and 180 days.

    Raises
    ------
    ArgumentError
        As in `describe_repurchase_curve`.

    Notes
    -----
    The trap: the mean of the gaps seen so far would be too short; read the curve instead.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> curve = pd.DataFrame({
    ...     "order_number": 1, "gap_days": [1, 3], "at_risk": [10, 8], "events": [2, 4],
    ...     "censored": [0, 4], "p_returned": [0.2, 0.6], "low": [0.05, 0.3], "high": [0.5, 0.9]})
    >>> axes = plot_repurchase_curve(curve, ax=Figure().subplots())
    >>> [float(share) for share in axes.get_lines()[0].get_ydata()]
    [0.0, 0.2, 0.2, 0.6]
    """
    picture = describe_repurchase_curve(table, order_number=order_number, beside=beside)
    return draw_picture(picture, ax=ax)


def _by_group(table: pd.DataFrame, order_number: int) -> dict[str, pd.DataFrame]:
    """The curves after one purchase, by the names of their groups."""
    require_number("order_number", order_number, is_whole=True)
    rows = table[table["order_number"] == order_number]
    if rows.empty:
        raise ArgumentError(
            f"order_number: none of the {len(table)} rows is for {order_number!r}; the table has "
            f"{examples(table['order_number'].drop_duplicates())}. Choose one of these."
        )
    by = list(table.columns[: list(table.columns).index("order_number")])
    check_table(rows, name="repurchase_curve", columns=COLUMNS, unique=(*by, "gap_days"))
    if not by:
        return {text("Back by then"): rows}
    return {" · ".join(map(str, key)): group for key, group in rows.groupby(by)}


def _by_number(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The curves after each purchase; the pooled one, which mixes them, is none of them."""
    unique = ("order_number", "gap_days")
    check_table(table, name="repurchase_curve", columns=COLUMNS, unique=unique)
    return {
        text("After purchase {number}", number=number): curve
        for number, curve in table[table["order_number"] > 0].groupby("order_number")
    }


def _last_day(curves: dict[str, pd.DataFrame], *, is_by_number: bool) -> int:
    """Where the longest curve ends; of several order numbers, the longest that has a condition."""
    ends = [int(curve["gap_days"].max()) for curve in curves.values()]
    return max(ends[1:] if is_by_number and len(ends) > 1 else ends)


def _naive(curves: dict[str, pd.DataFrame], last: int) -> Series:
    """What a count would say that takes everybody not yet back for lost."""
    curve, *others = curves.values()
    if others:
        raise ArgumentError(
            f"beside: of {len(curves)} curves none can have its naive line beside it. Filter the table "
            "first, and choose an order_number."
        )
    if "naive_rate" not in curve:
        raise ArgumentError(
            "beside: the curve has no column 'naive_rate'. Pass the table that "
            "repurchase_curve(...) returns."
        )
    name = text("Naive count (do not use)")
    (line,) = curve_lines({name: curve}, day="gap_days", share="naive_rate", last=last)
    return Series(name, line.values, "accent")


def _title(order_number: int | None) -> str:
    """Which gap the curve is about."""
    if order_number is None:
        return text("How soon customers come back, purchase by purchase")
    if order_number == 0:
        return text("How soon customers come back, after any purchase")
    if order_number == 1:
        return text("How soon customers come back after the first purchase")
    return text("How soon customers come back after purchase {number}", number=order_number)


def _finding(lines: tuple[Series, ...], order_number: int | None) -> str | None:
    """How many are back by a round day; of several purchases, after the first and the last."""
    if order_number is None:
        found = milestone(lines) if len(lines) > 1 else None
        words = {"first": found.shares[0], "last": found.shares[-1]} if found else {}
        return found and text(
            "{first} come back within {days} days of the first purchase, {last} of purchase {number}",
            days=found.day, number=len(lines), **words,
        )  # fmt: skip
    found = milestone(lines[:1]) if lines[0].role == "main" else None
    if found is None:
        return None
    words = {"share": found.shares[0], "days": str(found.day), "number": str(order_number)}
    if order_number == 0:
        return text("{share} come back within {days} days of a purchase", **words)
    if order_number == 1:
        return text("{share} come back within {days} days of the first purchase", **words)
    return text("{share} come back within {days} days of purchase {number}", **words)


def _marks(line: Series, last: int) -> list[Highlight]:
    """Marks at the days people ask for, as far as the curve goes."""
    return [
        Highlight(
            day,
            text(
                "{days} days: {share}",
                days=day,
                share=format_number(_known(line)[day], number_format="percent"),
            ),
            line.name,
        )
        for day in MARKED_DAYS
        if day <= last
    ]


def _alt_text(lines: tuple[Series, ...]) -> str:
    """A single curve in words at the marked days and at its end, several at one day each."""
    if len(lines) == 1:
        return text("Estimated share of customers back: {shares}.", shares=_shares(lines[0]))
    said = "; ".join(f"{line.name}: {_shares(line, days=(90,))}" for line in lines)
    return text("Estimated share of customers back. {lines}.", lines=said)


def _shares(line: Series, days: tuple[int, ...] = MARKED_DAYS) -> str:
    known = _known(line)
    end = len(known) - 1
    asked = [day for day in days if day <= end]
    if len(days) > 1 or not asked:
        asked.append(end)
    return ", ".join(
        text(
            "{share} within {day} days",
            share=format_number(known[day], number_format="percent"),
            day=day,
        )
        for day in dict.fromkeys(asked)
    )


def _known(line: Series) -> list[float]:
    """The shares up to the line's end."""
    return [share for share in tuple(line.values) if share is not None]


def _at_risk(curves: dict[str, pd.DataFrame], order_number: int | None) -> dict[str, pd.DataFrame]:
    """Of several purchases the first: one customer stands in many, so their sum is no number of people."""
    first = next(iter(curves))
    return curves if order_number is not None else {first: curves[first]}
