"""Gains above the line, losses below it, and what is left of both."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import NumberFormat, Picture, Role, Series
from retention.errors import ArgumentError, choose
from retention.periods import PERIODS, Period, period_label
from retention.texts import text

Value = Literal["customers", "money"]
COLUMNS = (
    "period", "new", "reactivated", "churned", "value_new", "value_reactivated", "value_expansion",
    "value_contraction", "value_churned", "is_complete",
)  # fmt: skip
# Column, words, sign, role: what is gained stands above zero, what is lost below.
PARTS: dict[Value, tuple[tuple[str, str, int, Role], ...]] = {
    "customers": (
        ("new", "New", 1, "main"),
        ("reactivated", "Reactivated", 1, "plain"),
        ("churned", "Churned", -1, "accent"),
    ),
    "money": (
        ("value_new", "New", 1, "main"),
        ("value_reactivated", "Reactivated", 1, "plain"),
        ("value_expansion", "Expansion", 1, "plain"),
        ("value_contraction", "Contraction", -1, "plain"),
        ("value_churned", "Churned", -1, "accent"),
    ),
}
MOST_PERIODS = 36


def describe_growth_accounting(table: pd.DataFrame, *, value: Value = "customers") -> Picture:
    """Describe gains and losses of each period, and their sum.

    Parameters
    ----------
    table : DataFrame
        From `growth_accounting`, one group of it.
    value : {"customers", "money"}
        New and reactivated customers against churned ones; or the money of these, and what retained
        customers spent more or less.

    Returns
    -------
    Picture
        One series of bars per gain or loss, and a line for their sum; one category per period, the
        latest 36, without the first one and those of the burn-in, to which nothing can be compared.

    Raises
    ------
    ArgumentError
        Where a column is missing, a period occurs twice, or nothing is left to draw.

    Notes
    -----
    The trap: the line is the change of active customers (of money: of purchase days) from period to
    period, not their number.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "period": pd.to_datetime(["2024-01-01", "2024-02-01"]), "new": [9, 5],
    ...     "reactivated": [0, 1], "churned": [0, 3], "value_new": 0.0, "value_reactivated": 0.0,
    ...     "value_expansion": 0.0, "value_contraction": 0.0, "value_churned": 0.0,
    ...     "is_complete": True})
    >>> picture = describe_growth_accounting(table)
    >>> [(part.name, part.values) for part in picture.series]
    [('New', (5.0,)), ('Reactivated', (1.0,)), ('Churned', (-3.0,)), ('Net', (3.0,))]
    """
    choose("value", value, tuple(PARTS))
    check_table(table, name="growth_accounting", columns=COLUMNS, unique=("period",))
    rows = _comparable(table)
    is_partial = tuple(~rows["is_complete"].astype(bool))
    parts = {
        name: (text(words), role, sign * rows[name].astype(float))
        for name, words, sign, role in PARTS[value]
    }
    if value == "money":
        _require_money(list(parts.values()))
    series = [
        Series(words, tuple(part), role, is_partial=is_partial)
        for words, role, part in parts.values()
    ]
    net = pd.concat([part for *_, part in parts.values()], axis=1).sum(axis=1)
    known = tuple(None if part else v for v, part in zip(net, is_partial, strict=True))
    words = caption(table, key="growth_accounting")
    words["footer"] = " ".join([*filter(None, [words["footer"]]), *_legend(rows, table)])
    if value == "customers":
        words["currency"] = None
    return Picture(
        kind="stacked_bar",
        title=_title(value),
        finding=_finding(
            [part for *_, part in parts.values()],
            _names(rows, table),
            is_partial,
            value,
            words["currency"],
        ),
        categories=tuple(_names(rows, table)),
        series=(*series, Series(text("Net"), known, "muted", is_line=True)),
        number_format="integer" if value == "customers" else "money",
        y_label=_y_label(value, words["currency"]),
        alt_text=_alt_text(
            {w: float(p.sum()) for w, _, p in parts.values()}, value, words["currency"]
        ),
        **words,
    )


def plot_growth_accounting(
    table: pd.DataFrame, *, value: Value = "customers", ax: Axes | None = None
) -> Axes:
    """Draw gains and losses of each period, and their sum as a line.

    Parameters
    ----------
    table : DataFrame
        From `growth_accounting`, one group of it.
    value : {"customers", "money"}
        As in `describe_growth_accounting`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with bars above and below zero and one line.

    Raises
    ------
    ArgumentError
        As in `describe_growth_accounting`.

    Notes
    -----
    The trap: a large churned bar beside a large reactivated one says that the period is too short,
    not that customers leave.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "period": pd.to_datetime(["2024-01-01", "2024-02-01"]), "new": [9, 5],
    ...     "reactivated": [0, 1], "churned": [0, 3], "value_new": 0.0, "value_reactivated": 0.0,
    ...     "value_expansion": 0.0, "value_contraction": 0.0, "value_churned": 0.0,
    ...     "is_complete": True})
    >>> axes = plot_growth_accounting(table, ax=Figure().subplots())
    >>> [int(bar.get_height()) for bar in axes.patches]
    [5, 1, -3]
    """
    return draw_picture(describe_growth_accounting(table, value=value), ax=ax)


def _comparable(table: pd.DataFrame) -> pd.DataFrame:
    rows = table.sort_values("period").iloc[1:]
    if "is_burn_in" in rows:
        rows = rows[~rows["is_burn_in"].astype(bool)]
    if rows.empty:
        raise ArgumentError(
            f"growth_accounting: none of the {len(table)} periods has one before it to be compared "
            "with. Take a shorter period, or wait for the next."
        )
    return rows.tail(MOST_PERIODS)


def _require_money(parts: list[tuple[str, str, pd.Series]]) -> None:
    """Bars of nothing would say that nothing was won or lost."""
    if not any(part.any() for *_, part in parts):
        raise ArgumentError(
            f"growth_accounting: no money was won or lost in any of the {len(parts[0][2])} periods drawn, "
            'so the orders seem to have no amounts. Draw value="customers", or name the column of amounts.'
        )


def _names(rows: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    said = table.attrs.get("parameters", {}).get("period", "month")
    period: Period = said if said in PERIODS else "month"
    return [period_label(start, period) for start in rows["period"]]


def _finding(
    parts: list[pd.Series],
    names: list[str],
    is_partial: tuple[bool, ...],
    value: Value,
    currency: str | None,
) -> str | None:
    """What was won and lost in the latest period that is over."""
    whole = [place for place, is_open in enumerate(is_partial) if not is_open]
    if not whole:
        return None
    amounts = [float(part.iloc[whole[-1]]) for part in parts]
    won, lost = sum(v for v in amounts if v > 0), -sum(v for v in amounts if v < 0)
    words = {
        name: _amount(number, value, currency)
        for name, number in (("won", won), ("lost", lost), ("net", abs(won - lost)))
    }
    words["period"] = names[whole[-1]]
    if value == "money":
        if won < lost:
            return text("{period}: {won} won and {lost} lost, {net} less than before", **words)
        return text("{period}: {won} won and {lost} lost, {net} more than before", **words)
    if won < lost:
        return text(
            "{period}: customers won: {won}, lost: {lost}; {net} fewer than before", **words
        )
    return text("{period}: customers won: {won}, lost: {lost}; {net} more than before", **words)


def _amount(number: float, value: Value, currency: str | None) -> str:
    kind: NumberFormat = "integer" if value == "customers" else "money"
    written = format_number(number, number_format=kind, currency=currency)
    return f"{written} {currency}" if currency else written


def _title(value: Value) -> str:
    if value == "customers":
        return text("Growth accounting: customers won and lost")
    return text("Growth accounting: money won and lost")


def _y_label(value: Value, currency: str | None) -> str:
    if value == "customers":
        return text("Active customers, change to the period before")
    unit = currency or text("net amount")
    return text("Money, change to the period before ({unit})", unit=unit)


def _legend(rows: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    sentences = []
    if not rows["is_complete"].all():
        sentences.append(text("Striped: the period is not over."))
    if len(rows) < len(table) - 1:
        count = len(table) - 1 - len(rows)
        sentences.append(text("Earlier periods that are not drawn: {count}.", count=count))
    return sentences


def _alt_text(sums: dict[str, float], value: Value, currency: str | None) -> str:
    kind: NumberFormat = "integer" if value == "customers" else "money"
    said = {
        name: format_number(total, number_format=kind, currency=currency)
        for name, total in (*sums.items(), (text("Net"), sum(sums.values())))
    }
    parts = ", ".join(f"{name} {total}" for name, total in said.items())
    return text("Bars of gains and losses with their sum as a line; in all {parts}.", parts=parts)
