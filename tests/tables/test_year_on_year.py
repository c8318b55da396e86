"""The same month of the year before, and months that are peaks."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from strategies import lines

from retention.errors import ArgumentError
from retention.lunar_new_year import holds_lunar_new_year, lunar_new_year
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.difference import difference, share
from retention.tables.seasonality import seasonality
from retention.tables.year_on_year import _year_before, year_on_year

# Examples


def test_pairs_by_hand() -> None:
    frame = lines("aabccd", ["2023-03-01", "2023-04-02", "2023-03-09", "2024-03-01", "2024-04-09",
                             "2024-04-10"])  # fmt: skip
    table = year_on_year(cohort_retention(frame, as_of="2024-05-31"))
    row = table[(table["cohort"] == "2024-03-01") & (table["age"] == 1)].iloc[0]
    assert row["cohort_before"] == pd.Timestamp("2023-03-01")
    assert (row["retention_rate"], row["retention_rate_before"]) == (1.0, 0.5)
    gap = difference(share([1], [1]), share([1], [2]))
    assert (row["difference"], row["low"], row["high"]) == (0.5, gap.low[0], gap.high[0])
    # April 2024 has no pair, and nothing is compared at age 0.
    assert table["cohort"].unique().tolist() == [pd.Timestamp("2024-03-01")]
    assert table["age"].min() == 1
    assert table.attrs["is_derived"]


def test_weeks_are_paired_by_52_weeks() -> None:
    frame = lines("abcd", ["2023-03-06", "2024-03-04", "2023-03-13", "2024-03-11"])
    table = year_on_year(cohort_retention(frame, period="week", as_of="2024-06-30"))
    first = table.drop_duplicates("cohort")[["cohort", "cohort_before"]]
    assert (first["cohort"] - first["cohort_before"]).dt.days.tolist() == [364, 364]


def test_groups_and_burn_in() -> None:
    frame = pd.DataFrame(
        {
            "channel": ["x", "x", "y"],
            "cohort": pd.to_datetime(["2023-01-01", "2024-01-01", "2024-01-01"]),
            "age": 1, "eligible": 10, "returned": 5, "is_complete": True, "is_burn_in": False,
        }
    )  # fmt: skip
    assert year_on_year(frame)["channel"].tolist() == ["x"]
    assert year_on_year(frame.assign(is_burn_in=frame["cohort"] < "2024")).empty
    assert year_on_year(frame.assign(is_complete=frame["cohort"] < "2024")).empty


def monthly(counts: list[int], **options: object) -> pd.DataFrame:
    days = [
        f"{2023 + month // 12}-{month % 12 + 1:02d}-10"
        for month, count in enumerate(counts)
        for _ in range(count)
    ]
    frame = lines([str(n % 7) for n in range(len(days))], days)
    frame["order_id"] = [str(n) for n in range(len(frame))]
    return seasonality(read_orders(frame, **options))


def test_a_peak_is_above_one_and_a_half_times_the_year() -> None:
    table = monthly([10] * 11 + [18], as_of="2023-12-31")
    assert table["year_mean"].tolist() == [128 / 12] * 12
    assert table["is_complete"].all()
    assert table["is_peak"].tolist() == [False] * 11 + [True]
    assert monthly([10] * 11 + [15], as_of="2023-12-31")["is_peak"].tolist() == [False] * 12


def test_one_and_a_half_times_the_year_is_no_peak_yet() -> None:
    table = monthly([2] * 10 + [1, 3], as_of="2023-12-31")
    assert table["peak_ratio"].iloc[-1] == 1.5
    assert not table["is_peak"].any()
    half_a_year = monthly([1, 1, 1, 1, 1, 7], as_of="2023-06-30")
    assert half_a_year["year_mean"].tolist() == [2.0] * 6


def test_growth_is_no_peak() -> None:
    table = monthly([10 * 3 ** (month // 12) + month for month in range(30)], as_of="2025-06-30")
    assert not table["is_peak"].iloc[-12:].any()


def test_a_month_that_is_not_over_is_scaled() -> None:
    table = monthly([10] * 11 + [10], as_of="2023-12-10")
    last = table.iloc[-1]
    assert not last["is_complete"]
    assert last["orders"] == 10
    assert last["peak_ratio"] == pytest.approx(31 / ((110 + 31) / 12))
    assert last["is_peak"]


def test_the_year_before_and_months_without_orders() -> None:
    table = monthly([3, 0, 4] + [1] * 10, as_of="2024-01-31")
    assert table["orders"].tolist()[:3] == [3, 0, 4]
    assert table["orders_year_before"].tolist() == [pd.NA] * 12 + [3]
    marked = table.loc[table["has_lunar_new_year"], "period"]
    assert marked.dt.strftime("%Y-%m").tolist() == ["2023-01"]


def test_too_short_to_know() -> None:
    table = monthly([1, 1, 1, 1, 9], as_of="2023-05-31")
    assert table["year_mean"].isna().all()
    assert not table["is_peak"].any()


def test_a_table_of_cohorts_says_that_it_ends_in_a_peak() -> None:
    days = list(pd.date_range("2023-01-05", periods=11, freq="MS")) + ["2023-12-05"] * 9
    frame = lines([str(n % 15) for n in range(20)], [str(day) for day in days])
    assert len(cohort_retention(frame, as_of="2023-12-31").attrs["notes"]) == 1
    assert cohort_retention(frame, as_of="2023-11-30").attrs["notes"] == []


# Laws


def test_lunar_years_have_twelve_or_thirteen_moons() -> None:
    days = [lunar_new_year(year) for year in range(2000, 2041)]
    lengths = {(b - a).days for a, b in pairwise(days)}
    assert lengths <= {353, 354, 355, 383, 384, 385}
    assert all((1, 20) < (day.month, day.day) < (2, 21) for day in days)
    assert lunar_new_year(1999) is None
    assert not holds_lunar_new_year(pd.Timestamp("2025-02-01"), pd.Timestamp("2025-12-31"))


# Refusals


def test_columns_are_missing() -> None:
    with pytest.raises(ArgumentError, match=r"cells: 4 of 5 needed columns are missing"):
        year_on_year(pd.DataFrame({"cohort": []}))


def test_a_single_cohort_is_held_against_the_same_date() -> None:
    friday = pd.Series(pd.to_datetime(["2024-03-01"]))
    assert _year_before(friday).tolist() == [pd.Timestamp("2023-03-01")]
