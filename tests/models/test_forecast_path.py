"""The parts of a path: how far each customer's orders scatter."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from retention.models.forecast_path import _scatter


def test_the_count_the_rate_and_having_left_are_added() -> None:
    """Of whom 2 orders are expected if active: 2 of the count, 4 of the rate, and .25 times 4."""
    look = SimpleNamespace(
        p_alive=np.array([0.5, 1.0, 0.0]), expected_orders=np.array([1.0, 3.0, 0.0])
    )
    found = _scatter(look, np.array([0, 2, 5]))
    np.testing.assert_allclose(found, [0.5 * (2 + 4) + 0.25 * 4, 3 + 9 / 3, 0.0])
