"""The lines of a chart, from the back to the front, intervals as dashed lines."""

from __future__ import annotations

from dataclasses import dataclass

from retention.charts.picture import Picture, Role, Series
from retention.charts.series_colours import series_colours
from retention.export.finite import finite
from retention.files import neutralise
from retention.texts import text

_WIDTHS: dict[Role, float] = {"main": 3.0, "accent": 2.5, "plain": 2.25, "muted": 1.0}
_BACK_TO_FRONT: tuple[Role, ...] = ("muted", "plain", "accent", "main")
# More intervals than these would hide the lines.
_MOST_BANDS = 2


@dataclass(frozen=True)
class Line:
    """One line: its points, colour (#RRGGBB), width in points; a band's limit is dashed."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    width: float
    role: Role
    is_limit: bool = False

    @property
    def is_named(self) -> bool:
        """Whether the line gets a label or a legend entry."""
        return self.role != "muted" and not self.is_limit

    @property
    def last(self) -> int | None:
        """Position of its last point."""
        places = [place for place, value in enumerate(self.values) if value is not None]
        return places[-1] if places else None


def lines_of(picture: Picture) -> list[Line]:
    """The lines of a picture, those behind first.

    Parameters
    ----------
    picture
        A line picture.

    Returns
    -------
    list of Line
        Muted first, main last; the limits of an interval just before their line.

    Notes
    -----
    The trap: intervals are drawn for the main lines only, or for one or two lines without a main.

    Examples
    --------
    >>> main = Series("all", (0.3,), role="main", low=(0.2,), high=(0.4,))
    >>> picture = Picture("line", "k", "t", (1,), (main, Series("2024-01", (0.5,), role="muted")))
    >>> [line.name for line in lines_of(picture)]
    ['2024-01', 'all, lower limit', 'all, upper limit', 'all']
    """
    coloured = list(zip(picture.series, series_colours(picture), strict=True))
    coloured.sort(key=lambda pair: _BACK_TO_FRONT.index(pair[0].role))
    banded = _banded(picture)
    lines = []
    for series, colour in coloured:
        if series in banded:
            lines += _limits(series, colour)
        lines.append(_line(series.name, series.values, colour, series.role))
    return lines


def has_intervals(picture: Picture) -> bool:
    """Whether the chart draws the limits of an interval.

    Examples
    --------
    >>> has_intervals(Picture("line", "k", "t", (1,), (Series("all", (0.3,)),)))
    False
    """
    return bool(_banded(picture))


def _banded(picture: Picture) -> list[Series]:
    banded = [s for s in picture.series if s.low is not None and s.high is not None]
    main = [series for series in banded if series.role == "main"]
    return main[:_MOST_BANDS] if main else banded if len(banded) <= _MOST_BANDS else []


def _limits(series: Series, colour: str) -> list[Line]:
    names = (text("{name}, lower limit"), text("{name}, upper limit"))
    limits = zip(names, (series.low, series.high), strict=True)
    shown = [(name, tuple(map(finite, values))) for name, values in limits if values is not None]
    return [
        Line(neutralise(name.format(name=series.name)), values, colour, 1.0, "main", True)
        for name, values in shown
    ]


def _line(name: str, values: tuple[float | None, ...], colour: str, role: Role) -> Line:
    return Line(neutralise(name), tuple(map(finite, values)), colour, _WIDTHS[role], role)
