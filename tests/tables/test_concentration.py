"""Shares of the top customers, on the Lorenz curve."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.concentration import concentration


def of(*amounts: float) -> pd.DataFrame:
    names = [f"{place:03}" for place in range(len(amounts))]
    return lines(names, ["2024-01-01"] * len(amounts), amount=list(amounts))


# Examples


def test_between_two_customers_the_curve_is_straight() -> None:
    """The top 10 % of 15 customers are one and a half: 50 and half of 20."""
    table = concentration(of(50, 20, *[10] * 13), top_rates=[0.1])
    assert table[["customers", "amount"]].to_numpy().tolist() == [[1, 60.0]]
    assert table["amount_rate"].item() == pytest.approx(60 / 200)


def test_all_alike() -> None:
    table = concentration(of(*[7.0] * 40))
    assert table["amount_rate"].tolist() == pytest.approx([0.01, 0.05, 0.1, 0.2])
    assert table["customers"].tolist() == [0, 2, 4, 8]
    assert table.attrs["gini"] == pytest.approx(0, abs=1e-12)


def test_gini_of_two() -> None:
    assert concentration(of(3.0, 1.0)).attrs["gini"] == pytest.approx(0.25)


def test_customers_without_value_are_left_out_and_counted() -> None:
    frame = pd.concat([of(10, 10), lines("z", ["2024-01-01"], amount=0.0)])
    table = concentration(frame, top_rates=[0.5])
    assert table[["customers", "amount_rate"]].to_numpy().tolist() == [[1, 0.5]]
    assert table.attrs["others"] == 1
    assert table.attrs["customers"] == 2


# Laws


@pytest.mark.slow
@given(frame=order_frames())
def test_a_larger_share_of_customers_has_a_larger_share_of_the_amount(frame: pd.DataFrame) -> None:
    if frame["amount"].sum() == 0:
        return
    rates = np.linspace(0, 1, 21)
    table = concentration(read_orders(frame), top_rates=rates)
    assert table["amount_rate"].is_monotonic_increasing
    assert (table["amount_rate"] >= table["top_rate"] - 1e-12).all()
    assert table["amount_rate"].iloc[-1] == pytest.approx(1)
    values = frame.groupby("customer_id")["amount"].sum()
    values = np.sort(values[values > 0])
    n = len(values)
    gini = (2 * np.arange(1, n + 1) - n - 1) @ values / (n * values.sum())
    assert table.attrs["gini"] == pytest.approx(gini, abs=1e-12)


# Refusals


def test_arguments_out_of_range() -> None:
    with pytest.raises(ArgumentError, match="top_rates: 20 is not between 0 and 1"):
        concentration(of(1.0), top_rates=[20])
    with pytest.raises(ArgumentError, match="top_rates: 'most' is not a number"):
        concentration(of(1.0), top_rates=["most"])
    with pytest.raises(ArgumentError, match=r"top_rates: 0.1 is no list. Write top_rates=\["):
        concentration(of(1.0), top_rates=0.1)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="0 customers have a total value above 0"):
        concentration(of(0.0))
    with pytest.raises(ArgumentError, match="and 0 shares are asked for"):
        concentration(of(1.0), top_rates=[])
