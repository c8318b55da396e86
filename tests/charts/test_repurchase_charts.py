"""Ladder, hazard table, product matrix and many curves at once, with data that is hard to draw."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from pptx import Presentation

from retention.charts.next_product import describe_next_product, plot_next_product
from retention.charts.picture import Picture
from retention.charts.repurchase_curve import describe_repurchase_curve, plot_repurchase_curve
from retention.charts.repurchase_hazard import describe_repurchase_hazard, plot_repurchase_hazard
from retention.charts.repurchase_ladder import describe_repurchase_ladder, plot_repurchase_ladder
from retention.charts.style import use_style
from retention.charts.time_to_first_order import (
    describe_time_to_first_order,
    plot_time_to_first_order,
)
from retention.errors import ArgumentError
from retention.export.deck import Deck

LONG = (
    "Cà phê hạt Arabica Cầu Đất rang mộc nguyên chất 500g hàng mới",
    "Nước hoa hồng dưỡng ẩm chiết xuất rau má và tràm trà Huế 150ml",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter",
)


def name(place: int) -> str:
    return f"{LONG[place % 3]} {place}"


def curves_that_end_at_one_point(groups: int) -> pd.DataFrame:
    days = np.arange(366)
    parts = []
    for place in range(groups):
        share = 1 - np.exp(-days / (30 + 3 * place))
        parts.append(
            pd.DataFrame(
                {
                    "category": name(place), "order_number": 1, "gap_days": days,
                    "at_risk": 1_234_000 + place - days, "events": 1, "censored": 0,
                    "p_returned": share / share[-1] / 2, "low": 0.0, "high": 1.0,
                }
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def hostile_ways() -> pd.DataFrame:
    items = [*map(name, range(10)), "(other)"]
    random = np.random.default_rng(1)
    table = pd.DataFrame(
        [(1, item, after, 1_234_567, 1) for item in items for after in items],
        columns=["order_number", "item", "next_item", "eligible", "returned"],
    )
    share = random.random(len(table))
    return table.assign(
        next_rate=share, overall_rate=0.5, lift=share * 20, low=share * 19, high=share * 21
    )


# examples
def test_one_line_for_each_group_the_largest_first() -> None:
    picture = describe_repurchase_curve(curves_that_end_at_one_point(3))
    assert [line.name for line in picture.series] == [name(2), name(1), name(0)]
    assert {line.role for line in picture.series} == {"plain"}
    assert picture.highlights == ()
    assert dict(picture.category_notes)[0] == f"{3 * 1_234_000 + 3:,}"


def test_of_many_groups_seven_have_a_colour() -> None:
    picture = describe_repurchase_curve(curves_that_end_at_one_point(20))
    roles = [line.role for line in picture.series]
    assert roles == ["plain"] * 7 + ["muted"] * 13
    assert "Grey: smaller groups (13)." in picture.footer


def test_one_line_for_each_order_number_as_far_as_the_conditional_ones_go(
    curve: pd.DataFrame,
) -> None:
    second = curve[curve["gap_days"] <= 90].assign(order_number=2)
    both = pd.concat([curve, second, curve.assign(order_number=0)])
    picture = describe_repurchase_curve(both, order_number=None)
    assert [line.name for line in picture.series] == ["After purchase 1", "After purchase 2"]
    assert picture.categories[-1] == 90


def test_the_naive_line_only_beside_the_right_one(curve: pd.DataFrame) -> None:
    table = curve.assign(naive_rate=[0.1, 0.15, 0.2, 0.25])
    right, naive = describe_repurchase_curve(table, beside="naive").series
    assert (right.role, naive.role) == ("main", "accent")
    assert naive.values[-1] == 0.25
    assert "do not use" in naive.name
    assert len(describe_repurchase_curve(table).series) == 1


def test_the_hazard_table_names_its_rows_and_greys_small_cells(hazard: pd.DataFrame) -> None:
    picture = describe_repurchase_hazard(hazard)
    names = ["1 purchase", "2 purchases", "3 purchases", "4 or more"]
    assert [row.name for row in picture.series] == names
    assert picture.categories == tuple(range(13))
    assert "Later months stand in the table." in picture.footer
    small = describe_repurchase_hazard(hazard.assign(at_risk=29))
    assert all(all(row.is_small or ()) for row in small.series)


def test_the_ladder_says_who_stands_behind_a_rung(ladder: pd.DataFrame) -> None:
    picture = describe_repurchase_ladder(ladder, within_days=90)
    notes = dict(picture.category_notes)
    assert notes["1st to 2nd purchase"] == "1,000 customers, median 41 days"
    assert notes["3rd to 4th purchase"] == "10 customers"
    assert picture.series[0].values == (0.3, 0.5, 0.6)


def test_a_short_history_has_a_ladder_too(ladder: pd.DataFrame) -> None:
    assert "within 180 days" in describe_repurchase_ladder(ladder).title
    short = ladder[ladder["within_days"] == 90]
    assert "within 90 days" in describe_repurchase_ladder(short).title
    assert "within 365 days" in describe_repurchase_ladder(short.assign(within_days=365)).title


def test_the_matrix_has_everybody_last_and_greys_what_rests_on_few(ways: pd.DataFrame) -> None:
    picture = describe_next_product(ways)
    assert [row.name for row in picture.series] == ["1 tea", "2 cup", "3 (other)", "All"]
    assert picture.categories == ("1", "2", "3")
    assert picture.series[0].values == (0.0, 0.3, 0.0)
    assert picture.series[-1].values == pytest.approx((22 / 320, 60 / 320, 0))
    assert picture.series[2].is_small == (True, True, True)
    lift = describe_next_product(ways, value="lift")
    assert len(lift.series) == 3
    assert lift.series[0].is_small == (False, False, False)
    assert lift.series[0].values[2] is None
    assert lift.series[1].values[0] == pytest.approx(0.2 / (22 / 320))


def test_an_item_that_nobody_began_with_still_has_its_number(ways: pd.DataFrame) -> None:
    table = ways[ways["item"] != "cup"]
    picture = describe_next_product(table)
    assert [row.name for row in picture.series] == ["1 tea", "2 cup", "3 (other)", "All"]
    assert picture.series[1].values == (None, None, None)


def test_the_first_order_is_drawn_for_a_year(bought: pd.DataFrame) -> None:
    picture = describe_time_to_first_order(bought)
    assert picture.categories[-1] == 365
    both = pd.concat([bought.assign(channel="ad"), bought.assign(channel="mail", at_risk=9)])
    both = both[["channel", *bought.columns]]
    assert [line.name for line in describe_time_to_first_order(both).series] == ["ad", "mail"]


# laws
PLOTS: dict[str, tuple[Any, pd.DataFrame, dict[str, Any]]] = {
    "eight curves": (plot_repurchase_curve, curves_that_end_at_one_point(8), {}),
    "twenty curves": (plot_repurchase_curve, curves_that_end_at_one_point(20), {}),
    "first orders": (
        plot_time_to_first_order,
        curves_that_end_at_one_point(20)
        .drop(columns=["order_number", "events", "censored"])
        .rename(columns={"gap_days": "days_since_touch", "p_returned": "p_bought"}),
        {},
    ),
    "rates": (plot_next_product, hostile_ways(), {}),
    "lifts": (plot_next_product, hostile_ways(), {"value": "lift"}),
}


@pytest.mark.parametrize("size", ["full", "half"])
@pytest.mark.parametrize("name", PLOTS)
def test_no_words_are_cut_or_covered(name: str, size: Any, assert_readable: Any) -> None:
    plot, table, options = PLOTS[name]
    with use_style(size=size):
        assert_readable(plot(table, **options))


@pytest.mark.parametrize("size", ["full", "half"])
def test_large_counts_and_extreme_shares(size: Any, assert_readable: Any) -> None:
    extremes = pd.DataFrame(
        {
            "order_number": range(1, 6), "within_days": 180, "eligible": 1_234_567,
            "repurchase_rate": [0.0, 0.001, 0.5, 0.999, 1.0], "low": [0.0, 0.0, 0.4, 0.9, 0.9],
            "high": [0.001, 0.01, 0.6, 1.0, 1.0], "median_gap_days": 365,
        }
    )  # fmt: skip
    hazard = pd.DataFrame(
        [(number, month, 1_234_567, 1.0) for number in range(1, 5) for month in range(40)],
        columns=["order_number", "months_silent", "at_risk", "p_returned"],
    )
    with use_style(size=size):
        assert_readable(plot_repurchase_ladder(extremes))
        assert_readable(plot_repurchase_hazard(hazard))


def test_every_coloured_curve_has_its_name() -> None:
    with use_style(size="half"):
        ax = plot_repurchase_curve(curves_that_end_at_one_point(8))
    shown = [words for words in ax.texts if words.get_visible() and words.get_text()]
    assert sum(words.get_text()[:6] in {long[:6] for long in LONG} for words in shown) == 8


def test_they_are_native_in_a_deck(
    tmp_path: Any, hazard: pd.DataFrame, ladder: pd.DataFrame, bought: pd.DataFrame
) -> None:
    pictures: list[Picture] = [
        describe_repurchase_curve(curves_that_end_at_one_point(20)),
        describe_repurchase_ladder(ladder),
        describe_time_to_first_order(bought),
        describe_repurchase_hazard(hazard),
        describe_next_product(hostile_ways()),
    ]
    deck = Deck()
    for picture in pictures:
        deck.add(picture, title=picture.title)
    deck.save(tmp_path / "deck.pptx")
    slides = list(Presentation(str(tmp_path / "deck.pptx")).slides)
    shapes = [shape for slide in slides for shape in slide.shapes]
    assert sum(shape.has_chart for shape in shapes) == 3
    assert sum(shape.has_table for shape in shapes) >= 2


# refusals
def test_days_that_the_ladder_does_not_have(ladder: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match=r"none of the 5 rows is for 60 days.* '90', '180'"):
        describe_repurchase_ladder(ladder, within_days=60)


def test_an_order_number_without_ways(ways: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="none of the 9 rows is for 2; the table has '1'"):
        describe_next_product(ways, order_number=2)


def test_a_naive_line_beside_several(curve: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="the curve has no column 'naive_rate'"):
        describe_repurchase_curve(curve, beside="naive")
    several = curves_that_end_at_one_point(2).assign(naive_rate=0.1)
    with pytest.raises(ArgumentError, match="beside: of 2 curves none can have"):
        describe_repurchase_curve(several, beside="naive")


def test_several_groups_by_order_number() -> None:
    with pytest.raises(ArgumentError, match="rows repeat the same order_number and gap_days"):
        describe_repurchase_curve(curves_that_end_at_one_point(2), order_number=None)
