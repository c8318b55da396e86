"""Finding a maximum, and saying when there is none."""

from __future__ import annotations

import numpy as np
import pytest

from retention.models.maximum import EDGE, curvature, find_maximum
from retention.models.rehearsal import Hill, highest

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


def counted(objective):
    """The objective, and a list that grows by one with each call."""
    calls = []

    def count(point):
        calls.append(point)
        return objective(point)

    return count, calls


# examples


def test_a_peak_is_found_with_its_curvature():
    found = find_maximum(hill, 1000, np.zeros(2))
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
    found = find_maximum(slope, 1, np.zeros(1))
    assert not found.is_converged
    assert found.coordinates[0] <= EDGE


def test_a_saddle_is_no_maximum():
    found = curvature(saddle, np.zeros(2))
    assert found.decrement == np.inf
    assert not found.is_converged


def test_nothing_free_is_found_at_once():
    found = find_maximum(lambda _: (-3.0, np.empty(0)), 1, np.empty(0))
    assert found.is_converged
    assert found.value == -3.0
    assert found.covariance().shape == (0, 0)


def test_from_near_the_peak_a_few_steps_are_enough():
    objective, calls = counted(hill)
    found = find_maximum(objective, 1000, PEAK + 0.01, is_near=True)
    np.testing.assert_allclose(found.coordinates, PEAK, atol=1e-9)
    assert len(calls) < 15


def test_a_place_wrongly_called_near_is_left():
    found = find_maximum(slope, 1, np.zeros(1), is_near=True)
    assert not found.is_converged


# a sample first


def two_peaks(point):
    """Peaks at 0 and at 4; the second is higher by 200."""
    low, high = 100 - 50 * point[0] ** 2, 300 - 50 * (point[0] - 4) ** 2
    if low > high:
        return float(low), -100 * point
    return float(high), -100 * (point - 4)


def test_the_lower_peak_of_the_sample_is_not_climbed_on_all():
    objective, calls = counted(two_peaks)
    hill = Hill(objective, 10)
    found = highest(hill, [np.zeros(1), np.full(1, 3.0)], rehearsal=Hill(two_peaks, 10))
    assert found.coordinates[0] == pytest.approx(4)
    assert min(point[0] for point in calls) > 3


def test_equal_peaks_are_one_and_the_first_is_kept():
    starts = [np.array([0.1, -1.0]), np.array([1.0, -2.0])]
    alone = find_maximum(hill, 1000, starts[0])
    assert (highest(Hill(hill, 1000), starts).coordinates == alone.coordinates).all()
