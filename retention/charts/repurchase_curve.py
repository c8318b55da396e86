"""The repurchase curve: what share is back by day, with the number still observed."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Series
from retention.errors import ArgumentError, examples
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
# In order of importance: where there is no room, the later ones have no tick.
_TICKS = (0, 180, 90, 365, 30, 60, 730, 270, 545, 1095, 1460, 1825)


def describe_repurchase_curve(table: pd.DataFrame, *, order_number: int = 1) -> Picture:
    """Describe the estimated share of customers back by day.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_curve`.
    order_number : int
        The purchase from which the gap starts; 1: from the first to the second.

    Returns
    -------
    Picture
        One series with its 95 % band; one category per day from 0; shares 0..1; under the ticks
        the number still observed and not yet back.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or it has no such order number.

    Notes
    -----
    The curve ends where too few are observed; it says nothing about later days.

    Examples
    --------
    >>> curve = pd.DataFrame({
    ...     "order_number": 1, "gap_days": [1, 3], "at_risk": [10, 8], "events": [2, 4],
    ...     "censored": [0, 4], "p_returned": [0.2, 0.6], "low": [0.05, 0.3], "high": [0.5, 0.9]})
    >>> describe_repurchase_curve(curve).series[0].values
    (0.0, 0.2, 0.2, 0.6)
    """
    check_table(table, name="repurchase_curve", columns=COLUMNS)
    rows = table[table["order_number"] == order_number].sort_values("gap_days")
    if rows.empty:
        raise ArgumentError(
            f"order_number: none of the {len(table)} rows is for {order_number!r}; the table has "
            f"{examples(table['order_number'].drop_duplicates())}. Choose one of these."
        )
    check_table(rows, name="repurchase_curve", columns=COLUMNS, unique=("gap_days",))
    daily = _daily(rows)
    name = text("Back by then")
    days = [int(day) for day in daily.index]
    line = Series(name, *(tuple(daily["p_returned"]),), "main", *_band(daily))
    return Picture(
        kind="line",
        title=_title(order_number),
        categories=tuple(days),
        series=(line,),
        number_format="percent",
        x_label=text("Days since the purchase; below: customers observed and not yet back"),
        y_label=text("Estimated share back by then"),
        highlights=tuple(_highlights(daily, name)),
        category_notes=tuple((day, f"{_at_risk(rows, day):,}") for day in _TICKS if day in days),
        alt_text=_alt_text(daily),
        **caption(table, key="repurchase_curve"),
    )


def plot_repurchase_curve(
    table: pd.DataFrame, *, order_number: int = 1, ax: Axes | None = None
) -> Axes:
    """Draw the estimated share of customers back by day.

    Parameters
    ----------
    table : DataFrame
        From `repurchase_curve`.
    order_number : int
        The purchase from which the gap starts; 1: from the first to the second.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with the curve, its band and marks at 30, 60, 90 and 180 days.

    Raises
    ------
    ArgumentError
        As in `describe_repurchase_curve`.

    Notes
    -----
    The mean of the gaps seen so far would be too short; read the curve instead.

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
    return draw_picture(describe_repurchase_curve(table, order_number=order_number), ax=ax)


def _daily(rows: pd.DataFrame) -> pd.DataFrame:
    """The step curve on every day from 0: between events the share stays as it was."""
    steps = rows.set_index("gap_days")[["p_returned", "low", "high"]].astype(float)
    days = range(int(rows["gap_days"].max()) + 1)
    return steps.reindex(days).ffill().fillna(0.0)


def _band(daily: pd.DataFrame) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Lower and upper limits by day."""
    return tuple(daily["low"].tolist()), tuple(daily["high"].tolist())


def _title(order_number: int) -> str:
    """Which gap the curve is about."""
    if order_number == 0:
        return text("How soon customers come back, after any purchase")
    if order_number == 1:
        return text("How soon customers come back after the first purchase")
    return text("How soon customers come back after purchase {number}", number=order_number)


def _highlights(daily: pd.DataFrame, name: str) -> list[Highlight]:
    """Marks at the days people ask for, as far as the curve goes."""
    return [
        Highlight(
            day,
            text(
                "{days} days: {share}",
                days=day,
                share=format_number(float(daily["p_returned"][day]), number_format="percent"),
            ),
            name,
        )
        for day in MARKED_DAYS
        if day in daily.index
    ]


def _at_risk(rows: pd.DataFrame, day: int) -> int:
    """Customers still observed and not yet back just before the day."""
    later = rows[rows["gap_days"] >= day]
    if not later.empty:
        return int(later["at_risk"].iloc[0])
    last = rows.iloc[-1]
    return int(last["at_risk"] - last["events"] - last["censored"])


def _alt_text(daily: pd.DataFrame) -> str:
    """The curve in words, at the marked days and at its end."""
    days = [day for day in (*MARKED_DAYS, int(daily.index[-1])) if day in daily.index]
    shares = ", ".join(
        text(
            "{share} within {day} days",
            share=format_number(float(daily["p_returned"][day]), number_format="percent"),
            day=day,
        )
        for day in dict.fromkeys(days)
    )
    return text("Estimated share of customers back: {shares}.", shares=shares)
