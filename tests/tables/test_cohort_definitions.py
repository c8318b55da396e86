"""Every definition and alignment of a cohort's return: worked examples, and a second counting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines, order_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.periods import PERIOD_DAYS, PERIODS, Period, period_number, period_start
from retention.tables.cohort_ages import BRACKETS, Alignment
from retention.tables.cohort_retention import cohort_retention
from retention.tables.pooled_retention import pooled_retention
from retention.tables.wilson import wilson_interval


def rates(table: pd.DataFrame, cohort: str = "2024-01-01") -> list[float]:
    return table.loc[table["cohort"] == cohort, "retention_rate"].round(4).tolist()


# Examples


def test_a_return_on_day_2_counts_for_days_0_1_and_2() -> None:
    """Amplitude's "return on or after"."""
    frame = lines("aab", ["2024-01-01", "2024-01-03", "2024-01-01"])
    table = cohort_retention(
        frame, period="day", as_of="2024-01-04", definition="on_or_after", max_age=3
    )
    assert rates(table) == [1.0, 0.5, 0.5, 0.0]
    windows = cohort_retention(
        frame,
        period="day",
        as_of="2024-01-04",
        alignment="relative",
        definition="on_or_after",
        max_age=3,
    )
    assert rates(windows) == [1.0, 0.5, 0.5, 0.0]


def test_month_1_is_days_30_to_59_of_that_person_or_the_next_calendar_month() -> None:
    """Mixpanel's two settings: 25 February, then 3 March."""
    frame = lines("aabb", ["2024-02-25", "2024-03-03", "2024-02-25", "2024-03-26"])
    calendar = cohort_retention(frame, as_of="2024-04-30")
    assert rates(calendar, "2024-02-01") == [1.0, 1.0, 0.0]
    relative = cohort_retention(frame, as_of="2024-04-30", alignment="relative")
    # Days 7 and 30 after the first purchase.
    assert rates(relative, "2024-02-01") == [1.0, 0.5]


@pytest.mark.parametrize(("day", "age"), [(29, 0), (30, 1), (59, 1), (60, 2)])
def test_edges_of_windows_of_30_days(day: int, age: int) -> None:
    again = pd.Timestamp("2024-01-10") + pd.Timedelta(days=day)
    frame = lines("aa", ["2024-01-10", f"{again:%Y-%m-%d}"])
    table = cohort_retention(frame, as_of="2024-04-30", alignment="relative")
    assert table.loc[table["returned"] == 1, "age"].tolist() == sorted({0, age})


def test_a_second_purchase_in_the_cohorts_own_month_counts_in_on_or_before() -> None:
    frame = lines("aabbc", ["2024-01-01", "2024-01-20", "2024-01-05", "2024-03-02", "2024-01-09"])
    table = cohort_retention(frame, as_of="2024-03-31", definition="on_or_before")
    assert rates(table) == [0.3333, 0.3333, 0.6667]
    assert rates(cohort_retention(frame, as_of="2024-03-31")) == [1.0, 0.0, 0.3333]


def test_two_orders_on_one_day_are_no_second_purchase_day() -> None:
    frame = lines("aa", ["2024-01-01 09:00", "2024-01-01 18:00"])
    table = cohort_retention(frame, as_of="2024-01-31", definition="on_or_before")
    assert table["returned"].tolist() == [0]


def test_a_window_of_days_counts_those_whose_window_is_over() -> None:
    frame = lines("aabb", ["2024-01-01", "2024-02-10", "2024-01-31", "2024-03-05"])
    table = cohort_retention(frame, as_of="2024-03-20", alignment="relative")
    shown = table[["age", "cohort_size", "eligible", "returned", "is_complete"]]
    # b was observed for 49 days: day 34 lies in a window that is not over.
    assert shown.to_numpy().tolist() == [[0, 2, 2, 2, True], [1, 2, 1, 1, False]]
    assert pooled_retention(table)["age"].tolist() == [0]


def test_the_last_day_of_a_window_makes_it_complete() -> None:
    frame = lines("a", ["2024-01-01"])
    for as_of, ages in (("2024-02-28", [0]), ("2024-02-29", [0, 1])):
        table = cohort_retention(frame, as_of=as_of, alignment="relative")
        assert table["age"].tolist() == ages
        assert table["is_complete"].all()


def test_a_cohort_that_may_still_grow_is_not_complete() -> None:
    for as_of, is_complete in (("2024-01-30", False), ("2024-01-31", True)):
        table = cohort_retention(lines("a", ["2024-01-01"]), as_of=as_of, alignment="relative")
        found = table[["age", "eligible", "is_complete"]].to_numpy().tolist()
        assert found == [[0, 1, is_complete]]


def test_then_or_later_waits_for_the_last_day_on_which_a_cohort_grows() -> None:
    def ages(as_of: str) -> list[int]:
        options = {"definition": "on_or_after", "alignment": "relative", "as_of": as_of}
        return cohort_retention(lines("a", ["2024-01-01"]), **options)["age"].tolist()

    assert ages("2024-01-31") == [0]
    with pytest.raises(ArgumentError, match="none of the 1 cohorts is complete at age 0"):
        ages("2024-01-30")
    nothing_bought = lines("aa", ["2024-01-01", "2024-01-05"], order_id="1", amount=[1.0, -1.0])
    for max_age in (None, 3):
        assert cohort_retention(nothing_bought, definition="on_or_after", max_age=max_age).empty


def test_brackets_by_hand() -> None:
    frame = lines("aaabb", ["2024-01-01", "2024-01-31", "2024-02-01", "2024-01-20", "2024-01-25"])
    table = cohort_retention(frame, as_of="2024-03-01", definition=[1, 31, 61])
    assert table[["age", "until_day", "eligible", "returned", "is_complete"]].to_numpy().tolist() == [
        [1, 31, 2, 2, True],
        [31, 61, 1, 1, False],
    ]  # fmt: skip
    # Whole for b, too, 15 days after the 20th of January; February is not over, and need not be.
    weeks = cohort_retention(frame, as_of="2024-02-10", definition=[1, 8, 15])
    assert weeks[["eligible", "is_complete"]].to_numpy().tolist() == [[2, True], [2, True]]
    everyone = cohort_retention(frame, as_of="2024-03-01", definition=[0, 30])
    assert everyone["retention_rate"].tolist() == [1.0]


def test_the_usual_brackets_end_after_30_60_90_180_and_365_days() -> None:
    days = ["2023-01-01", "2023-03-02", "2023-03-03"]  # 60 and 61 days after the first
    table = cohort_retention(lines("aaa", days), definition="brackets", as_of="2025-01-01")
    assert BRACKETS == (1, 31, 61, 91, 181, 366)
    assert table.loc[table["returned"] == 1, "age"].tolist() == [31, 61]


def test_the_usual_brackets() -> None:
    table = cohort_retention(
        lines("ab", ["2023-01-01", "2024-01-01"]), definition="brackets", as_of="2025-01-01"
    )
    assert sorted(set(table["age"])) == list(BRACKETS[:-1])
    assert table.attrs["call"] == (
        "cohort_retention(orders, as_of='2025-01-01', definition='brackets')"
    )


def test_on_or_after_ends_where_half_of_the_cohorts_are_complete() -> None:
    days = ["2024-01-05", "2024-02-05", "2024-03-05", "2024-04-05"]
    frame = lines("abcda", [*days, "2024-04-09"])
    table = cohort_retention(frame, as_of="2024-04-30", definition="on_or_after")
    # Complete to age 3, 2, 1, 0: two of four reach age 2, at which a had not come back yet.
    assert table["cohort"].dt.month.unique().tolist() == [1, 2]
    assert rates(table) == [1.0, 0.0, 0.0]
    assert table["is_complete"].all()
    to_the_end = cohort_retention(frame, as_of="2024-04-30", definition="on_or_after", max_age=3)
    assert rates(to_the_end) == [1.0, 1.0, 1.0, 1.0]
    assert to_the_end["cohort"].unique().tolist() == [pd.Timestamp("2024-01-01")]


def test_weeks_begin_where_the_orders_say() -> None:
    frame = lines("ab", ["2024-03-02", "2024-03-03"])
    orders = read_orders(frame, week_start="sunday", columns={"customer_id": "customer_id"})
    table = cohort_retention(orders, period="week")
    assert table["cohort"].dt.strftime("%a %d").unique().tolist() == ["Sun 25", "Sun 03"]


def test_first_order_at_full_price_or_not() -> None:
    frame = lines("abcab", ["2024-01-01"] * 3 + ["2024-02-01"] * 2)
    frame = frame.assign(coupon=["X", None, None, None, "X"], discount=[2.0, 0.0, 3.0, 0.0, 1.0])
    table = cohort_retention(frame, by="offer")
    first = table[table["age"] == 0].set_index("offer")["cohort_size"]
    assert first.to_dict() == {"coupon or discount": 2, "full price": 1}


def test_several_attributes_at_once() -> None:
    frame = lines("abc", ["2024-01-01"] * 3).assign(channel=list("xxy"), category=["p", None, "p"])
    table = cohort_retention(frame, by=["channel", "category"])
    assert table[["channel", "category", "cohort_size"]].to_numpy().tolist() == [
        ["x", "(missing)", 1], ["x", "p", 1], ["y", "p", 1],
    ]  # fmt: skip


# Laws: counted a second time, customer by customer


def by_hand(frame: pd.DataFrame, **options: Any) -> dict[tuple[Any, ...], tuple[int, int, bool]]:
    """(cohort, age) to (eligible, returned, is_complete), as the definitions read."""
    as_of = options["as_of"]
    days = frame["ordered_at"].dt.normalize().groupby(frame["customer_id"]).unique()
    cells: dict[tuple[Any, ...], list[Any]] = {}
    sizes: dict[int, int] = {}
    for bought in days:
        bought = sorted(pd.Timestamp(day) for day in bought)
        cohort = period_number(bought[0], options["period"])
        sizes[cohort] = sizes.get(cohort, 0) + 1
        for age, is_in, is_over in _of_one(bought, cohort, **options):
            cell = cells.setdefault((cohort, age), [0, 0, True])
            cell[0] += 1
            cell[1] += is_in
            cell[2] = cell[2] and is_over
    found = {}
    for (cohort, age), (eligible, returned, is_over) in cells.items():
        is_closed = period_start(cohort + 1, options["period"]) <= as_of + pd.Timedelta(days=1)
        is_complete = is_over and is_closed and eligible == sizes[cohort]
        found[period_start(cohort, options["period"]), age] = (eligible, returned, is_complete)
    return found


def _of_one(
    bought: list[pd.Timestamp], cohort: int, *, period: Period, alignment: Alignment,
    definition: str, as_of: pd.Timestamp,
) -> list[tuple[int, bool, bool]]:  # fmt: skip
    """Of one customer: each age that can be asked about, the answer, and whether it is final."""
    length = PERIOD_DAYS[period]
    if alignment == "calendar":
        ages = [period_number(day, period) - cohort for day in bought]
        last = period_number(as_of, period) - cohort
        end = period_start(cohort + last + 1, period) - pd.Timedelta(days=1)
        is_over = {age: age < last or end == as_of for age in range(last + 1)}
    else:
        ages = [(day - bought[0]).days // length for day in bought]
        t = (as_of - bought[0]).days
        is_over = {k: True for k in range(t + 1) if t >= (k + 1) * length - 1}
    if definition == "on":
        return [(k, k in ages, over) for k, over in is_over.items()]
    return [(k, len(ages) > 1 and ages[1] <= k, over) for k, over in is_over.items()]


@pytest.mark.parametrize("alignment", ["calendar", "relative"])
@pytest.mark.parametrize("definition", ["on", "on_or_before"])
@given(frame=order_frames(), period=st.sampled_from(PERIODS[1:]), extra=st.integers(0, 40))
def test_as_counted_by_hand(
    alignment: Alignment, definition: Any, frame: pd.DataFrame, period: Period, extra: int
) -> None:
    as_of = frame["ordered_at"].max().normalize() + pd.Timedelta(days=extra)
    options: dict[str, Any] = {"period": period, "alignment": alignment, "definition": definition}
    table = cohort_retention(read_orders(frame, as_of=as_of), **options)
    found = {
        (row.cohort, row.age): (row.eligible, row.returned, row.is_complete)
        for row in table.itertuples()
    }
    assert found == by_hand(frame, **options, as_of=as_of)


@given(frame=order_frames(), max_age=st.integers(0, 6))
def test_on_or_after_falls_and_on_or_before_rises(frame: pd.DataFrame, max_age: int) -> None:
    orders = read_orders(frame)
    before = cohort_retention(orders, definition="on_or_before")
    assert before.groupby("cohort")["returned"].is_monotonic_increasing.all()
    try:
        after = cohort_retention(orders, definition="on_or_after", max_age=max_age)
    except ArgumentError:
        return
    assert after.groupby("cohort")["returned"].is_monotonic_decreasing.all()
    on = cohort_retention(orders).set_index(["cohort", "age"])["returned"]
    last = after[after["age"] == max_age].set_index(["cohort", "age"])["returned"]
    assert last.to_dict() == on.loc[last.index].to_dict()
    assert (after.loc[after["age"] == 0, "retention_rate"] == 1).all()


@given(frame=order_frames())
def test_brackets_of_the_windows_are_the_windows(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    windows = cohort_retention(orders, alignment="relative", max_age=2)
    brackets = cohort_retention(orders, definition=[0, 30, 60, 90])
    same = ["cohort", "eligible", "returned", "is_complete"]
    pd.testing.assert_frame_equal(brackets[same], windows[same])
    assert (brackets["age"] == windows["age"] * 30).all()


@pytest.mark.slow
@given(frame=order_frames())
def test_groups_add_up(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    for options in ({}, {"alignment": "relative"}, {"definition": "on_or_before"}):
        one = cohort_retention(orders, **options)
        many = cohort_retention(orders, by=["channel", "product"], **options)
        sums = many.groupby(["cohort", "age"], as_index=False)[["eligible", "returned"]].sum()
        pd.testing.assert_frame_equal(sums, one[list(sums.columns)])


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"definition": "rolling"}, "definition: 'rolling' is not one of 'on', 'on_or_after'"),
        ({"alignment": "rolling"}, "alignment: 'rolling' is not one of 'calendar', 'relative'"),
        ({"definition": [30]}, "definition: .* are no brackets. Give at least two"),
        ({"definition": [0, 30, 30]}, "are no brackets"),
        ({"definition": [0, 1.5]}, "are no brackets"),
        ({"definition": [-1, 30]}, "are no brackets"),
        ({"definition": "brackets", "max_age": 3}, "max_age: brackets end with their last day"),
        ({"max_age": -1}, "max_age: -1 is not an age from 0 on"),
        ({"max_age": 1.5}, "max_age: 1.5 is not a whole number"),
        (
            {"definition": "on_or_after", "max_age": 2},
            "max_age: none of the 1 cohorts is complete at age 2; the oldest is at age 0",
        ),
        (
            {"definition": "on_or_after", "alignment": "relative"},
            "none of the 1 cohorts is complete at age 0; the oldest has not ended its first period",
        ),
        ({"by": "offer"}, "by: the orders have no attribute 'offer'"),
    ],
)
def test_what_cannot_be_asked(options: dict[str, Any], match: str) -> None:
    frame = lines("ab", ["2024-01-25", "2024-01-31"])
    with pytest.raises(ArgumentError, match=match):
        cohort_retention(frame, as_of="2024-01-31", **options)


def test_unknown_week_start() -> None:
    with pytest.raises(ArgumentError, match="week_start: 'sun' is not one of 'monday'"):
        read_orders(lines("ab", ["2024-01-25", "2024-01-31"]), week_start="sun")


# References


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_wilson_cells_cover(seed: int) -> None:
    """On average over n and p 95 % within a point, and no cell under 91 %."""
    random = np.random.default_rng(seed)
    covered = []
    for n in (50, 200, 1000):
        for p in random.uniform(0.05, 0.5, 60):
            low, high = wilson_interval(random.binomial(n, p, 4000), n)
            covered.append(float(((low <= p) & (p <= high)).mean()))
    assert np.mean(covered) == pytest.approx(0.95, abs=0.01)
    assert min(covered) >= 0.91
