"""Sentences that pictures bring along, because what is largest in them says nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.alive_history import describe_alive_history
from retention.charts.audit import describe_audit
from retention.charts.backtest import describe_backtest
from retention.charts.calibration import describe_calibration
from retention.charts.campaign_lift import describe_campaign_lift
from retention.charts.churn_list import describe_churn_list
from retention.charts.churn_risk import describe_churn_risk
from retention.charts.contact_economics import describe_contact_economics
from retention.charts.customer_value import describe_customer_value
from retention.charts.forecast import describe_forecast
from retention.charts.frequency_fit import describe_frequency_fit
from retention.charts.group_difference import describe_group_difference
from retention.charts.growth_accounting import describe_growth_accounting
from retention.charts.lapse_tradeoff import describe_lapse_tradeoff
from retention.charts.layer_cake import describe_layer_cake
from retention.charts.lifecycle_rates import describe_lifecycle_rates
from retention.charts.lorenz_curve import describe_lorenz_curve
from retention.charts.next_product import describe_next_product
from retention.charts.purchase_days import describe_purchase_days
from retention.charts.rate_change import describe_rate_change
from retention.charts.rate_history import describe_rate_history
from retention.charts.recency_frequency import describe_recency_frequency
from retention.charts.repurchase_curve import describe_repurchase_curve
from retention.charts.repurchase_hazard import describe_repurchase_hazard
from retention.charts.repurchase_intervals import describe_repurchase_intervals
from retention.charts.repurchase_ladder import describe_repurchase_ladder
from retention.charts.rfm_grid import describe_rfm_grid
from retention.charts.stage_flow import describe_stage_flow
from retention.charts.time_to_first_order import describe_time_to_first_order
from retention.charts.tracking import describe_tracking
from retention.charts.value_of_retention import describe_value_of_retention
from retention.charts.year_on_year import describe_year_on_year

# examples


def test_lines_used_of_those_read():
    audit = pd.DataFrame(
        {
            "rule": ["lines_read", "missing_customer", "lines_used"],
            "lines": [1100, 25, 1075],
            "lines_set_aside": [0, 25, 0],
        }
    )
    assert describe_audit(audit).finding == "Lines used: 1,075 of 1,100"


def test_the_first_sentence_of_the_verdict(judged):
    assert describe_backtest(judged).finding is None
    judged.attrs["verdict"] = "MBG/NBD forecasts best from 2024-01-01. Not clearly worse: BG/NBD."
    assert describe_backtest(judged).finding == "MBG/NBD forecasts best from 2024-01-01"


def test_tenths_that_did_about_what_was_expected(tenths):
    assert describe_calibration(tenths).finding.startswith("In 10 of 10 tenths")
    tenths.loc[3, "low"] = tenths.loc[3, "returned_rate"]
    assert describe_calibration(tenths).finding == (
        "In 9 of 10 tenths of the customers about as many ordered as expected"
    )


def test_classes_outside_of_chance(counted):
    assert describe_frequency_fit(counted).finding == (
        "2 of 8 numbers of customers lie outside of what chance explains"
    )


def test_what_the_top_fifth_brings_in(lorenz):
    assert describe_lorenz_curve(lorenz).finding == "The top 20% bring in 66.9%"


def test_the_next_product_is_named_not_numbered(ways):
    assert describe_next_product(ways).finding == "30.0% of the buyers of tea buy cup next"
    assert describe_next_product(ways, value="lift").finding == (
        "Buyers of cup buy tea next 2.91 times as often as everybody"
    )


def test_too_few_buyers_say_nothing_of_the_next_product(ways):
    few = describe_next_product(ways.assign(eligible=29))
    assert few.finding == "Too few customers to say what is bought next"
    unsure = describe_next_product(ways.assign(low=0.9), value="lift")
    assert unsure.finding == few.finding


def test_most_moves_are_from_one_stage_to_another(flow):
    known = flow["from_stage"] != "not_yet_known"
    flow.loc[~known & (flow["to_stage"] == "new"), "customers"] = 999  # they come from nowhere
    lapses = (flow["from_stage"] == "at_risk") & (flow["to_stage"] == "lapsed")
    flow.loc[lapses & (flow["period"] == "2024-02-01"), "customers"] = 140
    assert describe_stage_flow(flow).finding == (
        "Most moves: from At risk to Lapsed, 180 of 2,260 (8.0%)"
    )
    still = flow[flow["from_stage"] == flow["to_stage"]]
    assert describe_stage_flow(still).finding == "Nobody moved from one stage to another"


@pytest.mark.parametrize("measure", ["incremental", "cumulative"])
def test_purchases_are_summed_where_the_fit_has_not_seen_them(tracked, measure):
    assert describe_tracking(tracked, measure=measure).finding == (
        "4,386 repeat purchases from 2024-01 to 2024-12, 4,561 expected"
    )
    seen = describe_tracking(tracked.assign(is_holdout=False), measure=measure)
    assert seen.finding.startswith("9,270 repeat purchases from 2022-01 to 2024-12")


def test_what_a_point_is_worth(points):
    points.attrs = {"currency": "VND"}
    assert describe_value_of_retention(points.iloc[[0, 3, 5]]).finding == (
        "Each percentage point more of returning customers is worth 11 m VND within a year"
    )
    assert describe_value_of_retention(points.iloc[:1]).finding is None


@pytest.mark.parametrize(
    ("parameters", "label"),
    [
        ({}, "Added within 365 days"),
        ({"margin": None}, "Net amount added within 365 days"),
        ({"margin": 0.3}, "Margin added within 365 days"),
    ],
)
def test_which_money_a_point_brings(points, parameters, label):
    points.attrs = {"parameters": parameters}
    assert describe_value_of_retention(points).y_label == label


def test_the_verdict_of_a_campaign_with_its_limits(lifted):
    assert describe_campaign_lift(lifted).finding == (
        "Order rate: more with the campaign (+5.2 pts; 95%: +2.0 pts to +8.1 pts)"
    )
    lifted["city"] = ["Hue", "Hue", "Vinh"]
    by = describe_campaign_lift(lifted.iloc[:1], segment="city").finding
    assert by == "Order rate: the difference is distinguishable from 0 in 1 of 1 segments"


def test_how_many_it_pays_to_contact(contacted):
    assert describe_contact_economics(contacted).finding == (
        "It pays to contact the most valuable customers, 540 in number"
    )


def test_a_change_is_own_rates_and_mix(changed):
    changed.attrs = {"words": {"before": "2024-Q1", "after": "2025-Q1"}}
    assert describe_rate_change(changed).finding == (
        "Up from 25.0% (2024-Q1) to 27.0% (2025-Q1): -1.0 points by the segments' own rates, +3.0 by "
        "the mix"
    )
    turned = changed.assign(
        retention_rate_before=changed["retention_rate_after"],
        retention_rate_after=changed["retention_rate_before"],
    )
    assert describe_rate_change(turned).finding.startswith("Down from 27.0% (2024-Q1) to 25.0%")
    same = changed.assign(retention_rate_after=changed["retention_rate_before"], mix_change=0.005)
    assert describe_rate_change(same).finding == (
        "25.0% in 2025-Q1 as in 2024-Q1: -1.0 points by the segments' own rates, +1.0 by the mix"
    )


def test_what_bars_of_customers_say(customers):
    assert describe_purchase_days(customers).finding == (
        "70.0% of the customers have bought on one day only"
    )
    # 11/20 to 18/20 and 1 are above a half, of twenty.
    assert describe_churn_risk(customers).finding == (
        "45.0% of the customers will probably not order in the next 90 days"
    )
    assert describe_customer_value(customers).finding.endswith("of the expected value")


def test_gaps_that_ended_and_those_still_open(gaps):
    assert describe_repurchase_intervals(gaps).finding == (
        "58.3% of the gaps that ended took less than 30 days; 13 are still open"
    )


def test_the_first_ones_hold_so_much_of_the_value_at_risk(called):
    called.attrs = {"currency": "VND"}
    assert describe_churn_list(called, customers=1).finding == (
        "The silence of these 1 customers puts 3.4 m of 13.6 m VND at risk"
    )


def test_silence_lowers_the_chance(hazard):
    assert describe_repurchase_hazard(hazard).finding == (
        "1 purchase: 44.4% buy in the next 30 days, after 3 months of silence 11.1%"
    )
    short = hazard[hazard["months_silent"] < 3]
    assert describe_repurchase_hazard(short).finding is None


def test_the_best_brought_in_so_much(scored):
    best = scored[(scored["r_score"] == 5) & (scored["f_score"] == 5)]
    share = best["total_value"].sum() / scored["total_value"].sum()
    assert describe_rfm_grid(scored).finding == (
        f"{len(best)} customers, the latest and most frequent, brought in {share:.1%} of the amount"
    )
    assert describe_rfm_grid(scored[scored["r_score"] < 5]).finding is None


def test_rates_of_other_people_are_not_ranked(rates):
    rates.loc[5, "lifecycle_rate"] = 0.6
    assert describe_lifecycle_rates(rates).finding == (
        "30.0% of the customers buy again, and 60.0% of these become loyal"
    )
    rates.loc[5, "lifecycle_rate"] = None
    assert describe_lifecycle_rates(rates).finding is None


def test_how_many_will_order(chances):
    chances = chances.assign(customers=10, p_order=0.5)
    chances.attrs = {"parameters": {"horizon_days": 30}}
    assert describe_recency_frequency(chances).finding == (
        f"About {5 * len(chances):,} of {10 * len(chances):,} customers will order in the next 30 days"
    )


def test_whether_one_is_still_a_customer(alive):
    said = describe_alive_history(alive).finding
    assert said.startswith("The chance that nguyen.thi.minh.khai@example.com has not left is ")
    assert said.endswith(", after 6 purchases")


def test_the_total_of_a_forecast(ahead):
    assert describe_forecast(ahead).finding == (
        "30 bn VND expected until 2025-04 (90%: 21 bn to 42 bn)"
    )


def test_how_many_are_back_by_a_round_day(curve, bought, ladder):
    assert describe_repurchase_curve(curve).finding == (
        "27.1% (95%: 19.0% to 37.0%) come back within 180 days of the first purchase"
    )
    assert describe_repurchase_curve(curve[curve["gap_days"] < 30]).finding is None
    second = curve.assign(order_number=2)
    assert describe_repurchase_curve(second, order_number=2).finding.endswith("of purchase 2")
    several = pd.concat([curve, second.assign(p_returned=0.5)])
    assert describe_repurchase_curve(several, order_number=None).finding == (
        "27.1% come back within 180 days of the first purchase, 50.0% of purchase 2"
    )
    assert describe_time_to_first_order(bought).finding == (
        "70.0% (95%: 60.0% to 79.9%) buy within 365 days of their first touch"
    )
    assert describe_repurchase_ladder(ladder).finding == (
        "Within 180 days, 39.0% make a second purchase, and 60.0% of the second-time buyers a third"
    )


def test_what_the_latest_whole_period_brought(history, growth, value):
    assert (
        describe_rate_history(history).finding == "Repeat rate: 39.6% in 2024-12, 35.6% in 2023-04"
    )
    assert describe_growth_accounting(growth).finding == (
        "2025-01: customers won: 152, lost: 105; 47 more than before"
    )
    assert "won and" in describe_growth_accounting(growth, value="money").finding
    assert describe_layer_cake(value).finding == (
        "Net amount in 2024-03: 9.5 m VND, 16% of it from customers won before 2024-03"
    )


def test_of_many_years_the_surest_largest_difference():
    table = pd.DataFrame({
        "cohort": pd.to_datetime(["2024-03-01", "2024-04-01", "2024-05-01"]),
        "cohort_before": pd.to_datetime(["2023-03-01", "2023-04-01", "2023-05-01"]),
        "age": 1, "retention_rate": [0.1, 0.4, 0.9], "retention_rate_before": [0.4, 0.3, 0.2],
        "difference": [-0.3, 0.1, 0.7], "low": [-0.4, 0.05, -0.1], "high": [-0.2, 0.2, 1.0],
    })  # fmt: skip
    assert describe_year_on_year(table).finding == (
        "Surely different from the year before: 2 of 3 cohorts, most of all 2024-03: 10.0% after 40.0%"
    )
    assert describe_year_on_year(table.tail(1)).finding is None


def test_both_sides_of_a_difference():
    table = pd.DataFrame({
        "measure": "p_returned", "at": [30, 180], "group_name": "web", "baseline_name": "all others",
        "in_group": [0.2, 0.3], "in_baseline": [0.3, 0.6], "difference": [-0.1, -0.3],
        "low": [-0.2, -0.4], "high": [0.1, -0.2],
    })  # fmt: skip
    assert describe_group_difference(table).finding == (
        "Back within 180 days: 30% of web, 60% of all others"
    )
    assert describe_group_difference(table.head(1)).finding is None


def test_what_the_threshold_of_the_lapsed_means(lapse):
    assert describe_lapse_tradeoff(lapse).finding == (
        "Of those silent for 150 days or longer 8.9% buy again in the window"
    )
    assert describe_lapse_tradeoff(lapse, value="errors").finding == (
        "At 150 days 22.1% of the returners are called lapsed, 52.9% of the silent active"
    )
