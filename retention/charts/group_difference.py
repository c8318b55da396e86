"""The difference of two groups at the same age, with intervals; what may be chance is pale."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.ages import age_label, ages_of
from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import NumberFormat, Picture, Series
from retention.errors import ArgumentError, choose
from retention.texts import text

COLUMNS = (
    "measure", "at", "group_name", "baseline_name", "in_group", "in_baseline", "difference", "low",
    "high",
)  # fmt: skip
Compared = Literal["retention_rate", "p_returned", "mean_days_to_return"]
# The first of these that the table has is drawn.
PREFERRED: tuple[Compared, ...] = ("p_returned", "retention_rate")
# Both sides stand under few bars only; under many they would touch.
MOST_BARS, MOST_NOTES = 12, 6


def describe_group_difference(table: pd.DataFrame, *, measure: Compared | None = None) -> Picture:
    """Describe the difference of two groups of customers, one bar per age or number of days.

    Parameters
    ----------
    table : DataFrame
        From `compare_groups`.
    measure : {"retention_rate", "p_returned", "mean_days_to_return"}
        What is compared: bought at an age; back within so many days (the default where the table has
        it); mean days until the return.

    Returns
    -------
    Picture
        One series with its 95 % limits; one category per age or number of days, at most twelve;
        differences of shares, or days.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or it has no such measure.

    Notes
    -----
    The trap: a pale bar has an interval that holds 0: what it shows may be chance.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "measure": "p_returned", "at": [30, 90], "group_name": "2024-06",
    ...     "baseline_name": "2024-05", "in_group": [0.1, 0.2], "in_baseline": [0.15, 0.4],
    ...     "difference": [-0.05, -0.2], "low": [-0.12, -0.3], "high": [0.02, -0.1]})
    >>> bars = describe_group_difference(table).series[0]
    >>> bars.values, bars.is_small
    ((-0.05, -0.2), (True, False))
    """
    check_table(table, name="compare_groups", columns=COLUMNS, unique=("measure", "at"))
    chosen = _measure(table, measure)
    rows = table[table["measure"] == chosen].sort_values("at")
    left_out = len(rows) - MOST_BARS
    rows = rows.head(MOST_BARS)
    words = caption(table, key="compare_groups")
    words["footer"] = " ".join([*filter(None, [words["footer"]]), *_legend(rows, left_out)])
    notes = _sides(rows, chosen) if len(rows) <= MOST_NOTES else ()
    first = rows.iloc[0]
    names = {
        "group": _short(str(first["group_name"])),
        "baseline": _short(str(first["baseline_name"])),
    }
    return Picture(
        kind="bar",
        title=_title(chosen, names),
        categories=tuple(str(at) for at in rows["at"]),
        series=(_bars(rows, names["group"]),),
        number_format=_format(chosen),
        x_label=_x_label(table, chosen) + (text("; below: group : baseline") if notes else ""),
        y_label=_y_label(chosen),
        category_notes=notes,
        alt_text=_alt_text(rows, chosen, names),
        finding=_finding(rows, names) if chosen == "p_returned" else None,
        **words,
    )


def plot_group_difference(
    table: pd.DataFrame, *, measure: Compared | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the difference of two groups of customers, one bar per age or number of days.

    Parameters
    ----------
    table : DataFrame
        From `compare_groups`.
    measure : {"retention_rate", "p_returned", "mean_days_to_return"}
        As in `describe_group_difference`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per row and its interval.

    Raises
    ------
    ArgumentError
        As in `describe_group_difference`.

    Notes
    -----
    The trap: above 0 the group does better than the baseline; of days until the return it does so
    below 0.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "measure": "p_returned", "at": [30, 90], "group_name": "2024-06",
    ...     "baseline_name": "2024-05", "in_group": [0.1, 0.2], "in_baseline": [0.15, 0.4],
    ...     "difference": [-0.05, -0.2], "low": [-0.12, -0.3], "high": [0.02, -0.1]})
    >>> len(plot_group_difference(table, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_group_difference(table, measure=measure), ax=ax)


def _measure(table: pd.DataFrame, measure: Compared | None) -> Compared:
    present = set(table["measure"])
    if measure is None:
        return next((name for name in PREFERRED if name in present), "mean_days_to_return")
    choose("measure", measure, get_args(Compared))
    if measure not in present:
        raise ArgumentError(
            f"measure: none of the {len(table)} rows is about {measure!r}; there are "
            f"{', '.join(map(repr, sorted(present)))}. Choose one of these."
        )
    return measure


def _short(name: str) -> str:
    """A list of more than three names by its first two."""
    parts = name.split(", ")
    if len(parts) <= 3:
        return name
    return text("{first}, {second} and {count} more", first=parts[0], second=parts[1],
                count=len(parts) - 2)  # fmt: skip


def _bars(rows: pd.DataFrame, name: str) -> Series:
    low, high = rows["low"], rows["high"]
    return Series(
        name=name,
        values=tuple(float(value) for value in rows["difference"]),
        low=tuple(float(value) for value in low),
        high=tuple(float(value) for value in high),
        is_small=tuple(bool(holds) for holds in (low <= 0) & (high >= 0)),
    )


def _format(measure: Compared) -> NumberFormat:
    return "integer" if measure == "mean_days_to_return" else "points"


def _sides(rows: pd.DataFrame, measure: Compared) -> tuple[tuple[str, str], ...]:
    """Under each bar both sides: 20% : 40%."""
    return tuple(
        (
            str(row["at"]),
            f"{_side(row['in_group'], measure)} : {_side(row['in_baseline'], measure)}",
        )
        for _, row in rows.iterrows()
    )


def _side(value: float, measure: Compared) -> str:
    if measure == "mean_days_to_return":
        return format_number(value, number_format="integer")
    return format_number(value, number_format="percent", digits=0 if value >= 0.0995 else 1)


def _title(measure: Compared, names: dict[str, str]) -> str:
    if measure == "p_returned":
        return text("Back by then, {group} less {baseline}", **names)
    if measure == "retention_rate":
        return text("Bought at that age, {group} less {baseline}", **names)
    return text("Days until the return, {group} less {baseline}", **names)


def _x_label(table: pd.DataFrame, measure: Compared) -> str:
    if measure == "retention_rate":
        period, kind = ages_of(table, None)
        return age_label(period, kind)
    return text("Days since the first purchase")


def _y_label(measure: Compared) -> str:
    if measure == "mean_days_to_return":
        return text("Difference in days, with 95% interval")
    return text("Difference in percentage points, with 95% interval")


def _legend(rows: pd.DataFrame, left_out: int) -> list[str]:
    sentences = []
    if ((rows["low"] <= 0) & (rows["high"] >= 0)).any():
        sentences.append(text("Pale: the interval holds 0, so it may be chance."))
    if left_out > 0:
        sentences.append(text("Later ages that are not drawn: {count}.", count=left_out))
    return sentences


def _alt_text(rows: pd.DataFrame, measure: Compared, names: dict[str, str]) -> str:
    """The last bar in words."""
    last = rows.iloc[-1]
    gap, low, high = (
        format_number(float(last[name]), number_format=_format(measure))
        for name in ("difference", "low", "high")
    )
    return text(
        "Bars of {group} less {baseline}. At {at}: {gap}, 95% interval {low} to {high}.",
        **names, at=last["at"], gap=gap, low=low, high=high,
    )  # fmt: skip


def _finding(rows: pd.DataFrame, names: dict[str, str]) -> str | None:
    """Both sides where they differ most for sure."""
    sure = rows[(rows["low"] > 0) | (rows["high"] < 0)]
    if sure.empty:
        return None
    most = sure.iloc[int(sure["difference"].abs().to_numpy().argmax())]
    return text(
        "Back within {at} days: {ours} of {group}, {theirs} of {baseline}",
        **names, at=most["at"], ours=_side(most["in_group"], "p_returned"),
        theirs=_side(most["in_baseline"], "p_returned"),
    )  # fmt: skip
