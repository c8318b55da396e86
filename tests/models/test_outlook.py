"""What a rate and a dropout say: against closed forms, simulation-free sums, and their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import hyp2f1

from retention.models import dropout as dropout_module
from retention.models.dropout import BetaDropout
from retention.models.dropout_limits import SameDropout, SplitDropout, SureDropout
from retention.models.history import History
from retention.models.outlook import Behaviour, new_customer
from retention.models.purchase_rate import GammaRate, SameRate


def one(x: int, recency: float, T: float) -> History:
    whole = np.zeros(1, dtype=np.int64)
    return History(
        frequency=whole + x,
        recency=np.array([recency]),
        T=np.array([T]),
        customers=np.ones(1),
        row=whole,
    )


def closed_form(r, alpha, a, b, x, T, u):
    """Orders within u of a customer still active (BG/NBD), where the closed form is stable."""
    z = u / (alpha + T + u)
    shrink = ((alpha + T) / (alpha + T + u)) ** (r + x)
    rest = 1 - shrink * hyp2f1(r + x, b + x, a + b + x - 1, z)
    return (a + b + x - 1) / (a - 1) * rest


# examples


def test_one_rate_and_one_chance_by_hand():
    behaviour = Behaviour(SameRate(0.5), SameDropout(0.25), 0)
    found = behaviour.outlook(one(1, 2.0, 3.0), horizon=4.0)
    active, gone = 0.75 * np.exp(-1.5), 0.25 * np.exp(-1.0)
    alive = active / (active + gone)
    assert found.p_alive[0] == pytest.approx(alive, rel=1e-12)
    assert found.p_order[0] == pytest.approx(alive * (1 - np.exp(-2.0)), rel=1e-12)
    expected = alive * (1 - np.exp(-0.25 * 0.5 * 4)) / 0.25
    assert found.expected_orders[0] == pytest.approx(expected, rel=1e-12)


def test_nobody_leaves():
    behaviour = Behaviour(GammaRate(0.7, 5.0), SureDropout(0.0), 1)
    found = behaviour.outlook(one(3, 8.0, 20.0), horizon=10.0)
    assert found.p_alive[0] == 1.0
    assert found.expected_orders[0] == pytest.approx(10 * 3.7 / 25, rel=1e-12)
    assert found.p_order[0] == pytest.approx(1 - (25 / 35) ** 3.7, rel=1e-12)


def test_who_survived_a_split_never_leaves():
    behaviour = Behaviour(SameRate(0.5), SplitDropout(0.4), 0)
    assert behaviour.p_alive(one(2, 3.0, 50.0))[0] == 1.0
    new = behaviour.outlook(new_customer(), horizon=4.0).expected_orders[0]
    assert new == pytest.approx(0.6 * 2 + 0.4 * (1 - np.exp(-2)), rel=1e-12)


def test_a_history_that_the_limit_rules_out_counts_as_gone():
    behaviour = Behaviour(SameRate(0.5), SureDropout(1.0), 0)
    assert behaviour.p_alive(one(2, 3.0, 5.0))[0] == 0.0
    assert behaviour.p_alive(one(0, 0.0, 5.0))[0] == 1.0


def test_bg_calls_one_time_buyers_alive_and_mbg_does_not():
    parts = GammaRate(0.5, 6.0), BetaDropout(0.9, 1.6)
    assert Behaviour(*parts, 0).p_alive(one(0, 0.0, 300.0))[0] == 1.0
    assert Behaviour(*parts, 1).p_alive(one(0, 0.0, 300.0))[0] < 0.4


# laws


@settings(max_examples=40, deadline=None)
@given(
    r=st.floats(0.05, 5),
    alpha=st.floats(1, 100),
    a=st.floats(1.2, 5),
    b=st.floats(0.3, 5),
    x=st.integers(0, 10),
    T=st.floats(1, 300),
    u=st.floats(1, 400),
)
def test_expected_orders_are_the_closed_form_where_that_is_stable(r, alpha, a, b, x, T, u):
    behaviour = Behaviour(GammaRate(r, alpha), BetaDropout(a, b), 0)
    history = one(x, T if x else 0.0, T)
    found = behaviour.outlook(history, horizon=u).expected_orders / behaviour.p_alive(history)
    assert found[0] == pytest.approx(closed_form(r, alpha, a, b, x, T, u), rel=1e-7)


@pytest.mark.parametrize(
    ("r", "alpha", "a", "b", "x", "T", "u"),
    [
        (0.11, 2.24, 0.31, 0.5, 0, 1.0, 30.0),  # a + b < 1 and x = 0
        (0.5, 6.0, 1.0, 1.6, 2, 30.0, 39.0),  # a = 1
        (0.5, 6.0, 1.0 + 1e-12, 1.6, 2, 30.0, 39.0),
        (0.2, 5.0, 0.9, 1.6, 800, 52.0, 520.0),  # large x
        (0.01, 500.0, 0.003, 900.0, 0, 0.1, 4e3),
        (3.0, 0.1, 1e3, 2e3, 40, 10.0, 1e3),
    ],
)
def test_expected_orders_hold_where_closed_forms_break(monkeypatch, r, alpha, a, b, x, T, u):
    behaviour = Behaviour(GammaRate(r, alpha), BetaDropout(a, b), 1)
    quick = behaviour.outlook(one(x, T, T), horizon=u).expected_orders[0]
    monkeypatch.setattr(dropout_module, "NODES", 5000)
    assert quick == pytest.approx(
        behaviour.outlook(one(x, T, T), horizon=u).expected_orders[0], rel=1e-9
    )
    assert 0 < quick <= u * (r + x) / (alpha + T)


def test_a_known_value_where_the_closed_form_is_not_a_number():
    behaviour = Behaviour(GammaRate(0.11, 2.24), BetaDropout(0.31, 0.5), 0)
    found = behaviour.outlook(one(0, 0.0, 1.0), horizon=30.0)
    assert found.expected_orders[0] == pytest.approx(0.5645886155, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(
    x=st.integers(1, 400),
    silence=st.floats(0, 300),
    horizon=st.floats(0.1, 500),
    k=st.sampled_from([0, 1]),
)
def test_chances_are_chances_and_more_time_brings_more(x, silence, horizon, k):
    behaviour = Behaviour(GammaRate(0.5, 6.0), BetaDropout(0.9, 1.6), k)
    history = one(x, 30.0, 30.0 + silence)
    found = behaviour.outlook(history, horizon=horizon)
    longer = behaviour.outlook(history, horizon=1.5 * horizon)
    assert 0 <= found.p_order[0] <= found.p_alive[0] <= 1
    assert found.p_order[0] <= found.expected_orders[0] * (1 + 1e-12)
    assert longer.expected_orders[0] >= found.expected_orders[0]
    assert longer.p_order[0] >= found.p_order[0]


@pytest.mark.parametrize("k", [0, 1])
@pytest.mark.parametrize(
    ("rate", "dropout"),
    [
        (GammaRate(0.5, 6.0), BetaDropout(0.9, 1.6)),
        (GammaRate(0.5, 6.0), SplitDropout(0.3)),
        (SameRate(0.2), SameDropout(0.3)),
        (SameRate(0.2), SureDropout(0.0)),
    ],
)
def test_counts_sum_to_one_and_have_the_expected_mean(rate, dropout, k):
    behaviour = Behaviour(rate, dropout, k)
    chances = behaviour.count_chances(horizon=30.0, most=400)
    assert chances.min() >= 0
    assert chances.sum() == pytest.approx(1, abs=1e-9)
    new = behaviour.outlook(new_customer(), horizon=30.0)
    assert chances @ np.arange(401) == pytest.approx(new.expected_orders[0], rel=1e-7)
    assert 1 - chances[0] == pytest.approx(new.p_order[0], rel=1e-9)


def test_large_counts_do_not_overflow():
    behaviour = Behaviour(GammaRate(5.0, 0.1), BetaDropout(0.01, 20.0), 0)
    chances = behaviour.count_chances(horizon=30.0, most=20_000)
    assert np.isfinite(chances).all()
    assert chances.sum() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("x", "recency", "T"), [(0, 0.0, 0.0), (2, 20.0, 27.0), (300, 36.0, 36.5)])
def test_discounting_is_the_integral_over_the_horizon(x, recency, T):
    behaviour = Behaviour(GammaRate(0.5, 6.0), BetaDropout(0.9, 1.6), 1)
    history, horizon, delta = one(x, recency, T), 52.0, 0.004

    def discounted(u: float) -> float:
        count = behaviour.outlook(history, horizon=u).expected_orders[0]
        return float(delta * np.exp(-delta * u) * count)

    pieces = [quad(discounted, lo, hi)[0] for lo, hi in [(0, 0.5), (0.5, 5), (5, horizon)]]
    last = behaviour.outlook(history, horizon=horizon).expected_orders[0]
    found = behaviour.discounted_orders(history, horizon=horizon, delta=delta)[0]
    assert found == pytest.approx(np.exp(-delta * horizon) * last + sum(pieces), rel=1e-8)
    assert found < last


def test_without_a_discount_every_order_counts_in_full():
    behaviour = Behaviour(GammaRate(0.5, 6.0), BetaDropout(0.9, 1.6), 1)
    history = one(2, 20.0, 27.0)
    assert behaviour.discounted_orders(history, horizon=52.0, delta=0.0)[0] == pytest.approx(
        behaviour.outlook(history, horizon=52.0).expected_orders[0], rel=1e-12
    )


def test_a_row_of_counts_beside_each_customer_is_each_count_by_itself():
    rate, n = GammaRate(0.6, 11.0), np.arange(1, 6)[None]
    x, T = np.array([[0], [4]]), np.array([[30.0], [50.0]])
    found = rate.at_least_after(n, x, T, 20.0)
    alone = [
        [rate.at_least_after(np.array(k), a, t, 20.0) for k in n[0]]
        for a, t in zip(x[:, 0], T[:, 0], strict=True)
    ]
    np.testing.assert_allclose(found, alone, rtol=1e-12)
