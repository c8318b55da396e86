"""What holds for all charts alike; each chart's own numbers are tested beside its file."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

from retention.charts import (
    acquisition_payback,
    alive_history,
    audit,
    backtest,
    calibration,
    campaign_lift,
    churn_list,
    churn_risk,
    cohort_heatmap,
    contact_economics,
    cumulative_value,
    customer_value,
    forecast,
    frequency_fit,
    group_rates,
    growth_accounting,
    lapse_tradeoff,
    layer_cake,
    lifecycle_rates,
    lifecycle_stages,
    lorenz_curve,
    message_response,
    next_product,
    purchase_days,
    rate_change,
    rate_history,
    recency_frequency,
    repurchase_curve,
    repurchase_hazard,
    repurchase_intervals,
    repurchase_ladder,
    retention_curves,
    rfm_grid,
    stage_counts,
    stage_flow,
    time_to_first_order,
    tracking,
    value_of_retention,
)
from retention.charts.picture import Picture
from retention.charts.style import use_style
from retention.errors import ArgumentError

Describe = Callable[..., Picture]
Plot = Callable[..., Axes]
# name: (describe, plot, fixture with the table, a column it needs)
CHARTS: dict[str, tuple[Describe, Plot, str, str]] = {
    "heatmap": (
        cohort_heatmap.describe_cohort_heatmap,
        cohort_heatmap.plot_cohort_heatmap,
        "cells",
        "retention_rate",
    ),
    "curves": (
        retention_curves.describe_retention_curves,
        retention_curves.plot_retention_curves,
        "cells",
        "age",
    ),
    "cake": (layer_cake.describe_layer_cake, layer_cake.plot_layer_cake, "value", "amount"),
    "cumulative": (
        cumulative_value.describe_cumulative_value,
        cumulative_value.plot_cumulative_value,
        "value",
        "cumulative_amount_per_customer",
    ),
    "repurchase": (
        repurchase_curve.describe_repurchase_curve,
        repurchase_curve.plot_repurchase_curve,
        "curve",
        "p_returned",
    ),
    "hazard": (
        repurchase_hazard.describe_repurchase_hazard,
        repurchase_hazard.plot_repurchase_hazard,
        "hazard",
        "months_silent",
    ),
    "ladder": (
        repurchase_ladder.describe_repurchase_ladder,
        repurchase_ladder.plot_repurchase_ladder,
        "ladder",
        "within_days",
    ),
    "matrix": (
        next_product.describe_next_product,
        next_product.plot_next_product,
        "ways",
        "next_rate",
    ),
    "first order": (
        time_to_first_order.describe_time_to_first_order,
        time_to_first_order.plot_time_to_first_order,
        "bought",
        "p_bought",
    ),
    "lapse": (
        lapse_tradeoff.describe_lapse_tradeoff,
        lapse_tradeoff.plot_lapse_tradeoff,
        "lapse",
        "returned_rate",
    ),
    "stages": (
        lifecycle_stages.describe_lifecycle_stages,
        lifecycle_stages.plot_lifecycle_stages,
        "customers",
        "stage",
    ),
    "errors of thresholds": (
        functools.partial(lapse_tradeoff.describe_lapse_tradeoff, value="errors"),
        functools.partial(lapse_tradeoff.plot_lapse_tradeoff, value="errors"),
        "lapse",
        "called_active_but_silent",
    ),
    "stages over time": (
        stage_counts.describe_stage_counts,
        stage_counts.plot_stage_counts,
        "stage_counts",
        "as_of",
    ),
    "moves": (stage_flow.describe_stage_flow, stage_flow.plot_stage_flow, "flow", "to_stage"),
    "growth": (
        growth_accounting.describe_growth_accounting,
        growth_accounting.plot_growth_accounting,
        "growth",
        "churned",
    ),
    "growth in money": (
        functools.partial(growth_accounting.describe_growth_accounting, value="money"),
        functools.partial(growth_accounting.plot_growth_accounting, value="money"),
        "growth",
        "value_churned",
    ),
    "rfm": (rfm_grid.describe_rfm_grid, rfm_grid.plot_rfm_grid, "scored", "r_score"),
    "lorenz": (
        lorenz_curve.describe_lorenz_curve,
        lorenz_curve.plot_lorenz_curve,
        "lorenz",
        "amount_rate",
    ),
    "rates over time": (
        rate_history.describe_rate_history,
        rate_history.plot_rate_history,
        "history",
        "lifecycle_rate",
    ),
    "rates": (
        lifecycle_rates.describe_lifecycle_rates,
        lifecycle_rates.plot_lifecycle_rates,
        "rates",
        "basis",
    ),
    "value": (
        customer_value.describe_customer_value,
        customer_value.plot_customer_value,
        "customers",
        "expected_value",
    ),
    "risk": (
        churn_risk.describe_churn_risk,
        churn_risk.plot_churn_risk,
        "customers",
        "p_no_order",
    ),
    "days": (
        purchase_days.describe_purchase_days,
        purchase_days.plot_purchase_days,
        "customers",
        "purchase_days",
    ),
    "frequency": (
        frequency_fit.describe_frequency_fit,
        frequency_fit.plot_frequency_fit,
        "counted",
        "expected_customers",
    ),
    "tracking": (
        tracking.describe_tracking,
        tracking.plot_tracking,
        "tracked",
        "is_holdout",
    ),
    "map": (
        recency_frequency.describe_recency_frequency,
        recency_frequency.plot_recency_frequency,
        "chances",
        "until_day",
    ),
    "alive": (
        alive_history.describe_alive_history,
        alive_history.plot_alive_history,
        "alive",
        "has_order",
    ),
    "list": (
        churn_list.describe_churn_list,
        churn_list.plot_churn_list,
        "called",
        "value_at_risk",
    ),
    "backtest": (
        backtest.describe_backtest,
        backtest.plot_backtest,
        "judged",
        "log_score",
    ),
    "calibration": (
        calibration.describe_calibration,
        calibration.plot_calibration,
        "tenths",
        "p_order_mean",
    ),
    "lift": (
        campaign_lift.describe_campaign_lift,
        campaign_lift.plot_campaign_lift,
        "lifted",
        "smallest_effect",
    ),
    "contacts": (
        contact_economics.describe_contact_economics,
        contact_economics.plot_contact_economics,
        "contacted",
        "expected_profit",
    ),
    "forecast": (
        forecast.describe_forecast,
        forecast.plot_forecast,
        "ahead",
        "cumulative_value",
    ),
    "points": (
        value_of_retention.describe_value_of_retention,
        value_of_retention.plot_value_of_retention,
        "points",
        "value_added",
    ),
    "change": (
        rate_change.describe_rate_change,
        rate_change.plot_rate_change,
        "mixed",
        "mix_change",
    ),
    "change by segment": (
        functools.partial(rate_change.describe_rate_change, steps="segments"),
        functools.partial(rate_change.plot_rate_change, steps="segments"),
        "mixed",
        "within_change",
    ),
    "groups": (
        group_rates.describe_group_rates,
        group_rates.plot_group_rates,
        "grouped",
        "denominator",
    ),
    "payback": (
        acquisition_payback.describe_acquisition_payback,
        acquisition_payback.plot_acquisition_payback,
        "paid",
        "return_on_spend",
    ),
    "messages": (
        message_response.describe_message_response,
        message_response.plot_message_response,
        "written_to",
        "response_rate",
    ),
    "audit": (audit.describe_audit, audit.plot_audit, "audit", "lines_set_aside"),
    "intervals": (
        repurchase_intervals.describe_repurchase_intervals,
        repurchase_intervals.plot_repurchase_intervals,
        "gaps",
        "is_censored",
    ),
}


@pytest.fixture(params=list(CHARTS))
def chart(request: pytest.FixtureRequest) -> tuple[Describe, Plot, pd.DataFrame, str]:
    describe, plot, fixture, column = CHARTS[request.param]
    return describe, plot, request.getfixturevalue(fixture), column


# examples
def test_a_picture_says_what_it_is(chart: Any) -> None:
    describe, _, table, _ = chart
    table.attrs = {**table.attrs, "call": "made(orders)", "as_of": "2024-04-15"}
    picture = describe(table)
    assert picture.title
    assert picture.alt_text.endswith(".")
    assert any(character.isdigit() for character in picture.alt_text)
    assert (picture.call, picture.as_of) == ("made(orders)", "2024-04-15")
    assert "As of 2024-04-15." in picture.footer


def test_a_table_without_attrs_is_drawn_just_the_same(chart: Any) -> None:
    describe, _, table, _ = chart
    before = describe(table)
    bare = table.copy()
    bare.attrs = {}
    after = describe(bare)
    assert [s.values for s in after.series] == [s.values for s in before.series]
    assert after.categories == before.categories


# laws
# The audit and the rates are drawn in the table's own order.
@pytest.mark.parametrize("name", [name for name in CHARTS if name not in ("audit", "rates")])
def test_row_order_does_not_matter(name: str, request: pytest.FixtureRequest) -> None:
    describe, _, fixture, _ = CHARTS[name]
    table = request.getfixturevalue(fixture)
    before = table.copy(deep=True)
    shuffled = table.sample(frac=1, random_state=3)
    shuffled.attrs = table.attrs
    assert describe(shuffled) == describe(table)
    pd.testing.assert_frame_equal(table, before)


def test_the_check_of_words_would_see_a_fault(assert_readable: Any) -> None:
    _, ax = plt.subplots()
    ax.set_xticks([])
    ax.set_yticks([])
    ax.text(0.2, 0.5, "one over")
    ax.text(0.21, 0.5, "another")
    with pytest.raises(AssertionError, match="covers"):
        assert_readable(ax)
    ax.texts[1].set_position((0.95, 0.9))
    ax.texts[1].set_text("far beyond the right edge of this figure")
    with pytest.raises(AssertionError, match="cut"):
        assert_readable(ax)


@pytest.mark.parametrize("size", ["full", "half"])
def test_no_words_are_cut_or_covered(chart: Any, size: Any, assert_readable: Any) -> None:
    _, plot, table, _ = chart
    with use_style(size=size):
        assert_readable(plot(table))


def test_no_words_are_cut_or_covered_in_vietnamese(chart: Any, assert_readable: Any) -> None:
    _, plot, table, _ = chart
    with use_style(language="vi", size="half"):
        assert_readable(plot(table))


def test_global_style_stays_as_it_was(chart: Any) -> None:
    _, plot, table, _ = chart
    before = dict(mpl.rcParams)
    plot(table)
    assert dict(mpl.rcParams) == before


# refusals
def test_a_missing_column_is_named(chart: Any) -> None:
    describe, _, table, column = chart
    with pytest.raises(ArgumentError, match=f"needed columns are missing .*'{column}'"):
        describe(table.drop(columns=column))


def test_an_empty_table_is_refused(chart: Any) -> None:
    describe, _, table, _ = chart
    with pytest.raises(ArgumentError, match="0 rows, so there is nothing to draw"):
        describe(table.head(0))


def test_what_is_no_table_is_refused(chart: Any) -> None:
    describe, _, _, _ = chart
    with pytest.raises(ArgumentError, match="a dict is no table"):
        describe({})
