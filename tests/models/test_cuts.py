"""Cuts: so many, a list of days, or one day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.models.cuts import choose_cuts
from retention.orders.orders import Orders
from retention.orders.read import read_orders

CUT = pd.Timestamp("2023-06-30")


@pytest.fixture(scope="module")
def orders() -> Orders:
    return read_orders(
        pd.DataFrame(
            {
                "customer_id": ["a", "b"],
                "ordered_at": pd.to_datetime(["2023-01-01", "2023-12-31"]),
                "amount": 1.0,
            }
        )
    )


# Examples


@pytest.mark.parametrize("cuts", [2, np.int64(2), np.int32(2)])
def test_so_many_horizons_back(orders: Orders, cuts: Any) -> None:
    found = choose_cuts(orders, cuts, holdout_days=30)
    assert found == [pd.Timestamp("2023-11-01"), pd.Timestamp("2023-12-01")]


@pytest.mark.parametrize(
    "cuts", [CUT, CUT.date(), "2023-06-30", CUT.to_datetime64(), [CUT], pd.DatetimeIndex([CUT])]
)
def test_one_day(orders: Orders, cuts: Any) -> None:
    assert choose_cuts(orders, cuts, holdout_days=30) == [CUT]


# Refusals


@pytest.mark.parametrize("cuts", [None, [], pd.DataFrame(), object()])
def test_neither_a_number_nor_days(orders: Orders, cuts: Any) -> None:
    with pytest.raises(ArgumentError, match=r"cuts: .* is neither a number nor a list of days"):
        choose_cuts(orders, cuts, holdout_days=30)


@pytest.mark.parametrize("cuts", [2.5, True, float("nan")])
def test_no_whole_number(orders: Orders, cuts: Any) -> None:
    with pytest.raises(ArgumentError, match=r"cuts: .* is not a whole number"):
        choose_cuts(orders, cuts, holdout_days=30)
