"""A series of a native bar chart as a line over the bars, on the same axes and from the same sheet."""

from __future__ import annotations

from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from retention.charts.colours import INK
from retention.charts.picture import Picture

# What bars have and lines have not.
_OF_BARS = ("c:invertIfNegative", "c:dPt", "c:dLbls")
_WIDTH = 22_000


def lift_lines(chart: Any, picture: Picture) -> None:
    """Move the picture's lines out of the bars of an upright chart.

    Parameters
    ----------
    chart
        A python-pptx bar chart with the picture's series in their order.
    picture
        A bar or stacked_bar picture.

    Notes
    -----
    The trap: the line stays a series of the chart's own sheet; whoever edits the numbers moves it.
    """
    places = [place for place, series in enumerate(picture.series) if series.is_line]
    if not places:
        return
    bars = chart._chartSpace.chart.plotArea.find(qn("c:barChart"))
    drawn = bars.findall(qn("c:ser"))
    lines = _line_chart([axis.get("val") for axis in bars.findall(qn("c:axId"))])
    bars.addnext(lines)
    marker = lines.find(qn("c:marker"))
    for place in places:
        marker.addprevious(_as_line(drawn[place]))


def _line_chart(axes: list[str]) -> Any:
    ids = "".join(f'<c:axId val="{axis}"/>' for axis in axes)
    return parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'<c:marker val="1"/>{ids}</c:lineChart>'
    )


def _as_line(series: Any) -> Any:
    """The same series, drawn as a dark line with dots."""
    for name in (*_OF_BARS, "c:spPr"):
        for part in series.findall(qn(name)):
            series.remove(part)
    fill = f'<a:solidFill><a:srgbClr val="{INK[1:]}"/></a:solidFill>'
    look = parse_xml(
        f'<c:spPr {nsdecls("c", "a")}><a:ln w="{_WIDTH}" cap="rnd">{fill}<a:round/></a:ln></c:spPr>'
    )
    dots = parse_xml(
        f'<c:marker {nsdecls("c", "a")}><c:symbol val="circle"/><c:size val="5"/>'
        f"<c:spPr>{fill}</c:spPr></c:marker>"
    )
    series.find(qn("c:tx")).addnext(look)
    look.addnext(dots)
    series.append(parse_xml(f'<c:smooth {nsdecls("c")} val="0"/>'))
    return series
