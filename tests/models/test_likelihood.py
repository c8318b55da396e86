"""The likelihood against its textbook form, and its gradient against differences."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import betaln, gammaln

from retention.models.dropout import BetaDropout
from retention.models.dropout_limits import SameDropout, SplitDropout, SureDropout
from retention.models.history import compress_customers
from retention.models.likelihood import order_likelihood
from retention.models.purchase_rate import GammaRate, SameRate

HISTORY = compress_customers(
    pd.DataFrame(
        {
            "frequency": [0, 0, 1, 2, 5, 30],
            "recency": [0, 0, 3, 10, 20, 29],
            "T": [9, 30, 30, 31, 22, 30],
            "customers": [4, 6, 3, 2, 2, 1],
        }
    )
)
LOW = compress_customers(
    pd.DataFrame({"frequency": [0, 1, 1], "recency": [0, 3, 5], "T": [9, 30, 12]})
)


def textbook(r: float, alpha: float, a: float, b: float, k: int) -> float:
    """Gamma and beta functions, as in the papers."""
    x, t, T, n = HISTORY.frequency, HISTORY.recency, HISTORY.T, HISTORY.customers
    head = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    active = betaln(a, b + x + k) - betaln(a, b) - (r + x) * np.log(alpha + T)
    with np.errstate(invalid="ignore", divide="ignore"):
        gone = betaln(a + 1, b + x + k - 1) - betaln(a, b) - (r + x) * np.log(alpha + t)
    gone = np.where(x + k > 0, gone, -np.inf)
    return float(n @ (head + np.logaddexp(active, gone)))


# examples


@pytest.mark.parametrize("k", [0, 1])
def test_it_is_the_textbook_form(k):
    value, *_ = order_likelihood(
        GammaRate(0.7, 5.0), BetaDropout(0.9, 1.6), HISTORY, first_chances=k
    )
    assert value == pytest.approx(textbook(0.7, 5.0, 0.9, 1.6, k), rel=1e-12)


def test_one_customer_by_hand():
    one = compress_customers(pd.DataFrame({"frequency": [1], "recency": [2.0], "T": [3.0]}))
    value, *_ = order_likelihood(SameRate(0.5), SameDropout(0.25), one, first_chances=0)
    by_hand = 0.5 * (0.75 * np.exp(-1.5) + 0.25 * np.exp(-1.0))
    assert value == pytest.approx(np.log(by_hand), rel=1e-12)


def test_an_impossible_history_has_no_likelihood():
    value, gradient, _ = order_likelihood(SameRate(0.5), SureDropout(1.0), HISTORY, first_chances=0)
    assert value == -np.inf
    assert gradient.tolist() == [0.0]


# laws


@pytest.mark.parametrize("k", [0, 1])
@pytest.mark.parametrize(
    ("make_rate", "rate"), [(GammaRate.at, (-1.0, 0.3)), (SameRate.at, (-1.2,))]
)
@pytest.mark.parametrize(
    ("make_dropout", "dropout", "history"),
    [
        (BetaDropout.at, (-0.4, 0.7), HISTORY),
        (SameDropout.at, (-0.4,), HISTORY),
        (SplitDropout.at, (-0.4,), HISTORY),
        (lambda _: SureDropout(0.0), (), HISTORY),
        (lambda _: SureDropout(1.0), (), LOW),
    ],
)
def test_the_derivatives_are_those_of_the_value(k, make_rate, rate, make_dropout, dropout, history):
    if history is LOW and k == 1:
        history = compress_customers(pd.DataFrame({"frequency": [0], "recency": [0], "T": [9]}))
    point = np.array([*rate, *dropout])

    def value(at):
        parts = make_rate(at[: len(rate)]), make_dropout(at[len(rate) :])
        return order_likelihood(*parts, history, first_chances=k)

    steps = 1e-6 * np.eye(point.size)
    differences = [(value(point + h)[0] - value(point - h)[0]) / 2e-6 for h in steps]
    _, gradient, hessian = value(point)
    np.testing.assert_allclose(gradient, differences, rtol=1e-6, atol=1e-7)
    bends = [(value(point + h)[1] - value(point - h)[1]) / 2e-6 for h in steps]
    np.testing.assert_allclose(hessian, np.reshape(bends, hessian.shape), rtol=1e-6, atol=1e-7)


def test_large_parameters_come_to_the_nested_model():
    near, *_ = order_likelihood(
        GammaRate(1e9, 2e9), BetaDropout(1e-15, 1.0), HISTORY, first_chances=1
    )
    limit, *_ = order_likelihood(SameRate(0.5), SureDropout(0.0), HISTORY, first_chances=1)
    assert near == pytest.approx(limit, abs=1e-5)


@pytest.mark.parametrize(
    "part",
    [
        GammaRate(0.7, 5.0),
        SameRate(0.3),
        BetaDropout(0.9, 1.6),
        SameDropout(0.2),
        SplitDropout(0.4),
    ],
)
def test_coordinates_and_jacobian_belong_together(part):
    here = part.coordinates()
    values = np.array([getattr(part, name) for name in part.names])
    for column, step in enumerate(1e-6 * np.eye(here.size)):
        up, down = type(part).at(here + step), type(part).at(here - step)
        moved = [(getattr(up, n) - getattr(down, n)) / 2e-6 for n in part.names]
        np.testing.assert_allclose(part.jacobian()[:, column], moved, rtol=1e-6, atol=1e-9)
    again = type(part).at(here)
    np.testing.assert_allclose([getattr(again, name) for name in part.names], values, rtol=1e-12)
