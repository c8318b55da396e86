"""Named segments of recency and frequency scores, and one thing to do about each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Recency by frequency: rows are r_score 1 to 5, columns f_score 1 to 5.
GRID = (
    ("hibernating", "hibernating", "slipping", "slipping", "cannot_lose"),
    ("hibernating", "hibernating", "slipping", "slipping", "cannot_lose"),
    ("about_to_sleep", "about_to_sleep", "need_attention", "loyal_customers", "loyal_customers"),
    ("promising", "potential_loyalists", "potential_loyalists", "loyal_customers", "loyal_customers"),
    ("new_customers", "potential_loyalists", "potential_loyalists", "champions", "champions"),
)  # fmt: skip


class Segment(NamedTuple):
    """What a segment is called, and the one thing to try."""

    label: str
    suggestion: str


SEGMENTS: dict[str, Segment] = {
    "champions": Segment("Champions", "Thank them, show them new things first, ask for a referral."),
    "loyal_customers": Segment("Loyal customers", "Offer what goes with what they buy, not a discount."),
    "potential_loyalists": Segment("Potential loyalists", "Invite them to the programme for members."),
    "new_customers": Segment("New customers", "Help them with the first purchase, then suggest the next."),
    "promising": Segment("Promising", "Remind them of the shop with what sells best."),
    "need_attention": Segment("Need attention", "Write with something new in what they bought before."),
    "about_to_sleep": Segment("About to sleep", "Send one reminder with a reason to come now."),
    "slipping": Segment("Slipping", "Ask what was wrong; make an offer that ends soon."),
    "cannot_lose": Segment("Cannot lose them", "Call them."),
    "hibernating": Segment("Hibernating", "Spend nothing but an e-mail at a season's start."),
}  # fmt: skip
NAMES = tuple(SEGMENTS)


def segment_places(
    r_score: NDArray[np.int64], f_score: NDArray[np.int64], f_top: int
) -> NDArray[np.int64]:
    """The place in `NAMES` of each pair of scores; the top score of fewer than five counts as five.

    Examples
    --------
    >>> places = segment_places(np.array([5, 5, 1]), np.array([1, 4, 4]), 4)
    >>> [NAMES[place] for place in places]
    ['new_customers', 'champions', 'cannot_lose']
    """
    grid = np.array([[NAMES.index(name) for name in row] for row in GRID])
    frequency = np.where(f_score == f_top, len(GRID), f_score)
    places: NDArray[np.int64] = grid[r_score - 1, frequency - 1]
    return places
