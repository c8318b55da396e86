"""Move a data label away from where the program would put it."""

from __future__ import annotations

from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

_NO_LEADER = (
    f'<c:extLst {nsdecls("c")}><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)


def shift_label(label: Any, *, right: float = 0.0, down: float = 0.0) -> None:
    """Shift a label from its position, in place.

    Parameters
    ----------
    label
        A python-pptx data label of one point, with a position.
    right, down
        How far, as shares of the chart's width and height.

    Notes
    -----
    The trap: shares of the whole chart, not of its plot, so they hold when the chart is resized.
    """
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="{right:.4f}"/>'
        f'<c:y val="{down:.4f}"/></c:manualLayout></c:layout>'
    )
    label._dLbl.find(qn("c:idx")).addnext(layout)
    _leave_out_leader(label._dLbl.getparent())


def _leave_out_leader(labels: Any) -> None:
    """Without it, LibreOffice draws a line to a moved label, which reads as a minus sign."""
    if labels.find(qn("c:extLst")) is None:
        labels.append(parse_xml(_NO_LEADER))
