"""The forecast of totals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from retention.errors import ArgumentError
from retention.models.forecast import _is_complete, forecast
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.newcomers import Newcomers, newcomers_before
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.simulate import simulate_orders
from retention.tables.customer_summary import customer_summary
from retention.tables.season_factors import season_factors


def made(orders: Orders, **options: object) -> pd.DataFrame:
    customers = customer_summary(orders)
    return forecast(orders, fit_mbg_nbd(customers), fit_gamma_gamma(customers), **options)


@pytest.fixture(scope="module")
def orders() -> Orders:
    return read_orders(simulate_orders(customers=500, days=400, random_state=2), as_of="2024-02-04")


@pytest.fixture(scope="module")
def table(orders: Orders) -> pd.DataFrame:
    return made(orders, horizon_days=80)


# Examples


def test_a_row_for_each_month_that_holds_days_of_the_horizon(table):
    assert table["period"].dt.strftime("%Y-%m").tolist() == ["2024-02", "2024-03", "2024-04"]
    assert table["is_complete"].tolist() == [False, True, False]
    assert made_until_march(table)


def made_until_march(table: pd.DataFrame) -> bool:
    """March has 31 days, February from the 5th on 25: more is expected of it."""
    return table["expected_orders"][1] > table["expected_orders"][0]


def test_todays_customers_are_those_of_the_model(orders):
    customers = customer_summary(orders)
    fit = fit_mbg_nbd(customers)
    table = made(orders, horizon_days=80, new_customers=0)
    expected = fit.predict(customers, horizon_days=80)["expected_orders"].sum()
    assert table["existing_orders"].sum() == pytest.approx(expected)
    assert (table["new_orders"] == 0).all()
    assert table["cumulative_orders"].iloc[-1] == pytest.approx(expected)


def test_new_customers_are_counted_with_what_they_order_next(orders):
    fit = fit_mbg_nbd(customer_summary(orders))
    days = np.array([1, 30])
    one_a_day = Newcomers(1.0).orders_by(days, fit)
    repeats = fit.expected_new_orders(horizon_days=list(range(1, 30)))["expected_orders"].sum()
    assert one_a_day[0] == 1.0
    assert one_a_day[1] == pytest.approx(30 + repeats, rel=1e-3)


def test_as_many_newcomers_as_in_the_last_year():
    days = pd.date_range("2022-01-01", "2023-12-31", freq="D")
    frame = pd.DataFrame({"customer_id": [f"c{n}" for n in range(len(days))], "ordered_at": days,
                          "amount": 1.0})  # fmt: skip
    assert newcomers_before(read_orders(frame)).a_day == pytest.approx(1.0)


def test_two_years_tell_a_season():
    days = pd.date_range("2022-01-01", "2023-12-31", freq="D")
    twice = days.append(days[days.month == 11])
    frame = pd.DataFrame({"customer_id": [f"c{n % 50}" for n in range(len(twice))],
                          "ordered_at": twice, "amount": 1.0, "order_id": range(len(twice))})  # fmt: skip
    factors = season_factors(read_orders(frame))
    assert factors is not None
    assert factors.mean() == pytest.approx(1.0)
    assert factors[11] / factors[9] == pytest.approx(2.0, rel=0.05)
    assert factors[1] == factors[2]
    assert season_factors(read_orders(frame).at("2023-11-30")) is None


def test_what_it_rests_on_is_said(orders, table):
    said = [note[0] for note in table.attrs["notes"]]
    assert said[0].startswith("Limits from the errors")
    assert table.attrs["notes"][0][1] == {"cuts": 4}
    assert "no season" in said[1] and table["season_factor"].isna().all()
    alone = made(orders, horizon_days=390)
    assert "history is short of a past cut" in alone.attrs["notes"][0][0]


# Laws


def test_months_add_up_to_the_sum(table):
    for name in ("orders", "value"):
        sums = table[f"expected_{name}"].cumsum().rename(f"cumulative_{name}")
        assert_series_equal(table[f"cumulative_{name}"], sums)


def test_limits_hold_the_middle(table):
    for middle, limits in [("expected_orders", "total_orders"), ("expected_value", "value"),
                           ("cumulative_orders",) * 2, ("cumulative_value",) * 2]:  # fmt: skip
        assert (table[f"{limits}_low"] < table[middle]).all()
        assert (table[middle] < table[f"{limits}_high"]).all()


def test_doubling_amounts_doubles_money_and_nothing_else(orders):
    frame = simulate_orders(customers=500, days=400, random_state=2)
    double = read_orders(frame.assign(amount=frame["amount"] * 2), as_of="2024-02-04")
    once, twice = made(orders, horizon_days=60), made(double, horizon_days=60)
    money = [name for name in once if "value" in name]
    np.testing.assert_allclose(twice[money], 2 * once[money], rtol=1e-4)
    assert_frame_equal(twice.drop(columns=money), once.drop(columns=money))


@pytest.mark.slow
def test_nine_in_ten_sums_end_between_the_limits():
    """Thirty shops, of which at least three in four, and by chance in one of 500 runs fewer."""
    inside = []
    for seed in range(30):
        frame = simulate_orders(customers=300, days=640, random_state=100 + seed)
        full = read_orders(frame, as_of="2024-10-01")
        then = full.at("2024-07-03")
        last = made(then, horizon_days=90).iloc[-1]
        came = sum(customer_summary(each)["purchase_days"].sum() * sign
                   for each, sign in ((full, 1), (then, -1)))  # fmt: skip
        inside.append(last["cumulative_orders_low"] <= came <= last["cumulative_orders_high"])
    assert np.mean(inside) >= 0.75


# Refusals


@pytest.mark.parametrize("count", [-1, float("inf"), "many"])
def test_new_customers_are_a_number(orders, count):
    with pytest.raises(ArgumentError, match="new_customers"):
        made(orders, new_customers=count)


def test_a_month_that_has_begun_is_not_complete() -> None:
    starts = pd.DatetimeIndex(["2024-03-01", "2024-04-01", "2024-05-01"])
    found = _is_complete(starts, pd.Timestamp("2024-03-01"), 60)
    assert found.tolist() == [False, True, False]
