"""Words for what is largest, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from retention.charts.picture import Picture
from retention.export.finding_point import Point, number_words, value_words
from retention.texts import text


def largest_words(picture: Picture, points: Sequence[Point]) -> str:
    """What is largest, by how much, and whether that is sure.

    Examples
    --------
    >>> picture = Picture("bar", "rfm", "Customers", ("a", "b"), ())
    >>> largest_words(picture, [Point("a", 3), Point("b", 12)])
    'b leads with 12, ahead of a with 3'
    """
    ranked = sorted(points, key=lambda point: abs(point.value), reverse=True)
    if not ranked:
        return ""
    first = ranked[0]
    words = {"first": first.name, "value": value_words(picture, first)}
    if len(ranked) == 1:
        return text("{first} with {value}", **words)
    second = ranked[1]
    words |= {"second": second.name, "other": number_words(picture, second.value)}
    if first.value == second.value:
        return text("{first} and {second} lead with {value} each", **words)
    if first.meets(second):
        return text("{first} leads with {value}, but {second} with {other} may be level", **words)
    return text("{first} leads with {value}, ahead of {second} with {other}", **words)


def difference_words(picture: Picture, points: Sequence[Point]) -> str:
    """The largest difference that is sure, or that none is."""
    sure = [point for point in points if point.is_sure]
    if sure:
        most = max(sure, key=lambda point: abs(point.value))
        words = {"name": most.name, "value": value_words(picture, most)}
        return text("{name} differs by {value}", **words)
    if len(points) == 1:
        words = {"name": points[0].name, "value": value_words(picture, points[0])}
        return text("no sure difference in {name}: {value}", **words)
    return text("no difference is sure")
