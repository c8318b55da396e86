"""The picture of the repurchase curve."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.repurchase_curve import describe_repurchase_curve
from retention.errors import ArgumentError


# examples
def test_the_share_stays_between_two_events(curve: pd.DataFrame) -> None:
    picture = describe_repurchase_curve(curve)
    share = dict(zip(picture.categories, picture.series[0].values, strict=True))
    assert [share[day] for day in (0, 9, 10, 29, 30, 89, 90, 200)] == [
        0.0,
        0.0,
        0.1,
        0.1,
        0.19,
        0.19,
        0.271,
        0.3439,
    ]


def test_marks_stand_at_30_60_90_and_180_days_as_far_as_the_curve_goes(
    curve: pd.DataFrame,
) -> None:
    marks = describe_repurchase_curve(curve).highlights
    assert [mark.label for mark in marks] == [
        "30 days: 19.0%",
        "60 days: 19.0%",
        "90 days: 27.1%",
        "180 days: 27.1%",
    ]
    short = describe_repurchase_curve(curve.head(2)).highlights
    assert [mark.category for mark in short] == [30]


def test_the_numbers_at_risk_are_those_just_before_the_day(curve: pd.DataFrame) -> None:
    notes = dict(describe_repurchase_curve(curve).category_notes)
    assert notes == {0: "100", 30: "90", 60: "60", 90: "60", 180: "20"}


def test_another_order_number_is_another_curve(curve: pd.DataFrame) -> None:
    both = pd.concat([curve, curve.assign(order_number=2, p_returned=0.5)])
    second = describe_repurchase_curve(both, order_number=2)
    assert second.title == "How soon customers come back after purchase 2"
    assert second.series[0].values[-1] == 0.5


def test_only_curves_of_later_purchases_say_who_is_in_them(curve: pd.DataFrame) -> None:
    both = pd.concat([curve, curve.assign(order_number=2)], ignore_index=True)
    both.attrs = {
        "definition": "repurchase_curve",
        "parameters": {"returning_to": "anything", "reach_days": 180, "within_days": 180},
    }
    footers = [describe_repurchase_curve(both, order_number=n).footer for n in (1, 2, None)]
    assert ["After purchase 2 or later" in footer for footer in footers] == [False, True, True]
    assert all(footer.startswith("Estimated share who came back") for footer in footers)


# refusals
def test_an_order_number_that_is_not_there_is_refused(curve: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="none of the 4 rows is for 3; the table has '1'"):
        describe_repurchase_curve(curve, order_number=3)
