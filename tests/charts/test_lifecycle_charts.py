"""The numbers on the charts of the life cycle, and what stands around them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from retention.charts.growth_accounting import describe_growth_accounting, plot_growth_accounting
from retention.charts.lapse_tradeoff import describe_lapse_tradeoff
from retention.charts.lorenz_curve import describe_lorenz_curve
from retention.charts.rate_history import describe_rate_history
from retention.charts.rfm_grid import describe_rfm_grid, plot_rfm_grid
from retention.charts.stage_counts import describe_stage_counts
from retention.charts.stage_flow import describe_stage_flow
from retention.errors import ArgumentError

# examples


def test_stages_are_layers_in_the_order_of_a_life(stage_counts: pd.DataFrame) -> None:
    picture = describe_stage_counts(stage_counts)
    assert [layer.name for layer in picture.series][:3] == ["Prospect", "New", "Growing"]
    assert picture.series[-1].values[:2] == (800.0, 810.0)
    assert picture.categories[0] == "2024-01"


def test_days_that_end_no_month_are_named_by_date(stage_counts: pd.DataFrame) -> None:
    moved = stage_counts.assign(as_of=stage_counts["as_of"] - pd.Timedelta(days=3))
    assert describe_stage_counts(moved).categories[0] == "2024-01-28"


def test_moves_are_shares_of_the_row_over_all_periods(flow: pd.DataFrame) -> None:
    picture = describe_stage_flow(flow)
    new = next(row for row in picture.series if row.name == "New")
    assert new.customers == 2 * (800 + 7 * 40)
    assert sum(share for share in new.values if share) == pytest.approx(1)
    assert new.values[1] == pytest.approx(800 / 1080)
    empty = next(row for row in picture.series if row.name == "Won back")
    assert empty.values == (None,) * 8
    assert picture.series[-1].name == "Not yet known"


def test_one_period_of_moves(flow: pd.DataFrame) -> None:
    picture = describe_stage_flow(flow, period="2024-03-01")
    assert picture.series[0].customers == 1080
    assert picture.title.endswith("2024-03-01 on")


def test_losses_hang_below_zero_and_the_line_is_their_sum(growth: pd.DataFrame) -> None:
    picture = describe_growth_accounting(growth)
    assert len(picture.categories) == 13
    new, back, churned, net = picture.series
    assert net.is_line
    assert net.values[0] == new.values[0] + back.values[0] + churned.values[0] == 101 + 40 - 90
    assert net.values[-1] is None
    assert churned.is_partial is not None
    assert churned.is_partial[-1]
    ax = plot_growth_accounting(growth)
    bars = [(bar.get_y(), bar.get_height()) for bar in ax.patches]
    assert min(y + height for y, height in bars) == -105
    assert max(y + height for y, height in bars) == 113 + 40
    dots = np.asarray(ax.get_lines()[0].get_ydata(), dtype=float)
    assert dots[0] == 51
    assert np.isnan(dots[-1])


def test_burn_in_is_not_drawn(growth: pd.DataFrame) -> None:
    burnt = growth.assign(is_burn_in=[True] * 3 + [False] * 11)
    picture = describe_growth_accounting(burnt)
    assert picture.categories[0] == "2024-04"
    assert "Earlier periods that are not drawn: 2." in picture.footer


def test_squares_have_the_area_of_their_customers(scored: pd.DataFrame) -> None:
    picture = describe_rfm_grid(scored)
    cells = {
        (row.name[0], column[0]): (size, value)
        for row in picture.series
        for column, size, value in zip(picture.categories, row.sizes or (), row.values, strict=True)
    }
    corner = scored[(scored["r_score"] == 1) & (scored["f_score"] == 1)]
    assert cells["1", "1"] == (len(corner), corner["total_value"].sum())
    assert sum(row.customers or 0 for row in picture.series) == len(scored)
    ax = plot_rfm_grid(scored)
    largest = max(bar.get_width() * bar.get_height() for bar in ax.patches)
    areas = sorted(bar.get_width() * bar.get_height() / largest for bar in ax.patches)
    sizes = sorted(size for size, _ in cells.values() if size)
    assert areas == pytest.approx([size / sizes[-1] for size in sizes])


def test_the_top_fifth_is_marked(lorenz: pd.DataFrame) -> None:
    picture = describe_lorenz_curve(lorenz)
    assert picture.highlights[0].label == "The top 20% bring in 66.9%"
    assert picture.series[1].values == tuple(lorenz["top_rate"])
    assert picture.footer.endswith("Gini coefficient 0.60.")


def test_history_begins_where_there_is_a_rate(history: pd.DataFrame) -> None:
    picture = describe_rate_history(history)
    assert picture.categories[0] == "2023-04"
    assert len(describe_rate_history(history, basis="as_written").categories) == 24


def test_both_errors_of_a_threshold(lapse: pd.DataFrame) -> None:
    lost, kept = describe_lapse_tradeoff(lapse, value="errors").series
    assert lost.values[0] == 1.0
    assert kept.values[0] == 0.0


# refusals


@pytest.mark.parametrize(
    ("call", "fixture", "match"),
    [
        (lambda t: describe_stage_flow(t, period="2023-01-01"), "flow", "the 2 periods begin on"),
        (lambda t: describe_stage_counts(t.assign(stage="zombie").head(1)), "stage_counts", "'zombie'"),
        (lambda t: describe_growth_accounting(t.head(1)), "growth", "none of the 1 periods has one before"),
        (lambda t: describe_growth_accounting(t, value="tea"), "growth", "value: 'tea' is not one of"),
        (lambda t: describe_rate_history(t.head(6)[t.head(6)["basis"] == "mature"]), "history",
         "none of the 3 rows has a rate on the basis 'mature'"),
        (lambda t: describe_lorenz_curve(t.head(1)), "lorenz", "has 1 row, and a line needs two"),
        (lambda t: describe_lapse_tradeoff(t, value="x"), "lapse", "value: 'x' is not one of"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn(
    call: Any, fixture: str, match: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(ArgumentError, match=match):
        call(request.getfixturevalue(fixture))
