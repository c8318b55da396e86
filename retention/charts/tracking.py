"""Repeat purchases as they came, beside those that the model expects."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Series
from retention.errors import ArgumentError, choose
from retention.periods import Period, period_label
from retention.texts import text

COLUMNS = ("period", "actual_orders", "expected_orders", "is_complete", "is_holdout")
Measure = Literal["incremental", "cumulative"]


def describe_tracking(table: pd.DataFrame, *, measure: Measure = "incremental") -> Picture:
    """Describe repeat purchases by period, actual beside expected.

    Parameters
    ----------
    table : DataFrame
        From `tracking`.
    measure : {"incremental", "cumulative"}
        Of each period, or all up to its end.

    Returns
    -------
    Picture
        Two lines, actual and expected; one category per complete period. Where the fit has not seen
        all of them, an upright line stands before the first that it has not.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or no period is complete.

    Notes
    -----
    The trap: summed up, misses in opposite directions hide each other: look at both.

    Examples
    --------
    >>> months = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-02-01"]),
    ...     "actual_orders": [3, 5], "expected_orders": [2.5, 4.5], "is_complete": True,
    ...     "is_holdout": False})
    >>> [line.values for line in describe_tracking(months, measure="cumulative").series]
    [(3.0, 8.0), (2.5, 7.0)]
    """
    choose("measure", measure, get_args(Measure))
    check_table(table, name="tracking", columns=COLUMNS, unique=("period",))
    shown = table[table["is_complete"].astype(bool)].sort_values("period")
    if shown.empty:
        raise ArgumentError(
            f"tracking: none of {len(table)} periods is complete, so there is nothing to compare. "
            'Pass period="week" or "day" to tracking(...).'
        )
    sums = shown[["actual_orders", "expected_orders"]].astype(float)
    sums = sums.cumsum() if measure == "cumulative" else sums
    period: Period = table.attrs.get("parameters", {}).get("period", "month")
    names = tuple(period_label(start, period) for start in shown["period"])
    actual, expected = (tuple(sums[name].tolist()) for name in sums)
    words = caption(table, key="tracking")
    return Picture(
        kind="line",
        title=_title(measure),
        categories=names,
        series=(
            Series(text("Actual"), actual, "main"),
            Series(text("Expected by the model"), expected, "accent"),
        ),
        highlights=_first_unseen(shown, names),
        x_label=text("{period} of the purchase", period=_capital(period)),
        y_label=text("Repeat purchase days"),
        alt_text=_alt_text(measure, names, actual, expected),
        finding=_finding(shown, names),
        **words,
    )


def plot_tracking(
    table: pd.DataFrame, *, measure: Measure = "incremental", ax: Axes | None = None
) -> Axes:
    """Draw repeat purchases by period, actual beside expected.

    Parameters
    ----------
    table : DataFrame
        From `tracking`.
    measure : {"incremental", "cumulative"}
        Of each period, or all up to its end.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with two lines.

    Raises
    ------
    ArgumentError
        As in `describe_tracking`.

    Notes
    -----
    The period that is not over yet is left out: it would look like a fall.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> months = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-02-01"]),
    ...     "actual_orders": [3, 5], "expected_orders": [2.5, 4.5], "is_complete": True,
    ...     "is_holdout": False})
    >>> len(plot_tracking(months, ax=Figure().subplots()).get_lines())
    2
    """
    return draw_picture(describe_tracking(table, measure=measure), ax=ax)


def _title(measure: Measure) -> str:
    if measure == "cumulative":
        return text("All repeat purchases so far, actual and expected")
    return text("Repeat purchases, actual and expected")


def _finding(shown: pd.DataFrame, names: tuple[str, ...]) -> str:
    """The sums of what the fit has not seen; of everything, where it has seen all."""
    unseen = shown["is_holdout"].to_numpy(dtype=bool)
    judged = unseen if unseen.any() else ~unseen
    sums = shown.loc[judged, ["actual_orders", "expected_orders"]].sum()
    return text(
        "{actual} repeat purchases from {first} to {last}, {expected} expected",
        actual=format_number(float(sums["actual_orders"])),
        expected=format_number(float(sums["expected_orders"])),
        first=names[int(judged.argmax())],
        last=names[-1],
    )


def _capital(period: Period) -> str:
    return text(period).capitalize()


def _first_unseen(shown: pd.DataFrame, names: tuple[str, ...]) -> tuple[Highlight, ...]:
    """Where the test begins, if part of the periods is one."""
    unseen = shown["is_holdout"].to_numpy(dtype=bool)
    if not unseen.any() or unseen.all():
        return ()
    return (Highlight(names[int(unseen.argmax())], text("Not seen by the fit from here")),)


def _alt_text(
    measure: Measure,
    names: tuple[str, ...],
    actual: tuple[float, ...],
    expected: tuple[float, ...],
) -> str:
    """The sum, or the last of the running sums."""
    total, foreseen = (
        values[-1] if measure == "cumulative" else sum(values) for values in (actual, expected)
    )
    return text(
        "Two lines from {first} to {last}: {actual} repeat purchase days came in all, {expected} were "
        "expected.",
        first=names[0],
        last=names[-1],
        actual=format_number(total),
        expected=format_number(foreseen),
    )
