"""Tenths of the customers: expected and actual."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.models.calibration import calibration
from retention.models.cut import cut_at
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.simulate import simulate_orders


@pytest.fixture(scope="module")
def orders() -> Orders:
    return read_orders(
        simulate_orders(customers=1500, days=500, random_state=4), as_of="2024-05-10"
    )


def test_tenths_hold_all_customers_and_orders(orders):
    table = calibration(orders, holdout_days=90)
    cut = cut_at(orders, pd.Timestamp("2024-02-10"), horizon_days=90)
    assert table["customers"].sum() == len(cut.customers)
    assert table["customers"] @ table["actual_orders_mean"] == pytest.approx(
        cut.customers["actual"].sum()
    )
    said = fit_mbg_nbd(cut.customers).predict(cut.customers, horizon_days=90)
    assert table["customers"] @ table["expected_orders_mean"] == pytest.approx(
        said["expected_orders"].sum()
    )
    assert table["expected_orders_mean"].is_monotonic_increasing


def test_a_horizon_of_90_days_unless_another_is_asked(orders):
    pd.testing.assert_frame_equal(calibration(orders), calibration(orders, holdout_days=90))


def test_a_right_model_is_calibrated(orders):
    table = calibration(orders, holdout_days=90)
    inside = table["p_order_mean"].between(table["low"], table["high"])
    assert inside.sum() >= len(table) - 2


def test_equal_customers_stay_together():
    frame = pd.DataFrame({"customer_id": [f"c{n}" for n in range(40)] + ["c1", "c1"],
                          "ordered_at": pd.to_datetime(["2024-01-01"] * 40 + ["2024-02-01", "2024-03-20"]),
                          "amount": 1.0})  # fmt: skip
    table = calibration(read_orders(frame, as_of="2024-03-31"), holdout_days=30)
    assert table["customers"].tolist() == [39, 1]
    assert table["decile"].tolist() == [5, 10]


def test_equal_customers_stay_together_whatever_they_did():
    """All of one first day: none of the tenths may hold those who came back, and none but them."""
    first = pd.DataFrame({"customer_id": range(600), "ordered_at": pd.Timestamp("2024-01-01")})
    again = first.iloc[::4].assign(ordered_at=pd.Timestamp("2024-01-20"))
    later = first.iloc[::3].assign(ordered_at=pd.Timestamp("2024-03-10"))
    frame = pd.concat([first, again, later]).assign(amount=1.0).astype({"customer_id": "str"})
    table = calibration(read_orders(frame, as_of="2024-03-31"), holdout_days=30)
    assert table["customers"].tolist() == [450, 150]
    assert table["returned_rate"].to_numpy() == pytest.approx(1 / 3)


def test_a_cut_without_a_whole_horizon(orders):
    with pytest.raises(ArgumentError, match="cuts: 1 of 1"):
        calibration(orders, cut="2024-05-01")
