"""No words of a cohort chart meet or are cut, whatever the definition, the period and the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from retention.charts.cohort_heatmap import MOST, describe_cohort_heatmap, plot_cohort_heatmap
from retention.charts.cumulative_value import plot_cumulative_value
from retention.charts.group_difference import describe_group_difference, plot_group_difference
from retention.charts.layer_cake import describe_layer_cake, plot_layer_cake
from retention.charts.retention_curves import describe_retention_curves, plot_retention_curves
from retention.charts.style import use_style
from retention.charts.year_on_year import describe_year_on_year, plot_year_on_year
from retention.errors import ArgumentError
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.cohort_value import cohort_value
from retention.tables.compare_groups import compare_groups
from retention.tables.pooled_retention import pooled_retention
from retention.tables.year_on_year import year_on_year

pytestmark = pytest.mark.slow
WAYS: list[dict[str, Any]] = [
    {"period": period, "alignment": alignment, "definition": definition}
    for period in ("day", "week", "month", "quarter", "year")
    for alignment in ("calendar", "relative")
    for definition in ("on", "on_or_after", "on_or_before", "brackets")
    if not (definition == "brackets" and alignment == "relative")
]


@pytest.fixture(scope="module")
def orders() -> Orders:
    """Three years of a few large and many tiny cohorts, amounts from hundreds to billions."""
    random = np.random.default_rng(3)
    count = 1500
    first = np.where(random.random(count) < 0.3, 400, random.integers(0, 1000, count))
    repeats = random.geometric(0.35, count)
    owner = np.repeat(np.arange(count), repeats)
    day = np.minimum(np.repeat(first, repeats) + random.integers(0, 500, len(owner)), 1090)
    day[np.concatenate([[0], np.cumsum(repeats)[:-1]])] = first
    frame = pd.DataFrame(
        {
            "customer_id": owner.astype(str),
            "order_id": np.arange(len(owner)).astype(str),
            "ordered_at": pd.Timestamp("2022-01-05") + pd.to_timedelta(day, unit="D"),
            "amount": np.round(10 ** random.uniform(2, 9, len(owner))),
            "quantity": random.integers(1, 9, len(owner)),
            "channel": random.choice(
                ["Cửa hàng ở thành phố Hồ Chí Minh và các tỉnh lân cận", "web"], len(owner)
            ),
        }
    )
    return read_orders(frame, currency="VND", as_of="2024-12-30")


Check = Callable[[Axes], None]


SIZES = [("half", way) for way in WAYS] + [("full", way) for way in WAYS[::6]]


@pytest.mark.parametrize(("size", "way"), SIZES)
def test_heatmaps_and_curves(
    orders: Orders, way: dict[str, Any], size: Any, assert_readable: Check
) -> None:
    cells = cohort_retention(orders, **way)
    pooled = pooled_retention(cells)
    with use_style(size=size):
        assert_readable(plot_cohort_heatmap(cells, pooled=pooled))
        try:
            assert_readable(plot_retention_curves(cells, pooled=pooled))
        except ArgumentError as error:
            # Whole years after the first one are few.
            assert "complete periods after age 0" in str(error)


@pytest.mark.parametrize(
    ("period", "measure"),
    [("day", "net"), ("week", "orders"), ("month", "items"), ("quarter", "net"), ("year", "gross")],
)
def test_values(orders: Orders, period: Any, measure: Any, assert_readable: Check) -> None:
    table = cohort_value(orders, period=period, measure=measure)
    with use_style(size="half"):
        assert_readable(plot_cumulative_value(table))
        assert_readable(plot_layer_cake(table))
        relative = cohort_value(orders, period=period, measure=measure, alignment="relative")
        assert_readable(plot_cumulative_value(relative))


@pytest.mark.parametrize("size", ["full", "half"])
@pytest.mark.parametrize("measure", ["retention_rate", "p_returned", "mean_days_to_return"])
def test_differences(orders: Orders, measure: Any, size: Any, assert_readable: Check) -> None:
    for options in (
        {"group": "2023", "baseline": ["2022-03", "2022-05", "2022-07", "2022-09", "2022-11"]},
        {"group": "web", "by": "channel"},
        {"group": "2023-02", "period": "week", "within_days": range(1, 40)},
    ):
        table = compare_groups(orders, **options)
        with use_style(size=size):
            assert_readable(plot_group_difference(table, measure=measure))


@pytest.mark.parametrize("size", ["full", "half"])
@pytest.mark.parametrize("period", ["week", "month", "quarter"])
def test_years(orders: Orders, period: Any, size: Any, assert_readable: Check) -> None:
    table = year_on_year(cohort_retention(orders, period=period))
    with use_style(size=size):
        assert_readable(plot_year_on_year(table))


def test_what_does_not_fit_is_left_out_and_said(orders: Orders) -> None:
    cells = cohort_retention(orders, period="day")
    picture = describe_cohort_heatmap(cells)
    assert len(picture.series) == MOST == len(picture.categories)
    left = cells["cohort"].nunique() - MOST
    assert (
        f"Earlier cohorts that are not drawn: {left}. Ages after 52 are not drawn."
        in picture.footer
    )
    curves = describe_retention_curves(cells, pooled=pooled_retention(cells))
    assert len(curves.series) <= 61
    assert (
        "cohorts that are not drawn" in curves.footer or "customers are not drawn" in curves.footer
    )


def test_words_of_each_definition(orders: Orders) -> None:
    said = {}
    for definition in ("on", "on_or_after", "on_or_before", "brackets"):
        cells = cohort_retention(orders, period="quarter", definition=definition)
        picture = describe_cohort_heatmap(cells)
        said[definition] = (picture.title, picture.uncoloured, picture.categories[:2])
    assert said == {
        "on": ("Customers who came back, cohort by cohort", (0,), (0, 1)),
        "on_or_after": ("Customers who came back then or later, cohort by cohort", (0,), (0, 1)),
        "on_or_before": ("Customers who had come back by then, cohort by cohort", (), (0, 1)),
        "brackets": (
            "Customers who bought within those days, cohort by cohort",
            (),
            ("1-30", "31-60"),
        ),
    }


def test_the_lunar_new_year_is_marked(orders: Orders) -> None:
    cake = describe_layer_cake(cohort_value(orders))
    assert [mark.category for mark in cake.highlights] == ["2022-02", "2023-01", "2024-02"]
    assert "Tết: the lunar new year's day lies in that period." in cake.footer


def test_bars_that_may_be_chance_are_pale(orders: Orders) -> None:
    table = compare_groups(orders, group="web", by="channel")
    picture = describe_group_difference(table)
    (bars,) = picture.series
    rows = table[table["measure"] == "p_returned"]
    assert bars.is_small == tuple(((rows["low"] <= 0) & (rows["high"] >= 0)).tolist())
    assert picture.categories == ("30", "60", "90", "180", "365")
    assert next(note for _, note in picture.category_notes).count(" : ") == 1


# refusals


def test_a_cake_of_windows_is_refused(orders: Orders) -> None:
    table = cohort_value(orders, alignment="relative")
    with pytest.raises(ArgumentError, match=r"which no calendar period holds. Make the table with"):
        describe_layer_cake(table)


def test_what_is_not_in_the_table(orders: Orders) -> None:
    table = compare_groups(cohort_retention(orders), group="2023", baseline="2022")
    with pytest.raises(ArgumentError, match=r"measure: none of the .* rows is about 'p_returned'"):
        describe_group_difference(table, measure="p_returned")
    years = year_on_year(cohort_retention(orders))
    with pytest.raises(ArgumentError, match=r"age: none of the .* rows is for 99; the table has"):
        describe_year_on_year(years, age=99)
