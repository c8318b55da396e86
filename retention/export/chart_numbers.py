"""The numbers of a picture as rows of a sheet, and which column each series is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from retention.charts.colours import role_colour
from retention.charts.picture import Picture, Series
from retention.charts.picture_check import check_picture
from retention.charts.series_colours import series_colours
from retention.export.finite import finite
from retention.export.in_points import in_points, native_factor
from retention.export.lines import lines_of
from retention.export.number_code import label_code
from retention.export.waterfall_stack import layers_of
from retention.texts import text

# More numbers than this along an axis are a scale.
_MOST_STEPS = 40


@dataclass(frozen=True)
class ChartColumn:
    """A series: its column from 1, its look, and the first of two columns with its interval."""

    place: int
    colour: str
    width: float = 2.0
    is_limit: bool = False
    minus: int = 0
    is_hidden: bool = False


@dataclass(frozen=True)
class ChartNumbers:
    """Header and rows, the names of the categories first; and the columns that are drawn.

    `codes` are the number formats of the columns after the names.
    """

    header: list[str]
    rows: list[list[str | float | None]]
    columns: list[ChartColumn]
    codes: list[str]

    @classmethod
    def of(cls, picture: Picture) -> Self:
        """Those of a picture, after making sure that it can be drawn."""
        check_picture(picture)
        if picture.kind == "heatmap":
            header, rows = _table(picture)
            return cls(header, rows, [], [label_code(picture)] * len(picture.categories))
        if picture.kind == "line":
            lines = lines_of(picture)
            columns = [
                ChartColumn(place, line.colour, line.width, line.is_limit)
                for place, line in enumerate(lines, start=2)
            ]
            values = [(line.name, line.values) for line in lines]
        elif picture.kind == "waterfall":
            values, columns = _steps(picture)
        else:
            values, columns = _bars(in_points(picture))
        header = [picture.x_label.split(";")[0], *(name for name, _ in values)]
        rows = [
            [category, *(finite(column[place]) for _, column in values)]
            for place, category in enumerate(picture.categories)
        ]
        codes = _step_codes(picture) if picture.kind == "waterfall" else None
        return cls(header, rows, columns, codes or [label_code(picture)] * len(values))

    @property
    def is_scale(self) -> bool:
        """Whether the categories are many numbers, as days are."""
        numbers = [row[0] for row in self.rows if not isinstance(row[0], str)]
        return len(numbers) == len(self.rows) > _MOST_STEPS


Values = list[tuple[str, tuple[float | None, ...]]]


def _bars(picture: Picture) -> tuple[Values, list[ChartColumn]]:
    """The series, then for each with an interval the distances down and up to its limits."""
    values: Values = [(series.name, series.values) for series in picture.series]
    columns = []
    for place, (series, colour) in enumerate(
        zip(picture.series, series_colours(picture), strict=True), start=2
    ):
        minus = 0
        if series.low is not None and series.high is not None:
            minus = len(values) + 2
            values += [
                (
                    text("{name}, down to the limit", name=series.name),
                    _distances(series, series.low),
                ),
                (
                    text("{name}, up to the limit", name=series.name),
                    _distances(series, series.high),
                ),
            ]
        columns.append(ChartColumn(place, colour, minus=minus))
    return values, columns


def _steps(picture: Picture) -> tuple[Values, list[ChartColumn]]:
    """The steps, then the layers that are drawn; the first of these is the base."""
    factor, steps = native_factor(picture), picture.series[0]
    scaled = tuple(None if value is None else value * factor for value in steps.values)
    values: Values = [(steps.name, scaled)]
    columns = []
    for layer in layers_of(picture):
        colour = role_colour(layer.series.role)
        columns.append(ChartColumn(len(values) + 2, colour, is_hidden=layer.is_base))
        values.append((layer.series.name, layer.series.values))
    return values, columns


def _step_codes(picture: Picture) -> list[str] | None:
    """Shares stand above steps in points, so the first column names no unit; None where all have one."""
    if native_factor(picture) == 1:
        return None
    return ["0.0", *(label_code(picture, sign=layer.sign) for layer in layers_of(picture))]


def _distances(series: Series, limits: tuple[float | None, ...]) -> tuple[float | None, ...]:
    pairs = zip(series.values, limits, strict=True)
    return tuple(None if v is None or end is None else abs(end - v) for v, end in pairs)


def _table(picture: Picture) -> tuple[list[str], list[list[str | float | None]]]:
    header = [picture.row_label.split("  ")[0], *map(str, picture.categories)]
    return header, [[s.name, *map(finite, s.values)] for s in picture.series]
