"""Numbers that a native chart can show: what is missing or infinite is an empty cell."""

from __future__ import annotations

import math


def finite(value: float | None) -> float | None:
    """The number, or None where there is none.

    Examples
    --------
    >>> finite(0.5), finite(float("nan")), finite(None)
    (0.5, None, None)
    """
    return value if value is not None and math.isfinite(value) else None
