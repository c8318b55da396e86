"""What earlier forecasts missed is added to the scatter of today's customers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, t
from strategies import lines

from retention.models import past_errors as past
from retention.models.forecast_path import Path
from retention.models.past_errors import LEVEL, PastErrors, past_errors
from retention.orders.read import read_orders


def errors(cuts: int) -> PastErrors:
    empty = np.zeros((cuts, 1))
    return PastErrors(cuts, *[empty] * 6)


def test_without_earlier_cuts_only_the_own_scatter_counts() -> None:
    found = errors(0).spread(np.zeros((0, 1)), np.zeros((0, 1)), np.array([0.2]))
    assert found[0] == pytest.approx(norm.ppf(LEVEL) * 0.2)


def test_few_cuts_make_wide_limits() -> None:
    """Errors of .5 beside an own scatter of .3 leave .4 in common: .5 in all beside .3 of today."""
    found = errors(3).spread(np.full((3, 1), 0.5), np.full((3, 1), 0.3), np.array([0.3]))
    share = 0.25 / 0.16
    assert found[0] == pytest.approx(t.ppf(LEVEL, 3 * share**2) * 0.5)


def test_errors_are_logs_of_what_came_over_what_was_expected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There is room for one cut, on 11 February; two orders came, one in each fortnight after it."""
    frame = lines("aab", ["2024-01-01", "2024-02-20", "2024-03-01"], amount=[10.0, 20.0, 30.0])
    orders = read_orders(frame, as_of="2024-03-10")
    half, zero = np.array([0.5, 0.25]), np.zeros(2)
    said = Path(np.array([1.0, 0.5]), half, np.array([10.0, 15.0]), zero, None, half, 2 * half)
    monkeypatch.setattr(past, "_path", lambda *_: said)
    found = past_errors(orders, None, np.array([14, 28]), are_given=True)  # type: ignore[arg-type]
    assert found.cuts == 1
    np.testing.assert_allclose(found.orders, np.log([[1 / 1.5, 1 / 0.75]]))
    np.testing.assert_allclose(found.value, np.log([[20 / 10, 30 / 15]]))
    np.testing.assert_allclose(found.orders_so_far, np.log([[1 / 1.5, 2 / 2.25]]))
    np.testing.assert_allclose(found.value_so_far, np.log([[20 / 10, 50 / 25]]))
    assert found.doubt.tolist() == [half.tolist()]
    assert found.step_doubt.tolist() == [(2 * half).tolist()]
