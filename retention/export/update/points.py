"""Points of a series that look different from it: ours made anew, somebody's kept by category."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from pptx.oxml.ns import qn

from retention.export.series_element import SeriesElement
from retention.export.update.colours import colour_parts


def refresh_points(
    merged: SeriesElement, theirs: SeriesElement, drawn: SeriesElement, looks: Mapping[str, str]
) -> dict[str, str]:
    """Give a series its points, in place.

    Parameters
    ----------
    merged
        The series with its new numbers.
    theirs
        The series as somebody left it.
    drawn
        The series as it would be drawn today.
    looks
        Category -> mark of the look of our points as written.

    Returns
    -------
    dict
        Category -> mark of the look of the points that are ours now; of edited ones as we draw them.

    Notes
    -----
    The trap: a point whose category is gone is gone, too.
    """
    edited = {
        category: point
        for category, point in theirs.points.items()
        if looks.get(category) != theirs.point_looks[category]
    }
    merged.take("dPt", drawn)
    colour_parts(merged, "dPt", like=drawn)
    ours = merged.point_looks
    places = {category: place for place, category in drawn.categories.items()}
    for category in sorted(edited.keys() & places.keys(), key=places.__getitem__):
        own = merged.points.get(category)
        if own is not None:
            merged.xml.remove(own)
        point = copy.deepcopy(edited[category])
        point.find(qn("c:idx")).set("val", str(places[category]))
        merged.put(point)
    return ours
