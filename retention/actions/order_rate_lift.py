"""The difference of two order rates over strata, by Newcombe."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from retention.actions.arms import Stratum, weights_of
from retention.actions.found_lift import SEEN, Z80, FoundLift
from retention.tables.difference import Estimate, difference
from retention.tables.wilson import Z95, wilson_interval

TINY = 1e-12
ROUNDS = 20  # each is nearer by a factor of ten or more
FARTHEST = 40.0  # standard errors; beyond it no p-value is told from 0


def order_rate_lift(strata: list[Stratum]) -> FoundLift:
    """Weighted difference of the strata; limits and p-value from Newcombe's interval.

    Each arm has Wilson's limits on the number of customers that, drawn without strata, would say as
    much: strata take out what the bands differ by. Their scatter comes from both arms together.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions. Yan and
    Su (2010), Stratified Wilson and Newcombe confidence intervals for multiple binomial proportions.
    """
    weights = weights_of(strata)
    rates = np.array([[one.orders[side].mean() for side in _sides(one)] for one in strata])
    sizes = np.array([[side.sum() for side in _sides(one)] for one in strata], dtype=float)
    both = np.array([one.orders.mean() for one in strata])
    treated, held = weights @ rates
    spread = weights**2 * both * (1 - both) @ (1 / sizes)
    overall = float(weights @ both)
    counts = _counts(overall, spread, sizes.sum(axis=0))
    gap = _gap((treated, held), counts, Z95)
    return FoundLift(
        float(treated), float(held), float(gap.value[0]), float(gap.low[0]), float(gap.high[0]),
        _p_value((treated, held), counts), _smallest_effect(overall, counts, spread), "newcombe",
    )  # fmt: skip


def _sides(one: Stratum) -> tuple[np.ndarray, np.ndarray]:
    return ~one.is_held, one.is_held


def _counts(overall: float, spread: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Customers that would say as much without strata; where nobody or everybody bought, all."""
    counts: np.ndarray = np.where(spread > 0, overall * (1 - overall) / spread.clip(1e-300), sizes)
    return counts


def _gap(rates: tuple[float, float], counts: np.ndarray, z: float) -> Estimate:
    sides = [
        Estimate(np.array([rate]), *wilson_interval([rate * count], [count], z))
        for rate, count in zip(rates, counts, strict=True)
    ]
    return difference(*sides)


def _p_value(rates: tuple[float, float], counts: np.ndarray) -> float:
    """Twice the tail beyond the z at which the interval just touches 0."""

    def nearest(z: float) -> float:
        gap = _gap(rates, counts, z)
        return float(gap.low[0] if rates[0] > rates[1] else -gap.high[0])

    if nearest(FARTHEST) > 0:
        return 0.0
    # Rates that are equal but for rounding have an interval around 0 at any z.
    return float(2 * ndtr(-brentq(nearest, 0, FARTHEST))) if nearest(0) > TINY else 1.0


def _smallest_effect(overall: float, counts: np.ndarray, spread: np.ndarray) -> float:
    """The difference whose lower limit is above 0 in 80 of 100 campaigns.

    Newcombe's limits lie farther off than the standard error says where the hold-out is small.
    """
    error = float(np.sqrt(spread.sum()))
    effect = SEEN * error
    for _ in range(ROUNDS):
        treated = min(overall + effect, 1.0)
        gap = _gap((treated, overall), counts, Z95)
        last, effect = effect, float(gap.value[0] - gap.low[0]) + Z80 * error
        if effect == last:
            break
    return effect
