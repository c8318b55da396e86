"""Lying bars that are read from the top."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_AXIS_CROSSES, XL_TICK_LABEL_POSITION


def read_downwards(chart: Any) -> None:
    """Put the first category of lying bars on top, with the value axis still below; in place.

    Parameters
    ----------
    chart
        A python-pptx chart of lying bars.

    Notes
    -----
    The trap: PowerPoint counts the categories of lying bars from the bottom.
    """
    chart.category_axis.reverse_order = True
    chart.category_axis.crosses = XL_AXIS_CROSSES.MAXIMUM
    # LibreOffice leaves the labels above otherwise.
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
