"""Intervals of bars as native error bars, and numbers that stand beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from retention.charts.colours import INK
from retention.charts.picture import Series
from retention.export.label_shift import shift_label

_NAMES = nsdecls("c", "a")
_FONT = 11
# Share of a chart that its plot fills, about: the layout is the program's own.
_PLOT_SHARE = 0.8
# Beside lying bars the end of an interval would touch the number.
_AIR = 0.008


def add_error_bars(drawn: Any, series: Series) -> None:
    """Draw the interval of each bar, in place.

    Parameters
    ----------
    drawn
        The python-pptx series.
    series
        Values with `low` and `high`.

    Notes
    -----
    The trap: the distances are fixed numbers; who edits a bar must edit its interval too.
    """
    plus = _distances(series.values, series.high or (), 1.0)
    minus = _distances(series.values, series.low or (), -1.0)
    line = f'<a:ln w="15875"><a:solidFill><a:srgbClr val="{INK.lstrip("#")}"/></a:solidFill></a:ln>'
    bars = parse_xml(
        f'<c:errBars {_NAMES}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/><c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>'
        f"<c:spPr>{line}</c:spPr></c:errBars>"
    )
    drawn._element.find(qn("c:cat")).addprevious(bars)


def move_number(point: Any, code: str, *, share: float, lies: bool) -> None:
    """Move the number of a bar beyond its interval, in place.

    Parameters
    ----------
    point
        A python-pptx point of a bar series.
    code
        Its number format.
    share
        How far, as a share of the value axis.
    lies
        Whether the bar lies.

    Notes
    -----
    The trap: a label of its own forgets the format of its series, so it is given again.
    """
    label = point.data_label
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    label.font.size = Pt(_FONT)
    number = parse_xml(f'<c:numFmt {_NAMES} formatCode="" sourceLinked="0"/>')
    number.set("formatCode", code)
    label._dLbl.find(qn("c:idx")).addnext(number)
    shift = share * _PLOT_SHARE + (_AIR if lies else 0.0)
    shift_label(label, right=shift if lies else 0.0, down=0.0 if lies else -shift)


def _distances(values: Sequence[float | None], limits: Sequence[float | None], sign: float) -> str:
    points = [
        f'<c:pt idx="{place}"><c:v>{max((limit - value) * sign, 0.0):.10g}</c:v></c:pt>'
        for place, (value, limit) in enumerate(zip(values, limits, strict=True))
        if value is not None and limit is not None
    ]
    head = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
    return f"<c:numLit>{head}{''.join(points)}</c:numLit>"
