"""Words for a place along the axis."""

from __future__ import annotations

from retention.charts.picture import Picture


def place_words(picture: Picture, place: str) -> str:
    """A place along the axis with its unit, which a date has not.

    Examples
    --------
    >>> place_words(Picture("line", "k", "Rate", (0, 1), (), x_label="Months since the first; all"), "1")
    '1 months since the first'
    """
    if any(isinstance(category, str) for category in picture.categories):
        return place
    # "Months since the first purchase; below: ..." goes on as "12 months since the first purchase".
    unit = picture.x_label.split(";")[0]
    return f"{place} {unit[:1].lower()}{unit[1:]}".strip()
