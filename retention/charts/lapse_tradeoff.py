"""How the chance of a return falls with silence, and where the thresholds lie."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Series
from retention.texts import text

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
_BASIS = {
    "given": "given",
    "data": "from the data",
    "fallback": "fallback",
}
# Below this number the interval would be the whole chart.
SMALL = 50
# In order of importance: where there is no room, the later ones have no tick.
_TICKS = (0, 180, 90, 360, 30, 270, 60, 720, 120, 540, 450, 630, 1080)


def describe_lapse_tradeoff(table: pd.DataFrame) -> Picture:
    """Describe the share who still return by days of silence, with both thresholds.

    Parameters
    ----------
    table : DataFrame
        From `choose_lapse`.

    Returns
    -------
    Picture
        One series with its 95 % band; one category per number of days; shares 0..1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or days repeat.

    Notes
    -----
    A threshold is a decision, not a fact: some of those called lapsed do return. Days with fewer
    than 50 customers are left out.

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
    check_table(table, name="choose_lapse", columns=COLUMNS, unique=("days_silent",))
    rows = _solid(table).sort_values("days_silent").reset_index(drop=True)
    days = [int(day) for day in rows["days_silent"]]
    rate, low, high = (
        tuple(None if pd.isna(value) else float(value) for value in rows[column])
        for column in ("returned_rate", "low", "high")
    )
    counts = dict(zip(days, rows["at_risk"].astype(int), strict=True))
    marks = _marks(rows)
    words = caption(table, key="choose_lapse")
    if len(rows) < len(table):
        few = text("Days with fewer than {customers} customers are not drawn.", customers=SMALL)
        words["footer"] = f"{words['footer']} {few}".strip()
    return Picture(
        kind="line",
        title=text("How many silent customers still buy again, by days of silence"),
        categories=tuple(days),
        series=(Series(text("Returned"), rate, "main", low, high),),
        number_format="percent",
        x_label=text("Days since the last purchase, at least; below: customers"),
        y_label=text("Share who bought again in the window"),
        highlights=tuple(marks),
        category_notes=tuple((day, f"{counts[day]:,}") for day in _ticks(days)),
        alt_text=_alt_text(days, rate, marks),
        **words,
    )


def plot_lapse_tradeoff(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share who still return by days of silence, with both thresholds.

    Parameters
    ----------
    table : DataFrame
        From `choose_lapse`.
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
    "Fallback" at a threshold means that the data could not tell: give the days yourself.

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
    return draw_picture(describe_lapse_tradeoff(table), ax=ax)


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


def _alt_text(days: list[int], rate: tuple[float | None, ...], marks: list[Highlight]) -> str:
    """The ends of the curve and the thresholds in words."""
    return text(
        "Share who bought again by days of silence: {start} from {first} days, {end} from {last} "
        "days. {marks}.",
        start=format_number(rate[0], number_format="percent"),
        first=days[0],
        end=format_number(rate[-1], number_format="percent"),
        last=days[-1],
        marks=". ".join(mark.label for mark in marks) or text("No threshold"),
    )
