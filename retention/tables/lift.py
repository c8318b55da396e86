"""The interval of a lift: the rate of a group over the rate of everybody, the group included."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from retention.tables.wilson import wilson_interval

Floats = NDArray[np.float64]


def lift_interval(
    returned: ArrayLike, eligible: ArrayLike, all_returned: ArrayLike, all_eligible: ArrayLike
) -> tuple[Floats, Floats]:
    """Lower and upper 95 % limit of (returned / eligible) / (all_returned / all_eligible).

    The group and all others are independent; the ratio r of their rates has Zou and Donner's limits,
    made of Wilson's. With the group's share w of all, the lift is r / (w r + 1 - w), which grows with r.
    Not a number where nobody at all has returned; 1 where the group is everybody.

    References
    ----------
    Zou and Donner (2008), Construction of confidence limits about effect measures: a general approach.

    Examples
    --------
    >>> low, high = lift_interval([30], [100], [100], [1000])
    >>> low.round(2), high.round(2)
    (array([2.26]), array([3.8]))
    """
    k, n, all_k, all_n = (
        np.asarray(part, dtype=float) for part in (returned, eligible, all_returned, all_eligible)
    )
    share = n / all_n
    low, high = _ratio_limits(k, n, all_k - k, all_n - n)
    is_all = n == all_n
    lower, upper = (np.where(is_all, 1.0, _lift(ratio, share)) for ratio in (low, high))
    return np.where(all_k > 0, lower, np.nan), np.where(all_k > 0, upper, np.nan)


def _lift(ratio: Floats, share: Floats) -> Floats:
    """Where the others never return, the ratio is infinite and the lift what the share allows."""
    with np.errstate(divide="ignore", invalid="ignore"):
        lift: Floats = 1 / (share + (1 - share) / ratio)
    return lift


def _ratio_limits(k: Floats, n: Floats, k_other: Floats, n_other: Floats) -> tuple[Floats, Floats]:
    """Limits of (k / n) / (k_other / n_other); 0 and infinity are among them."""
    low, high = wilson_interval(k, n)
    low_other, high_other = wilson_interval(k_other, n_other)
    rate, other = k / n, k_other / np.maximum(n_other, 1)
    product, of_other = rate * other, low_other * (2 * other - low_other)
    below = product**2 - low * (2 * rate - low) * high_other * (2 * other - high_other)
    above = product**2 - high * (2 * rate - high) * of_other
    # Written so that nothing is taken from itself: the sum below is 0 only where the limit is 0.
    root = product + np.sqrt(np.maximum(below, 0))
    lower = np.divide(low * (2 * rate - low), root, out=np.zeros_like(root), where=root > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        upper = (product + np.sqrt(np.maximum(above, 0))) / of_other
    return lower, np.where(of_other > 0, upper, np.inf)
