"""How many order after a first, second, third message, channel by channel."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Role, Series
from retention.charts.rates_said import rates_said
from retention.texts import text

COLUMNS = ("message_number", "messages", "response_rate", "low", "high")
MOST_GROUPS = 4
# `message_response` counts the fourth and all later ones as one.
NUMBERS = {1: "First", 2: "Second", 3: "Third", 4: "Fourth and later"}
FINDINGS = {
    1: "{group}: an order follows {first} of the messages",
    2: "{group}: an order follows {first} of first messages, {last} of second ones",
    3: "{group}: an order follows {first} of first messages, {last} of third ones",
    4: "{group}: an order follows {first} of first messages, {last} of fourth and later ones",
}


def describe_message_response(table: pd.DataFrame) -> Picture:
    """Describe the share of messages that an order followed, by their number, with 95 % limits.

    Parameters
    ----------
    table : DataFrame
        From `message_response`; at most one column of groups, such as channel, stands before its own.

    Returns
    -------
    Picture
        One series per channel with limits, the one with the most messages first, at most four; one
        category per number of the message; shares 0..1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or a number occurs twice in a channel.

    Notes
    -----
    The trap: this is selection, not cause: who gets a fourth message is another customer than who
    gets one.

    Examples
    --------
    >>> table = pd.DataFrame({"channel": "Zalo", "message_number": [1, 2], "messages": [200, 50],
    ...     "response_rate": [0.2, 0.1], "low": [0.15, 0.04], "high": [0.26, 0.21]})
    >>> describe_message_response(table).categories
    ('First', 'Second')
    """
    keys = _keys(table)
    name = "message_response"
    check_table(table, name=name, columns=COLUMNS, unique=(*keys, "message_number"))
    groups = table[keys].astype("str").agg(", ".join, axis=1) if keys else None
    parts = _parts(table, groups)
    numbers = sorted({int(number) for number in table["message_number"]})
    role: Role = "main" if len(parts) == 1 else "plain"
    series = [_series(rows, numbers, group, role) for group, rows in parts[:MOST_GROUPS]]
    categories = [text(NUMBERS.get(number, str(number))) for number in numbers]
    words = caption(table, key=name)
    words["footer"] = " ".join(filter(None, [words["footer"], _left_out(len(parts))]))
    return Picture(
        kind="bar",
        title=text("Orders after a message, by how many came before within a month"),
        categories=tuple(categories),
        series=tuple(series),
        number_format="percent",
        x_label=text("Number of the message"),
        y_label=text("Share of messages that an order followed, with 95% interval"),
        alt_text=_alt_text(series, categories),
        finding=_finding(series[0], numbers),
        **words,
    )


def plot_message_response(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share of messages that an order followed, by their number, with 95 % limits.

    Parameters
    ----------
    table : DataFrame
        From `message_response`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per channel and number.

    Raises
    ------
    ArgumentError
        As in `describe_message_response`.

    Notes
    -----
    The trap: a falling line of bars does not say that a further message does harm; only a hold-out
    tells.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"channel": "Zalo", "message_number": [1, 2], "messages": [200, 50],
    ...     "response_rate": [0.2, 0.1], "low": [0.15, 0.04], "high": [0.26, 0.21]})
    >>> len(plot_message_response(table, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_message_response(table), ax=ax)


def _keys(table: pd.DataFrame) -> list[str]:
    """The columns that name the groups: those before the number."""
    columns = [str(name) for name in getattr(table, "columns", ())]
    return columns[: columns.index("message_number")] if "message_number" in columns else []


def _parts(table: pd.DataFrame, groups: pd.Series | None) -> list[tuple[str, pd.DataFrame]]:
    """The rows of each group, the most messages first."""
    if groups is None:
        return [(text("All messages"), table)]
    parts = [(str(name), rows) for name, rows in table.groupby(groups)]
    return sorted(parts, key=lambda part: (-int(part[1]["messages"].sum()), part[0]))


def _series(rows: pd.DataFrame, numbers: list[int], group: str, role: Role) -> Series:
    """The rates of one group; None where it sent no such message."""
    by_number = rows.set_index("message_number").reindex(numbers)
    rate, low, high = (
        tuple(None if pd.isna(value) else float(value) for value in by_number[column])
        for column in ("response_rate", "low", "high")
    )
    return Series(group, rate, role, low, high)


def _left_out(groups: int) -> str:
    if groups <= MOST_GROUPS:
        return ""
    return text(
        "Groups with fewer messages that are not drawn: {count}.", count=groups - MOST_GROUPS
    )


def _finding(series: Series, numbers: list[int]) -> str | None:
    """The first message and the last, of the group with the most; None where there is no first."""
    rates = {n: rate for n, rate in zip(numbers, series.values, strict=True) if rate is not None}
    if 1 not in rates or max(rates) not in FINDINGS:
        return None
    first, last = (format_number(rates[n], number_format="percent") for n in (1, max(rates)))
    return text(FINDINGS[max(rates)], group=series.name, first=first, last=last)


def _alt_text(series: list[Series], categories: list[str]) -> str:
    """Every rate in words."""
    rates = rates_said(categories, series)
    return text("Bars of the share that an order followed: {rates}.", rates=rates)
