"""Sentences that pictures bring along, because what is largest in them says nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.audit import describe_audit
from retention.charts.backtest import describe_backtest
from retention.charts.calibration import describe_calibration
from retention.charts.campaign_lift import describe_campaign_lift
from retention.charts.contact_economics import describe_contact_economics
from retention.charts.frequency_fit import describe_frequency_fit
from retention.charts.lorenz_curve import describe_lorenz_curve
from retention.charts.next_product import describe_next_product
from retention.charts.rate_change import describe_rate_change
from retention.charts.stage_flow import describe_stage_flow
from retention.charts.tracking import describe_tracking
from retention.charts.value_of_retention import describe_value_of_retention

# examples


def test_lines_used_of_those_read():
    audit = pd.DataFrame(
        {
            "rule": ["lines_read", "missing_customer", "lines_used"],
            "lines": [1100, 25, 1075],
            "lines_set_aside": [0, 25, 0],
        }
    )
    assert describe_audit(audit).finding == "1,075 of 1,100 lines are used"


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


def test_the_verdict_of_a_campaign_with_its_limits(lifted):
    assert describe_campaign_lift(lifted).finding == (
        "Order rate: more with the campaign (+5.2%; 95%: +2.0% to +8.1%)"
    )
    lifted["city"] = ["Hue", "Hue", "Vinh"]
    by = describe_campaign_lift(lifted.iloc[:1], segment="city").finding
    assert by == "Order rate: distinguishable from 0 in 1 of 1 segments"


def test_how_many_it_pays_to_contact(contacted):
    assert describe_contact_economics(contacted).finding == (
        "It pays to contact the 540 most valuable customers"
    )


def test_a_change_is_own_rates_and_mix():
    table = pd.DataFrame(
        {
            "channel": ["web", "shop"],
            "eligible_before": [5, 5],
            "within_change": [0.01, -0.02],
            "mix_change": [0.03, 0.0],
            "change": [0.04, -0.02],
        }
    )
    assert describe_rate_change(table).finding == (
        "Together +2.0%: -1.0% by the segments' own rates, +3.0% by the mix"
    )
