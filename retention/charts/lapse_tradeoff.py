"""How the chance of a return falls with silence, and where the thresholds lie."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Series
from retention.errors import choose
from retention.texts import local_number, text

COLUMNS = (
    "days_silent",
    "at_risk",
    "returned_rate",
    "low",
    "high",
    "is_at_risk_threshold",
    "is_lapsed_threshold",
    "threshold_basis",
)
ERRORS = ("called_lapsed_but_returned", "called_active_but_silent")
Value = Literal["returned_rate", "errors"]
_BASIS = {
    "given": "given",
    "data": "from the data",
    "fallback": "fallback",
}
_WORDS: dict[Value, tuple[str, str]] = {
    "returned_rate": (
        "How many silent customers still buy again, by days of silence",
        "Share who bought again in the window",
    ),
    "errors": (
        "What each threshold of silence gets wrong",
        "Share that is called wrongly",
    ),
}
# Below this number the interval would be the whole chart.
SMALL = 50
# In order of importance: where there is no room, the later ones have no tick.
_TICKS = (0, 180, 90, 360, 30, 270, 60, 720, 120, 540, 450, 630, 1080)


def describe_lapse_tradeoff(table: pd.DataFrame, *, value: Value = "returned_rate") -> Picture:
    """Describe the share who still return, or both errors, by days of silence, with the thresholds.

    Parameters
    ----------
    table : DataFrame
        From `choose_lapse`, one group of it.
    value : {"returned_rate", "errors"}
        The share who bought again after so much silence; or what a threshold gets wrong there: returners
        called lapsed, and silent ones called active.

    Returns
    -------
    Picture
        One series with its 95 % band, or two of errors; one category per number of days; shares 0..1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or days repeat.

    Notes
    -----
    The trap: a threshold is a decision, not a fact: some of those called lapsed do return. Days
    with fewer than 50 customers are left out.

    Examples
    --------
    >>> lapse = pd.DataFrame({
    ...     "days_silent": [0, 30, 60], "at_risk": [90, 60, 50],
    ...     "returned_rate": [0.4, 0.2, 0.05], "low": [0.3, 0.1, 0.01], "high": [0.5, 0.3, 0.09],
    ...     "is_at_risk_threshold": [False, True, False],
    ...     "is_lapsed_threshold": [False, False, True], "threshold_basis": "data"})
    >>> [mark.label for mark in describe_lapse_tradeoff(lapse).highlights]
    ['At risk after 30 days', 'Lapsed after 60 days (from the data)']
    """
    choose("value", value, get_args(Value))
    columns = COLUMNS if value == "returned_rate" else (*COLUMNS, *ERRORS)
    check_table(table, name="choose_lapse", columns=columns, unique=("days_silent",))
    rows = _solid(table).sort_values("days_silent").reset_index(drop=True)
    days = [int(day) for day in rows["days_silent"]]
    series = _series(rows, value)
    counts = dict(zip(days, rows["at_risk"].astype(int), strict=True))
    marks = _marks(rows)
    words = caption(table, key="choose_lapse")
    if len(rows) < len(table):
        few = text("Days with fewer than {customers} customers are not drawn.", customers=SMALL)
        words["footer"] = f"{words['footer']} {few}".strip()
    title, y_label = _WORDS[value]
    return Picture(
        kind="line",
        title=text(title),
        categories=tuple(days),
        series=series,
        number_format="percent",
        x_label=text("Days since the last purchase, at least; below: customers"),
        y_label=text(y_label),
        highlights=tuple(marks),
        category_notes=tuple((day, local_number(f"{counts[day]:,}")) for day in _ticks(days)),
        alt_text=_alt_text(days, series, marks),
        finding=_finding(rows, value),
        **words,
    )


def plot_lapse_tradeoff(
    table: pd.DataFrame, *, value: Value = "returned_rate", ax: Axes | None = None
) -> Axes:
    """Draw the share who still return, or both errors, by days of silence, with the thresholds.

    Parameters
    ----------
    table : DataFrame
        From `choose_lapse`, one group of it.
    value : {"returned_rate", "errors"}
        As in `describe_lapse_tradeoff`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with the curve, its band and an upright line per threshold.

    Raises
    ------
    ArgumentError
        As in `describe_lapse_tradeoff`.

    Notes
    -----
    The trap: "Fallback" at a threshold means that the data could not tell: give the days yourself.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> lapse = pd.DataFrame({
    ...     "days_silent": [0, 30, 60], "at_risk": [90, 60, 50],
    ...     "returned_rate": [0.4, 0.2, 0.05], "low": [0.3, 0.1, 0.01], "high": [0.5, 0.3, 0.09],
    ...     "is_at_risk_threshold": [False, True, False],
    ...     "is_lapsed_threshold": [False, False, True], "threshold_basis": "data"})
    >>> len(plot_lapse_tradeoff(lapse, ax=Figure().subplots()).get_lines())
    3
    """
    return draw_picture(describe_lapse_tradeoff(table, value=value), ax=ax)


def _series(rows: pd.DataFrame, value: Value) -> tuple[Series, ...]:
    """The rate with its band, or both errors."""
    wanted = ("returned_rate", "low", "high") if value == "returned_rate" else ERRORS
    found = {
        name: tuple(None if pd.isna(one) else float(one) for one in rows[name]) for name in wanted
    }
    if value == "returned_rate":
        rate, low, high = found.values()
        return (Series(text("Bought again"), rate, "main", low, high),)
    lost, kept = found.values()
    return (
        Series(text("Returners called lapsed"), lost, "accent"),
        Series(text("Silent called active"), kept, "main"),
    )


def _solid(table: pd.DataFrame) -> pd.DataFrame:
    """The days with enough customers and the thresholds; all where there are none."""
    is_mark = table["is_at_risk_threshold"].astype(bool) | table["is_lapsed_threshold"].astype(bool)
    shown = table[(table["at_risk"] >= SMALL) | is_mark]
    return table if (shown["at_risk"] < SMALL).all() else shown


def _ticks(days: list[int]) -> list[int]:
    """The table's days nearest to round ones."""
    wanted = [tick for tick in _TICKS if days[0] <= tick <= days[-1]]
    return list(dict.fromkeys(min(days, key=lambda day: abs(day - tick)) for tick in wanted))


def _marks(rows: pd.DataFrame) -> list[Highlight]:
    """The two thresholds, the second with what it rests on."""
    marks = []
    for day in rows.loc[rows["is_at_risk_threshold"].astype(bool), "days_silent"]:
        marks.append(Highlight(int(day), text("At risk after {days} days", days=int(day))))
    lapsed = rows[rows["is_lapsed_threshold"].astype(bool)]
    for day, basis in zip(lapsed["days_silent"], lapsed["threshold_basis"], strict=True):
        said = text(_BASIS.get(str(basis), str(basis)))
        label = text("Lapsed after {days} days ({basis})", days=int(day), basis=said)
        marks.append(Highlight(int(day), label))
    return marks


def _alt_text(days: list[int], series: tuple[Series, ...], marks: list[Highlight]) -> str:
    """The ends of each curve and the thresholds in words."""
    curves = "; ".join(_ends(days, line.name, list(line.values)) for line in series)
    said = ". ".join(mark.label for mark in marks) or text("No threshold")
    return text("Shares by days of silence. {curves}. {marks}.", curves=curves, marks=said)


def _ends(days: list[int], name: str, values: list[float | None]) -> str:
    first, last = (format_number(values[at], number_format="percent") for at in (0, -1))
    return text(
        "{name}: {start} from {first} days, {end} from {last} days",
        name=name, start=first, first=days[0], end=last, last=days[-1],
    )  # fmt: skip


def _finding(rows: pd.DataFrame, value: Value) -> str | None:
    """What the threshold of the lapsed means."""
    chosen = rows[rows["is_lapsed_threshold"].astype(bool)]
    wanted = ("returned_rate",) if value == "returned_rate" else ERRORS
    if chosen.empty or chosen[list(wanted)].isna().any(axis=None):
        return None
    row = chosen.iloc[0]
    said = [format_number(float(row[name]), number_format="percent") for name in wanted]
    if value == "returned_rate":
        return text(
            "Of those silent for {days} days or longer {share} buy again in the window",
            days=int(row["days_silent"]), share=said[0],
        )  # fmt: skip
    return text(
        "At {days} days {lost} of the returners are called lapsed, {kept} of the silent active",
        days=int(row["days_silent"]), lost=said[0], kept=said[1],
    )  # fmt: skip
