"""The lift of a campaign, and what is not told from 0."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.charts.campaign_lift import describe_campaign_lift, plot_campaign_lift
from retention.errors import ArgumentError


# Examples
def test_what_may_be_chance_is_pale_and_said(lifted: pd.DataFrame) -> None:
    unclear = lifted[~lifted["is_adjusted"]]
    picture = describe_campaign_lift(unclear, measure="amount_per_customer")
    assert picture.title == "Net amount per customer: the difference is not distinguishable from 0"
    assert picture.series[0].is_small == (True,)
    assert "Pale: not distinguishable from 0." in picture.footer
    assert "67,000" in picture.x_label
    assert picture.alt_text.endswith("not distinguishable from 0.")


def test_money_stands_beside_money_without_the_prediction(lifted: pd.DataFrame) -> None:
    picture = describe_campaign_lift(lifted, measure="amount_per_customer")
    assert picture.categories == ("All assigned", "Prediction taken out (CUPED)")
    assert picture.series[0].low == (-6_000.0, 3_000.0)
    assert picture.title == "Net amount per customer: more with the campaign"
    assert picture.category_notes[0] == ("All assigned", "412,000 : 371,000")


@pytest.mark.parametrize("verdict", ["more", "less", "not distinguishable from 0"])
def test_a_rehearsal_promises_no_effect_of_a_campaign(lifted: pd.DataFrame, verdict: str) -> None:
    picture = describe_campaign_lift(lifted.assign(verdict=verdict), is_rehearsal=True)
    assert picture.title.startswith("Rehearsal without a campaign. Order rate: ")
    assert (picture.finding or "").startswith(picture.title)
    assert "with the campaign" not in f"{picture.finding} {picture.alt_text}"


def segments(lifted: pd.DataFrame, count: int) -> pd.DataFrame:
    rate = lifted.head(1)
    parts = [
        rate.assign(city=f"Thành phố số {n} rất là dài", difference=0.05 - 0.02 * n,
                    verdict="more" if n == 0 else "not distinguishable from 0")
        for n in range(count)
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


@pytest.mark.parametrize("count", [1, 4, 8, 11])
def test_segments(lifted: pd.DataFrame, count: int, assert_readable: Any) -> None:
    table = segments(lifted, count)
    picture = describe_campaign_lift(table, segment="city")
    assert len(picture.categories) == min(count, 8)
    found = f"the difference is distinguishable from 0 in 1 of {min(count, 8)} segments"
    assert picture.title == f"Order rate: {found}"
    assert ("More segments that are not drawn: 3." in picture.footer) == (count == 11)
    assert_readable(plot_campaign_lift(table, segment="city"))


def test_money_is_readable(lifted: pd.DataFrame, assert_readable: Any) -> None:
    lifted.attrs = {"currency": "VND"}
    assert_readable(plot_campaign_lift(lifted, measure="amount_per_customer"))


# Refusals
def test_several_segments_at_once(lifted: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="3 of 4 rows repeat the same measure and is_adjusted"):
        describe_campaign_lift(segments(lifted, 4))


def test_nothing_that_was_judged(lifted: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="0 of 3 rows have limits for 'amount_per_customer'"):
        unjudged = lifted.assign(low=lifted["low"].where(lifted["measure"] == "order_rate"))
        describe_campaign_lift(unjudged, measure="amount_per_customer")
    with pytest.raises(ArgumentError, match="measure: 'clv' is not one of"):
        describe_campaign_lift(lifted, measure="clv")  # type: ignore[arg-type]
