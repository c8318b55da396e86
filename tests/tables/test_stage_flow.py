"""Stocks change by flows, and every end is what was known then."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines, order_frames, refunded_frames, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.stage_counts import stage_counts
from retention.tables.stage_flow import stage_flow
from retention.texts import footer

DAYS: dict[str, Any] = {"at_risk_after_days": 30, "lapsed_after_days": 90}
PEOPLE = pd.DataFrame(
    {
        "customer_id": list("abcxyz"),
        "first_seen_at": pd.to_datetime(
            ["2023-01-15", "2023-06-01", "2024-06-01", "2022-12-31", "2023-05-05", "2023-09-09"]
        ),
    }
)
NOWHERE = "not_yet_known"


def moved(table: pd.DataFrame) -> dict[tuple[str, str, str], int]:
    """Customers by month and move, without those that nobody made."""
    some = table[table["customers"] > 0]
    months = some["period"].dt.strftime("%Y-%m")
    return dict(
        zip(zip(months, some["from_stage"], some["to_stage"], strict=True), some["customers"], strict=True)
    )  # fmt: skip


# Examples


def test_each_move_by_hand() -> None:
    """a: bought in January and February, then silent; b: bought once."""
    frame = lines("aab", ["2024-01-10", "2024-02-20", "2024-02-01"])
    table = stage_flow(
        frame, as_of=["2024-01-31", "2024-02-29", "2024-03-31", "2024-06-30"], **DAYS
    )
    assert moved(table) == {
        ("2024-02", "new", "growing"): 1,
        ("2024-02", NOWHERE, "new"): 1,
        ("2024-03", "growing", "at_risk"): 1,
        ("2024-03", "new", "at_risk"): 1,
        ("2024-04", "at_risk", "lapsed"): 1,
        ("2024-04", "at_risk", "lapsed_once"): 1,
    }


def test_somebody_who_comes_back_after_being_lapsed_is_won_back_once() -> None:
    frame = lines("aaa", ["2024-01-10", "2024-05-20", "2024-06-01"])
    months = ["2024-04-30", "2024-05-31", "2024-06-30"]
    assert moved(stage_flow(frame, as_of=months, **DAYS)) == {
        ("2024-05", "lapsed_once", "won_back"): 1,
        ("2024-06", "won_back", "loyal"): 1,
    }


def test_a_refund_undoes_a_purchase_from_its_own_date_on() -> None:
    """In January b was new; on 10 February nothing was left of the order."""
    frame = lines(
        "abb", ["2024-01-05", "2024-01-10", "2024-02-10"], order_id=["1", "2", "2"],
        amount=[5.0, 8.0, -8.0],
    )  # fmt: skip
    orders = read_orders(frame, as_of="2024-03-31")
    months = ["2024-01-31", "2024-02-29", "2024-03-31"]
    table = stage_flow(orders, as_of=months, **DAYS)
    assert moved(table)["2024-02", "new", NOWHERE] == 1
    people = pd.DataFrame({"customer_id": ["b"], "first_seen_at": pd.to_datetime(["2024-01-01"])})
    table = stage_flow(orders, as_of=months, people=people, **DAYS)
    assert moved(table)["2024-02", "new", "prospect"] == 1
    assert moved(table)["2024-03", "prospect", "prospect"] == 1


def test_rates_are_of_the_stage_they_come_from() -> None:
    frame = lines("abcd", ["2024-01-10"] * 4)
    frame = pd.concat([frame, lines("a", ["2024-02-10"])])
    table = stage_flow(frame, as_of=["2024-01-31", "2024-02-29"], **DAYS)
    row = table.set_index(["from_stage", "to_stage"]).loc["new", "growing"]
    assert row[["customers", "flow_rate"]].tolist() == [1, 0.25]
    assert row["low"] < 0.25 < row["high"]
    from_nobody = table["from_stage"] == "loyal"
    assert table.loc[from_nobody, ["flow_rate", "low", "high"]].isna().all(axis=None)


def test_the_rate_of_one_customer_has_limits() -> None:
    table = stage_flow(
        lines("aa", ["2024-01-10", "2024-02-10"]), as_of=["2024-01-31", "2024-02-29"], **DAYS
    )
    row = table.set_index(["from_stage", "to_stage"]).loc["new", "growing"]
    assert row["flow_rate"] == row["high"] == 1
    assert row["low"] == pytest.approx(0.2065, abs=1e-4)


def test_the_last_thirteen_ends_if_nothing_is_said() -> None:
    table = stage_flow(lines("aaa", ["2022-01-10", "2023-05-20", "2024-06-15"]), **DAYS)
    assert [f"{day:%Y-%m}" for day in table["period"].unique()][::11] == ["2023-06", "2024-05"]
    counts = stage_counts(lines("ab", ["2024-01-10", "2024-03-31"]), **DAYS)
    assert [f"{day:%Y-%m-%d}" for day in counts["as_of"].unique()] == [
        "2024-01-31", "2024-02-29", "2024-03-31",
    ]  # fmt: skip


def test_thresholds_are_chosen_at_the_first_end() -> None:
    """What customers do later changes no threshold."""
    orders = read_orders(shop_frame(customers=60))
    ends = [orders.as_of - pd.Timedelta(days=120), orders.as_of]
    then = lifecycle_stages(orders, as_of=ends[0])
    now = lifecycle_stages(orders)
    chosen = stage_flow(orders, as_of=ends).attrs["parameters"]
    assert chosen["lapsed_after_days"] == then["lapsed_after_days"].iloc[0]
    assert chosen["lapsed_after_days"] != now["lapsed_after_days"].iloc[0]


def test_the_caption_says_what_was_asked_and_the_call_makes_it_again() -> None:
    orders = read_orders(lines("ab", ["2024-01-01", "2024-06-30"]))
    table = stage_flow(orders, as_of=["2024-03-31", "2024-05-15"], **DAYS)
    assert "thresholds: given" in footer(table.attrs)
    assert footer(table.attrs).endswith("As of 2024-05-15.")
    namespace = {"stage_flow": stage_flow, "orders": orders}
    again = eval(table.attrs["call"], namespace)
    pd.testing.assert_frame_equal(again, table)
    counts = stage_counts(orders, as_of=["2024-03-31"], **DAYS)
    assert "at the end of each period" in footer(counts.attrs)


# Laws


def ends_of(frame: pd.DataFrame, count: int) -> list[pd.Timestamp]:
    days = frame["ordered_at"].dt.normalize()
    return sorted(set(pd.date_range(days.min(), days.max(), periods=count).normalize()))


@pytest.mark.slow
@given(frame=refunded_frames(), has_people=st.booleans())
def test_every_end_is_what_was_known_then(frame: pd.DataFrame, has_people: bool) -> None:
    """Also where a later refund has undone an order: counts, lists and cuts agree."""
    orders = read_orders(frame, returns="behaviour")
    people = PEOPLE if has_people else None
    ends = ends_of(frame, 4)
    counts = stage_counts(orders, as_of=ends, people=people, **DAYS)
    listed = lifecycle_stages(orders, as_of=ends, people=people, **DAYS)
    for end in ends:
        cut = lifecycle_stages(orders, as_of=end, people=people, **DAYS)
        expected = cut["stage"].value_counts()
        found = counts[counts["as_of"] == end].set_index("stage")["customers"]
        assert found[found > 0].to_dict() == expected.to_dict()
        rows = listed[listed["as_of"] == end].drop(columns="as_of").reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, cut)


@pytest.mark.slow
@given(frame=refunded_frames(), has_people=st.booleans())
def test_stocks_change_exactly_by_flows(frame: pd.DataFrame, has_people: bool) -> None:
    orders = read_orders(frame)
    people = PEOPLE if has_people else None
    ends = ends_of(frame, 5)
    if len(ends) < 2:
        return
    stocks = stage_counts(orders, as_of=ends, people=people, **DAYS)
    flow = stage_flow(orders, as_of=ends, people=people, **DAYS)
    wide = stocks.pivot_table(index="as_of", columns="stage", values="customers")
    periods = flow["period"].unique()
    for before, after, period in zip(ends, ends[1:], periods, strict=False):
        moves = flow[flow["period"] == period]
        gone = moves.groupby("from_stage")["customers"].sum().reindex(wide.columns)
        come = moves.groupby("to_stage")["customers"].sum().reindex(wide.columns)
        assert gone.tolist() == wide.loc[before].tolist()
        assert come.tolist() == wide.loc[after].tolist()


@pytest.mark.slow
@given(frame=order_frames(least=3))
def test_what_comes_later_changes_no_earlier_move(frame: pd.DataFrame) -> None:
    """Neither orders nor refunds, whatever else is known by now."""
    ends = ends_of(frame, 4)[:-1]
    if len(ends) < 2:
        return
    later = frame.assign(amount=-frame["amount"], ordered_at=ends[-1] + pd.Timedelta(days=1))
    later = later[(later["amount"] < 0) & (frame["ordered_at"].dt.normalize() <= ends[-1])]
    known = frame[frame["ordered_at"].dt.normalize() <= ends[-1]]
    short = read_orders(known, as_of=ends[-1])
    whole = read_orders(pd.concat([frame, later]))
    before = stage_flow(short, as_of=ends, **DAYS)
    after = stage_flow(whole, as_of=ends, **DAYS)
    pd.testing.assert_frame_equal(before, after)


@pytest.mark.slow
@pytest.mark.parametrize("period", ["day", "week", "month", "quarter"])
def test_calendar_ends_are_the_same_as_days_named(period: Any) -> None:
    orders = read_orders(shop_frame(customers=30))
    by_period = stage_counts(orders, period=period, **DAYS)
    ends = list(by_period["as_of"].unique())
    pd.testing.assert_frame_equal(by_period, stage_counts(orders, as_of=ends, **DAYS))


def test_refunds_in_their_own_month_undo_nothing() -> None:
    frame = lines("aa", ["2024-01-10", "2024-02-10"], order_id="1", amount=[8.0, -8.0])
    orders = read_orders(frame, returns="accounting", as_of="2024-03-31")
    table = stage_flow(orders, as_of=["2024-01-31", "2024-02-29"], **DAYS)
    assert moved(table) == {("2024-02", "new", "at_risk"): 1}


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"as_of": ["2024-01-31"]}, "as_of: 1 of 2 needed ends lie between .* 2024-01-01"),
        ({"as_of": []}, "as_of: the list names no day"),
        ({"as_of": ["2024-01-31", "2024-09-01"]}, "2024-09-01 lies after the orders' own 2024-06-30"),
        ({"as_of": ["2023-01-31", "2024-01-31"]}, "2023-01-31 lies before the first day"),
        ({"period": "decade"}, "period: 'decade' is not one of"),
        ({"period": "year"}, "as_of: 0 of 2 needed ends"),
        ({"lapsed_after_days": 10}, "at_risk_after_days: 30 is not between 1 and"),
        ({"loyal_orders": 1}, "loyal_orders: 1 is not a number of purchase days from 2 on"),
    ],
)  # fmt: skip
def test_arguments_out_of_range(options: dict[str, Any], match: str) -> None:
    orders = read_orders(lines("ab", ["2024-01-01", "2024-06-30"]))
    with pytest.raises(ArgumentError, match=match):
        stage_flow(orders, **(DAYS | options))
