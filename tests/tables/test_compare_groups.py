"""Did it help: two cohorts or groups at the same age, and by days."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.compare_groups import COLUMNS, compare_groups
from retention.tables.curve_differences import _wait, curve_differences
from retention.tables.difference import difference, share
from retention.tables.kaplan_meier import kaplan_meier
from retention.tables.wilson import wilson_interval

FRAME = lines(
    "aabbcddeeff",
    [
        "2024-01-01", "2024-02-05", "2024-01-02", "2024-02-20", "2024-01-03",
        "2024-02-01", "2024-03-15", "2024-02-02", "2024-02-12", "2024-02-03", "2024-05-01",
    ],
)  # fmt: skip


def random_shop(seed: int, *, customers: int = 400, lift: float = 0.0) -> pd.DataFrame:
    """Two channels; the customers of one come back more often by `lift`."""
    random = np.random.default_rng(seed)
    first = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 300, customers), "D")
    is_web = random.random(customers) < 0.5
    is_back = random.random(customers) < 0.3 + lift * is_web
    rows = pd.DataFrame({"customer_id": np.arange(customers).astype(str), "ordered_at": first})
    rows = rows.assign(channel=np.where(is_web, "web", "shop"), amount=10.0)
    again = rows[is_back].copy()
    again["ordered_at"] += pd.to_timedelta(random.integers(1, 90, len(again)), "D")
    return pd.concat([rows, again], ignore_index=True)


# Examples


def test_two_cohorts_by_hand() -> None:
    table = compare_groups(FRAME, group="2024-02", baseline="2024-01", as_of="2024-04-30")
    ages = table[table["measure"] == "retention_rate"]
    shown = ages[["at", "eligible", "eligible_baseline", "in_group", "in_baseline"]]
    # January: a, b, c; a and b are back in February, nobody in March. February: d, e, f.
    assert shown.round(4).to_numpy().tolist() == [
        [1, 3, 3, 0.3333, 0.6667],
        [2, 3, 3, 0.0, 0.0],
    ]
    gap = difference(share([1], [3]), share([2], [3]))
    row = ages.iloc[0]
    assert (row["difference"], row["low"], row["high"]) == (gap.value[0], gap.low[0], gap.high[0])
    assert tuple(table.columns) == COLUMNS
    assert set(table["group_name"]) == {"2024-02"}


def test_an_age_that_one_of_them_has_not_completed_has_no_row() -> None:
    table = compare_groups(FRAME, group="2024-02", baseline="2024-01", as_of="2024-04-29")
    assert table.loc[table["measure"] == "retention_rate", "at"].tolist() == [1]


def test_a_year_names_all_its_cohorts() -> None:
    frame = pd.concat([FRAME, lines("gg", ["2025-01-01", "2025-02-01"])])
    table = compare_groups(frame, group="2025", baseline="2024", as_of="2025-03-31")
    row = table.iloc[0]
    assert (row["at"], row["eligible"], row["eligible_baseline"]) == (1, 1, 6)


def test_groups_rest_on_the_same_cohorts() -> None:
    frame = FRAME.assign(channel=["x", "x", "y", "y", "y", "x", "x", "y", "y", "y", "y"])
    table = compare_groups(frame, group="x", baseline="y", by="channel", as_of="2024-04-30")
    ages = table[table["measure"] == "retention_rate"].set_index("at")
    assert ages.loc[1, ["eligible", "eligible_baseline"]].tolist() == [2, 4]
    assert ages.loc[1, ["in_group", "in_baseline"]].tolist() == [1.0, 0.25]
    others = compare_groups(frame, group="x", by="channel", as_of="2024-04-30")
    assert others["baseline_name"].unique().tolist() == ["all others"]
    pd.testing.assert_series_equal(others["difference"], table["difference"])


def test_a_baseline_that_is_named_is_not_all_others() -> None:
    frame = FRAME.assign(channel=["x", "x", "y", "y", "y", "x", "x", "y", "y", "z", "z"])
    options = {"group": "x", "by": "channel", "as_of": "2024-04-30"}
    # a and d; b, c and e; f is in neither.
    assert compare_groups(frame, baseline="y", **options).attrs["customers"] == 5
    assert compare_groups(frame, **options).attrs["customers"] == 6


def test_all_others_are_those_that_are_complete() -> None:
    frame = pd.concat([FRAME, lines("gg", ["2024-03-01", "2024-04-02"])])
    table = compare_groups(frame, group="2024-01", as_of="2024-04-30")
    ages = table[table["measure"] == "retention_rate"].set_index("at")
    assert ages["eligible"].tolist() == [3, 3]
    assert ages["eligible_baseline"].tolist() == [4, 3]
    assert ages["in_baseline"].tolist() == [0.5, 0.0]


def test_without_names_the_cohort_that_differs_most() -> None:
    counts = {"2024-01": (200, 60), "2024-02": (150, 45), "2024-03": (100, 10), "2024-04": (9, 0)}
    rows = [(f"{month}-01", 1, n, k, True) for month, (n, k) in counts.items()]
    names = ["cohort", "age", "eligible", "returned", "is_complete"]
    cells = pd.DataFrame(rows, columns=names).astype({"cohort": "datetime64[us]"})
    table = compare_groups(cells)
    assert table["group_name"].tolist() == ["2024-03"]
    assert table["eligible_baseline"].tolist() == [359]
    with pytest.raises(ArgumentError, match=r"group: 1 cohorts have completed age 1"):
        compare_groups(cells.head(1))


def test_a_lost_caption_changes_no_name() -> None:
    """Attributes are a caption: the name of the cohort comes from the cohorts."""
    frame = pd.concat([FRAME, lines("gg", ["2024-04-01", "2024-05-02"])])
    cells = cohort_retention(frame, period="quarter", as_of="2024-09-30")
    named = compare_groups(cells)
    cells.attrs = {}
    bare = compare_groups(cells)
    assert named["group_name"].unique().tolist() == ["2024-Q2"]
    pd.testing.assert_frame_equal(named, bare, check_flags=False)


def test_the_caption_says_who_chose() -> None:
    notes = compare_groups(FRAME, as_of="2024-04-30").attrs["notes"]
    assert notes[0][0].startswith("The group was chosen because it differs most")
    named = compare_groups(FRAME, group="2024-01", as_of="2024-04-30")
    assert named.attrs["notes"] == []
    with pytest.raises(ArgumentError, match=r"group: name a value of 'channel', such as 'x'"):
        compare_groups(FRAME.assign(channel="x"), by="channel")


def test_a_table_of_cohorts_is_compared_by_its_own_definition() -> None:
    cells = cohort_retention(FRAME, as_of="2024-04-30", definition="on_or_before")
    table = compare_groups(cells, group="2024-02", baseline="2024-01")
    assert table["measure"].unique().tolist() == ["retention_rate"]
    assert table["in_group"].round(4).tolist() == [0.3333, 0.6667, 0.6667]
    assert table["in_baseline"].round(4).tolist() == [0.0, 0.6667, 0.6667]


def test_curves_by_hand() -> None:
    gaps = pd.DataFrame(
        {
            "side": ["group"] * 2 + ["baseline"] * 2,
            "gap_days": [2, 40, 4, 40],
            "is_censored": [False, True, False, True],
            "customers": [20, 20, 10, 30],
        }
    )
    table = curve_differences(gaps, within_days=(5, 50)).set_index("measure")
    back, wait = table.loc["p_returned"], table.loc["mean_days_to_return"]
    assert (back["in_group"], back["in_baseline"], back["difference"]) == (0.5, 0.25, 0.25)
    # Two days in which nobody is back, then half of them wait on to day 5; and four, then 3/4.
    assert (wait["in_group"], wait["in_baseline"]) == (2 + 3 * 0.5, 4 + 1 * 0.75)
    # Of customers seen to the end the mean is that of min(gap, 5), and so is its variance.
    each = np.repeat([2.0, 5.0], 20)
    other = np.repeat([4.0, 5.0], [10, 30])
    error = np.sqrt(each.var() / 40 + other.var() / 40)
    assert wait["high"] - wait["difference"] == pytest.approx(1.959964 * error)


def test_where_everybody_is_back_limits_are_those_of_a_share() -> None:
    """The curve's own would say that none of the next twenty could stay away."""
    gaps = pd.DataFrame(
        {
            "side": ["group"] * 2 + ["baseline"] * 2,
            "gap_days": [2, 6, 4, 40],
            "is_censored": [False, False, False, True],
            "customers": [20, 20, 10, 30],
        }
    )
    row = curve_differences(gaps, within_days=(6,)).set_index("measure").loc["p_returned"]
    assert (row["in_group"], row["difference"]) == (1, 0.75)
    low, _ = wilson_interval([20], [20])
    high = kaplan_meier(gaps[gaps["side"] == "baseline"])["high"].iloc[6]
    assert row["low"] == pytest.approx(0.75 - np.hypot(1 - low[0], high - 0.25))


def test_a_season_is_said() -> None:
    # Few orders, then a month of many in which the observation ends.
    days = list(pd.date_range("2023-01-05", periods=11, freq="MS")) + ["2023-12-05"] * 9
    frame = lines([str(n % 15) for n in range(20)], [str(day) for day in days])
    table = compare_groups(frame, group="2023-05", baseline="2023-04", as_of="2023-12-31")
    sentence, words = table.attrs["notes"][0]
    assert sentence.startswith("The as-of date lies in a peak")
    assert words == {"month": "2023-12", "ratio": "5.5"}


# Laws


@given(frame=order_frames(least=4))
def test_the_other_way_round_is_the_other_sign(frame: pd.DataFrame) -> None:
    cells = cohort_retention(read_orders(frame))
    first, last = cells["cohort"].min(), cells["cohort"].max()
    names = [f"{first:%Y-%m}", f"{last:%Y-%m}"]
    if first == last:
        return
    there = compare_groups(cells, group=names[0], baseline=names[1])
    back = compare_groups(cells, group=names[1], baseline=names[0])
    assert np.allclose(there["difference"], -back["difference"])
    assert np.allclose(there["low"], -back["high"])
    inside = (there["low"] <= there["difference"]) & (there["difference"] <= there["high"])
    assert inside.all()


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        (
            {"group": "2030-01"},
            r"group: 1 of 1 names are of no cohort \('2030-01'\); the 2 cohorts",
        ),
        ({"group": "2024-13"}, r"group: '2024-13' is no period of the calendar"),
        ({"group": "soon"}, r"group: 'soon' is not a date"),
        ({"group": []}, r"group: 0 of 0 names are of no cohort"),
        ({"group": "2024-01", "baseline": "2024"}, r"group, baseline: 1 of 1 names are in both"),
        ({"group": "z", "by": "channel"}, r"group: 1 of 1 names are no channel of a first order"),
        ({"group": "2024-01", "within_days": 30}, r"within_days: 30 is no list"),
        ({"group": "2024-01", "within_days": (0,)}, r"within_days: \(0,\) are no numbers of days"),
    ],
)
def test_what_cannot_be_compared(options: dict[str, Any], match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        compare_groups(FRAME.assign(channel="x"), as_of="2024-04-30", **options)


def test_a_table_of_something_else() -> None:
    with pytest.raises(ArgumentError, match=r"cells: 3 of 5 needed columns are missing"):
        compare_groups(pd.DataFrame({"cohort": [], "age": []}), group="2024")


# References


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ],
)
def test_newcombes_own_table(
    counts: tuple[int, int, int, int], expected: tuple[float, float]
) -> None:
    """Newcombe (1998), table II, method 10."""
    gap = difference(share([counts[0]], [counts[1]]), share([counts[2]], [counts[3]]))
    assert (round(gap.low[0], 4), round(gap.high[0], 4)) == expected


def test_curves_are_those_of_kaplan_and_meier() -> None:
    frame = random_shop(5, lift=0.2)
    table = compare_groups(frame, group="web", by="channel", within_days=(30,))
    row = table[table["measure"] == "p_returned"].iloc[0]
    gaps = frame.sort_values("ordered_at").groupby("customer_id")["ordered_at"].unique()
    web = gaps[frame.drop_duplicates("customer_id").set_index("customer_id")["channel"] == "web"]
    last = frame["ordered_at"].max()
    days = [((two[1] if len(two) > 1 else last) - two[0]).days for two in web]
    counts = pd.DataFrame({"gap_days": days, "is_censored": [len(two) < 2 for two in web]})
    curve = kaplan_meier(counts.assign(customers=1))
    assert row["in_group"] == pytest.approx(curve["p_returned"].iloc[30])
    assert row["difference"] > 0


def test_days_are_those_that_both_curves_reach() -> None:
    """The last gap of the baseline ends on day 10, that of the group on day 12."""
    gaps = pd.DataFrame(
        {
            "side": ["group", "group", "baseline", "baseline"],
            "gap_days": [3, 12, 4, 10],
            "is_censored": [False, True, False, True],
            "customers": 100,
        }
    )
    table = curve_differences(gaps, within_days=[10, 11])
    assert table["at"].tolist() == [10, 10]


def test_where_one_is_left_the_wait_has_limits() -> None:
    """Of two, one is back on day 0: half of them wait on both days, with variance 1 / 2."""
    curve = pd.DataFrame({"p_returned": [0.5, 0.5], "at_risk": [2, 1], "events": [1, 0]})
    mean, low, high = _wait(curve, 2)
    half = 1.959963984540054 * np.sqrt(0.5)
    assert (mean, low, high) == pytest.approx((1, 1 - half, 1 + half))


def test_a_period_is_told_where_it_is_not_the_usual_one() -> None:
    until = {"as_of": "2024-06-30"}
    usual = compare_groups(FRAME, group="2024-02", **until)
    weeks = compare_groups(FRAME, group="2024-01-29", period="week", **until)
    assert "period" not in usual.attrs["parameters"]
    assert weeks.attrs["parameters"]["period"] == "week"
