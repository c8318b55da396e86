"""A heatmap as native, coloured tables: at most 13 rows and 13 columns a slide."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from retention.charts.cell_ink import cell_ink, faded
from retention.charts.colours import BLANK_CELL, PAPER, heat_colour
from retention.charts.contrast import ink_of
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.picture_check import check_picture
from retention.export.box import INCH, POINT, Box
from retention.export.cells import TEXT_EDGE, Look, add_grid, fill_cell
from retention.export.fit import text_width
from retention.export.page import Page
from retention.texts import text

MAX_ROWS = MAX_COLUMNS = 13
# Few rows are higher, and their letters larger: a share of the height.
_ROW_HEIGHT, _LETTERS = 0.62 * INCH, 0.4
_LARGEST, _SMALLEST = 16, 7
# So few columns have room for dates above them.
_FEW = 6
# Shares of the scale: from a cell to its stripes; from where on no stripe can be darker; and the
# lightest that bears white numbers.
_STRIPE, _DARKEST_DARKER, _LIGHTEST_DARK = 0.25, 0.85, 0.7
_NAME_SHARE, _LONG_NAME_SHARE, _COUNT_SHARE = 0.11, 0.24, 0.09


def heat_pages(picture: Picture) -> list[Page]:
    """The slides of a heatmap: rows go on over several slides, later columns are left out.

    Parameters
    ----------
    picture
        A heatmap; the rows with role "main" are totals and stand on every slide.

    Returns
    -------
    list of Page
        One for each 13 rows, split evenly.

    Raises
    ------
    ArgumentError
        The picture is empty or its lengths do not agree.

    Notes
    -----
    The trap: the colours mean the same on all slides, because the scale is that of the picture.

    Examples
    --------
    >>> row = Series("2024-01", (1.0, 0.2), customers=120)
    >>> len(heat_pages(Picture("heatmap", "cohort_retention", "Cohorts", (0, 1), (row,) * 40)))
    4
    """
    check_picture(picture)
    totals = [series for series in picture.series if series.role == "main"]
    rows = [series for series in picture.series if series.role != "main"]
    parts = _split(rows, max(MAX_ROWS - len(totals), 1)) or [[]]
    return [_page(picture, [*part, *totals], len(rows)) for part in parts]


def _split(rows: list[Series], most: int) -> list[list[Series]]:
    """The rows in as few parts as possible, all about as long."""
    count = math.ceil(len(rows) / most)
    edges = [round(part * len(rows) / count) for part in range(count + 1)] if count else []
    return [rows[start:end] for start, end in pairwise(edges)]


def _page(picture: Picture, rows: Sequence[Series], total: int) -> Page:
    def draw(slide: Any, box: Box) -> Any:
        return _draw(slide, box, picture, rows)

    return Page(
        key=picture.key,
        draw=draw,
        caption=_caption(picture, rows, total),
        footer=picture.footer,
        call=picture.call,
        as_of=picture.as_of,
        alt_text=picture.alt_text,
        remarks=(picture.title,),
        heading=picture.title,
    )


def _caption(picture: Picture, rows: Sequence[Series], total: int) -> str:
    parts = [text("Columns: {label}", label=picture.x_label)] if picture.x_label else []
    if sum(row.role != "main" for row in rows) < total:
        parts.append(text("{total} rows on several slides", total=total))
    left_out = picture.categories[MAX_COLUMNS:]
    if left_out:
        span = {"label": picture.x_label, "first": left_out[0], "last": left_out[-1]}
        parts.append(text("{label} {first} to {last} left out", **span).strip())
    if any(any(row.is_partial or ()) for row in rows):
        parts.append(text("striped: period not over yet"))
    return "\n".join(part for part in (picture.title, " · ".join(parts)) if part)


def _draw(slide: Any, box: Box, picture: Picture, rows: Sequence[Series]) -> Any:
    columns = picture.categories[:MAX_COLUMNS]
    has_counts = any(row.customers is not None for row in rows)
    names = [*_row_labels(picture, has_counts), *map(_label, columns)]
    height = min(_ROW_HEIGHT, box.height / (len(rows) + 1))
    largest = max(min(_LARGEST, int(_LETTERS * height / POINT)), _SMALLEST)
    fixed = [_room([names[0], *(row.name for row in rows)], largest)]
    fixed += [_room([names[1]], max(largest - 2, _SMALLEST))] if has_counts else []
    widths = _widths(box.width - TEXT_EDGE, len(columns), fixed)
    size = _size(picture, rows, widths[-1], largest)
    frame = add_grid(
        slide,
        box.inset(left=TEXT_EDGE),
        widths=widths,
        heights=[height] * (len(rows) + 1),
    )
    head = Look(size, is_bold=True, align="center")
    for place, name in enumerate(names):
        look = head._replace(align="left") if place == 0 else head
        is_count = has_counts and place == 1
        fill_cell(
            frame.table.cell(0, place),
            name,
            look._replace(size=max(size - 2 * is_count, _SMALLEST)),
        )
    for number, row in enumerate(rows, start=1):
        _fill_row(frame.table.rows[number], picture, row, has_counts, size)
    return frame


def _room(names: Sequence[str], size: int) -> float:
    """The width that the longest of some names takes, in EMU."""
    return max(text_width(name, size=size, is_bold=True) for name in names) * POINT + 2 * TEXT_EDGE


def _size(picture: Picture, rows: Sequence[Series], width: float, largest: int) -> int:
    """The largest font size at which no number of the slide is broken."""
    room = width / POINT - 2
    words = [_words(picture, v) for row in rows for v in row.values[:MAX_COLUMNS] if v is not None]
    for size in range(largest, _SMALLEST, -1):
        if all(text_width(word, size=size, is_bold=True) <= room for word in words):
            return size
    return _SMALLEST


def _row_labels(picture: Picture, has_counts: bool) -> list[str]:
    """Heads of the first columns; a picture may name both in one, far apart."""
    names = [*re.split(r"\s{2,}", picture.row_label.strip()), text("Customers")]
    return names[:2] if has_counts else names[:1]


def _widths(width: int, columns: int, wanted: Sequence[float]) -> list[float]:
    # Names of products are longer than those of months.
    fixed = [min(max(wanted[0], _NAME_SHARE * width), _LONG_NAME_SHARE * width)]
    fixed += [max(count, _COUNT_SHARE * width) for count in wanted[1:]]
    # Few columns stay narrow, so that the table does not look like a wall.
    each = min((width - sum(fixed)) / columns, (0.14 if columns <= _FEW else 0.1) * width)
    return [*fixed, *([each] * columns)]


def _label(category: str | float) -> str:
    is_whole = isinstance(category, float) and category.is_integer()
    return str(int(category)) if is_whole else str(category)


def _fill_row(row: Any, picture: Picture, series: Series, has_counts: bool, size: int) -> None:
    cells = list(row.cells)
    name = Look(size, is_bold=series.role == "main")
    fill_cell(cells[0], series.name, name)
    if has_counts:
        count = "" if series.customers is None else format_number(series.customers)
        fill_cell(cells[1], count, name._replace(align="center", is_bold=False))
    first = 2 if has_counts else 1
    for place, cell in enumerate(cells[first:]):
        words, look = _value(picture, series, place, size)
        fill_cell(cell, words, look)


def _value(picture: Picture, series: Series, place: int, size: int) -> tuple[str, Look]:
    value = series.values[place]
    is_total = series.role == "main"
    look = Look(size, is_total, align="center", line=PAPER, is_boxed=True, margin=1)
    if value is None:
        return "", look._replace(line=None)
    partial = bool(series.is_partial and series.is_partial[place])
    small = bool(series.is_small and series.is_small[place])
    fill, stripes = _fill(picture, place, value), _stripes(picture, place, value)
    if small:
        fill, stripes = faded(fill), faded(stripes)
    ink = cell_ink(fill, is_small=small)
    area = series.sizes[place] if series.sizes else None
    words = _words(picture, value) if area is None else format_number(area)
    return words, look._replace(
        fill=fill,
        colour=ink if ink == PAPER or not partial else ink_of(ink, stripes),
        stripes=stripes if partial else None,
        is_italic=partial or small,
        note=series.notes[place] if series.notes else "",
    )


def _words(picture: Picture, value: float) -> str:
    is_whole = picture.number_format == "percent" and _scale(picture) >= 0.1
    return format_number(
        value,
        number_format=picture.number_format,
        currency=picture.currency,
        digits=0 if is_whole else None,
    )


def _fill(picture: Picture, place: int, value: float) -> str:
    if picture.categories[place] in picture.uncoloured:
        return BLANK_CELL
    return heat_colour(value / _scale(picture))


def _stripes(picture: Picture, place: int, value: float) -> str:
    """Somewhat lighter than the cell, or darker, so that its number can be read on both."""
    if picture.categories[place] in picture.uncoloured:
        return PAPER
    share = value / _scale(picture)
    if cell_ink(_fill(picture, place, value)) != PAPER:
        return heat_colour(share - _STRIPE if share > _STRIPE else share + _STRIPE)
    return heat_colour(share + _STRIPE if share < _DARKEST_DARKER else _LIGHTEST_DARK)


def _scale(picture: Picture) -> float:
    """The value of the darkest colour, the same for all slides of the picture."""
    if picture.scale_max:
        return picture.scale_max
    coloured = [
        value
        for series in picture.series
        for category, value in zip(picture.categories, series.values, strict=True)
        if value is not None and category not in picture.uncoloured
    ]
    return max([*coloured, 0.0]) or 1.0
