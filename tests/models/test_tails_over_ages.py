"""Chances of counts at many ages, with more than one frequency."""

from __future__ import annotations

import numpy as np

from retention.models.tails_over_ages import tails_over_ages

# Examples


def test_counts_and_frequencies_are_told_apart() -> None:
    """Customers of 500 ages with 0, 1 or 2 purchases, and counts from 1 to 3 of each."""

    def tail(n: np.ndarray, x: np.ndarray, T: np.ndarray) -> np.ndarray:
        return (9.0 / (9.0 + T)) ** n * 0.5**x

    ages, counts = np.linspace(0.0, 400.0, 500)[:, None], np.arange(1, 4)[None, :]
    frequency = np.arange(500)[:, None] % 3
    found = tails_over_ages(tail, counts, frequency, ages, offset=9.0)
    np.testing.assert_allclose(found, tail(counts, frequency, ages), rtol=1e-9)
