"""New numbers in a native chart of ours, with the formatting of each series kept by its name."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from pptx.oxml.ns import qn

from retention.export.chart_space import ChartSpace, axis_look
from retention.export.stamp import Stamp
from retention.export.update.own_series import own_series, put_own_series
from retention.export.update.series import refresh_series
from retention.texts import text

# What we set on an axis: parts in the order of the format, the least that changes with the numbers.
_AXIS_PARTS = ("scaling", "delete", "numFmt", "majorUnit", "tickLblSkip", "tickMarkSkip")


def refresh_chart(
    shape: Any, fresh: Any, stamp: Stamp, roles: Mapping[str, str]
) -> tuple[list[str], dict[str, Any]]:
    """Put the fresh numbers into a chart, in place, and into the sheet embedded in it.

    Parameters
    ----------
    shape
        The python-pptx graphic frame with a chart.
    fresh
        The same chart as it would be drawn today.
    stamp
        What the old chart looked like when it was written.
    roles
        Series of the fresh chart -> the part they play.

    Returns
    -------
    tuple of list of str and dict
        What to tell: series that somebody removed, or added; and the looks for the new stamp: what we
        would draw, but for the formatting that was kept without being an edit.

    Notes
    -----
    The trap: where we would draw another kind of chart today (days become a scale), the new kind is
    drawn, and of the edits only those of the series are kept.
    """
    old, new = ChartSpace(shape.chart._chartSpace), ChartSpace(fresh.chart._chartSpace)
    looks = stamp.looks
    is_same_kind = new.kind == looks.get("kind", old.kind)
    is_edited_kind = old.kind != looks.get("kind", old.kind)
    remarks = _remarks(old, new, looks)
    drawn = new.looks(roles)
    known = [*looks.get("series", old.series), *new.series]
    own = own_series(old, known) if is_same_kind else []
    blob = fresh.chart.part.chart_workbook.xlsx_part.blob
    if is_same_kind and not (is_edited_kind and _is_scatter(old) != _is_scatter(new)):
        ours = refresh_series(old, new, stamp=stamp, roles=roles)
        drawn = drawn | ours | {"series": drawn["series"] | ours["series"]}
        _refresh_around(old, new, looks, is_edited_kind)
        if own:
            blob = put_own_series(old, own, next(iter(new.series.values())), blob)
    else:
        refresh_series(old, new, stamp=stamp, roles=roles, onto_new=True)
        _take_over(old, new)
        remarks.append(text("the kind of chart is another one now"))
    shape.chart.part.chart_workbook.update_from_xlsx_blob(blob)
    return remarks, drawn


def _remarks(old: ChartSpace, new: ChartSpace, looks: Mapping[str, Any]) -> list[str]:
    before = looks.get("series", {})
    removed = [name for name in new.series if name in before and name not in old.series]
    known = {*before, *new.series}
    foreign = [name for name in old.series if before and name not in known]
    remarks = []
    if removed:
        remarks.append(text("removed by hand, stays out: {names}", names=", ".join(removed)))
    if foreign:
        remarks.append(text("yours, with the numbers they had: {names}", names=", ".join(foreign)))
    return remarks


def _is_scatter(space: ChartSpace) -> bool:
    return any(plot.xml.tag == qn("c:scatterChart") for plot in space.plots)


def _refresh_around(
    old: ChartSpace, new: ChartSpace, looks: Mapping[str, Any], is_edited_kind: bool
) -> None:
    """Axes, legend, labels and room of the plot, where nobody changed them."""
    before = looks.get("axes", [])
    if not is_edited_kind and len(old.axes) == len(new.axes) == len(before):
        for axis, fresh, was in zip(old.axes, new.axes, before, strict=True):
            _refresh_axis(axis, fresh, was)
    if len(old.plots) == len(new.plots):
        for plot, drawn, was in zip(old.plots, new.plots, looks.get("plots", [""]), strict=False):
            if plot.label_look == was and not is_edited_kind:
                _replace(plot.xml, drawn.xml, "dLbls")
    _refresh_legend(old, new, looks)
    if old.layout_look == looks.get("layout", []):
        _replace(old.xml.chart.plotArea, new.xml.chart.plotArea, "layout")


def _refresh_axis(axis: Any, fresh: Any, was: list[str]) -> None:
    """Range and format where they are as written, then the title where it is."""
    now = axis_look(axis)
    if now[:-1] == was[:-1]:
        for name in _AXIS_PARTS:
            _replace(axis, fresh, name)
    if now[-1] == was[-1]:
        _replace(axis, fresh, "title")


def _refresh_legend(old: ChartSpace, new: ChartSpace, looks: Mapping[str, Any]) -> None:
    """Which series it lists is ours to say; whether there is one, and where, may be theirs."""
    if old.legend_look == looks.get("legend", ""):
        _replace(old.xml.chart, new.xml.chart, "legend")
        return
    if old.legend is None:
        return
    for entry in old.legend.findall(qn("c:legendEntry")):
        old.legend.remove(entry)
    entries = [] if new.legend is None else new.legend.findall(qn("c:legendEntry"))
    place = old.legend.find(qn("c:legendPos"))
    for entry in reversed(entries):
        if place is not None:
            place.addnext(copy.deepcopy(entry))


def _replace(old: Any, new: Any, name: str) -> None:
    """The new one's child of that name instead of the old one's; where it stood, or in its order."""
    fresh, mine = new.find(qn(f"c:{name}")), old.find(qn(f"c:{name}"))
    if mine is not None and fresh is not None:
        old.replace(mine, copy.deepcopy(fresh))
    elif mine is not None:
        old.remove(mine)
    elif fresh is not None:
        _insert_like(old, new, fresh)


def _insert_like(old: Any, new: Any, fresh: Any) -> None:
    """After the nearest of the fresh one's elder siblings that the old element has, too."""
    siblings = list(new)
    for sibling in reversed(siblings[: siblings.index(fresh)]):
        found = old.findall(sibling.tag)
        if found:
            found[-1].addnext(copy.deepcopy(fresh))
            return
    old.insert(0, copy.deepcopy(fresh))


def _take_over(old: ChartSpace, new: ChartSpace) -> None:
    """The new chart in the old file; where its sheet is embedded stays as it was."""
    old.xml.replace(old.xml.chart, copy.deepcopy(new.xml.chart))
