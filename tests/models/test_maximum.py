"""Finding a maximum, and saying when there is none."""

from __future__ import annotations

import numpy as np
import pytest

from retention.models.maximum import EDGE, curvature, find_maximum

PEAK = np.array([0.5, -1.5])
CURVATURE = np.array([[4.0, 1.0], [1.0, 3.0]])


def hill(point):
    """A quadratic with a known peak, in the units of a thousand customers."""
    away = point - PEAK
    return float(-500 * away @ CURVATURE @ away), -1000 * CURVATURE @ away


def slope(point):
    """Rises without end."""
    return float(-np.exp(-point[0])), np.exp(-point)


def saddle(point):
    return float(point[0] ** 2 - point[1] ** 2), np.array([2 * point[0], -2 * point[1]])


# examples


def test_a_peak_is_found_with_its_curvature():
    found = find_maximum(hill, np.zeros(2), weight=1000)
    assert found.is_converged
    np.testing.assert_allclose(found.coordinates, PEAK, atol=1e-9)
    np.testing.assert_allclose(found.hessian, -1000 * CURVATURE, rtol=1e-6)
    np.testing.assert_allclose(found.covariance(), np.linalg.inv(CURVATURE) / 1000, rtol=1e-6)


def test_the_decrement_is_what_a_newton_step_would_add():
    here = PEAK + np.array([0.01, -0.02])
    found = curvature(hill, here)
    assert found.decrement == pytest.approx(hill(PEAK)[0] - hill(here)[0], rel=1e-6)
    assert not found.is_converged


def test_a_slope_without_end_is_no_maximum():
    found = find_maximum(slope, np.zeros(1), weight=1)
    assert not found.is_converged
    assert found.coordinates[0] <= EDGE


def test_a_saddle_is_no_maximum():
    found = curvature(saddle, np.zeros(2))
    assert found.decrement == np.inf
    assert not found.is_converged


def test_nothing_free_is_found_at_once():
    found = find_maximum(lambda _: (-3.0, np.empty(0)), np.empty(0), weight=1)
    assert found.is_converged
    assert found.value == -3.0
    assert found.covariance().shape == (0, 0)
