from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from strategies import order_frames, shop_frame

from retention.charts.customer_value import describe_customer_value
from retention.errors import ArgumentError
from retention.export.answer import Answer, answer
from retention.export.risk_answer import _taken
from retention.models.churn_risk import churn_risk
from retention.models.customer_value import customer_value
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.orders.choices import Choices
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary
from retention.texts import language

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times


def frame(rows: list[tuple[str, str, float]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"]))


def twenty() -> pd.DataFrame:
    """Twenty customers of 1 January, twelve of them back on day 30, and a new one at the end."""
    ids = [f"c{number:02d}" for number in range(20)]
    rows = [(name, "2024-01-01", 10.0) for name in ids]
    rows += [(name, "2024-01-31", 20.0) for name in ids[:12]]
    return frame([*rows, ("z", "2024-07-31", 1.0)])


def one_timers() -> pd.DataFrame:
    return frame([("a", "2024-01-01", 10.0), ("b", "2024-01-05", 5.0), ("c", "2024-12-05", 5.0)])


# examples


def test_what_was_read() -> None:
    assert answer(twenty(), question="orders").lines == (
        "Lines used: 33 of 33 (100.0%); set aside, each with its reason: 0.",
        "33 orders of 21 customers, 2024-01-01 to 2024-07-31.",
        "No rule changes the 180-day repeat rate, 60.0%.",
    )


def test_the_rule_that_matters_most() -> None:
    """One of two customers came back within 180 days, but the order was cancelled."""
    orders = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", "b"],
            "order_id": ["1", "2", "3", "4"],
            "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-01-01", "2024-07-31"]),
            "amount": 10.0,
            "status": ["completed", "cancelled", "completed", "completed"],
        }
    )
    assert answer(orders, question="orders").lines == (
        "Lines used: 3 of 4 (75.0%); set aside, each with its reason: 1.",
        "3 orders of 2 customers, 2024-01-01 to 2024-07-31.",
        "The rule that matters most is Cancelled: without it the 180-day repeat rate would read "
        "50.0% instead of 0.0%.",
    )


def test_who_comes_back_and_what_they_spent() -> None:
    """12 of 20 are back by day 30, none in February or July; (20 x 10 + 12 x 20) / 20 = 22."""
    back, by_month, spent = answer(read_orders(twenty(), currency="EUR")).lines
    assert back.startswith("60.0% of customers come back within 30 days")
    assert "0.0% in month 1, 0.0% in month 6 bought" in by_month
    assert spent.startswith("A customer has spent 22 EUR by the end of month 6")


def test_when_they_come_back() -> None:
    """12 of 20 after 30 days; then eight are left, too few to judge by. One more is new."""
    rate, wait, steps = answer(twenty(), question="repurchase").lines
    assert rate.startswith("60.0% make a second purchase within 30 days (95%: ")
    assert rate.endswith("counting those not yet back as lost would say 57.1%.")
    assert "half do so within 30 days and four fifths within 30 days" in wait
    assert "within 90 days: 60.0% after purchase 1" in steps


def test_a_naive_count_that_says_the_same_is_not_told() -> None:
    """Without the newest all twenty were observed for as long, and both ways count 12 of 20."""
    rows = twenty()
    same = read_orders(rows[rows["customer_id"] != "z"], currency="EUR", as_of="2024-07-31")
    rate = answer(same, question="repurchase").lines[0]
    assert rate.startswith("60.0% make a second purchase within 30 days (95%: ")
    assert "as lost" not in rate


def test_where_they_stand() -> None:
    """Twenty are silent for longer than the 30 days after which those who return are back."""
    assert answer(twenty(), question="lifecycle").lines == (
        "Customers: 21; active: 1, at risk: 0, lapsed: 20.",
        "A customer is at risk after 30 days of silence and lapsed after 30 "
        "(a fallback: the data identify none).",
        "57.1% of customers have bought on two days or more.",
    )


def test_thresholds_that_were_chosen_are_said_to_be_given() -> None:
    choices = Choices(at_risk_after_days=40, lapsed_after_days=200)
    orders = replace(read_orders(twenty()), choices=choices)
    said = answer(orders, question="lifecycle").lines
    assert "at risk after 40 days of silence and lapsed after 200 (as given)." in said[1]


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (["low", "low"], "taken little of the chance of an order from anybody."),
        (["low", "gone"], "most of the chance of an order: 2; more than a fifth of it: 0; who order as"),
        (["low", "high"], "most of the chance of an order: 0; more than a fifth of it: 2; who order as"),
    ],
)  # fmt: skip
def test_silence_is_told_of_those_from_whom_it_took_something(bands: list[str], said: str) -> None:
    assert said in _taken(pd.DataFrame({"band": 2 * bands}))


def test_waits_and_rules_are_told_in_the_language() -> None:
    with language("vi"):
        wait = answer(twenty(), question="repurchase").lines[1]
        assert "một nửa quay lại trong 30 ngày và bốn phần năm trong 30 ngày." in wait


def test_who_is_about_to_leave() -> None:
    orders = shop_frame(customers=150)
    customers = customer_summary(orders)
    fit, spend = fit_mbg_nbd(customers), fit_gamma_gamma(customers)
    risk = churn_risk(orders, fit, spend_fit=spend)
    soon, taken, calls = answer(orders, question="risk").lines
    expected = (1 - risk["p_no_order"]).sum()
    assert f"days: {expected:,.0f} of {len(risk):,}." in soon
    counts = risk["band"].value_counts()
    assert f"chance of an order: {counts.get('gone', 0):,};" in taken
    assert f"who order as they always did: {counts.get('low', 0):,}." in taken
    assert "at risk with customers who are not gone yet" in calls


def test_who_is_about_to_leave_where_nobody_returned() -> None:
    unknown, why, silent = answer(one_timers(), question="risk").lines
    assert unknown == "Who is about to leave cannot be estimated from these customers."
    assert "has a second purchase day" in why
    assert silent == "Half of the customers have been silent for 335 days or more."


def test_what_is_expected_is_the_sum_over_the_customers() -> None:
    # No tenth of 155 is a whole customer.
    orders = shop_frame(customers=155)
    customers = customer_summary(orders)
    value = customer_value(customers, fit_mbg_nbd(customers), fit_gamma_gamma(customers))
    first, top, model = answer(orders, question="value").lines
    assert first.endswith(f"; orders: {value['expected_orders'].sum():,.0f}.")
    assert f"today's customers ({len(value)})" in first
    share = describe_customer_value(value).series[0].values[0]
    assert f"hold {share:.1%} of it" in top
    assert model.startswith(f"MBG/NBD, fitted to {len(value)} customers")


def test_an_earlier_day_knows_nothing_of_later_orders() -> None:
    lines = answer(twenty(), question="orders", as_of="2024-01-15").lines
    assert lines[1] == "20 orders of 20 customers, 2024-01-01 to 2024-01-15."
    assert lines[2] == "Nobody has been observed for 180 days yet, so rules cannot be weighed."


def test_too_little_to_say_is_said() -> None:
    single = frame([("a", "2024-01-01", 10.0)])
    assert answer(single).lines == (
        "Too few customers to say when they come back.",
        "No cohort has completed the month after its first one.",
        "No cohort is complete yet, so none has a value so far.",
    )
    assert answer(single, question="repurchase").lines == (
        "Too few customers to say when they come back.",
        "So nothing can be said of how long they take.",
        "Nobody has been observed for 90 days after a purchase.",
    )
    first, why, spent = answer(one_timers(), question="value").lines
    assert spent.startswith("So far they have spent ")
    assert first == "The future value of these customers cannot be estimated."
    assert "none of 3 customers has a second purchase day" in why


def test_a_notebook_shows_a_list() -> None:
    shown = Answer(("1 < 2", "b"))
    assert shown._repr_markdown_() == "- **1 &#60; 2**\n- **b**"
    assert "<li><strong>1 &lt; 2</strong></li>" in shown._repr_html_()


# laws


@pytest.mark.slow
@settings(max_examples=4)
@given(order_frames())
def test_the_order_of_rows_does_not_matter(orders: pd.DataFrame) -> None:
    shuffled = orders.sample(frac=1, random_state=3).reset_index(drop=True)
    assert answer(shuffled) == answer(orders)


# refusals


def test_an_unknown_question() -> None:
    with pytest.raises(ArgumentError, match=r"question: 'churn' is not one of 'orders', 'cohorts'"):
        answer(twenty(), question="churn")


def test_where_nobody_came_back_there_are_no_stages() -> None:
    first, reason, rate = answer(one_timers(), question="lifecycle").lines
    assert first == "The stages of these customers cannot be told apart by silence."
    assert "no threshold of silence can be chosen" in reason
    assert rate.startswith("0.0% of customers have bought on two days or more")
