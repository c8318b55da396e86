"""The file of a native chart, read by the names of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn

from retention.export.mark import mark
from retention.export.series_element import SeriesElement

_RANGE = ("c:scaling/c:min", "c:scaling/c:max", "c:majorUnit", "c:delete")


@dataclass(frozen=True)
class ChartSpace:
    """A `c:chartSpace` element, of a chart of ours or of one that was edited since."""

    xml: Any

    @property
    def plots(self) -> list[SeriesElement]:
        """The plots: one, or several where somebody combined bars and lines."""
        found = self.xml.chart.plotArea
        return [SeriesElement(child) for child in found if child.tag.endswith("Chart")]

    @property
    def axes(self) -> list[Any]:
        """The axes in their order."""
        return [child for child in self.xml.chart.plotArea if child.tag.endswith("Ax")]

    @property
    def series(self) -> dict[str, SeriesElement]:
        """The series by name, in their order; of two with one name the first."""
        found: dict[str, SeriesElement] = {}
        for plot in self.plots:
            for child in plot.xml.findall(qn("c:ser")):
                found.setdefault(SeriesElement(child).name, SeriesElement(child))
        return found

    @property
    def kind(self) -> str:
        """Kinds of the plots; bars with direction and grouping."""
        words = []
        for plot in self.plots:
            found = [plot.part(name) for name in ("barDir", "grouping")]
            values = [str(child.get("val")) for child in found if child is not None]
            words.append(":".join([plot.xml.tag.rpartition("}")[2], *values]))
        return "+".join(words)

    @property
    def legend(self) -> Any:
        """The element of the legend, or None."""
        return self.xml.chart.find(qn("c:legend"))

    @property
    def legend_look(self) -> str:
        """Where the legend stands; empty where there is none."""
        place = None if self.legend is None else self.legend.find(qn("c:legendPos"))
        return "" if self.legend is None else "r" if place is None else str(place.get("val"))

    @property
    def layout_look(self) -> list[str]:
        """The box of the plot as shares of the chart, rounded; empty where the program chooses."""
        path = "/".join(qn(name) for name in ("c:layout", "c:manualLayout"))
        layout = self.xml.chart.plotArea.find(path)
        boxes = [] if layout is None else [layout.find(qn(f"c:{name}")) for name in "xywh"]
        return ["" if box is None else f"{float(box.get('val')):.3f}" for box in boxes]

    def looks(self, roles: Mapping[str, str]) -> dict[str, Any]:
        """What the chart looks like, JSON-able; `roles` are the parts that series play."""
        every = self.series
        return {
            "kind": self.kind,
            "series": {name: series.look for name, series in every.items()},
            "roles": {name: roles[name] for name in every if name in roles},
            "points": {name: s.point_looks for name, s in every.items() if s.point_looks},
            "labels": {name: s.label_look for name, s in every.items() if s.label_look},
            "intervals": [n for n, s in every.items() if s.part("errBars") is not None],
            "plots": [plot.label_look for plot in self.plots],
            "axes": [axis_look(axis) for axis in self.axes],
            "legend": self.legend_look,
            "layout": self.layout_look,
        }


def axis_look(axis: Any) -> list[str]:
    """Range, step, whether hidden, number format, and a mark of the title of an axis."""
    words = []
    for path in _RANGE:
        found = axis.find("/".join(qn(name) for name in path.split("/")))
        words.append("" if found is None else _plain(str(found.get("val", "1"))))
    format_code = axis.find(qn("c:numFmt"))
    code = "General" if format_code is None else str(format_code.get("formatCode"))
    title = axis.find(qn("c:title"))
    said = "" if title is None else " ".join(t.text or "" for t in title.iter(qn("a:t")))
    return [*words, code, mark(said) if said else ""]


def _plain(value: str) -> str:
    """Numbers as one program writes them; 'true' and '1' are the same."""
    words = {"true": "1", "false": "0"}
    try:
        return f"{float(value):.10g}"
    except ValueError:
        return words.get(value, value)
