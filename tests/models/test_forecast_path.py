"""The parts of a path: how far orders scatter, and what new customers are worth."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from retention.models import forecast_path as path
from retention.models.forecast_path import _scatter, _season, _step_doubt, _value_of_new


def test_the_count_the_rate_and_having_left_are_added() -> None:
    """Of whom 2 orders are expected if active: 2 of the count, 4 of the rate, and .25 times 4."""
    look = SimpleNamespace(
        p_alive=np.array([0.5, 1.0, 0.0]), expected_orders=np.array([1.0, 3.0, 0.0])
    )
    found = _scatter(look, np.array([0, 2, 5]))
    np.testing.assert_allclose(found, [0.5 * (2 + 4) + 0.25 * 4, 3 + 9 / 3, 0.0])


def test_the_doubt_of_each_step_by_itself() -> None:
    """The scatter that a step adds, but no less than its orders, with new orders and what is unsure."""
    existing, new = np.array([4.0, 6.0]), np.array([0.0, 3.0])
    scatter, unsure = np.array([9.0, 10.0]), np.array([0.0, 2.0])
    found = _step_doubt(existing, new, scatter, unsure)
    np.testing.assert_allclose(found, [3.0 / 4.0, np.sqrt(2.0 + 3.0 + 4.0) / 5.0])


def test_newcomers_of_the_last_365_days_say_what_new_ones_are_worth() -> None:
    as_of = pd.Timestamp("2024-12-31")
    customers = pd.DataFrame(
        {
            "first_order_at": [as_of - pd.Timedelta(days=365), as_of - pd.Timedelta(days=364)],
            "total_value": [90.0, 10.0],
            "purchase_days": [3, 2],
        }
    )
    orders = SimpleNamespace(as_of=as_of)
    assert _value_of_new(customers, orders) == 5.0
    assert _value_of_new(customers.head(1), orders) == 30.0


def test_days_have_the_season_of_their_own_month(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first of January on; the last step has a day of March and nine of February."""
    factors = pd.Series(range(1, 13), index=range(1, 13))
    monkeypatch.setattr(path, "season_factors", lambda _: factors)
    orders = SimpleNamespace(as_of=pd.Timestamp("2022-12-31"))
    found = _season(orders, np.array([31, 50, 60]))
    assert found is not None
    np.testing.assert_allclose(found, [1.0, 2.0, (9 * 2 + 3) / 10])
