"""A line, bar or waterfall picture as one slide with a native chart."""

from __future__ import annotations

from typing import Any

from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.picture_check import check_picture
from retention.export.bar_chart import draw_bar_chart
from retention.export.box import Box
from retention.export.line_chart import draw_line_chart
from retention.export.lines import has_intervals, lines_of
from retention.export.page import Page
from retention.export.waterfall_chart import draw_waterfall_chart
from retention.export.waterfall_stack import layers_of
from retention.files import neutralise
from retention.texts import text


def chart_pages(picture: Picture) -> list[Page]:
    """The slide of a line, bar or waterfall picture.

    Parameters
    ----------
    picture
        A picture of kind line, bar, stacked_bar or waterfall.

    Returns
    -------
    list of Page
        One page; marks, notes on categories and intervals stand in its remarks too.

    Raises
    ------
    ArgumentError
        The picture is empty or its lengths do not agree.

    Notes
    -----
    The trap: pale lines have no names on the slide; their names are in the chart's sheet.

    Examples
    --------
    >>> rates = Series("all", (0.4, 0.3), role="main")
    >>> picture = Picture("bar", "lifecycle_rates", "Repeat rate", ("2023", "2024"), (rates,))
    >>> [page.caption for page in chart_pages(picture)]
    ['Repeat rate']
    """
    check_picture(picture)

    def draw(slide: Any, box: Box) -> Any:
        if picture.kind == "line":
            return draw_line_chart(slide, box, picture)
        if picture.kind == "waterfall":
            return draw_waterfall_chart(slide, box, picture)
        return draw_bar_chart(slide, box, picture)

    page = Page(
        key=picture.key,
        draw=draw,
        caption="\n".join(part for part in (picture.title, _legend(picture)) if part),
        footer=picture.footer,
        call=picture.call,
        as_of=picture.as_of,
        alt_text=picture.alt_text,
        remarks=tuple(_remarks(picture)),
        heading=picture.title,
        roles=_roles(picture),
    )
    return [page]


def _roles(picture: Picture) -> dict[str, str]:
    """Series as named in the chart -> role; colours of layers mean their order, not their name."""
    if picture.kind == "line":
        return {line.name: line.role for line in lines_of(picture)}
    if picture.kind == "waterfall":
        return {layer.series.name: layer.series.role for layer in layers_of(picture)}
    is_layered = picture.kind == "stacked_bar"
    return {neutralise(s.name): "layer" if is_layered else s.role for s in picture.series}


def _legend(picture: Picture) -> str:
    """What dashes and pale lines mean."""
    if picture.kind != "line":
        return ""
    muted = [series.name for series in picture.series if series.role == "muted"]
    parts = []
    if len(muted) == 1 < len(picture.series):
        parts.append(text("grey: {name}", name=muted[0]))
    elif muted and len(muted) < len(picture.series):
        span = {"count": len(muted), "first": muted[0], "last": muted[-1]}
        parts.append(text("{count} grey lines: {first} to {last}", **span))
    if has_intervals(picture):
        parts.append(text("dashed: {level}% interval", level=picture.interval_percent))
    return " · ".join(parts)


def _remarks(picture: Picture) -> list[str]:
    remarks = [picture.title]
    remarks += _marks(picture)
    if picture.category_notes:
        remarks.append(_notes(picture))
    if picture.kind == "line":
        remarks += [_interval(picture, series) for series in picture.series]
    return [remark for remark in remarks if remark]


def _marks(picture: Picture) -> list[str]:
    """What is marked; words over bars say nothing without the names of the bars."""
    if picture.kind == "line":
        return [highlight.label for highlight in picture.highlights]
    places: dict[str, list[str]] = {}
    for highlight in picture.highlights:
        places.setdefault(highlight.label, []).append(str(highlight.category))
    return [
        text("{label}: {notes}", label=label, notes=", ".join(names))
        for label, names in places.items()
    ]


def _notes(picture: Picture) -> str:
    """The notes on categories in the order of the axis; they come in that of their importance."""
    order = {category: place for place, category in enumerate(picture.categories)}
    pairs = sorted(picture.category_notes, key=lambda pair: order.get(pair[0], len(order)))
    notes = "; ".join(f"{category}: {note}" for category, note in pairs)
    if not picture.x_label:
        return notes
    return text("{label}: {notes}", label=picture.x_label, notes=notes)


def _interval(picture: Picture, series: Series) -> str:
    """The interval at the end of a line, in words."""
    if series.low is None or series.high is None or series.role == "muted":
        return ""
    triples = zip(picture.categories, series.low, series.high, strict=True)
    known = [(c, low, high) for c, low, high in triples if low is not None and high is not None]
    if not known:
        return ""
    category, *limits = known[-1]
    low, high = (
        format_number(limit, number_format=picture.number_format, currency=picture.currency)
        for limit in limits
    )
    return text(
        "{name}: {level}% interval at {category}: {low} to {high}",
        name=series.name,
        level=picture.interval_percent,
        category=category,
        low=low,
        high=high,
    )
