"""How many order after the first, second, third message."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from conftest import Backend
from strategies import lines, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.orders.sample import sample_orders
from retention.orders.sample_marketing import sample_touches
from retention.tables.message_response import COLUMNS, message_response
from retention.tables.wilson import wilson_interval
from retention.texts import definition


def sent(*rows: tuple[str, str], channel: str = "Zalo") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["customer_id", "touched_at"])
    table = table.astype({"touched_at": "datetime64[us]"})
    return table.assign(touch="message_sent", channel=channel)


# Examples


def test_orders_after_the_message_count_by_hand() -> None:
    frame = lines("aaab", ["2024-01-01 09:00", "2024-01-01 20:00", "2024-02-20", "2024-01-10"])
    touches = sent(
        ("a", "2024-01-01 10:00"),  # the order of the evening follows
        ("a", "2024-01-02 10:00"),  # the second within 30 days, nothing follows
        ("a", "2024-02-14 12:00"),  # a first one again; 5.5 days later
        ("b", "2024-01-02 23:00"),  # 7.04 days later: too late
        ("c", "2024-01-05"),
    )
    table = message_response(frame, touches=touches, as_of="2024-03-01")
    shown = table[["message_number", "messages", "responded"]]
    assert shown.to_numpy().tolist() == [[1, 4, 2], [2, 1, 0]]
    low, high = wilson_interval([2, 0], [4, 1])
    assert table["low"].tolist() == low.tolist()
    assert table["high"].tolist() == high.tolist()
    assert tuple(table.columns) == ("channel", *COLUMNS)
    wider = message_response(frame, touches=touches, as_of="2024-03-01", within_days=8)
    assert wider["responded"].tolist() == [3, 0]


def test_messages_count_up_to_the_last_that_was_observed_long_enough() -> None:
    table = message_response(
        lines("ab", ["2024-01-01", "2024-01-30"]),
        touches=sent(("a", "2024-01-20"), ("a", "2024-01-30"), ("a", "2024-02-01")),
        as_of="2024-01-31", within_days=1,
    )  # fmt: skip
    assert table["messages"].tolist() == [1, 1]


def test_the_last_day_of_both_windows_counts() -> None:
    table = message_response(
        lines("az", ["2024-01-15", "2024-06-01"]), touches=sent(("a", "2024-01-01"), ("a", "2024-01-15")),
        by=None, within_days=14, window_days=14,
    )  # fmt: skip
    shown = table[["message_number", "messages", "responded"]]
    assert shown.to_numpy().tolist() == [[1, 1, 1], [2, 1, 0]]


def test_an_order_at_the_very_moment_is_no_answer() -> None:
    table = message_response(
        lines("a", ["2024-01-01 10:00"]), touches=sent(("a", "2024-01-01 10:00")),
        as_of="2024-02-01",
    )  # fmt: skip
    assert table["responded"].tolist() == [0]


def test_the_fourth_and_later_are_one_row_and_channels_stand_apart() -> None:
    days = [("a", f"2024-01-0{day}") for day in range(1, 7)]
    touches = pd.concat([sent(*days[:5]), sent(days[5], channel="Mail")])
    table = message_response(lines("a", ["2024-01-08"]), touches=touches, as_of="2024-02-01")
    rows = table[["channel", "message_number", "messages"]].to_numpy().tolist()
    assert rows == [["Mail", 4, 1], ["Zalo", 1, 1], ["Zalo", 2, 1], ["Zalo", 3, 1], ["Zalo", 4, 2]]
    whole = message_response(
        lines("a", ["2024-01-08"]), touches=touches, by=None, as_of="2024-02-01"
    )
    assert whole["messages"].tolist() == [1, 1, 1, 3]


def test_messages_whose_days_are_not_over_are_left_out_and_counted() -> None:
    touches = sent(("a", "2024-01-01"), ("b", "2024-01-25"), ("b", "2024-01-31"))
    table = message_response(lines("a", ["2024-01-30"]), touches=touches)
    assert table["messages"].sum() == 1
    assert table.attrs["parameters"]["not_over"] == 1


def test_the_sentence_says_what_it_is_not() -> None:
    table = message_response(lines("a", ["2024-01-30"]), touches=sent(("a", "2024-01-01")))
    assert "selection, not cause" in definition(table.attrs)


def test_messages_of_the_sample_tire() -> None:
    table = message_response(
        sample_orders(), touches=sample_touches(), by=None, within_days=4
    ).set_index("message_number")  # fmt: skip
    rate = table["response_rate"]
    assert rate.is_monotonic_decreasing
    # 55 % open the first one, and 30 % of those order; few others do.
    assert rate[1] == pytest.approx(0.55 * 0.30 + 0.45 * 0.02, abs=0.04)
    assert rate[4] < 0.08


# Laws


def test_every_backend_says_the_same(backend: Backend) -> None:
    frame = shop_frame()
    ids = frame["customer_id"].unique()
    touches = sent(*[(one, f"2023-{month:02d}-11 08:30") for one in ids for month in range(2, 9)])
    here = message_response(read_orders(frame, as_of="2023-12-31"), touches=touches)
    there = message_response(backend.orders(frame, as_of="2023-12-31"), touches=touches)
    pd.testing.assert_frame_equal(there, here)
    assert here["responded"].sum() > 0


def test_row_order_does_not_matter() -> None:
    touches = sample_touches()
    table = message_response(sample_orders(), touches=touches)
    other = message_response(sample_orders(), touches=touches.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(other, table)


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"touches": {}}, r"touches: a dict is no table"),
        ({"touch": "sms"}, r"touch: 0 of 1 touches are 'sms'; there are 'message_sent'"),
        ({"by": "campaign"}, r"touches: 1 of 4 needed columns are missing \('campaign'\)"),
        ({"by": "customer_id"}, r"by: 'customer_id' means something else here"),
        ({"within_days": 0}, r"within_days: 0 is not a number of days"),
        (
            {"touches": sent(("a", "2024-01-01")).assign(customer_id=None)},
            r"1 of 1 rows have no customer_id",
        ),
    ],
)
def test_what_cannot_be_counted(options: dict[str, Any], match: str) -> None:
    given = {"touches": sent(("a", "2024-01-01"))} | options
    with pytest.raises(ArgumentError, match=match):
        message_response(lines("a", ["2024-01-30"]), **given)
