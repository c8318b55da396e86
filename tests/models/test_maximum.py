"""Finding a maximum, and saying when there is none."""

from __future__ import annotations

import numpy as np
import pytest

from retention.models.maximum import EDGE, curvature, find_maximum
from retention.models.rehearsal import highest
from retention.models.surface import Surface

PEAK = np.array([0.5, -1.5])
CURVATURE = np.array([[4.0, 1.0], [1.0, 3.0]])


def hill(point):
    """A quadratic with a known peak, in the units of a thousand customers."""
    away = point - PEAK
    return Surface(
        float(-500 * away @ CURVATURE @ away), -1000 * CURVATURE @ away, -1000 * CURVATURE
    )


def slope(point):
    """Rises without end."""
    return Surface(float(-np.exp(-point[0])), np.exp(-point), -np.diag(np.exp(-point)))


def saddle(point):
    return Surface(float(point[0] ** 2 - point[1] ** 2), point * [2.0, -2.0], np.diag([2.0, -2.0]))


def counted(objective):
    """The objective, and a list that grows by one with each call."""
    calls = []

    def count(point):
        calls.append(point)
        return objective(point)

    return count, calls


# examples


def test_a_peak_is_found_with_its_curvature():
    found = find_maximum(hill, np.zeros(2))
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
    found = find_maximum(slope, np.zeros(1))
    assert not found.is_converged
    assert found.coordinates[0] <= EDGE


def test_a_saddle_is_no_maximum():
    found = curvature(saddle, np.zeros(2))
    assert found.decrement == np.inf
    assert not found.is_converged


def test_nothing_free_is_found_at_once():
    empty = np.empty(0)
    found = find_maximum(lambda _: Surface(-3.0, empty, np.empty((0, 0))), empty)
    assert found.is_converged
    assert found.value == -3.0
    assert found.covariance().shape == (0, 0)


def test_a_quadratic_takes_one_newton_step():
    objective, calls = counted(hill)
    found = find_maximum(objective, PEAK + 0.01)
    np.testing.assert_allclose(found.coordinates, PEAK, atol=1e-9)
    assert len(calls) <= 3


def bowl_beside_a_peak(point):
    """-cos: curved upwards at the start, where Newton's own step would lead to the bottom."""
    return Surface(float(-np.cos(point[0])), np.sin(point), np.diag(np.cos(point)))


def test_the_bottom_of_a_bowl_is_left_upwards():
    found = find_maximum(bowl_beside_a_peak, np.array([0.2]))
    assert found.is_converged
    assert found.coordinates[0] == pytest.approx(np.pi)


def test_a_step_into_nowhere_is_taken_back():
    """Undefined from 1 on; the peak lies at 0.9, and the first step would go beyond."""

    def cliff(point):
        if point[0] >= 1:
            return Surface(-np.inf, np.zeros(1), np.zeros((1, 1)))
        rest = 1 - point[0]
        value = 9 * point[0] + 0.9 * np.log(rest)
        return Surface(float(value), np.array([9 - 0.9 / rest]), np.array([[-0.9 / rest**2]]))

    found = find_maximum(cliff, np.zeros(1))
    assert found.is_converged
    assert found.coordinates[0] == pytest.approx(0.9)


# a sample first


def two_peaks(point):
    """Peaks at 0 and at 4; the second is higher by 200."""
    low, high = 100 - 50 * point[0] ** 2, 300 - 50 * (point[0] - 4) ** 2
    bend = np.array([[-100.0]])
    if low > high:
        return Surface(float(low), -100 * point, bend)
    return Surface(float(high), -100 * (point - 4), bend)


def test_the_lower_peak_of_the_sample_is_not_climbed_on_all():
    objective, calls = counted(two_peaks)
    found = highest(objective, [np.zeros(1), np.full(1, 3.0)], rehearsal=two_peaks)
    assert found.coordinates[0] == pytest.approx(4)
    assert min(point[0] for point in calls) > 3


def test_equal_peaks_are_one_and_the_first_is_kept():
    starts = [np.array([0.1, -1.0]), np.array([1.0, -2.0])]
    alone = find_maximum(hill, starts[0])
    assert (highest(hill, starts).coordinates == alone.coordinates).all()
