"""Sentences with numbers read rightly for one, too."""

from __future__ import annotations

import pandas as pd
import pytest
from strategies import lines

from retention.charts.alive_history import describe_alive_history
from retention.counted import counted
from retention.export.answer import answer
from retention.models.risk_words import reasons
from retention.texts import footer, language


def test_one_and_several() -> None:
    assert [counted(n, "1 day", "{count} days") for n in (0, 1, 1200)] == [
        "0 days", "1 day", "1,200 days",
    ]  # fmt: skip
    with language("vi"):
        assert counted(1200, "1 ngày", "{count} ngày") == "1.200 ngày"


def test_a_footer_of_one_customer() -> None:
    assert footer({"customers": 1}) == "1 customer."
    assert footer({"customers": 1200}) == "1,200 customers."


def test_one_purchase() -> None:
    days = pd.DataFrame({"customer_id": "an", "p_alive": [1.0], "has_order": True})
    finding = describe_alive_history(days.assign(on_day=pd.Timestamp("2024-01-01"))).finding
    assert str(finding).endswith("is 100.0%, after 1 purchase")


@pytest.mark.parametrize(("frequency", "words"), [(0, "Bought once, 1 day ago"), (1, "for 1 day")])
def test_one_day_of_silence(frequency: int, words: str) -> None:
    risk = pd.DataFrame(
        {"days_since_last_order": [1], "usual_gap_days": [9.6], "p_no_order": [0.75],
         "p_order_if_just_bought": [0.9], "horizon_days": [90]}
    )  # fmt: skip
    assert words in reasons(risk, [frequency], [False])[0]


def test_answers_say_no_number_of_a_noun() -> None:
    orders = lines("abc", ["2024-01-01", "2024-01-02", "2024-01-03"], amount=[10.0, 1.0, 1.0])
    said = answer(orders, question="orders").lines
    assert said[0] == "Lines used: 3 of 3 (100.0%); set aside, each with its reason: 0."
    assert said[1] == "3 orders of 3 customers, 2024-01-01 to 2024-01-03."
