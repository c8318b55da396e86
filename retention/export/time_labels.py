"""Whether the names along an axis are periods, so that the last one follows the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PERIOD = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-\d\d)?|-?Q[1-4]|-?W\d\d)?$")


def are_periods(categories: Sequence[str | float]) -> bool:
    """Whether all names are years, quarters, months, weeks or days, in their order.

    Examples
    --------
    >>> are_periods(["2024-01", "2024-02"]), are_periods(["Web", "Store"]), are_periods(["2024", "2023"])
    (True, False, False)
    """
    names = [name for name in categories if isinstance(name, str)]
    is_each = len(names) == len(categories) > 1 and all(map(_PERIOD.match, names))
    return bool(is_each) and names == sorted(names)
