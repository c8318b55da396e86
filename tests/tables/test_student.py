from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from retention.tables.student import student_quantile

# References


@pytest.mark.parametrize("level", [0.05, 0.5, 0.95, 0.975])
def test_as_scipy_has_it(level: float) -> None:
    degrees = np.array([0.3, 1.0, 4.5, 30.0, 1e4, 1e7, np.inf])
    np.testing.assert_allclose(student_quantile(level, degrees), t.ppf(level, degrees), atol=1e-12)
    assert student_quantile(level, 4.5) == pytest.approx(t.ppf(level, 4.5))
