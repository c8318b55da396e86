"""How good forecasts of counts were: one number each, over customers who are counted with weights."""

from __future__ import annotations

import numpy as np

from retention.models.count_forecast import CountForecast
from retention.models.history import FloatArray, IntArray
from retention.models.interval_level import coverage

# A forecast that calls impossible what happened is not worse than this by one customer.
SMALLEST = 1e-15


def log_scores(forecast: CountForecast, actual: IntArray) -> FloatArray:
    """Log of the chance that the forecast gave to what happened."""
    chance = forecast.at_least(actual) - forecast.at_least(actual + 1)
    return np.asarray(np.log(np.maximum(chance, SMALLEST)))


def count_scores(
    forecast: CountForecast, actual: IntArray, customers: FloatArray
) -> dict[str, float]:
    """Every score of one forecast: what `backtest` shows beside the ranking."""
    expected, bought = forecast.expected, (actual > 0).astype(np.float64)
    p_order = forecast.at_least(np.ones_like(actual))
    error = actual - expected
    return {
        "actual_orders": float(customers @ actual),
        "expected_orders": float(customers @ expected),
        "log_score": _mean(log_scores(forecast, actual), customers),
        "rmse": float(np.sqrt(_mean(error**2, customers))),
        "mae": _mean(np.abs(error), customers),
        "calibration_slope": _slope(expected, actual, customers),
        "brier": _mean((p_order - bought) ** 2, customers),
        "auc": _auc(p_order, bought, customers),
        "top_decile_lift": _top_decile_lift(expected, actual, customers),
        "coverage_90": coverage(forecast, actual, customers),
    }


def _mean(values: FloatArray, customers: FloatArray) -> float:
    return float(np.average(values, weights=customers))


def _slope(expected: FloatArray, actual: IntArray, customers: FloatArray) -> float:
    """Of what came on what was expected: 1 where differences between customers are as large as said."""
    deviation = expected - _mean(expected, customers)
    spread = customers @ deviation**2
    return float(customers @ (deviation * actual) / spread) if spread > 0 else float("nan")


def _auc(score: FloatArray, bought: FloatArray, customers: FloatArray) -> float:
    """The chance that a customer who bought was given more than one who did not; ties count half."""
    rank = np.unique(score, return_inverse=True)[1]
    yes = np.bincount(rank, weights=customers * bought)
    no = np.bincount(rank, weights=customers * (1 - bought))
    if not yes.sum() or not no.sum():
        return float("nan")
    below = np.cumsum(no) - no
    return float(yes @ (below + no / 2) / (yes.sum() * no.sum()))


def _top_decile_lift(expected: FloatArray, actual: IntArray, customers: FloatArray) -> float:
    """Orders of the tenth of whom most was expected, over a tenth of all; ties share alike."""
    rank = np.unique(-expected, return_inverse=True)[1]
    count, orders = np.bincount(rank, weights=customers), np.bincount(rank, customers * actual)
    if not orders.sum():
        return float("nan")
    room = customers.sum() / 10 - (np.cumsum(count) - count)
    share = np.clip(room / count, 0.0, 1.0)
    return float(share @ orders / orders.sum() * 10)
