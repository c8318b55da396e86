"""One series in the file of a chart, read by names instead of positions."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn

from retention.export.look import look_of
from retention.export.mark import mark

# The order of the parts that the format asks for, over all kinds of charts.
_PARTS = (
    "idx", "order", "tx", "spPr", "invertIfNegative", "pictureOptions", "marker", "explosion", "dPt",
    "dLbls", "trendline", "errBars", "cat", "val", "xVal", "yVal", "smooth", "shape", "extLst",
)  # fmt: skip
_LABEL_WORDS = ("showVal", "showCatName", "showSerName", "dLblPos")


@dataclass(frozen=True)
class SeriesElement:
    """A `c:ser` element; `label_look` serves the labels of a whole plot, too."""

    xml: Any

    @property
    def name(self) -> str:
        """The name as the chart shows it."""
        title = self.xml.find(qn("c:tx"))
        found = None if title is None else next(title.iter(qn("c:v")), None)
        return "" if found is None else found.text or ""

    @property
    def look(self) -> str:
        """Fill, line and marker."""
        words = [look_of(self.part("spPr"))]
        marker = self.part("marker")
        if marker is not None:
            kind = [child.get("val", "") for child in marker if child.tag != qn("c:spPr")]
            words.append(f"marker:{'/'.join(kind)} {look_of(marker.find(qn('c:spPr')))}")
        return " ".join(words).strip()

    @property
    def label_look(self) -> str:
        """A mark of what its labels show, but for those of single points."""
        labels = self.part("dLbls")
        if labels is None:
            return ""
        words = []
        for child in labels:
            name = child.tag.rpartition("}")[2]
            if name in _LABEL_WORDS:
                words.append(f"{name}={child.get('val')}")
            if name == "numFmt":
                words.append(str(child.get("formatCode")))
            if name == "txPr":
                words += [
                    f"{font.get('sz')}/{font.get('b')}" for font in child.iter(qn("a:defRPr"))
                ]
        return mark(" ".join(sorted(words)))

    @property
    def categories(self) -> dict[int, str]:
        """Position -> category, without the notes that stand under it."""
        holder = self.part("cat")
        holder = self.part("xVal") if holder is None else holder
        points = [] if holder is None else holder.iter(qn("c:pt"))
        return {int(point.get("idx")): _base(point.find(qn("c:v")).text or "") for point in points}

    @property
    def points(self) -> dict[str, Any]:
        """Category -> element of the points that look different from their series."""
        names = self.categories
        places = [(int(p.find(qn("c:idx")).get("val")), p) for p in self.xml.findall(qn("c:dPt"))]
        return {names[place]: point for place, point in places if place in names}

    @property
    def point_looks(self) -> dict[str, str]:
        """Category -> mark of the look of its point."""
        return {name: mark(SeriesElement(point).look) for name, point in self.points.items()}

    def part(self, name: str) -> Any:
        """The child of that name, or None."""
        return self.xml.find(qn(f"c:{name}"))

    def put(self, part: Any) -> None:
        """Add a child where the format wants it."""
        rank = _PARTS.index(part.tag.rpartition("}")[2])
        for place, child in enumerate(self.xml):
            if _PARTS.index(child.tag.rpartition("}")[2]) > rank:
                self.xml.insert(place, part)
                return
        self.xml.append(part)

    def take(self, name: str, other: SeriesElement) -> None:
        """Replace all children of that name by copies of those of another series."""
        self.drop(name)
        for part in other.xml.findall(qn(f"c:{name}")):
            self.put(copy.deepcopy(part))

    def drop(self, name: str) -> None:
        """Remove all children of that name."""
        for part in self.xml.findall(qn(f"c:{name}")):
            self.xml.remove(part)


def _base(category: str) -> str:
    """A category without its note, which changes from month to month."""
    return category.split("\n")[0].split(" · ")[0].removesuffix(".0")
