"""A new table in the place of an old one of ours, with what somebody changed on rows and cells."""

from __future__ import annotations

import copy
from typing import Any

from pptx.oxml.ns import qn

from retention.export.stamp import Stamp
from retention.export.table_element import MARK, Key, TableElement, cell_marks
from retention.texts import text

# Size, bold, italic, underlined.
_LETTERS = ("sz", "b", "i", "u")


def refresh_table(shape: Any, fresh: Any, stamp: Stamp) -> list[str]:
    """Put the fresh table where the old one stands, in place.

    Parameters
    ----------
    shape
        The python-pptx graphic frame with a table.
    fresh
        The same table as it would be drawn today.
    stamp
        What the old table looked like when it was written.

    Returns
    -------
    list of str
        What to tell: rows of somebody's own are left out.

    Notes
    -----
    The trap: formatting goes by the names of row and column; numbers typed into cells are replaced.
    """
    old = TableElement(shape.table._tbl)
    new = TableElement(copy.deepcopy(fresh.table._tbl))
    before = _looks(stamp)
    cells = dict(old.cells())
    for key, cell in new.cells():
        if key in cells and key in before:
            now = cell_marks(cells[key])
            _dress(
                cell, cells[key], [one != was for one, was in zip(now, before[key], strict=True)]
            )
    _keep_widths(old, new, stamp)
    rows = set(stamp.looks.get("rows", old.names))
    foreign = [name for name in old.names if name not in rows and name not in new.names]
    _keep_style(old, new)
    old.xml.getparent().replace(old.xml, new.xml)
    shape.width = sum(new.widths)
    shape.height = sum(int(row.get("h")) for row in new.xml.findall(qn("a:tr")))
    return [
        text("rows that are not of the table are left out: {count}", count=len(foreign))
    ] * bool(foreign)


def _looks(stamp: Stamp) -> dict[Key, list[str]]:
    """Name of row and column -> marks of the cell as written."""
    headers = stamp.looks.get("headers", [])
    found = {}
    for name, marks in stamp.looks.get("rows", {}).items():
        for place, header in enumerate(headers):
            own = marks[3 * MARK * place : 3 * MARK * (place + 1)]
            found[name, header] = [own[i : i + MARK] for i in range(0, 3 * MARK, MARK)]
    return found


def _dress(cell: Any, old: Any, changed: list[bool]) -> None:
    """What was changed on the old cell (fill, letters, their colour) on the new one."""
    fill, letters, colour = changed
    properties = old.find(qn("a:tcPr"))
    if fill and properties is not None:
        for own in cell.findall(qn("a:tcPr")):
            cell.remove(own)
        cell.append(copy.deepcopy(properties))
    font = next(old.iter(qn("a:rPr")), None)
    for own in cell.iter(qn("a:rPr")):
        if letters and font is not None:
            own.attrib.update({name: font.get(name) for name in _LETTERS if font.get(name)})
        if colour and font is not None:
            for child in own.findall(qn("a:solidFill")):
                own.remove(child)
            for place, child in enumerate(font.findall(qn("a:solidFill"))):
                own.insert(place, copy.deepcopy(child))


def _keep_widths(old: TableElement, new: TableElement, stamp: Stamp) -> None:
    """Widths that somebody set, column by column."""
    if old.widths == stamp.looks.get("widths", old.widths):
        return
    widths = dict(zip(old.headers, old.widths, strict=True))
    for header, column in zip(new.headers, new.columns, strict=True):
        if header in widths:
            column.set("w", str(widths[header]))


def _keep_style(old: TableElement, new: TableElement) -> None:
    """The table's style and banding, as chosen in PowerPoint."""
    style = old.xml.find(qn("a:tblPr"))
    if style is not None:
        new.xml.replace(new.xml.find(qn("a:tblPr")), copy.deepcopy(style))
