"""The difference of mean amounts over strata: by permutation, or Welch where there are many buyers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from retention.actions.arms import Stratum, weights_of
from retention.actions.found_lift import SEEN, FoundLift
from retention.tables.student import student_quantile

Floats = NDArray[np.float64]
FEWEST_BUYERS, MANY_BUYERS = 100, 1000


def money_lift(
    strata: list[Stratum], *, is_adjusted: bool, permutations: int, random_state: int
) -> FoundLift:
    """Weighted difference of mean amounts per assigned customer, buyers or not.

    Adjusted, each amount is first freed of what the prediction explains of it within its stratum
    (CUPED). Amounts are skewed, so the permuted quantity is the difference over its standard error, and
    its quantiles make the interval. Fewer than 100 buyers in an arm: a difference, and no judgement.

    References
    ----------
    Deng, Xu, Kohavi and Walker (2013), Improving the sensitivity of online controlled experiments by
    utilizing pre-experiment data. Chung and Romano (2013), Exact and asymptotically robust permutation
    tests. Welch (1947), The generalization of Student's problem.
    """
    weights = weights_of(strata)
    values = _adjusted(strata) if is_adjusted else [one.amount for one in strata]
    sides = [(v[~one.is_held], v[one.is_held]) for v, one in zip(values, strata, strict=True)]
    means = weights @ np.array([[side.mean() for side in pair] for pair in sides])
    gap = float(means[0] - means[1])
    buyers = _buyers_of_smaller_arm(strata)
    variances = np.array([[side.var(ddof=1) / len(side) for side in pair] for pair in sides])
    error = math.sqrt(float(weights**2 @ variances.sum(axis=1)))
    if buyers < FEWEST_BUYERS or error == 0:
        low, high, p_value, method = math.nan, math.nan, math.nan, "not judged"
    elif buyers > MANY_BUYERS:
        sizes = np.array([[len(side) for side in pair] for pair in sides])
        low, high, p_value = _welch(gap, error, weights, variances, sizes)
        method = "welch"
    else:
        drawn = _drawn(values, strata, weights, permutations, random_state)
        low, high, p_value = _permuted(gap, error, drawn)
        method = "permutation"
    return FoundLift(
        float(means[0]), float(means[1]), gap, low, high, p_value, SEEN * error, method,
    )  # fmt: skip


def _adjusted(strata: list[Stratum]) -> list[Floats]:
    """Amounts less what the prediction explains within strata; the mean of each stratum stays."""
    apart = [one.prediction - one.prediction.mean() for one in strata]
    shared = sum(float(x @ one.amount) for x, one in zip(apart, strata, strict=True))
    spread = sum(float(x @ x) for x in apart)
    slope = shared / spread if spread > 0 else 0.0
    return [one.amount - slope * x for x, one in zip(apart, strata, strict=True)]


def _buyers_of_smaller_arm(strata: list[Stratum]) -> int:
    is_held = np.concatenate([one.is_held for one in strata])
    orders = np.concatenate([one.orders for one in strata])
    is_smaller = is_held if is_held.mean() <= 0.5 else ~is_held
    return int(orders[is_smaller].sum())


def _welch(
    gap: float, error: float, weights: Floats, variances: Floats, sizes: Floats
) -> tuple[float, float, float]:
    parts = weights[:, None] ** 2 * variances
    degrees = error**4 / float((parts**2 / (sizes - 1)).sum())
    half = error * float(student_quantile(0.975, degrees))
    return gap - half, gap + half, float(2 * stdtr(degrees, -abs(gap) / error))


def _permuted(gap: float, error: float, drawn: Floats) -> tuple[float, float, float]:
    """Limits from the quantiles of the drawn ratios; the p-value agrees with them."""
    ratio, count = gap / error, len(drawn) + 1
    above, below = 1 + int((drawn >= ratio).sum()), 1 + int((drawn <= ratio).sum())
    ordered = np.sort(drawn)
    edge = max(round(0.025 * count), 1) - 1
    low, high = gap - error * ordered[-1 - edge], gap - error * ordered[edge]
    return float(low), float(high), min(1.0, 2 * min(above, below) / count)


def _drawn(
    values: list[Floats], strata: list[Stratum], weights: Floats, permutations: int, seed: int
) -> Floats:
    """The difference over its standard error, where arms are drawn anew within each stratum."""
    random = np.random.default_rng(seed)
    gaps, spreads = np.zeros(permutations), np.zeros(permutations)
    for value, one, weight in zip(values, strata, weights, strict=True):
        difference, spread = _redrawn(value, int(one.is_held.sum()), permutations, random)
        gaps += weight * difference
        spreads += weight**2 * spread
    ratios: Floats = gaps / np.sqrt(np.where(spreads > 0, spreads, np.inf))
    return ratios


def _redrawn(
    value: Floats, held: int, permutations: int, random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Difference of means, and its variance, of so many random arms of one stratum."""
    # About the mean, so that squares of large amounts do not swallow what they differ by.
    centred = value - value.mean()
    both = np.column_stack([centred, centred**2])
    total, count = both.sum(axis=0), len(value)
    sums = np.array(
        [
            both[random.choice(count, held, replace=False, shuffle=False)].sum(axis=0)
            for _ in range(permutations)
        ]
    )
    means, variances = [], []
    for part, size in ((total - sums, count - held), (sums, held)):
        mean = part[:, 0] / size
        means.append(mean)
        variances.append((part[:, 1] - size * mean**2).clip(min=0) / (size - 1) / size)
    return means[0] - means[1], variances[0] + variances[1]
