"""Scores of forecasts of counts, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from retention.models.count_forecast import NegativeBinomialCounts
from retention.models.count_scores import count_scores

# Examples


def test_scores_by_hand() -> None:
    """Ten customers in three cells: one bought four times, one did not, eight bought once."""
    expected, actual = np.array([3.0, 2.0, 1.0]), np.array([4, 0, 1])
    customers = np.array([1.0, 1.0, 8.0])
    found = count_scores(NegativeBinomialCounts(expected, np.inf), actual, customers)
    assert (found["actual_orders"], found["expected_orders"]) == (12, 13)
    assert found["log_score"] == pytest.approx(customers @ poisson.logpmf(actual, expected) / 10)
    assert found["rmse"] == pytest.approx(np.sqrt((1 + 4) / 10))
    assert found["mae"] == pytest.approx((1 + 2) / 10)
    # Nine pairs of one who bought and the one who did not: only the first was given more.
    assert found["auc"] == pytest.approx(1 / 9)
    # The tenth of whom most is expected is one customer, with 4 of 12 orders.
    assert found["top_decile_lift"] == pytest.approx(10 * 4 / 12)
    # Around a mean of 1.3: (1.7 x 4 + 8 x -0.3 x 1) / (1.7^2 + 0.7^2 + 8 x 0.3^2).
    assert found["calibration_slope"] == pytest.approx((6.8 - 2.4) / (2.89 + 0.49 + 0.72))
    bought = np.exp(-expected) - [0, 1, 0]
    assert found["brier"] == pytest.approx(customers @ bought**2 / 10)


def test_ties_share_alike() -> None:
    """The tenth is half of two customers; of a pair of equal chances, half is in order."""
    forecast = NegativeBinomialCounts(np.array([3.0, 3.0, 1.0]), np.inf)
    found = count_scores(forecast, np.array([4, 0, 1]), np.array([1.0, 1.0, 8.0]))
    assert found["top_decile_lift"] == pytest.approx(10 * 2 / 12)
    assert found["auc"] == pytest.approx(0.5 / 9)


def test_where_nobody_bought_there_is_no_order_to_find() -> None:
    forecast = NegativeBinomialCounts(np.array([3.0, 1.0]), np.inf)
    found = count_scores(forecast, np.zeros(2, dtype=np.int64), np.ones(2))
    assert np.isnan([found["auc"], found["top_decile_lift"]]).all()
    assert found["actual_orders"] == 0
