"""What a shape of ours looks like when it is written, for its stamp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retention.export.chart_space import ChartSpace
from retention.export.table_element import TableElement


def shape_looks(shape: Any, roles: Mapping[str, str]) -> dict[str, Any]:
    """What the chart, table or text of a shape looks like.

    Parameters
    ----------
    shape
        A python-pptx shape.
    roles
        Series of a chart -> the part they play.

    Returns
    -------
    dict
        JSON-able; of a text its size in points, of an image nothing.

    Notes
    -----
    The trap: it says what is there, not who made it so; ask when the shape is new.
    """
    if getattr(shape, "has_chart", False):
        return ChartSpace(shape.chart._chartSpace).looks(roles)
    if getattr(shape, "has_table", False):
        return TableElement(shape.table._tbl).looks()
    if shape.has_text_frame and (size := text_size(shape.text_frame)):
        return {"size": size}
    return {}


def text_size(frame: Any) -> float | None:
    """Size of the first letters of a python-pptx text frame, in points; None where none is said."""
    paragraph = frame.paragraphs[0]
    fonts = [*(run.font for run in paragraph.runs), paragraph.font]
    return next((font.size.pt for font in fonts if font.size is not None), None)
