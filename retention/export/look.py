"""What fill and lines look like, in few words, so that an edit by hand can be told later."""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn

_COLOURS = (qn("a:srgbClr"), qn("a:schemeClr"))


def look_of(properties: Any) -> str:
    """Fill and lines of the properties of a shape, a series or a cell.

    Parameters
    ----------
    properties
        The element (`c:spPr`, `a:tcPr`), or None.

    Returns
    -------
    str
        Like ``fill:0072B2 ln:0072B2/38100``; empty where nothing is said.

    Notes
    -----
    The trap: shadows and other effects are not looked at; programs add empty ones on saving.

    Examples
    --------
    >>> from pptx.oxml import parse_xml
    >>> from pptx.oxml.ns import nsdecls
    >>> fill = '<a:solidFill><a:srgbClr val="0072B2"/></a:solidFill>'
    >>> look_of(parse_xml(f'<c:spPr {nsdecls("c", "a")}>{fill}<a:ln w="12700">{fill}</a:ln></c:spPr>'))
    'fill:0072B2 ln:0072B2/12700'
    """
    if properties is None:
        return ""
    words = [f"fill:{paint}"] if (paint := _paint(properties)) else []
    for line in properties:
        name = line.tag.rpartition("}")[2]
        if name.startswith("ln"):
            dash = line.find(qn("a:prstDash"))
            is_dashed = dash is not None and dash.get("val") != "solid"
            ending = f"/{dash.get('val')}" if is_dashed else ""
            words.append(f"{name}:{_paint(line)}/{line.get('w', '')}{ending}")
    return " ".join(words)


def _paint(element: Any) -> str:
    """The fill that an element says: its colours, or what kind it is."""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in ("noFill", "gradFill", "blipFill"):
            return str(name)
        if name in ("solidFill", "pattFill"):
            colours = [_colour(part) for part in child.iter(*_COLOURS)]
            return "|".join([*filter(None, [child.get("prst")]), *colours])
    return ""


def _colour(element: Any) -> str:
    changes = [f"{part.tag.rpartition('}')[2]}{part.get('val')}" for part in element]
    return "".join([element.get("val", ""), *changes])
