"""How often a read-out is right: no effect, a known one, and what the prediction takes out."""

from __future__ import annotations

import numpy as np
import pytest

from retention.actions.arms import Stratum
from retention.actions.holm import holm
from retention.actions.money_lift import money_lift
from retention.actions.order_rate_lift import order_rate_lift

RUNS = 4000


def shop(
    random: np.random.Generator, customers: int, base: float, lift: float = 0.0
) -> list[Stratum]:
    """Four bands of value, a tenth of each held out; `lift` more of the treated order."""
    value = np.sort(random.lognormal(0, 1, customers))
    chance = (base * np.sqrt(value) / np.sqrt(value).mean()).clip(0, 0.9)
    return [
        _band(random, each, chances, lift)
        for each, chances in zip(np.split(value, 4), np.split(chance, 4), strict=True)
    ]


def _band(
    random: np.random.Generator, value: np.ndarray, chance: np.ndarray, lift: float
) -> Stratum:
    count = len(value)
    is_held = np.zeros(count, dtype=bool)
    is_held[random.choice(count, round(count / 10), replace=False)] = True
    buys = random.random(count) < (chance + lift * ~is_held).clip(0, 1)
    amount = buys * 100 * value**0.4 * random.lognormal(-0.5, 1, count)
    return Stratum(is_held, buys.astype(float), amount, value)


# Examples


def test_fewer_looks_less_correction() -> None:
    assert holm([0.02]).tolist() == [0.02]
    assert holm([0.04, np.nan, 0.02]).tolist() == pytest.approx([0.04, np.nan, 0.04], nan_ok=True)
    assert holm([]).tolist() == []


@pytest.mark.parametrize("rho", [0.3, 0.6, 0.9])
def test_the_prediction_takes_out_what_it_explains(rho: float) -> None:
    random = np.random.default_rng(4)
    ratios = []
    for _ in range(20):
        value = random.normal(size=20_000)
        amount = 100 + 20 * (rho * value + np.sqrt(1 - rho**2) * random.normal(size=20_000))
        is_held = np.arange(20_000) < 2_000
        one = [Stratum(is_held, np.ones(20_000), amount, value)]
        adjusted, plain = (
            money_lift(one, is_adjusted=each, permutations=9, random_state=0).smallest_effect
            for each in (True, False)
        )
        ratios.append(adjusted / plain)
    assert np.mean(ratios) == pytest.approx(np.sqrt(1 - rho**2), rel=0.02)


def test_a_permuted_difference_is_welchs_where_amounts_are_even() -> None:
    random = np.random.default_rng(5)
    is_held = np.arange(2_000) < 500
    one = [Stratum(is_held, np.ones(2_000), random.normal(100, 20, 2_000), np.ones(2_000))]
    permuted = money_lift(one, is_adjusted=False, permutations=1999, random_state=0)
    assert permuted.method == "permutation"
    value = one[0].amount
    error = np.sqrt(value[is_held].var(ddof=1) / 500 + value[~is_held].var(ddof=1) / 1500)
    assert permuted.high - permuted.difference == pytest.approx(1.962 * error, rel=0.07)
    assert permuted.difference - permuted.low == pytest.approx(1.962 * error, rel=0.07)


# References


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_without_an_effect_one_rate_in_twenty_is_called_different(seed: int) -> None:
    random = np.random.default_rng(seed)
    found = [order_rate_lift(shop(random, 2000, 0.15)) for _ in range(RUNS)]
    rejected = np.mean([each.p_value <= 0.05 for each in found])
    assert 0.04 <= rejected <= 0.055
    holds = np.mean([each.low <= 0 <= each.high for each in found])
    assert holds == pytest.approx(1 - rejected, abs=0.001)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_effect_lies_inside_and_is_seen_as_often_as_said(seed: int) -> None:
    random = np.random.default_rng(seed)
    plain = [order_rate_lift(shop(random, 8000, 0.2)) for _ in range(50)]
    lift = float(np.mean([each.smallest_effect for each in plain]))
    found = [order_rate_lift(shop(random, 8000, 0.2, lift)) for _ in range(RUNS)]
    holds = np.mean([each.low <= lift <= each.high for each in found])
    assert holds == pytest.approx(0.95, abs=0.01)
    seen = np.mean([each.p_value <= 0.05 for each in found])
    assert seen == pytest.approx(0.8, abs=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("is_adjusted", [False, True])
def test_without_an_effect_money_is_called_different_as_seldom(is_adjusted: bool) -> None:
    random = np.random.default_rng(6)
    rejected = []
    for run in range(1000):
        found = money_lift(
            shop(random, 4000, 0.35), is_adjusted=is_adjusted, permutations=199, random_state=run
        )
        rejected.append(found.p_value <= 0.05)
    # A thousand runs tell 5 % no better than to 1.4 points; ten thousand are run by hand.
    assert np.mean(rejected) == pytest.approx(0.05, abs=0.014)
