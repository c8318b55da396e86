"""Rates of a chart in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from retention.charts.number import format_number
from retention.charts.picture import Series


def rates_said(categories: Sequence[str], series: Sequence[Series]) -> str:
    """Every rate that is known, with its category and the name of its bars.

    Examples
    --------
    >>> rates_said(["first", "second"], [Series("email", (0.25, None))])
    'first 25.0% (email)'
    """
    return ", ".join(
        f"{category} {format_number(value, number_format='percent')} ({bars.name})"
        for bars in series
        for category, value in zip(categories, bars.values, strict=True)
        if value is not None
    )
