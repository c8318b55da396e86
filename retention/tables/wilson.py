"""Wilson's interval for a share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z95 = 1.959963984540054


def wilson_interval(
    returned: ArrayLike, eligible: ArrayLike, z: float = Z95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper limit of the share returned / eligible; (0, 1) where nobody is eligible.

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical inference.

    Examples
    --------
    >>> low, high = wilson_interval([15], [110])
    >>> low.round(4), high.round(4)
    (array([0.0844]), array([0.2129]))
    """
    n = np.asarray(eligible, dtype=float)
    k = np.asarray(returned, dtype=float)
    safe = np.where(n > 0, n, 1.0)
    share = k / safe
    centre = (share + z**2 / (2 * safe)) / (1 + z**2 / safe)
    half = z * np.sqrt(share * (1 - share) / safe + z**2 / (4 * safe**2)) / (1 + z**2 / safe)
    low = np.where(n > 0, np.clip(centre - half, 0, share), 0.0)
    high = np.where(n > 0, np.clip(centre + half, share, 1), 1.0)
    return low, high
