"""Three rates, as written and among the mature, by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames, refunded_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.wilson import wilson_interval
from retention.texts import footer

# As of 2024-01-01, a, b and c have been customers for 365 days or more; d and e have not.
FRAME = lines(
    "aaabbccdde",
    [
        "2022-06-01", "2022-07-01", "2022-08-01",  # three in the first year
        "2022-06-01", "2023-07-01",  # the second after 395 days
        "2023-01-01", "2024-01-01",  # the second after 365 days
        "2023-06-01", "2023-07-01",
        "2024-01-01",
    ],
)  # fmt: skip
PEOPLE = pd.DataFrame(
    {
        "customer_id": ["a", "b", "c", "d", "x", "y", "z"],
        "first_seen_at": pd.to_datetime(
            ["2022-05-01", "2021-01-01", "2023-02-01", "2023-05-01", "2022-12-31", "2023-12-31", "2024-02-01"]
        ),
    }
)  # fmt: skip


def counts(**options: object) -> dict[tuple[str, str], list[int]]:
    table = lifecycle_rates(FRAME, **options)
    return table.set_index(["name", "basis"])[["numerator", "denominator"]].T.to_dict("list")


# Examples


def test_repeat_and_loyalty_rate() -> None:
    assert counts() == {
        ("repeat_rate", "as_written"): [4, 5],
        ("repeat_rate", "mature"): [2, 3],
        ("loyalty_rate", "as_written"): [1, 4],
        ("loyalty_rate", "mature"): [1, 2],
    }


def test_customer_rate_of_people() -> None:
    """z is not seen yet; e bought without being listed; b bought 516 days after being seen."""
    found = counts(people=PEOPLE)
    assert found["customer_rate", "as_written"] == [5, 7]
    assert found["customer_rate", "mature"] == [2, 4]


def test_the_last_day_of_the_first_year_counts() -> None:
    """Both were seen on the first of June; a bought 365 days later, b on the day after."""
    people = pd.DataFrame({"customer_id": ["a", "b"], "first_seen_at": pd.Timestamp("2022-06-01")})
    table = lifecycle_rates(lines("ab", ["2023-06-01", "2023-06-02"]), people=people)
    rate = table[(table["name"] == "customer_rate") & (table["basis"] == "mature")]
    assert rate[["numerator", "denominator"]].to_numpy().tolist() == [[1, 2]]


def test_other_number_of_orders() -> None:
    assert counts(loyal_orders=2)["loyalty_rate", "as_written"] == [4, 4]


def test_limits() -> None:
    table = lifecycle_rates(FRAME)
    low, high = wilson_interval(table["numerator"], table["denominator"])
    assert table["low"].tolist() == low.tolist()
    assert table["high"].tolist() == high.tolist()


def test_nobody_mature_has_no_rate() -> None:
    table = lifecycle_rates(FRAME, as_of="2022-12-31").set_index(["name", "basis"])
    mature = table.loc[("repeat_rate", "mature")]
    assert mature["denominator"] == 0
    assert pd.isna(mature["lifecycle_rate"])


def test_people_listed_twice_count_once() -> None:
    twice = pd.concat([PEOPLE, PEOPLE.iloc[:2]])
    assert counts(people=twice) == counts(people=PEOPLE)


def test_by_channel() -> None:
    frame = FRAME.assign(channel=["web"] * 5 + ["shop"] * 4 + [None])
    table = lifecycle_rates(frame, by="channel").set_index(["channel", "name", "basis"])
    found = table[["numerator", "denominator"]].T.to_dict("list")
    assert found["web", "repeat_rate", "as_written"] == [2, 2]
    assert found["web", "repeat_rate", "mature"] == [1, 2]
    assert found["shop", "repeat_rate", "as_written"] == [2, 2]
    assert found["shop", "loyalty_rate", "mature"] == [0, 1]
    assert found["(missing)", "repeat_rate", "mature"] == [0, 0]


def test_people_of_each_group() -> None:
    """Buyers by their first order, others by what people say of them."""
    frame = FRAME.assign(channel=["web"] * 5 + ["shop"] * 5)
    people = PEOPLE.assign(channel=["ad"] * 6 + ["shop"])
    table = lifecycle_rates(frame, by="channel", people=people)
    rates = table[(table["name"] == "customer_rate") & (table["basis"] == "as_written")]
    assert rates.set_index("channel")[["numerator", "denominator"]].T.to_dict("list") == {
        "ad": [0, 2], "shop": [3, 3], "web": [2, 2],
    }  # fmt: skip


def test_an_empty_table_of_people_leaves_the_buyers() -> None:
    frame = FRAME.assign(channel=["web"] * 5 + ["shop"] * 5)
    nobody = PEOPLE.assign(channel="ad").head(0)
    for people in (nobody, pd.DataFrame({"customer_id": [], "first_seen_at": pd.to_datetime([])})):
        table = lifecycle_rates(frame, by="channel", people=people)
        rates = table[(table["name"] == "customer_rate") & (table["basis"] == "as_written")]
        assert rates.set_index("channel")[["numerator", "denominator"]].T.to_dict("list") == {
            "shop": [3, 3], "web": [2, 2],
        }  # fmt: skip
        assert len(lifecycle_rates(frame, people=people)) == 6


def test_the_caption_defines_the_rates_that_are_there() -> None:
    people = PEOPLE.assign(heard="radio")
    tables = [
        lifecycle_rates(FRAME),
        lifecycle_rates(FRAME, people=people),
        lifecycle_rates(FRAME, by="heard", people=people),
    ]
    said = [footer(table.attrs) for table in tables]
    assert ["Customer rate" in one for one in said] == [False, True, True]
    assert ["Repeat rate" in one for one in said] == [True, True, False]


def test_by_a_column_of_people_alone() -> None:
    """Orders do not say how somebody heard of the shop; who is not listed is missing there."""
    people = PEOPLE.assign(heard=["ad", "friend", "ad", "ad", "friend", "ad", "ad"])
    table = lifecycle_rates(FRAME, by="heard", people=people)
    assert set(table["name"]) == {"customer_rate"}
    found = table.set_index(["heard", "basis"])[["numerator", "denominator"]].T.to_dict("list")
    assert found["ad", "as_written"] == [3, 4]
    assert found["friend", "as_written"] == [1, 2]
    assert found["(missing)", "as_written"] == [1, 1]
    assert table.attrs["customers"] == 5
    assert table.attrs["notes"][0][1] == {"names": "heard"}
    both = FRAME.assign(channel=["web"] * 5 + ["shop"] * 5)
    pairs = lifecycle_rates(both, by=["channel", "heard"], people=people)
    assert set(pairs["name"]) == {"customer_rate"}
    assert pairs[pairs["basis"] == "as_written"]["denominator"].sum() == 7


# Laws


@pytest.mark.slow
@given(frame=refunded_frames())
def test_every_end_is_what_was_known_then(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    days = frame["ordered_at"].dt.normalize()
    ends = sorted(set(pd.date_range(days.min(), days.max(), periods=4).normalize()))
    people = pd.DataFrame({"customer_id": list("abcxyz"), "first_seen_at": days.min()})
    table = lifecycle_rates(orders, as_of=ends, people=people)
    for end in ends:
        then = table[table["as_of"] == end].drop(columns="as_of").reset_index(drop=True)
        pd.testing.assert_frame_equal(then, lifecycle_rates(orders, as_of=end, people=people))


@pytest.mark.slow
@given(frame=order_frames())
def test_groups_add_up_to_the_whole(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    whole = lifecycle_rates(orders).set_index(["name", "basis"])
    groups = lifecycle_rates(orders, by="channel").groupby(["name", "basis"])
    sums = groups[["numerator", "denominator"]].sum().loc[whole.index]
    assert sums.to_numpy().tolist() == whole[["numerator", "denominator"]].to_numpy().tolist()


@pytest.mark.slow
@given(frame=order_frames())
def test_each_rate_is_a_share_of_the_one_before(frame: pd.DataFrame) -> None:
    table = lifecycle_rates(read_orders(frame)).set_index(["basis", "name"])
    for basis in ("as_written", "mature"):
        part = table.loc[basis]
        assert part.loc["loyalty_rate", "denominator"] == part.loc["repeat_rate", "numerator"]
        assert (part["numerator"] <= part["denominator"]).all()
    assert (table.loc["mature", "denominator"] <= table.loc["as_written", "denominator"]).all()


# Refusals


def test_arguments_out_of_range() -> None:
    with pytest.raises(ArgumentError, match="loyal_orders: 1 is not a number of purchase days"):
        lifecycle_rates(FRAME, loyal_orders=1)
    with pytest.raises(
        ArgumentError, match=r"people: 1 of 2 needed columns .*Pass what read_people"
    ):
        lifecycle_rates(FRAME, people=PEOPLE[["customer_id"]])


def test_what_neither_orders_nor_people_have() -> None:
    for people in (None, PEOPLE):
        with pytest.raises(ArgumentError, match=r"^by: the orders have no attribute 'heard'"):
            lifecycle_rates(FRAME, by="heard", people=people)
