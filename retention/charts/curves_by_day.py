"""Curves of a share by day: one line per group, the number still at risk under the ticks."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from retention.charts.number import format_number
from retention.charts.picture import Role, Series
from retention.charts.series_colours import MANY_LINES

# In order of importance: where there is no room, the later ones have no tick.
TICKS = (0, 180, 90, 365, 30, 60, 730, 270, 545, 1095, 1460, 1825, 2555, 3650)
Values = tuple[float | None, ...]


def curve_lines(
    curves: Mapping[str, pd.DataFrame], *, day: str, share: str, last: int
) -> tuple[Series, ...]:
    """One series per curve up to the day `last`; between two days the share stays as it was.

    A single one has its band. Of several, those with the most at risk on day 0 are in colour.

    Examples
    --------
    >>> curve = pd.DataFrame({"gap_days": [0, 2], "at_risk": [9, 5], "p_returned": [0.0, 0.5],
    ...     "low": [0.0, 0.2], "high": [0.0, 0.8]})
    >>> (line,) = curve_lines({"all": curve}, day="gap_days", share="p_returned", last=3)
    >>> line.values, line.role
    ((0.0, 0.0, 0.5, None), 'main')
    """
    sizes = {name: int(curve["at_risk"].max()) for name, curve in curves.items()}
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))
    coloured = largest if len(curves) <= MANY_LINES else largest[: MANY_LINES - 1]
    lines = []
    for name in largest:
        values, low, high = (
            _by_day(curves[name], day, column, last) for column in (share, "low", "high")
        )
        role: Role = "main" if len(curves) == 1 else "plain" if name in coloured else "muted"
        band = (low, high) if len(curves) == 1 else (None, None)
        lines.append(Series(name, values, role, *band))
    return tuple(lines)


def risk_notes(
    curves: Mapping[str, pd.DataFrame], *, day: str, last: int
) -> tuple[tuple[int, str], ...]:
    """Those at risk just before each tick, of all curves together.

    Examples
    --------
    >>> curve = pd.DataFrame({"gap_days": [0, 30], "at_risk": [9, 5]})
    >>> risk_notes({"all": curve}, day="gap_days", last=30)
    ((0, '9'), (30, '5'))
    """
    ticks = [tick for tick in TICKS if tick <= last]
    return tuple(
        (tick, format_number(sum(_at_risk(curve, day, tick) for curve in curves.values())))
        for tick in ticks
    )


def _by_day(curve: pd.DataFrame, day: str, column: str, last: int) -> Values:
    """The steps of a curve on every day from 0, and none beyond its end."""
    steps = curve.set_index(day)[column].astype(float).sort_index()
    end = min(int(steps.index.max()), last)
    known = steps.reindex(range(end + 1), method="ffill").fillna(0.0)
    return (*known.tolist(), *[None] * (last - end))


def _at_risk(curve: pd.DataFrame, day: str, tick: int) -> int:
    """Customers still observed and not yet back just before the day; none beyond the curve's end."""
    later = curve[curve[day] >= tick].sort_values(day)
    return 0 if later.empty else int(later["at_risk"].iloc[0])
