"""The fit of a beta-geometric model, or of the nested model where a parameter is at its limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from retention.errors import FitError
from retention.models.dropout import BetaDropout, Dropout
from retention.models.dropout_limits import SameDropout, SplitDropout, SureDropout
from retention.models.history import FloatArray, History
from retention.models.likelihood import order_likelihood
from retention.models.maximum import Maximum, Objective, curvature
from retention.models.purchase_rate import GammaRate, PurchaseRate, SameRate
from retention.models.rehearsal import CLEAR, Hill, highest

# A model that costs less than this in total log-likelihood describes the data as well.
WORTH = 1e-3
# Coordinates beyond this look like a limit: shape or spread over 400, dropout under 0.25 %.
SUSPECT = 6.0


@dataclass(frozen=True, eq=False)
class Candidate:
    """One pair of families, fitted."""

    rate: PurchaseRate
    dropout: Dropout
    maximum: Maximum


def fit_nested(history: History, *, first_chances: int) -> Candidate:
    """The full model, or the smallest nested one that describes the data as well.

    Parameters
    ----------
    history
        Distinct histories, with time in units of about the mean T.
    first_chances
        0 (BG/NBD) or 1 (MBG/NBD), see `order_likelihood`.

    Returns
    -------
    Candidate
        Rate, dropout and the maximum behind them.

    Raises
    ------
    FitError
        Where neither the full model nor any nested one has a maximum.
    """
    rates = _rates(history)
    climb = partial(_climb, history=history, first_chances=first_chances)
    full = climb(rates[0], _DROPOUTS[0])
    if full.maximum.is_converged and (np.abs(full.maximum.coordinates[1:]) < SUSPECT).all():
        return full
    pairs = list(product(rates, _DROPOUTS))[1:]
    if sample := history.sample():
        pairs = _within_reach(pairs, partial(climb, history=sample))
    candidates = [full, *(climb(rate, dropout) for rate, dropout in pairs)]
    best = max(candidate.maximum.value for candidate in candidates)
    good = [
        candidate
        for candidate in candidates
        if candidate.maximum.is_converged and candidate.maximum.value >= best - WORTH
    ]
    if not good:
        raise FitError(_failure(history, full.maximum))
    return min(good, key=lambda candidate: candidate.maximum.coordinates.size)


def judge_at(
    rate: GammaRate, dropout: BetaDropout, history: History, *, first_chances: int
) -> Candidate:
    """Parameters that were found elsewhere, with the likelihood and curvature of these histories.

    Raises
    ------
    FitError
        Where the likelihood has no peak near there, so that no standard error exists.
    """
    objective = _objective(_rates(history)[0], _DROPOUTS[0], history, first_chances)
    maximum = curvature(objective, np.concatenate([rate.coordinates(), dropout.coordinates()]))
    if not np.isfinite(maximum.decrement):
        raise FitError(_failure(history, maximum))
    return Candidate(rate, dropout, maximum)


class _Family(NamedTuple):
    """How to make a distribution from coordinates, and the two places to begin the search."""

    make: Callable[[FloatArray], Any]
    starts: tuple[tuple[float, ...], tuple[float, ...]]


# The surface can have two peaks: slow buyers of whom few leave, and quick ones of whom most do.
_DROPOUTS = (
    _Family(BetaDropout.at, ((-1.0, 0.5), (1.0, 0.0))),
    _Family(SameDropout.at, ((-1.0,), (1.0,))),
    _Family(SplitDropout.at, ((-1.0,), (1.0,))),
    _Family(lambda _: SureDropout(0.0), ((), ())),
    _Family(lambda _: SureDropout(1.0), ((), ())),
)


def _rates(history: History) -> tuple[_Family, _Family]:
    """Rates that differ, and one rate for all, beginning at the pooled rate and above it."""
    pooled = (history.customers @ history.frequency) / (history.customers @ history.T)
    slow = float(np.log(pooled))
    quick = slow + 1.5
    return (
        _Family(GammaRate.at, ((slow, 0.0), (quick, 1.0))),
        _Family(SameRate.at, ((slow,), (quick,))),
    )


def _climb(rate: _Family, dropout: _Family, *, history: History, first_chances: int) -> Candidate:
    """The higher maximum of the two that are found over one pair of families."""
    hill, sample = partial(_hill, rate, dropout, first_chances=first_chances), history.sample()
    starts = [
        np.array([*of_rate, *of_dropout])
        for of_rate, of_dropout in zip(rate.starts, dropout.starts, strict=True)
    ]
    maximum = highest(hill(history), starts, rehearsal=hill(sample) if sample else None)
    point, free = maximum.coordinates, len(rate.starts[0])
    return Candidate(rate.make(point[:free]), dropout.make(point[free:]), maximum)


def _within_reach(
    pairs: list[tuple[_Family, _Family]], climb: Callable[[_Family, _Family], Candidate]
) -> list[tuple[_Family, _Family]]:
    """The pairs that, on a sample, are not clearly worse than the best of them."""
    values = [climb(rate, dropout).maximum.value for rate, dropout in pairs]
    return [pair for pair, value in zip(pairs, values, strict=True) if value >= max(values) - CLEAR]


def _hill(rate: _Family, dropout: _Family, history: History, *, first_chances: int) -> Hill:
    objective = _objective(rate, dropout, history, first_chances)
    return Hill(objective, float(history.customers.sum()))


def _objective(rate: _Family, dropout: _Family, history: History, first_chances: int) -> Objective:
    free = len(rate.starts[0])

    def objective(point: FloatArray) -> tuple[float, FloatArray]:
        return order_likelihood(
            rate.make(point[:free]),
            dropout.make(point[free:]),
            history,
            first_chances=first_chances,
        )

    return objective


def _failure(history: History, maximum: Maximum) -> str:
    """What was tried and how to go on."""
    repeats = history.customers @ history.frequency
    return (
        f"customers: no maximum of the likelihood for {history.customers.sum():,.0f} customers "
        f"with {repeats:,.0f} repeat purchase days, neither of the full model (Newton decrement "
        f"{maximum.decrement:.2g}) nor at one of its limits. See "
        "customers[['frequency', 'recency', 'T']].describe(). Pass more customers or a longer "
        "history, or set extreme buyers aside."
    )
