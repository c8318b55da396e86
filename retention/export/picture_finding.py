"""What a chart shows, in a few words: what is largest, what changed, where a line leads."""

from __future__ import annotations

from collections.abc import Sequence

from retention.charts.picture import Picture, Series
from retention.export.finding_changes import change_words, path_words
from retention.export.finding_place import place_words
from retention.export.finding_point import Point
from retention.export.finding_words import difference_words, largest_words
from retention.export.time_labels import are_periods
from retention.texts import text

# Ages or, on longer axes, days that people ask for.
_MILESTONES, _DAYS = ((3, 6, 12), (30, 90, 180, 365)), 60


def picture_finding(picture: Picture) -> str:
    """What is largest (bars, cells), what changed (periods), or where a line starts and ends.

    Parameters
    ----------
    picture
        Any picture.

    Returns
    -------
    str
        A few words, with the 95 % limits where these are known; empty where nothing can be said.

    Notes
    -----
    The trap: the last points of a line rest on the fewest, so it is read at a round place.

    Examples
    --------
    >>> counts = Series("all", (40, 30))
    >>> picture_finding(Picture("bar", "rfm", "Customers", ("2023", "2024"), (counts,)))
    'down to 30 in 2024, from 40 in 2023'
    """
    return _RULES[picture.kind](picture)


def _of_bars(picture: Picture) -> str:
    points = _points(picture, _main(picture.series))
    if picture.number_format == "points":
        latest = points[-1:] if are_periods(picture.categories) else points
        return difference_words(picture, latest)
    if are_periods(picture.categories):
        return _named(picture, _main(picture.series), change_words(picture, points))
    return largest_words(picture, points)


def _of_stack(picture: Picture) -> str:
    """The sums of periods; else the largest part of the first stack that is whole."""
    places = range(len(picture.categories))
    whole = [place for place in places if not _is_open(picture, place)]
    lines = [series for series in picture.series if series.is_line]
    if lines and are_periods(
        picture.categories
    ):  # a line over the bars is their sum, or else a rate
        return _named(picture, lines[0], change_words(picture, _points(picture, lines[0])))
    sums = [
        Point(str(picture.categories[place]), sum(s.values[place] or 0.0 for s in picture.series))
        for place in whole
    ]
    if are_periods(picture.categories):
        return change_words(picture, sums)
    main = _points(picture, _main(picture.series))
    return change_words(picture, [main[0], main[-1]]) if len(main) > 1 else ""


def _of_steps(picture: Picture) -> str:
    """From the first total to the last one."""
    totals = picture.series[0].is_total or ()
    points = _points(picture, picture.series[0])
    ends = [point for point, is_total in zip(points, totals, strict=False) if is_total]
    return change_words(picture, [ends[0], ends[-1]]) if len(ends) > 1 else ""


def _of_lines(picture: Picture) -> str:
    """Several lines beside each other at their last common point, else one from start to end."""
    named = [series for series in picture.series if series.role != "muted"]
    main = [series for series in named if series.role == "main"]
    if len(named) > 1 and not main:
        common = _common_place(picture, named)
        if common is None:
            return ""
        at = [point for s in named if (point := _point(s, common, name=s.name))]
        place = place_words(picture, _plain(picture.categories[common]))
        return text("at {place}, {words}", place=place, words=largest_words(picture, at))
    return _path(picture, _main(picture.series))


def _of_heatmap(picture: Picture) -> str:
    """The row of all along a scale, else the largest cell."""
    totals = [series for series in picture.series if series.role == "main"]
    if totals and not any(isinstance(category, str) for category in picture.categories):
        return _path(picture, totals[0], is_named=False)
    rows = [series for series in picture.series if series.role != "main"]
    cells = [
        Point(f"{row.name} → {point.name}", point.value)
        for row in rows
        for point in _points(picture, row)
    ]
    return largest_words(picture, cells)


def _path(picture: Picture, series: Series, *, is_named: bool = True) -> str:
    """From the start to a round place: the last ones rest on the fewest."""
    points = _points(picture, series)
    end = _round_place([point.name for point in points])
    words = path_words(picture, points if end is None else points[: end + 1])
    return _named(picture, series, words) if is_named else words


def _named(picture: Picture, series: Series, words: str) -> str:
    """The words, and of which of several series."""
    return f"{words} ({series.name})" if words and len(picture.series) > 1 else words


_RULES = {
    "bar": _of_bars,
    "stacked_bar": _of_stack,
    "waterfall": _of_steps,
    "line": _of_lines,
    "heatmap": _of_heatmap,
}


def _main(series: tuple[Series, ...]) -> Series:
    """The series that the picture is about."""
    return min(series, key=lambda one: ("main", "accent", "plain", "muted").index(one.role))


def _points(picture: Picture, series: Series) -> list[Point]:
    """What is known of a series: no open periods, no small groups, nothing that is 1 by definition."""
    found = []
    for place, category in enumerate(picture.categories):
        is_small = bool(series.is_small and series.is_small[place])
        is_open = bool(series.is_partial and series.is_partial[place])
        point = _point(series, place, name=_plain(category))
        if point is not None and not (is_small or is_open or category in picture.uncoloured):
            found.append(point)
    return found


def _point(series: Series, place: int, *, name: str) -> Point | None:
    value = series.values[place]
    if value is None:
        return None
    low = series.low[place] if series.low else None
    high = series.high[place] if series.high else None
    return Point(name, value, low, high)


def _plain(category: str | float) -> str:
    return category if isinstance(category, str) else f"{category:g}"


def _is_open(picture: Picture, place: int) -> bool:
    return any(series.is_partial and series.is_partial[place] for series in picture.series)


def _common_place(picture: Picture, series: list[Series]) -> int | None:
    """A round place where all have a value, else the last such."""
    places = range(len(picture.categories))
    known = [p for p in places if all(one.values[p] is not None for one in series)]
    end = _round_place([_plain(picture.categories[place]) for place in known])
    if end is not None:
        return known[end]
    return known[-1] if known else None


def _round_place(names: Sequence[str]) -> int | None:
    """The last that people ask for."""
    milestones = [_plain(place) for place in _MILESTONES[len(names) > _DAYS]]
    return max((names.index(name) for name in milestones if name in names), default=None)
