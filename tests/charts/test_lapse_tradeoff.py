"""The picture of the lapse thresholds."""

from __future__ import annotations

import pandas as pd

from retention.charts.lapse_tradeoff import describe_lapse_tradeoff, plot_lapse_tradeoff


# examples
def test_both_thresholds_are_marked_with_their_basis(lapse: pd.DataFrame) -> None:
    picture = describe_lapse_tradeoff(lapse)
    assert [(mark.category, mark.label) for mark in picture.highlights] == [
        (90, "At risk after 90 days"),
        (150, "Lapsed after 150 days (fallback)"),
    ]
    uprights = [line for line in plot_lapse_tradeoff(lapse).get_lines() if line.is_dashed()]
    assert [float(line.get_xdata()[0]) for line in uprights] == [90.0, 150.0]


def test_without_a_threshold_the_curve_stands_alone(lapse: pd.DataFrame) -> None:
    none = lapse.assign(is_at_risk_threshold=False, is_lapsed_threshold=False)
    picture = describe_lapse_tradeoff(none)
    assert picture.highlights == ()
    assert picture.alt_text.endswith("No threshold.")


def test_ticks_are_days_of_the_table_near_round_ones() -> None:
    odd = pd.DataFrame(
        {
            "days_silent": [1, 31, 62, 93, 183],
            "at_risk": [5, 4, 3, 2, 1],
            "returned_rate": 0.1,
            "low": 0.0,
            "high": 0.2,
            "is_at_risk_threshold": False,
            "is_lapsed_threshold": False,
            "threshold_basis": "data",
        }
    )
    notes = dict(describe_lapse_tradeoff(odd).category_notes)
    assert notes == {183: "1", 93: "2", 31: "4", 62: "3"}


def test_days_with_few_customers_are_left_out_and_said(lapse: pd.DataFrame) -> None:
    thin = lapse.assign(at_risk=[500 if day <= 200 else 49 for day in lapse["days_silent"]])
    picture = describe_lapse_tradeoff(thin)
    assert picture.categories[-1] == 200
    assert picture.footer.endswith("Days with fewer than 50 customers are not drawn.")
    tiny = describe_lapse_tradeoff(lapse.assign(at_risk=5))
    assert tiny.categories[-1] == 360
