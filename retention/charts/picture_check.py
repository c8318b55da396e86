"""A picture that can be drawn: it has values, and as many as categories."""

from __future__ import annotations

import math

from retention.charts.picture import Picture
from retention.errors import ArgumentError, examples


def check_picture(picture: Picture) -> None:
    """Refuse a picture without values, or whose lengths do not agree.

    Parameters
    ----------
    picture
        Any picture.

    Raises
    ------
    ArgumentError
        With the count of series concerned.

    Notes
    -----
    The trap: a series of nothing but missing values is allowed as long as another has some.

    Examples
    --------
    >>> from retention.charts.picture import Series
    >>> check_picture(Picture("bar", "rfm", "Segments", ("a",), (Series("all", (1.0,)),)))
    """
    needed = len(picture.categories)
    wrong = [series.name for series in picture.series if len(series.values) != needed]
    if wrong:
        raise ArgumentError(
            f"picture {picture.key!r}: {len(wrong)} of {len(picture.series)} series "
            f"({examples(wrong)}) have not {needed} values, one for each category. Use None "
            "where there is no value."
        )
    values = [value for series in picture.series for value in series.values]
    if not any(value is not None and math.isfinite(value) for value in values):
        raise ArgumentError(
            f"picture {picture.key!r}: no value in {len(picture.series)} series, so there is "
            "nothing to draw. Check the filter before the chart, or pass a later as_of."
        )
