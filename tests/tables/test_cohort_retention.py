"""Cohorts by hand, the future left out, and every zero a row."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.periods import PERIODS, Period
from retention.tables.cohort_retention import cohort_retention
from retention.tables.wilson import wilson_interval

FRAME = lines(
    "aaabbc",
    ["2024-01-31", "2024-02-01", "2024-03-31", "2024-01-01", "2024-01-15", "2024-02-29"],
)
SHOWN = ["cohort", "age", "cohort_size", "returned", "retention_rate", "is_complete"]

# Examples


def test_months_by_hand() -> None:
    table = cohort_retention(FRAME, as_of="2024-03-31")
    january, february = pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")
    assert table[SHOWN].to_numpy().tolist() == [
        [january, 0, 2, 2, 1.0, True],
        [january, 1, 2, 1, 0.5, True],
        [january, 2, 2, 1, 0.5, True],
        [february, 0, 1, 1, 1.0, True],
        [february, 1, 1, 0, 0.0, True],
    ]
    low, high = wilson_interval([1], [2])
    assert (table["low"].iloc[1], table["high"].iloc[1]) == (low[0], high[0])


def test_the_period_of_as_of_is_partial() -> None:
    table = cohort_retention(FRAME, as_of="2024-03-30")
    assert table["is_complete"].tolist() == [True, True, False, True, False]
    assert table["returned"].tolist() == [2, 1, 0, 1, 0]


@pytest.mark.parametrize(
    ("period", "ages"), [("day", 91), ("week", 13), ("quarter", 1), ("year", 1)]
)
def test_periods(period: Period, ages: int) -> None:
    table = cohort_retention(FRAME, period=period)
    oldest = table[table["cohort"] == table["cohort"].min()]
    assert oldest["age"].tolist() == list(range(ages))


def test_weeks_begin_on_monday() -> None:
    table = cohort_retention(lines("ab", ["2024-03-03", "2024-03-04"]), period="week")
    assert table["cohort"].dt.day_name().unique().tolist() == ["Monday"]
    assert table["cohort"].nunique() == 2


def test_groups_are_those_of_the_first_order() -> None:
    frame = FRAME.assign(channel=["web", "shop", "shop", None, "web", "web"])
    table = cohort_retention(frame, by=["channel"])
    first = table.query("age == 0").set_index("channel")["cohort_size"]
    assert first.to_dict() == {"(missing)": 1, "web": 1} | {"web": 1}
    web = table[(table["channel"] == "web") & (table["cohort"] == "2024-01-01")]
    assert web["returned"].tolist() == [1, 1, 1]
    assert len(cohort_retention(frame, by=["channel"]).columns) == len(
        cohort_retention(frame).columns
    ) + 1  # fmt: skip


def test_a_season_is_said() -> None:
    """One order a month, then nine in the month in which the observation ends."""
    days = [f"2023-{month:02d}-05" for month in range(1, 12)] + ["2023-12-05"] * 9
    table = cohort_retention(lines([str(n) for n in range(20)], days), as_of="2023-12-31")
    assert table.attrs["notes"][0][0].startswith("The as-of date lies in a peak")


# Laws


@pytest.mark.slow
@given(frame=order_frames())
def test_everybody_is_there_at_age_0(frame: pd.DataFrame) -> None:
    for period in PERIODS[1:]:
        table = cohort_retention(read_orders(frame), period=period)
        assert (table.loc[table["age"] == 0, "retention_rate"] == 1).all()
        assert table.loc[table["age"] == 0, "cohort_size"].sum() == frame["customer_id"].nunique()
        assert (table["eligible"] == table["cohort_size"]).all()


@given(frame=order_frames())
def test_every_cohort_has_every_age(frame: pd.DataFrame) -> None:
    table = cohort_retention(read_orders(frame))
    for _, cells in table.groupby("cohort"):
        assert cells["age"].tolist() == list(range(len(cells)))
    last = frame["ordered_at"].max()
    months = (last.year - table["cohort"].dt.year) * 12 + last.month - table["cohort"].dt.month
    assert table["age"].max() == months.max()
    assert (~table["is_complete"] <= (table["age"] == months)).all()


# Refusals


def test_unknown_period() -> None:
    with pytest.raises(ArgumentError, match="period: 'fortnight' is not one of 'day', 'week'"):
        cohort_retention(FRAME, period="fortnight")
