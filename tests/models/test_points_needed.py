"""Few points are as good as many, for rates and hazards of all kinds."""

from __future__ import annotations

import numpy as np
import pytest

from retention.models.attrition import Attrition, GammaAttrition, SameAttrition
from retention.models.gone import gone_by
from retention.models.history import History
from retention.models.points_needed import points_needed
from retention.models.purchase_rate import GammaRate, PurchaseRate, SameRate

MANY = 96


def histories(random: np.random.Generator, count: int = 4_000) -> History:
    age = random.uniform(0.05, 2.0, count)
    frequency = np.floor(np.exp(random.uniform(0.0, np.log(300.0), count))).astype(np.int64)
    recency = age * random.uniform(0.001, 1.0, count)
    return History(frequency, recency, age, np.ones(count), np.arange(count))


def log_gone(rate: PurchaseRate, leaving: Attrition, history: History, points: int) -> np.ndarray:
    gone = gone_by(rate, leaving, history, points=points)
    return np.logaddexp.reduce(
        rate.log_moment(history.frequency, gone.age) + gone.log_chance, axis=0
    )


# Laws


@pytest.mark.parametrize("seed", range(12))
def test_as_good_as_exact(seed: int) -> None:
    random = np.random.default_rng(seed)
    r, alpha, s, beta = np.exp(random.uniform(np.log(0.05), np.log(20.0), 4))
    history = histories(random)
    for rate in (GammaRate(r, alpha), SameRate(r)):
        for leaving in (GammaAttrition(s, beta), SameAttrition(s)):
            needed = points_needed(rate, leaving, history)
            for points in np.unique(needed):
                part = history.part(np.flatnonzero(needed == points))
                few = log_gone(rate, leaving, part, int(points))
                assert few == pytest.approx(log_gone(rate, leaving, part, MANY), abs=1e-10)


def test_few_histories_are_not_split() -> None:
    history = histories(np.random.default_rng(1), count=400)
    assert (
        len(np.unique(points_needed(GammaRate(0.5, 0.5), GammaAttrition(1.0, 1.0), history))) == 1
    )
