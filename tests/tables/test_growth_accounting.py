"""Gains and losses add up, in customers and to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import exactly, lines, order_frames, refunded_frames, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.periods import period_number, period_start
from retention.tables.growth_accounting import growth_accounting

# a buys each month, b in January and March, c in February only.
FRAME = lines(
    "aaabbc",
    ["2024-01-05", "2024-02-05", "2024-03-31", "2024-01-09", "2024-03-01", "2024-02-20"],
    amount=[10.0, 25.0, 5.0, 8.0, 4.0, 3.0],
)
MONEY = ("value_new", "value_reactivated", "value_retained", "value_expansion", "value_adjustment")
LOST = ("value_retained", "value_contraction", "value_churned")


def cents(table: pd.DataFrame, names: tuple[str, ...]) -> list[Decimal]:
    return [exactly(row) for _, row in table[list(names)].iterrows()]


# Examples


def test_three_months_by_hand() -> None:
    table = growth_accounting(FRAME)
    assert table["period"].dt.strftime("%Y-%m").tolist() == ["2024-01", "2024-02", "2024-03"]
    counts = table[["active", "new", "retained", "reactivated", "churned"]].to_numpy().tolist()
    assert counts == [[2, 2, 0, 0, 0], [2, 1, 1, 0, 1], [2, 0, 1, 1, 1]]
    values = table.filter(like="value_").drop(columns="value_quick_ratio").to_numpy().tolist()
    #       new  reactivated expansion contraction churned retained adjustment
    assert values == [
        [18.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [3.0, 0.0, 15.0, 0.0, 8.0, 10.0, 0.0],
        [0.0, 4.0, 0.0, 20.0, 3.0, 5.0, 0.0],
    ]
    assert table["quick_ratio"].tolist() == pytest.approx([float("nan"), 1.0, 1.0], nan_ok=True)
    expected = [float("nan"), 18 / 8, 4 / 23]
    assert table["value_quick_ratio"].tolist() == pytest.approx(expected, nan_ok=True)
    assert table["is_complete"].tolist() == [True, True, True]


def test_an_incomplete_period_has_no_ratio() -> None:
    last = growth_accounting(FRAME, as_of="2024-03-30").iloc[-1]
    assert last[["active", "reactivated", "churned"]].tolist() == [1, 1, 2]
    assert not last["is_complete"]
    assert pd.isna(last["quick_ratio"])
    assert pd.isna(last["value_quick_ratio"])


def test_nobody_lost_has_no_ratio() -> None:
    table = growth_accounting(lines("aab", ["2024-01-05", "2024-02-05", "2024-02-29"]))
    assert table["churned"].tolist() == [0, 0]
    assert table["quick_ratio"].isna().all()
    assert table["value_quick_ratio"].isna().all()


def test_a_period_in_which_nobody_buys_is_a_row_of_zeros() -> None:
    table = growth_accounting(lines("aa", ["2024-01-05", "2024-04-30"]))
    assert table["active"].tolist() == [1, 0, 0, 1]
    assert table["churned"].tolist() == [0, 1, 0, 0]
    assert table["reactivated"].tolist() == [0, 0, 0, 1]


def test_refunds_in_their_own_month_are_adjustments() -> None:
    frame = lines(
        "aa", ["2024-01-05", "2024-02-10"], order_id="1", amount=[30.0, -12.5]
    )  # fmt: skip
    orders = read_orders(frame, returns="accounting", as_of="2024-02-29")
    table = growth_accounting(orders)
    assert table["value_new"].tolist() == [30.0, 0.0]
    assert table["value_adjustment"].tolist() == [0.0, -12.5]
    assert table["active"].tolist() == [1, 0]
    booked = growth_accounting(read_orders(frame, as_of="2024-02-29"))
    assert booked["value_new"].tolist() == [17.5, 0.0]
    assert booked["value_adjustment"].tolist() == [0.0, 0.0]


def test_what_is_left_of_an_order_of_somebody_who_never_bought_is_counted() -> None:
    """Everything came back but the fee: no purchase, yet money."""
    frame = lines(
        "abb", ["2024-01-05", "2024-01-10", "2024-01-12"], order_id=["1", "2", "2"],
        amount=[5.0, 10.0, -8.0], quantity=[1, 1, -1],
    )  # fmt: skip
    table = growth_accounting(frame)
    assert table[["value_new", "value_adjustment"]].to_numpy().tolist() == [[5.0, 2.0]]


def test_groups() -> None:
    frame = FRAME.assign(channel=["web"] * 3 + ["shop"] * 2 + [None])
    table = growth_accounting(frame, by="channel")
    assert table["channel"].unique().tolist() == ["(missing)", "shop", "web"]
    assert table.groupby("channel")["active"].agg(list).to_dict() == {
        "(missing)": [0, 1, 0], "shop": [1, 0, 1], "web": [1, 1, 1],
    }  # fmt: skip
    assert table.attrs["call"] == "growth_accounting(orders, by='channel')"
    assert growth_accounting(frame).attrs["call"] == "growth_accounting(orders)"


def test_burn_in_has_no_ratio_and_a_note() -> None:
    """Sixty new customers in the first month, ten in each later one."""
    starts = pd.date_range("2023-01-01", periods=9, freq="MS")
    sizes = [60, *[10] * 8]
    frame = pd.concat(
        lines([f"{month:%m}{n}" for n in range(size)], [f"{month:%Y-%m}-20"] * size)
        for month, size in zip(starts, sizes, strict=True)
    )
    table = growth_accounting(frame, as_of="2023-09-30")
    assert table["is_burn_in"].tolist() == [True] + [False] * 8
    assert table["quick_ratio"].tolist()[1:3] == [10 / 60, 1.0]
    assert "burn-in" in table.attrs["notes"][0][0]


# Laws


@pytest.mark.slow
@pytest.mark.parametrize("returns", ["behaviour", "accounting"])
@given(frame=refunded_frames(), period=st.sampled_from(["week", "month", "quarter"]))
def test_everything_adds_up(
    frame: pd.DataFrame, returns: Literal["behaviour", "accounting"], period: Any
) -> None:
    orders = read_orders(frame, returns=returns)
    table = growth_accounting(orders, period=period)
    assert (table["new"] + table["retained"] + table["reactivated"] == table["active"]).all()
    left = (table["retained"] + table["churned"]).iloc[1:].tolist()
    assert left == table["active"].iloc[:-1].tolist()
    assert cents(table.iloc[1:], LOST) == cents(table.iloc[:-1], MONEY[:4])
    money = orders.to_pandas().assign(
        period=lambda rows: [
            period_start(period_number(day, period), period) for day in rows["ordered_at"]
        ]
    )
    for start, total in zip(table["period"], cents(table, MONEY), strict=True):
        assert total == exactly(money.loc[money["period"] == start, "amount"])


@pytest.mark.slow
@given(frame=refunded_frames())
def test_groups_add_up_to_the_whole(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    whole = growth_accounting(orders).drop(columns=["quick_ratio", "value_quick_ratio"])
    sums = growth_accounting(orders, by="channel").groupby("period", as_index=False).sum(
        numeric_only=True
    )  # fmt: skip
    numbers = whole.select_dtypes("number").columns
    assert_frame_equal(sums[numbers], whole[numbers], check_exact=False, atol=1e-9)


@pytest.mark.slow
@given(frame=order_frames(least=3))
def test_what_comes_after_as_of_changes_nothing(frame: pd.DataFrame) -> None:
    middle = frame["ordered_at"].sort_values().iloc[len(frame) // 2].normalize()
    late = frame["ordered_at"].dt.normalize() > middle
    cut = growth_accounting(read_orders(frame), as_of=middle)
    assert_frame_equal(cut, growth_accounting(read_orders(frame[~late], as_of=middle)))


@pytest.mark.slow
def test_against_a_loop_over_customers() -> None:
    orders = read_orders(shop_frame(customers=50))
    table = growth_accounting(orders)
    days = orders.to_pandas().query("is_purchase")
    month = days["ordered_at"].dt.to_period("M").dt.start_time
    paid = days.groupby([month, "customer_id"])["amount"].sum()
    first = paid.reset_index().groupby("customer_id")["ordered_at"].min()
    for before, now in zip(table["period"], table["period"].iloc[1:], strict=False):
        v0, v1 = paid.get(before, pd.Series(dtype=float)), paid.get(now, pd.Series(dtype=float))
        both = v0.index.intersection(v1.index)
        row = table[table["period"] == now].iloc[0]
        assert row["retained"] == len(both)
        assert row["churned"] == len(v0.index.difference(v1.index))
        assert row["new"] == (first[v1.index] == now).sum()
        assert row["value_retained"] == pytest.approx(v0[both].combine(v1[both], min).sum())
        assert row["value_expansion"] == pytest.approx((v1[both] - v0[both]).clip(lower=0).sum())


# Refusals


def test_arguments_out_of_range() -> None:
    with pytest.raises(ArgumentError, match="period: 'decade' is not one of 'day', 'week'"):
        growth_accounting(FRAME, period="decade")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="by: the orders have no attribute 'colour'"):
        growth_accounting(FRAME, by="colour")
