"""The inner plot area of a chart, set by hand so that labels around it have their room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from retention.export.fit import LINE_HEIGHT
from retention.export.scale import Scale

_FONT = 11
_TOP = 12.0


@dataclass(frozen=True)
class PlotArea:
    """Size of a chart and the margins around its plot, in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def inner(self) -> tuple[float, float]:
        """Width and height of the plot."""
        return self.width - self.left - self.right, self.height - self.top - self.bottom

    def height_of(self, value: float, scale: Scale) -> float:
        """Points from the lower edge of the plot to a value."""
        return (value - scale.bottom) / (scale.top - scale.bottom) * self.inner[1]


def plot_area(
    size: tuple[float, float], *, left: float, right: float, lines_below: int, has_legend: bool
) -> PlotArea:
    """The plot area that leaves room for what stands around it.

    Parameters
    ----------
    size
        Width and height of the chart in points.
    left, right
        Points kept free at the sides.
    lines_below
        Lines of text below the plot: tick labels and axis title.
    has_legend
        Whether a legend stands above.

    Returns
    -------
    PlotArea
        Margins in points.

    Notes
    -----
    The trap: PowerPoint measures the area in shares of the chart, so a resized chart keeps shares.

    Examples
    --------
    >>> plot_area((400, 300), left=50, right=10, lines_below=2, has_legend=False).inner[0]
    340
    """
    line = _FONT * LINE_HEIGHT
    return PlotArea(
        *size,
        left=left,
        right=right,
        top=_TOP + (line + 8 if has_legend else 0.0),
        bottom=lines_below * line + 14,
    )


def set_plot_area(chart: Any, area: PlotArea) -> None:
    """Write the plot area into the chart, in place.

    Parameters
    ----------
    chart
        A python-pptx chart.
    area
        Margins.

    Notes
    -----
    The trap: without it labels to the right of the last point would run out of the chart.
    """
    shares: Sequence[tuple[str, float]] = (
        ("x", area.left / area.width),
        ("y", area.top / area.height),
        ("w", area.inner[0] / area.width),
        ("h", area.inner[1] / area.height),
    )
    values = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in shares)
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/>{values}</c:manualLayout></c:layout>'
    )
    plot = chart._chartSpace.chart.plotArea
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    plot.insert(0, layout)
