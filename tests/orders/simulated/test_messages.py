"""Messages: who gets them, and the rates that went in come out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention.orders.simulated.clock import even_clock
from retention.orders.simulated.hien_may import HIEN_MAY_MARKETING
from retention.orders.simulated.messages import draw_messages

START = pd.Timestamp("2023-01-01")
PLAN = replace(
    HIEN_MAY_MARKETING.messages,
    first="2023-04",
    last="2023-06",
    series=3000,
    open_rate=0.8,
    open_fall=0.5,
    answer_rate=0.5,
    answer_fall=0.4,
)


def draw(seed: int, **changes: object) -> pd.DataFrame:
    people = np.arange(4000)
    purchases = pd.DataFrame({"owner": people, "day": 1.0 + people % 80})
    clock = even_clock(365)
    return draw_messages(
        purchases, replace(PLAN, **changes), START, clock, np.random.default_rng(seed)
    )


# Examples


def test_messages_go_to_those_who_bought_before() -> None:
    messages = draw(1, first="2023-04", last="2023-04", lengths=((1, 1.0),))
    # On 1 April, day 90, those who first bought more than 30 days ago are known long enough.
    assert (1.0 + messages["owner"] % 80).max() < 90 - 30
    assert len(messages) == 59 * 50
    assert set(messages["campaign"]) == {"2023-04"}
    assert messages["sent"].between(90, 90 + 28 + 0.5).all()
    opened = messages[messages["opened"].notna()]
    assert (opened["opened"] >= opened["sent"]).all()
    assert set(messages.index[messages["answered"].notna()]) <= set(opened.index)


def test_a_series_is_spread_over_four_weeks() -> None:
    messages = draw(2, first="2023-04", last="2023-04", series=10, lengths=((4, 1.0),))
    gaps = np.floor(messages["sent"]).groupby(messages["owner"]).diff().dropna()
    assert len(messages) == 40
    assert set(gaps) <= {6.0, 7.0, 8.0}


# References


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_further_message_is_opened_and_answered_less(seed: int) -> None:
    messages = draw(seed, first="2023-04", last="2023-04", lengths=((3, 1.0),))
    place = messages.groupby("owner").cumcount()
    opened = messages["opened"].notna()
    assert opened.groupby(place).mean().tolist() == [
        pytest.approx(0.8 * 0.5**n, abs=0.04) for n in range(3)
    ]
    answered = messages["answered"].notna()
    assert answered[opened].groupby(place[opened]).mean().tolist() == [
        pytest.approx(0.5 * 0.4**n, abs=0.06) for n in range(3)
    ]


def test_a_month_without_messages_ends_the_tiring() -> None:
    months = draw(4, lengths=((1, 1.0),), first="2023-04", last="2023-10")
    by_month = months["opened"].notna().groupby(months["campaign"]).mean()
    gap = months["sent"].groupby(months["owner"]).diff()
    rested = months["opened"].notna()[gap > 30].mean()
    tired = months["opened"].notna()[gap <= 30].mean()
    assert by_month["2023-04"] == pytest.approx(0.8, abs=0.04)
    assert rested == pytest.approx(0.8, abs=0.04)
    assert tired < 0.6
