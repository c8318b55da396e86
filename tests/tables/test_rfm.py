"""Scores by their definition; kept cut-offs; named segments."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from pandas.testing import assert_frame_equal
from strategies import lines, order_frames, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.rfm import rfm
from retention.tables.rfm_cutoffs import rfm_cutoffs
from retention.tables.rfm_segments import GRID, SEGMENTS

SCORES = ["r_score", "f_score", "m_score"]
VALUES = ["days_since_last_order", "purchase_days", "total_value"]


def ten() -> pd.DataFrame:
    """Customer k of ten buys k times, 1 each, the last time k days before as_of."""
    parts = [
        lines(
            [f"{k:02}"] * k,
            [str(pd.Timestamp("2024-06-30") - pd.Timedelta(days=k * (1 + n))) for n in range(k)],
            amount=1.0,
        )
        for k in range(1, 11)
    ]
    return pd.concat(parts, ignore_index=True)


def edges(cutoffs: pd.DataFrame) -> dict[str, list[float]]:
    return cutoffs.groupby("measure", sort=False)["cut_off"].agg(list).to_dict()


# Examples


def test_scores_of_ten_by_hand() -> None:
    """Cut-offs at 20, 40, 60, 80 % of 1..10 are 2, 4, 6, 8, which are in the lower class."""
    orders = read_orders(ten(), as_of="2024-06-30")
    assert edges(rfm_cutoffs(orders)) == {name: [2.0, 4.0, 6.0, 8.0] for name in VALUES}
    table = rfm(orders)
    assert table["f_score"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert table["m_score"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert table["r_score"].tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    segments = dict(zip(table["customer_id"], table["segment"], strict=True))
    assert segments["01"] == "new_customers"
    assert segments["05"] == "need_attention"
    assert segments["10"] == "cannot_lose"
    assert table["suggestion"].iloc[9] == SEGMENTS["cannot_lose"].suggestion


def test_fixed_cut_offs_where_many_bought_once() -> None:
    frame = lines("abccddddeeeee", [f"2024-01-{day:02}" for day in range(1, 14)])
    assert edges(rfm_cutoffs(frame))["purchase_days"] != [1.0, 2.0, 4.0]
    frame = lines("abfccddddeeeee", [f"2024-01-{day:02}" for day in range(1, 15)])
    assert edges(rfm_cutoffs(frame))["purchase_days"] == [1.0, 2.0, 4.0]
    scores = rfm(frame).set_index("customer_id")["f_score"].to_dict()
    assert scores == {"a": 1, "b": 1, "f": 1, "c": 2, "d": 3, "e": 4}


def test_kept_cut_offs_let_a_segment_grow() -> None:
    """Half a year later nobody has come: all days since lie beyond the old cut-offs."""
    orders = read_orders(ten(), as_of="2024-12-31")
    kept = rfm_cutoffs(orders, as_of="2024-06-30")
    assert rfm(orders, cutoffs=kept)["r_score"].unique().tolist() == [1]
    assert sorted(rfm(orders)["r_score"].unique()) == [1, 2, 3, 4, 5]


def test_kept_in_a_file() -> None:
    orders = read_orders(shop_frame(customers=40))
    kept = rfm_cutoffs(orders)
    file = io.StringIO(kept.to_csv(index=False))
    assert_frame_equal(rfm(orders, cutoffs=pd.read_csv(file)), rfm(orders))
    assert json.loads(json.dumps(rfm(orders).attrs))["parameters"]["cutoffs"] == edges(kept)


def test_every_pair_of_scores_has_a_segment_and_every_segment_a_pair() -> None:
    assert {name for row in GRID for name in row} == set(SEGMENTS)
    assert {len(row) for row in GRID} == {len(GRID)} == {5}


# Laws


@pytest.mark.slow
@given(frame=order_frames())
def test_equal_customers_have_equal_scores(frame: pd.DataFrame) -> None:
    table = rfm(read_orders(frame))
    for score, value in zip(SCORES, VALUES, strict=True):
        assert not table[[value, score]].drop_duplicates()[value].duplicated().any()
        ranked = table.sort_values(value)[score]
        assert (
            ranked.is_monotonic_decreasing if score == "r_score" else ranked.is_monotonic_increasing
        )
        assert table[score].between(1, 5).all()


@pytest.mark.slow
@given(frame=order_frames())
def test_doubling_amounts_doubles_money_and_nothing_else(frame: pd.DataFrame) -> None:
    table = rfm(read_orders(frame))
    doubled = rfm(read_orders(frame.assign(amount=frame["amount"] * 2)))
    assert doubled["total_value"].tolist() == pytest.approx((table["total_value"] * 2).tolist())
    assert_frame_equal(doubled.drop(columns="total_value"), table.drop(columns="total_value"))


# Refusals


@pytest.mark.parametrize(
    ("cutoffs", "match"),
    [
        ({"r": [1]}, "cutoffs: a dict is no table. Pass what rfm_cutoffs"),
        (pd.DataFrame({"measure": ["x"]}), "cutoffs: 1 of 2 needed columns are missing"),
        (
            pd.DataFrame({"measure": ["purchase_days"] * 2, "cut_off": [2.0, 1.0]}),
            "cutoffs: 3 of 3 measures do not have 1 to 4 numbers, none below the one before",
        ),
    ],
)
def test_cut_offs_that_are_none(cutoffs: Any, match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        rfm(ten(), cutoffs=cutoffs)


def test_nobody_bought() -> None:
    frame = lines("aa", ["2024-01-01", "2024-01-05"], order_id="1", amount=[1.0, -1.0])
    with pytest.raises(ArgumentError, match="nobody has bought anything that counts"):
        rfm(frame)
