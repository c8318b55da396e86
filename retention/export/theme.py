"""Fonts and colours of a template's theme."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any, Self

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from retention.charts.colours import PALETTE
from retention.export.font_widths import HOUSE_FONT

ACCENTS = 6
# Colours nearer to each other than this, or to white, cannot be told apart on a projector.
_NEAREST = 40.0


@dataclass(frozen=True)
class Theme:
    """The font of the text, and the accent colours as RRGGBB."""

    font: str
    accents: tuple[str, ...]

    @classmethod
    def of(cls, presentation: Any) -> Self:
        """The theme of the first master."""
        relations = presentation.slide_master.part.rels.values()
        part = next((r.target_part for r in relations if r.reltype.endswith("/theme")), None)
        if part is None:
            return cls(HOUSE_FONT, ())
        theme = parse_xml(part.blob)
        latin = theme.find(f".//{qn('a:minorFont')}/{qn('a:latin')}")
        font = HOUSE_FONT if latin is None else latin.get("typeface") or HOUSE_FONT
        return cls(font, tuple(_colour(theme, f"a:accent{n}") for n in range(1, ACCENTS + 1)))

    @property
    def is_of_company(self) -> bool:
        """Whether charts take these colours: they are not ours, and can be told apart."""
        ours = tuple(colour.lstrip("#") for colour in PALETTE[:ACCENTS])
        if len(self.accents) < ACCENTS or "" in self.accents or self.accents == ours:
            return False
        pairs = combinations(("FFFFFF", *self.accents), 2)
        return all(_distance(one, other) >= _NEAREST for one, other in pairs)


def use_theme(chart: Any) -> None:
    """Give a chart the theme's accents where it has our first colours, in place.

    Parameters
    ----------
    chart
        A python-pptx chart in our colours.

    Notes
    -----
    The trap: colours that mean an order (layers, heat) stay ours; the theme has no such row.
    """
    accents = {colour.lstrip("#"): f"accent{n}" for n, colour in enumerate(PALETTE[:ACCENTS], 1)}
    for element in list(chart._chartSpace.iter(qn("a:srgbClr"))):
        accent = accents.get(element.get("val"))
        if accent:
            themed = element.makeelement(qn("a:schemeClr"), {"val": accent})
            element.getparent().replace(element, themed)


def _colour(theme: Any, name: str) -> str:
    element = theme.find(f".//{qn(name)}")
    found = None if element is None else next(iter(element), None)
    if found is None:
        return ""
    return str(found.get("val") if found.tag == qn("a:srgbClr") else found.get("lastClr") or "")


def _distance(one: str, other: str) -> float:
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (0, 2, 4)]
    return float(sum((a - b) ** 2 for a, b in parts) ** 0.5)
