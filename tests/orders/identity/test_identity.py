"""One person, one id: by normalised e-mail and phone, whatever the order of the rows."""

from __future__ import annotations

import hashlib
from itertools import combinations
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.errors import ArgumentError
from retention.orders.identity.clusters import MOST, MOST_IDS
from retention.orders.identity.identity import COLUMNS, merge_people
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

BOTH = ("email", "phone")
Row = tuple[str | None, str | None, str | None, str]


def typed(rows: list[Row], **columns: Any) -> Any:
    """Lines as they come from typing: (id, e-mail, phone, day), each an order of its own."""
    frame = pd.DataFrame(rows, columns=["customer_id", "email", "phone", "ordered_at"])
    frame = frame.assign(
        ordered_at=pd.to_datetime(frame["ordered_at"]).astype("datetime64[us]"),
        order_id=[f"o{place}" for place in range(len(rows))],
        line_number=range(1, len(rows) + 1),
        has_order_id=True,
        **columns,
    )
    texts = {
        name: pa.array([row[place] for row in rows], pa.string())
        for place, name in enumerate(("customer_id", *BOTH))
    }
    others = {name: pa.array(frame[name]) for name in frame.columns if name not in texts}
    return store(pa.table(texts | others))


def merged(lines: Any, merge_by: Any = BOTH, **options: Any) -> list[str | None]:
    found, _ = merge_people(lines, merge_by, **options)
    ids: list[str | None] = to_arrow(found.order_by("line_number"))["customer_id"].to_pylist()
    return ids


def guest(value: str) -> str:
    return "guest-" + hashlib.sha256(value.encode()).hexdigest()[:16]


# examples

PEOPLE: list[Row] = [
    ("1", "An@x9.vn", "0912345678", "2024-01-03"),
    ("2", "an@x9.vn ", None, "2024-01-02"),
    ("3", None, "+84 912 345 678", "2024-01-05"),
    ("4", "binh@x9.vn", None, "2024-01-05"),
    (None, "Binh@x9.vn", None, "2024-01-06"),
    (None, None, "0988111222", "2024-01-06"),
    (None, None, "84988111222", "2024-01-08"),
    (None, None, None, "2024-01-07"),
    ("5", None, None, "2024-01-07"),
]


def test_ids_that_share_a_value_become_the_earliest() -> None:
    found = merged(typed(PEOPLE))
    assert found == ["2", "2", "2", "4", "4", *[guest("0988111222")] * 2, None, "5"]


def test_only_the_values_asked_for() -> None:
    assert merged(typed(PEOPLE), ["phone"])[:5] == ["1", "2", "1", "4", None]
    assert merged(typed(PEOPLE), ["email"])[:5] == ["2", "2", "3", "4", "4"]


def test_the_source_ids_are_kept_and_the_lines_are_the_same() -> None:
    lines = typed(PEOPLE)
    found, _ = merge_people(lines, BOTH)
    rows = to_arrow(found.order_by("line_number"))
    assert rows["source_customer_id"].to_pylist() == [row[0] for row in PEOPLE]
    before = to_arrow(lines.order_by("line_number"))
    for name in set(lines.columns) - {"customer_id"}:
        assert rows[name].to_pylist() == before[name].to_pylist()


def test_the_largest_cluster_comes_first() -> None:
    _, clusters = merge_people(typed(PEOPLE), BOTH)
    assert tuple(clusters.columns) == COLUMNS
    found = clusters[
        ["customer_id", "source_ids", "emails", "phones", "lines_without_id", "orders"]
    ]
    assert found.to_numpy().tolist() == [
        ["2", 3, 1, 1, 0, 3],
        ["4", 1, 1, 0, 1, 2],
        [guest("0988111222"), 0, 0, 1, 2, 2],
    ]
    assert clusters["first_line_at"].iloc[0] == pd.Timestamp("2024-01-02")
    assert clusters["last_line_at"].iloc[0] == pd.Timestamp("2024-01-05")


def test_equally_early_ids_are_the_smallest_text() -> None:
    rows: list[Row] = [(name, "an@x9.vn", None, "2024-01-01") for name in ("b", "10", "9", "B")]
    assert set(merged(typed(rows))) == {"10"}


def test_people_are_joined_through_others() -> None:
    rows: list[Row] = [
        ("c", "an@x9.vn", None, "2024-01-03"),
        ("b", "an@x9.vn", "0912345678", "2024-01-02"),
        ("a", None, "0912345678", "2024-01-01"),
    ]
    assert merged(typed(rows)) == ["a"] * 3


def test_orders_without_an_id_follow_their_customer() -> None:
    rows: list[Row] = [
        ("b", "an@x9.vn", None, "2024-01-01 10:00"),
        ("c", "an@x9.vn", None, "2024-01-02 10:00"),
    ]
    lines = typed(rows).mutate(has_order_id=False)
    found, _ = merge_people(lines, BOTH)
    order_ids = to_arrow(found.order_by("line_number"))["order_id"].to_pylist()
    assert order_ids == ["b@2024-01-01 10:00:00", "b@2024-01-02 10:00:00"]


def test_values_from_a_table_of_people() -> None:
    rows: list[Row] = [(name, None, None, "2024-01-01") for name in ("007", "8", "9")]
    lines = typed(rows).drop("email", "phone")
    people = pd.DataFrame(
        {
            "customer_id": ["007", "8", "9", "never bought"],
            "email": ["an@x9.vn", None, "binh@x9.vn", "an@x9.vn"],
            "phone": [None, "0912345678", None, "0912345678"],
        }
    )
    # 007 and 8 are one person through somebody who never bought.
    assert merged(lines, people=people) == ["007", "007", "9"]


# What is nobody's own


def test_placeholders_never_merge() -> None:
    rows: list[Row] = [
        ("a", "none@none.com", "0000000000", "2024-01-01"),
        ("b", "none@none.com", "0000000000", "2024-01-01"),
        (None, "none@none.com", "0000000000", "2024-01-01"),
        ("c", "a***@x9.vn", "09****678", "2024-01-01"),
        ("d", "a***@x9.vn", "09****678", "2024-01-01"),
    ]
    assert merged(typed(rows)) == ["a", "b", None, "c", "d"]


def test_placeholder_ids_are_no_person() -> None:
    rows: list[Row] = [
        ("Khách lẻ", "an@x9.vn", None, "2024-01-01"),
        ("Khách lẻ", "binh@x9.vn", None, "2024-01-01"),
        ("Khách lẻ", None, None, "2024-01-01"),
        ("7", "binh@x9.vn", None, "2024-01-05"),
    ]
    assert merged(typed(rows)) == [guest("an@x9.vn"), "7", "Khách lẻ", "7"]
    assert merged(typed(rows[:2]), placeholders=("none",)) == ["Khách lẻ"] * 2


def accounts(count: int, orders: int) -> list[Row]:
    days = [f"2024-01-{day + 1:02d}" for day in range(orders)]
    return [(f"c{n:03d}", None, "0912345678", day) for n in range(count) for day in days]


@pytest.mark.parametrize(
    ("count", "orders", "people"),
    [(MOST, 2, 1), (MOST + 1, 2, MOST + 1), (MOST_IDS, 1, 1), (MOST_IDS + 1, 1, MOST_IDS + 1)],
)
def test_a_number_of_too_many_accounts_is_the_shops(count: int, orders: int, people: int) -> None:
    found, clusters = merge_people(typed(accounts(count, orders)), BOTH)
    assert len(set(to_arrow(found)["customer_id"].to_pylist())) == people
    assert clusters.attrs["phones_shared_by_too_many"] == (people > 1)


def test_a_number_with_too_many_addresses_is_the_shops() -> None:
    rows: list[Row] = [
        (f"c{n}", f"p{n}@x9.vn", "0912345678", "2024-01-01") for n in range(MOST + 1)
    ]
    assert len(set(merged(typed(rows)))) == MOST + 1
    assert len(set(merged(typed(rows[:-1])))) == 1


def test_an_id_with_too_many_numbers_merges_nobody() -> None:
    gifts: list[Row] = [("office", None, f"09123456{n:02d}", "2024-01-01") for n in range(MOST + 1)]
    friends: list[Row] = [
        (f"f{n}", None, f"09123456{n:02d}", "2024-02-01") for n in range(MOST + 1)
    ]
    assert len(set(merged(typed([*gifts, *friends])))) == MOST + 2


# laws

values = st.sampled_from([None, "an@x9.vn", "binh@x9.vn", "chi@x9.vn"])
phones = st.sampled_from([None, "0912345678", "+84912345679", "912345677"])
days = st.integers(1, 28).map(lambda day: f"2024-01-{day:02d}")
ids = st.sampled_from([None, "a", "b", "c", "d", "e"])
tables = st.lists(st.tuples(ids, values, phones, days), min_size=1, max_size=9)


@pytest.mark.slow
@given(rows=tables, seed=st.randoms())
def test_people_are_the_connected_components(rows: list[Row], seed: Any) -> None:
    found = merged(typed(rows))
    parties = [{f"{place}:{value}" for place, value in enumerate(row[:3]) if value} for row in rows]
    groups = {place: place for place in range(len(rows))}
    for _ in rows:
        for one, other in combinations(range(len(rows)), 2):
            if parties[one] & parties[other]:
                groups[one] = groups[other] = min(groups[one], groups[other])
    for one, other in combinations(range(len(rows)), 2):
        is_same = found[one] is not None and found[one] == found[other]
        assert is_same == (groups[one] == groups[other])
    for place, row in enumerate(rows):
        theirs = [r for p, r in enumerate(rows) if groups[p] == groups[place] and r[0]]
        if theirs:
            assert found[place] == min((r[3], r[0]) for r in theirs)[1]
        else:
            assert (found[place] is None) == (row[1] is None and row[2] is None)
    shuffled = list(range(len(rows)))
    seed.shuffle(shuffled)
    assert merged(typed([rows[place] for place in shuffled])) == [
        found[place] for place in shuffled
    ]


def test_reading_merges_on_request() -> None:
    frame = pd.DataFrame(
        {
            "Mã KH": ["1", "2", "3"],
            "Email": ["An.Le@gmail.com", "anle+shop@gmail.com", "chi@x9.vn"],
            "SĐT": ["0912345678", None, "01682345678"],
            "Ngày đặt": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-01-15"]),
            "Thành tiền": [1.0, 2.0, 3.0],
        }
    )
    orders = read_orders(frame, merge_by=["email", "phone"])
    assert orders.counts == {"orders": 3, "customers": 2}
    assert orders.identity is not None
    assert orders.identity["source_ids"].tolist() == [2]
    assert read_orders(frame).counts["customers"] == 3


def test_what_was_of_use_is_counted() -> None:
    people = pd.DataFrame({"customer_id": ["1", "9"], "email": ["n/a@@", "x***@x9.vn"]})
    _, clusters = merge_people(typed(PEOPLE), BOTH, people=people)
    assert clusters.attrs["ids_in_orders"] == 5
    assert clusters.attrs["ids_in_people"] == 1
    assert clusters.attrs["emails_not_used"] == 2
    assert clusters.attrs["phones_not_used"] == 0


# refusals


def test_values_that_stand_nowhere() -> None:
    lines = typed(PEOPLE).drop("phone")
    with pytest.raises(ArgumentError, match=r"merge_by: 1 of 2 columns to merge by are not there"):
        merge_people(lines, BOTH)
    people = pd.DataFrame({"id": ["1"], "phone": ["0912345678"]})
    with pytest.raises(ArgumentError, match="people: no column customer_id among 'id', 'phone'"):
        merge_people(lines, BOTH, people=people)


def test_people_of_other_ids() -> None:
    people = pd.DataFrame({"customer_id": ["X1", "X2"], "phone": ["0912345678"] * 2})
    with pytest.raises(
        ArgumentError,
        match=r"people: none of the 5 customer ids of the orders \('1', '2', '3'\) is among the 2 ids of "
        r"the people \('X1', 'X2'\)",
    ):
        merge_people(typed(PEOPLE), BOTH, people=people)


def test_unknown_values() -> None:
    with pytest.raises(ArgumentError, match="merge_by: 'name' is not one of"):
        merge_people(typed(PEOPLE), ["name"])


def test_remote_tables(backend: Any) -> None:
    table = backend.table(pd.DataFrame({"customer_id": ["1"], "email": ["an@x9.vn"]}))
    with pytest.raises(ArgumentError, match=r"lie in a remote table.*in the warehouse"):
        merge_people(table, ["email"])
