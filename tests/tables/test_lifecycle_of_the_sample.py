"""The facts planted in the sample, as notebook 03 shows them; numbers from data/sample/README.md."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.orders.orders import Orders
from retention.orders.sample import sample_orders, sample_people
from retention.orders.sample_marketing import sample_touches
from retention.tables.concentration import concentration
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.rfm import rfm
from retention.tables.stage_counts import stage_counts
from retention.tables.time_to_first_order import time_to_first_order
from retention.tables.way_to_first_order import way_to_first_order

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def orders() -> Orders:
    return sample_orders()


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    return sample_people()


def test_some_people_never_buy(orders: Orders, people: pd.DataFrame) -> None:
    """Fact 4: 883 of the 3,503 ids have no order that counts; they are the stage of awareness."""
    stages = lifecycle_stages(orders, people=people)
    assert (stages["stage"] == "prospect").sum() == 883
    assert len(stages) == 3503
    rates = lifecycle_rates(orders, people=people).set_index(["name", "basis"])
    written = rates.loc[("customer_rate", "as_written")]
    assert written[["numerator", "denominator"]].tolist() == [3503 - 883, 3503]


def test_the_voucher_brought_customers_who_do_not_stay(orders: Orders) -> None:
    """Fact 1: each had half the usual chance of ever coming back."""
    rates = lifecycle_rates(orders, by="coupon")
    repeat = rates[(rates["name"] == "repeat_rate") & (rates["basis"] == "mature")]
    found = repeat.set_index("coupon")
    voucher, others = found.loc["HELLO50"], found.loc["(missing)"]
    assert voucher["high"] < others["low"]
    assert 0.35 < voucher["lifecycle_rate"] / others["lifecycle_rate"] < 0.7


def test_the_voucher_month_stands_out_among_the_new(orders: Orders, people: pd.DataFrame) -> None:
    """Whoever began in June 2024 and was not silent for long was new at its end, or at the next."""
    ends = pd.date_range("2024-03-31", periods=6, freq="ME")
    counts = stage_counts(
        orders, as_of=ends, people=people, at_risk_after_days=60, lapsed_after_days=150
    )
    new = counts[counts["stage"] == "new"].set_index("as_of")["customers"]
    assert new.idxmax() in (pd.Timestamp("2024-06-30"), pd.Timestamp("2024-07-31"))
    assert new.max() > 1.3 * new.loc["2024-03-31"]


def test_one_customer_buys_for_resale(orders: Orders) -> None:
    """Fact 8: 14.7 % of the revenue from one customer of 2,620."""
    share = concentration(orders, top_rates=[1 / orders.counts["customers"]])["amount_rate"].item()
    assert share == pytest.approx(0.147, abs=0.01)
    scored = rfm(orders).set_index("customer_id")
    assert scored["total_value"].idxmax() == "000346"
    assert scored.loc["000346", ["f_score", "m_score"]].tolist() == [scored["f_score"].max(), 5]


def test_most_customers_were_reached_before_they_bought(orders: Orders) -> None:
    """Fact 11: half of those who were bought within 8.3 days of their first touch."""
    touches = sample_touches()
    curve = time_to_first_order(orders, touches=touches)
    reached = curve["p_bought"].iloc[-1]
    half = curve.loc[curve["p_bought"] >= reached / 2, "days_since_touch"].iloc[0]
    assert 6 <= half <= 11
    ways = way_to_first_order(orders, touches=touches, by="touch").set_index("touch")
    assert ways.loc["ad_click", "way_rate"] > 0.5
    assert ways["overall_rate"].between(0.5, 0.75).all()
    before_order = ways["buyers"].max() / orders.counts["customers"]
    assert before_order <= 0.80
