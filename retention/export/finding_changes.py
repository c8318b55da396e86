"""Words for what changed, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from retention.charts.picture import Picture
from retention.export.finding_place import place_words
from retention.export.finding_point import Point, number_words, value_words
from retention.export.finding_words import largest_words
from retention.texts import text


def change_words(picture: Picture, points: Sequence[Point]) -> str:
    """From the last but one to the last: how much, and whether the limits leave it open.

    Examples
    --------
    >>> picture = Picture("bar", "rfm", "Rate", ("2023", "2024"), (), number_format="percent")
    >>> change_words(picture, [Point("2023", 0.4, 0.3, 0.5), Point("2024", 0.3, 0.2, 0.4)])
    '30.0% (95%: 20.0% to 40.0%) in 2024, after 40.0% in 2023: the intervals leave a change open'
    """
    if len(points) < 2:
        return largest_words(picture, points)
    before, after = points[-2:]
    words = {"after": after.name, "before": before.name, "value": value_words(picture, after)}
    words["other"] = number_words(picture, before.value)
    if after.meets(before):
        return text(
            "{value} in {after}, after {other} in {before}: the intervals leave a change open",
            **words,
        )
    if after.value == before.value:
        return text("{value} in {after}, as in {before}", **words)
    if after.value > before.value:
        return text("up to {value} in {after}, from {other} in {before}", **words)
    return text("down to {value} in {after}, from {other} in {before}", **words)


def path_words(picture: Picture, points: Sequence[Point]) -> str:
    """Where a line starts and where it ends."""
    if len(points) < 2:
        return largest_words(picture, points)
    start, end = points[0], points[-1]
    words = {"start": number_words(picture, start.value), "first": start.name}
    words["end"] = value_words(picture, end)
    words["last"] = place_words(picture, end.name)
    if start.value == 0:
        return text("{end} at {last}", **words)
    return text("from {start} at {first} to {end} at {last}", **words)
