"""The months ahead: orders or money, with the limits in which nine in ten totals end."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import NumberFormat, Picture, Series
from retention.errors import choose
from retention.texts import text

Measure = Literal["cumulative_value", "cumulative_orders", "value", "orders"]
# The middle and its limits, as the table calls them.
_COLUMNS: dict[str, tuple[str, str, str]] = {
    "cumulative_value": ("cumulative_value", "cumulative_value_low", "cumulative_value_high"),
    "cumulative_orders": ("cumulative_orders", "cumulative_orders_low", "cumulative_orders_high"),
    "value": ("expected_value", "value_low", "value_high"),
    "orders": ("expected_orders", "total_orders_low", "total_orders_high"),
}


def describe_forecast(table: pd.DataFrame, *, measure: Measure = "cumulative_value") -> Picture:
    """Describe the expected orders or money of the months ahead, as a fan.

    Parameters
    ----------
    table : DataFrame
        From `forecast`.
    measure : {"cumulative_value", "cumulative_orders", "value", "orders"}
        All from the as-of date on, or of each month.

    Returns
    -------
    Picture
        A line with its limits; one category per month.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    The trap: the first and the last month may hold only part of their days: see `is_complete` of
    the table.

    Examples
    --------
    >>> table = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-02-01"]),
    ...     "cumulative_orders": [90.0, 200.0], "cumulative_orders_low": [70.0, 150.0],
    ...     "cumulative_orders_high": [120.0, 260.0]})
    >>> describe_forecast(table, measure="cumulative_orders").series[0].values
    (90.0, 200.0)
    """
    choose("measure", measure, get_args(Measure))
    columns = ("period", *_COLUMNS[measure])
    check_table(table, name="forecast", columns=columns, unique=("period",))
    shown = table.sort_values("period")
    values, low, high = (tuple(map(float, shown[name])) for name in columns[1:])
    words = caption(table, key="forecast")
    kind: NumberFormat = "money" if "value" in measure else "integer"
    last = shown["period"].iloc[-1]
    return Picture(
        kind="line",
        title=_title(measure),
        categories=tuple(f"{start:%Y-%m}" for start in shown["period"]),
        series=(Series(text("Expected"), values, "main", low, high),),
        number_format=kind,
        interval_percent=90,
        x_label=text("Month"),
        y_label=_y_label(measure),
        alt_text=_alt_text(last, (values[-1], low[-1], high[-1]), kind, words),
        finding=_finding(
            measure, f"{last:%Y-%m}", (values[-1], low[-1], high[-1]), words["currency"]
        ),
        **words,
    )


def plot_forecast(
    table: pd.DataFrame, *, measure: Measure = "cumulative_value", ax: Axes | None = None
) -> Axes:
    """Draw the expected orders or money of the months ahead, as a fan.

    Parameters
    ----------
    table : DataFrame
        From `forecast`.
    measure : {"cumulative_value", "cumulative_orders", "value", "orders"}
        All from the as-of date on, or of each month.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with a line and its band.

    Raises
    ------
    ArgumentError
        As in `describe_forecast`.

    Notes
    -----
    The trap: limits of months do not add up to those of the sum: for a total, draw the cumulative
    one.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-02-01"]),
    ...     "cumulative_orders": [90.0, 200.0], "cumulative_orders_low": [70.0, 150.0],
    ...     "cumulative_orders_high": [120.0, 260.0]})
    >>> axes = plot_forecast(table, measure="cumulative_orders", ax=Figure().subplots())
    >>> len(axes.get_lines())
    1
    """
    return draw_picture(describe_forecast(table, measure=measure), ax=ax)


def _title(measure: Measure) -> str:
    titles = {
        "cumulative_value": text("Expected net amount from now on"),
        "cumulative_orders": text("Expected purchase days from now on"),
        "value": text("Expected net amount by month"),
        "orders": text("Expected purchase days by month"),
    }
    return titles[measure]


def _y_label(measure: Measure) -> str:
    if "value" in measure:
        return text("Net amount, nine in ten totals in the band")
    return text("Purchase days, nine in ten totals in the band")


def _alt_text(
    last: pd.Timestamp, total: tuple[float, float, float], kind: NumberFormat, words: object
) -> str:
    currency = words["currency"] if isinstance(words, dict) else None
    said = [format_number(each, number_format=kind, currency=currency) for each in total]
    return text(
        "A line with a band. At the end of {month}: {middle}, nine in ten totals lie between {low} "
        "and {high}.",
        month=f"{last:%Y-%m}", middle=said[0], low=said[1], high=said[2],
    )  # fmt: skip


def _finding(
    measure: Measure, month: str, total: tuple[float, float, float], currency: str | None
) -> str | None:
    """The total at the end, which is what a forecast is for; months do not add up to its limits."""
    if not measure.startswith("cumulative"):
        return None
    is_money = measure == "cumulative_value"
    kind: NumberFormat = "money" if is_money else "integer"
    said = [format_number(each, number_format=kind, currency=currency) for each in total]
    words = {"total": said[0], "low": said[1], "high": said[2], "month": month}
    if is_money:
        words["total"] = f"{said[0]} {currency or ''}".rstrip()
        return text("{total} expected until {month} (90%: {low} to {high})", **words)
    return text("{total} purchase days expected until {month} (90%: {low} to {high})", **words)
