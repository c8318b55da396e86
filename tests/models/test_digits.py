"""Every digit, against arithmetic of 50 digits: where closed forms overflow, cancel or divide by zero."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from mpmath import beta as mp_beta
from mpmath import expm1, gamma, inf, log, mp, mpf, quad, rf

from retention.models.attrition import GammaAttrition
from retention.models.dropout import BetaDropout
from retention.models.history import History, compress_customers
from retention.models.likelihood import order_likelihood
from retention.models.outlook import Behaviour
from retention.models.pareto_likelihood import pareto_likelihood
from retention.models.pareto_outlook import ParetoBehaviour
from retention.models.purchase_rate import GammaRate

# (x, t_x, T): silent or not, once or up to 5,000 times, in days.
HISTORIES = [
    (0, 0.0, 0.5),
    (0, 0.0, 700.0),
    (1, 3.0, 400.0),
    (7, 690.0, 700.0),
    (172, 500.0, 700.0),
    (300, 700.0, 728.0),
    (5000, 699.9, 700.0),
    (5000, 300.0, 700.0),
]
RATES = [(0.2, 5.0), (0.55, 10.6), (3.0, 0.05), (0.02, 300.0)]
# a + b below 1, a = 1, close to 1, both large, both small.
DROPOUTS = [(0.31, 0.5), (1.0, 2.4), (1.0 + 1e-12, 2.4), (40.0, 600.0), (0.003, 0.9)]
# s = 1, close to 1, alpha = beta (5 and 10.6), far apart, large and small.
ATTRITIONS = [(1.0, 11.7), (1.0 - 1e-12, 5.0), (0.6, 10.6), (30.0, 7721.0), (0.05, 0.001)]

PAIRS = [*zip([*RATES, (5.0, 5.0)], [*ATTRITIONS, (1.0, 5.0)], strict=False)]


@pytest.fixture(autouse=True)
def fifty_digits():
    with mp.workdps(50):
        yield


def one(history: tuple[float, float, float]) -> History:
    return compress_customers(pd.DataFrame([history], columns=["frequency", "recency", "T"]))


def moment(r, alpha, x, t):
    """E[rate^x exp(-rate t)]."""
    return rf(mpf(r), x) * mpf(alpha) ** r / (mpf(alpha) + mpf(t)) ** (mpf(r) + x)


def pieces(low, high, scale):
    """Ends of intervals that grow away from the lower one, where integrands fall fastest."""
    ends = [mpf(0)]
    while ends[-1] < high - low and len(ends) < 200:
        ends.append(min(mpf(high) - mpf(low), max(ends[-1] * 2, mpf(scale))))
    return [mpf(low) + end for end in ends]


def ways(rate, leaving, history):
    """Likelihood of a Pareto/NBD history: active at T, and gone before."""
    (r, alpha), (s, beta), (x, last, T) = rate, leaving, history
    active = moment(r, alpha, x, T) * (mpf(beta) / (mpf(beta) + mpf(T))) ** s

    def left(y):
        return moment(r, alpha, x, y) * s / mpf(beta) * (1 + y / mpf(beta)) ** (-mpf(s) - 1)

    if last == T:
        return active, mpf(0)
    scale = min(T - last, (alpha + last) / (r + x) / 8, (beta + last) / (s + 1) / 8)
    return active, quad(left, pieces(last, T, scale), method="gauss-legendre")


def beta_ways(rate, dropout, history, k):
    """Likelihood of a beta-geometric history: active at T, and gone at the last purchase."""
    (r, alpha), (a, b), (x, last, T) = rate, dropout, history
    whole = mp_beta(mpf(a), mpf(b))
    active = moment(r, alpha, x, T) * mp_beta(mpf(a), mpf(b) + x + k) / whole
    if x + k == 0:
        return active, mpf(0)
    gone = moment(r, alpha, x, last) * mp_beta(mpf(a) + 1, mpf(b) + x + k - 1) / whole
    return active, gone


def close(found: float, exact, tolerance: float) -> bool:
    return abs(mpf(float(found)) - exact) <= tolerance * max(abs(exact), mpf("1e-300"))


# references


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "leaving"), PAIRS)
def test_pareto_likelihood_and_chance_to_be_active(rate, leaving):
    behaviour = ParetoBehaviour(GammaRate(*rate), GammaAttrition(*leaving))
    for history in HISTORIES:
        active, gone = ways(rate, leaving, history)
        value, *_ = pareto_likelihood(behaviour.rate, behaviour.leaving, one(history))
        assert abs(mpf(value) - log(active + gone)) < 1e-9 * max(1, abs(log(active + gone)))
        assert close(behaviour.p_alive(one(history))[0], active / (active + gone), 1e-8), history


@pytest.mark.parametrize("k", [0, 1])
@pytest.mark.parametrize(("rate", "dropout"), [*itertools.product(RATES, DROPOUTS)])
def test_beta_geometric_likelihood_and_chance_to_be_active(rate, dropout, k):
    behaviour = Behaviour(GammaRate(*rate), BetaDropout(*dropout), k)
    for history in HISTORIES:
        active, gone = beta_ways(rate, dropout, history, k)
        value, *_ = order_likelihood(
            behaviour.rate, behaviour.dropout, one(history), first_chances=k
        )
        assert abs(mpf(value) - log(active + gone)) < 1e-10 * max(1, abs(log(active + gone)))
        assert close(behaviour.p_alive(one(history))[0], active / (active + gone), 1e-9), history


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "leaving"), PAIRS)
def test_pareto_orders_ahead(rate, leaving):
    (r, alpha), (s, beta) = rate, leaving
    behaviour = ParetoBehaviour(GammaRate(*rate), GammaAttrition(*leaving))
    delta = float(np.log(1.1) / 365.25)
    for x, _, T in HISTORIES[::2]:
        history, pace = one((x, T if x else 0.0, T)), (mpf(r) + x) / (mpf(alpha) + T)
        alive = mpf(float(behaviour.p_alive(history)[0]))
        end, turn = mpf(365), mpf(beta) + T
        lasts = (
            turn * log(1 + end / turn)
            if s == 1
            else turn * expm1((1 - mpf(s)) * log(1 + end / turn)) / (1 - mpf(s))
        )
        found = behaviour.outlook(history, horizon=365.0)
        assert close(found.expected_orders[0], alive * pace * lasts, 1e-12)

        def worth(u, turn=turn):
            return mp.exp(-delta * u) * (1 + u / turn) ** -mpf(s)

        far = [0, *(turn * mpf(4) ** n for n in range(-3, 12)), inf]
        for horizon, ends in ((np.inf, far), (365.0, pieces(0, 365, turn / 8))):
            found = behaviour.discounted_orders(history, horizon=horizon, delta=delta)
            assert close(
                found[0], alive * pace * quad(worth, ends, method="gauss-legendre"), 1e-9
            ), (x, T, horizon)


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "dropout"), [*zip(RATES, DROPOUTS, strict=False)])
def test_beta_geometric_orders_ahead(rate, dropout):
    """The mean over p of (1 - (1 + p u / (alpha + T))^-(r + x)) / p, by quadrature of 50 digits."""
    (r, alpha), (a, b) = rate, dropout
    behaviour = Behaviour(GammaRate(*rate), BetaDropout(*dropout), 1)
    for x, T in [(0, 0.5), (1, 400.0), (172, 700.0)]:
        history = one((x, T if x else 0.0, T))
        before, power, start = mpf(b) + x + 1, mpf(r) + x, mpf(alpha) + T

        def integrand(p, before=before, power=power, start=start):
            weight = p ** (mpf(a) - 1) * (1 - p) ** (before - 1)
            return weight * -expm1(-power * log(1 + p * 365 / start)) / p

        mean = mpf(a) / (mpf(a) + before)
        wide = (mean * (1 - mean) / (mpf(a) + before + 1)) ** 0.5
        around = [mean + step * wide for step in range(-6, 14)]
        cuts = sorted({mpf(0), *(mpf(2) ** -n for n in range(1, 40, 3)), *around, mpf(1)})
        cuts = [cut for cut in cuts if 0 <= cut <= 1]
        exact = quad(integrand, cuts) / mp_beta(mpf(a), before)
        found = behaviour.outlook(history, horizon=365.0).expected_orders[0]
        assert close(found / behaviour.p_alive(history)[0], exact, 1e-9), (x, T)


def test_chances_of_counts_at_which_others_overflow():
    """BG/NBD, 172 and more orders: gamma functions of such numbers are no doubles."""
    r, alpha, a, b, u = 5.0, 0.5, 0.1, 20.0, 40.0
    chances = Behaviour(GammaRate(r, alpha), BetaDropout(a, b), 0).count_chances(
        horizon=u, most=3000
    )
    for n in (1, 171, 172, 400, 3000):
        whole = mp_beta(mpf(a), mpf(b))
        z = mpf(u) / (mpf(alpha) + u)
        counts = [rf(mpf(r), j) / gamma(mpf(j) + 1) * (1 - z) ** r * z**j for j in range(n + 1)]
        stays = mp_beta(mpf(a), mpf(b) + n) / whole * counts[n]
        left = mp_beta(mpf(a) + 1, mpf(b) + n - 1) / whole * (1 - sum(counts[:n]))
        assert close(chances[n], stays + left, 1e-9), n
