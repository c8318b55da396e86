from __future__ import annotations

import numpy as np
import pytest
from scipy.special import betainc

from retention.models.count_tails import is_count_row, summed_tails

# examples


@pytest.mark.parametrize("counts", [[[1]], [[0, 1, 2]], [[1, 3]], [[1], [2]], [1, 2]], ids=str)
def test_other_counts_are_not_summed(counts):
    assert not is_count_row(np.array(counts))


# laws


@pytest.mark.parametrize("most", [2, 30, 400])
def test_sums_equal_the_beta_integral(most):
    r = np.array([[1e-3], [0.24], [1.0], [7.5], [80.0], [5000.0]])
    for share in (1e-9, 1e-3, 0.1, 0.5, 0.9, 0.999):
        shares = np.full(r.shape, share)
        expected = betainc(np.arange(1, most + 1), r, shares)
        np.testing.assert_allclose(summed_tails(most, r, shares), expected, rtol=0, atol=2e-12)


def test_tails_fall_and_stay_chances():
    tails = summed_tails(200, np.array([[3.0], [900.0]]), np.array([[0.4], [0.7]]))
    assert ((tails >= 0) & (tails <= 1)).all()
    assert (np.diff(tails, axis=1) <= 1e-15).all()
