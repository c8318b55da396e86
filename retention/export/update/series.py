"""Series of a chart with new numbers, matched by name: the formatting goes with the name."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn

from retention.export.chart_space import ChartSpace
from retention.export.series_element import SeriesElement
from retention.export.stamp import Stamp
from retention.export.update.colours import colour_parts, spread_colours
from retention.export.update.points import refresh_points

# Parts of a series that hold its formatting; where they are as written, ours may change.
_FORMATS = ("spPr", "marker")
_NUMBERS = ("idx", "order", "tx", "cat", "val", "xVal", "yVal")


@dataclass(frozen=True)
class _Before:
    """What the chart was like when it was written, and what its series are now."""

    looks: Mapping[str, Any]
    roles: Mapping[str, str]

    def is_edited(self, series: SeriesElement) -> bool:
        """Whether somebody changed the formatting; unknown series count as changed."""
        return bool(self.looks.get("series", {}).get(series.name) != series.look)

    def keeps(self, series: SeriesElement) -> bool:
        """Whether the formatting is kept: it was changed, or the series plays the same part."""
        if self.is_edited(series):
            return True
        was, now = self.looks.get("roles", {}).get(series.name), self.roles.get(series.name)
        # Layers are coloured in their order, so that a new one changes all.
        return bool(was == now and now != "layer")


def refresh_series(
    old: ChartSpace,
    new: ChartSpace,
    *,
    stamp: Stamp,
    roles: Mapping[str, str],
    onto_new: bool = False,
) -> dict[str, Any]:
    """Put the series of the new chart into the old one, in place, dressed as the old ones.

    Parameters
    ----------
    old
        The chart as somebody left it.
    new
        The chart as it would be drawn today.
    stamp
        What the old chart looked like when it was written.
    roles
        Series of the new chart -> the part they play.
    onto_new
        Dress the series of the new chart instead, because it is of another kind.

    Returns
    -------
    dict
        Looks of series and points as far as they are ours, for the stamp: `series`, `points`.

    Notes
    -----
    The trap: a series that somebody removed stays out, though the embedded sheet holds its numbers.
    """
    before = _Before(stamp.looks, roles)
    theirs, known = old.series, set(stamp.looks.get("series", {}))
    if onto_new:
        for name, series in new.series.items():
            if name in theirs and before.is_edited(theirs[name]):
                series.take("spPr", theirs[name])
        return {}
    homes = {id(child): plot for plot in old.plots for child in plot.xml.findall(qn("c:ser"))}
    kept = {n: s for n, s in theirs.items() if n in new.series and before.keeps(s)}
    made: list[tuple[SeriesElement, SeriesElement]] = []
    points: dict[str, dict[str, str]] = {}
    for name, drawn in new.series.items():
        if name in theirs:
            merged, points[name] = _merged(theirs[name], drawn, before, stamp)
            made.append((homes[id(theirs[name].xml)], merged))
        elif name not in known:
            made.append((old.plots[0], _newcomer(old, new, drawn)))
    spread_colours([one for _, one in made], kept=set(kept), roles=roles)
    edited = {name for name, series in theirs.items() if before.is_edited(series)}
    _put(old, made)
    looks = {one.name: one.look for _, one in made if one.name not in edited}
    return {"series": looks, "points": {name: own for name, own in points.items() if own}}


def _merged(
    theirs: SeriesElement, drawn: SeriesElement, before: _Before, stamp: Stamp
) -> tuple[SeriesElement, dict[str, str]]:
    """Their series with our numbers and labels; and the looks of its points that are ours."""
    keeps = before.keeps(theirs)
    merged = SeriesElement(copy.deepcopy(theirs.xml))
    for name in _NUMBERS:
        merged.take(name, drawn)
    if drawn.part("errBars") is not None or theirs.name in stamp.looks.get("intervals", ()):
        merged.take("errBars", drawn)
    if not keeps:
        for name in _FORMATS:
            merged.take(name, drawn)
    _refresh_labels(merged, drawn, stamp)
    colour_parts(merged, "dLbls", like=drawn)
    points = stamp.looks.get("points", {}).get(theirs.name, {})
    return merged, refresh_points(merged, theirs, drawn, points)


def _refresh_labels(merged: SeriesElement, drawn: SeriesElement, stamp: Stamp) -> None:
    """Labels of ours are made anew; those that somebody switched on stay, beside ours."""
    if merged.label_look == stamp.looks.get("labels", {}).get(drawn.name, ""):
        merged.take("dLbls", drawn)
        return
    labels = merged.part("dLbls")
    if labels is None:
        return
    for label in labels.findall(qn("c:dLbl")):
        labels.remove(label)
    ours = drawn.part("dLbls")
    points = [] if ours is None else ours.findall(qn("c:dLbl"))
    for place, label in enumerate(points):
        labels.insert(place, copy.deepcopy(label))


def _newcomer(old: ChartSpace, new: ChartSpace, drawn: SeriesElement) -> SeriesElement:
    """A series that was not there before; in another kind of chart, one like the last."""
    if old.plots[0].xml.tag == new.plots[0].xml.tag or not old.series:
        return SeriesElement(copy.deepcopy(drawn.xml))
    model = SeriesElement(copy.deepcopy(list(old.series.values())[-1].xml))
    for name in ("spPr", "marker", "dPt", "dLbls", "extLst"):
        model.drop(name)
    for name in _NUMBERS:
        model.take(name, drawn)
    return model


def _put(old: ChartSpace, made: list[tuple[SeriesElement, SeriesElement]]) -> None:
    """The series in their new order, each in the plot it belongs to."""
    for plot in old.plots:
        places = [plot.xml.index(child) for child in plot.xml.findall(qn("c:ser"))]
        place = places[0] if places else _first_place(plot.xml)
        for child in plot.xml.findall(qn("c:ser")):
            plot.xml.remove(child)
        own = [series for home, series in made if home.xml is plot.xml]
        for number, series in enumerate(own):
            plot.xml.insert(place + number, series.xml)


def _first_place(plot: Any) -> int:
    """Where series begin in a plot without any: after its direction, grouping and colours."""
    heads = [qn(f"c:{name}") for name in ("barDir", "grouping", "scatterStyle", "varyColors")]
    return sum(child.tag in heads for child in plot)
