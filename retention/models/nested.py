"""The fit of an order model, or of the nested model where a parameter is at its limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from retention.errors import FitError
from retention.models.history import FloatArray, History
from retention.models.maximum import Maximum, Objective, curvature
from retention.models.purchase_rate import GammaRate, PurchaseRate, SameRate
from retention.models.rehearsal import CLEAR, highest
from retention.models.surface import Surface
from retention.models.weighted import weighted

# A model that costs less than this in total log-likelihood describes the data as well.
WORTH = 1e-3
# Akaike's price of a parameter, in total log-likelihood.
PRICE = 1.0
# Coordinates beyond this look like a limit: shape or spread over 400, dropout under 0.25 %.
SUSPECT = 6.0


class Family(NamedTuple):
    """How to make a distribution from coordinates, and the two places to begin the search."""

    make: Callable[[FloatArray], Any]
    starts: tuple[tuple[float, ...], tuple[float, ...]]


class OrderModel(NamedTuple):
    """How customers may leave, the full family first, and what a history is worth under it."""

    dropouts: tuple[Family, ...]
    likelihood: Callable[[PurchaseRate, Any, History], Surface]


@dataclass(frozen=True, eq=False)
class Candidate:
    """One pair of families, fitted."""

    rate: PurchaseRate
    dropout: Any
    maximum: Maximum


def fit_nested(history: History, model: OrderModel) -> Candidate:
    """The full model, or the smallest nested one that describes the data as well.

    Parameters
    ----------
    history
        Distinct histories, with time in units of about the mean T.
    model
        What is fitted.

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
    climb = partial(_climb, history=history, likelihood=model.likelihood)
    full = climb(rates[0], model.dropouts[0])
    if full.maximum.is_converged and (np.abs(full.maximum.coordinates[1:]) < SUSPECT).all():
        return full
    pairs = list(product(rates, model.dropouts))[1:]
    if sample := history.sample():
        pairs = _within_reach(pairs, partial(climb, history=sample))
    candidates = [full, *(climb(rate, dropout) for rate, dropout in pairs)]
    best = max(candidate.maximum.value for candidate in candidates)
    peaks = [candidate for candidate in candidates if candidate.maximum.is_converged]
    good = [candidate for candidate in peaks if candidate.maximum.value >= best - WORTH]
    # A slope beyond what numbers can hold, and lower than what a parameter has to be worth.
    good = good or [peak for peak in peaks if peak.maximum.value >= best - PRICE]
    if not good:
        raise FitError(_failure(history, full.maximum))
    return min(good, key=lambda candidate: candidate.maximum.coordinates.size)


def judge_at(
    rate: GammaRate,
    dropout: Any,
    history: History,
    likelihood: Callable[[PurchaseRate, Any, History], Surface],
) -> Candidate:
    """Parameters that were found elsewhere, with the likelihood and curvature of these histories.

    Raises
    ------
    FitError
        Where the likelihood has no peak near there, so that no standard error exists.
    """
    objective = _objective(
        Family(GammaRate.at, ((0, 0), (0, 0))), type(dropout).at, likelihood, history
    )
    maximum = curvature(objective, np.concatenate([rate.coordinates(), dropout.coordinates()]))
    if not np.isfinite(maximum.decrement):
        raise FitError(_failure(history, maximum))
    return Candidate(rate, dropout, maximum)


def _rates(history: History) -> tuple[Family, Family]:
    """Rates that differ, and one rate for all, beginning at the pooled rate and above it."""
    orders, time = (
        weighted(history.customers, 1.0 * each) for each in (history.frequency, history.T)
    )
    slow = float(np.log(orders / time))
    quick = slow + 1.5
    return (
        Family(GammaRate.at, ((slow, 0.0), (quick, 1.0))),
        Family(SameRate.at, ((slow,), (quick,))),
    )


def _climb(
    rate: Family,
    dropout: Family,
    *,
    history: History,
    likelihood: Callable[[PurchaseRate, Any, History], Surface],
) -> Candidate:
    """The higher maximum of the two that are found over one pair of families."""
    hill, sample = partial(_objective, rate, dropout.make, likelihood), history.sample()
    starts = [
        np.array([*of_rate, *of_dropout])
        for of_rate, of_dropout in zip(rate.starts, dropout.starts, strict=True)
    ]
    maximum = highest(hill(history), starts, rehearsal=hill(sample) if sample else None)
    point, free = maximum.coordinates, len(rate.starts[0])
    return Candidate(rate.make(point[:free]), dropout.make(point[free:]), maximum)


def _within_reach(
    pairs: list[tuple[Family, Family]], climb: Callable[[Family, Family], Candidate]
) -> list[tuple[Family, Family]]:
    """The pairs that, on a sample, are not clearly worse than the best of them."""
    values = [climb(rate, dropout).maximum.value for rate, dropout in pairs]
    return [pair for pair, value in zip(pairs, values, strict=True) if value >= max(values) - CLEAR]


def _objective(
    rate: Family,
    make_dropout: Callable[[FloatArray], Any],
    likelihood: Callable[[PurchaseRate, Any, History], Surface],
    history: History,
) -> Objective:
    """The total log-likelihood of these histories as a function of the coordinates."""
    free = len(rate.starts[0])

    def objective(point: FloatArray) -> Surface:
        return likelihood(rate.make(point[:free]), make_dropout(point[free:]), history)

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
