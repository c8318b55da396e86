"""Simple rules, by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from retention.models.baselines import _own_rate, simple_forecast
from retention.models.cut import Cut, cut_at
from retention.orders.read import read_orders

# On 2024-04-10, a bought 100 and 20 days ago, b 90 and 40, c 70; d, e and f came back at once and left.
DAYS_AGO = {
    "a": [100, 20, -5, -10], "b": [90, 40, -15], "c": [70], "d": [200, 199], "e": [200, 198],
    "f": [200, 197],
}  # fmt: skip
DAY = pd.Timestamp("2024-04-10")


def cut_of(times: int) -> Cut:
    """Each of the customers so many times."""
    rows = [
        (f"{one}{number}", DAY - pd.Timedelta(days=ago))
        for one, days in DAYS_AGO.items()
        for ago in days
        for number in range(times)
    ]
    frame = pd.DataFrame(rows, columns=["customer_id", "ordered_at"]).assign(amount=1.0)
    return cut_at(read_orders(frame, as_of="2024-05-10"), DAY, horizon_days=30)


@pytest.fixture(scope="module")
def cut() -> Cut:
    return cut_of(1)


def means(rule: str, cut: Cut) -> dict[tuple[int, int], float]:
    """Expected orders by frequency and age."""
    found = simple_forecast(rule, cut, cut).expected
    keys = zip(cut.cells["frequency"], cut.cells["T"], strict=True)
    return {(int(x), int(T)): float(mean) for (x, T), mean in zip(keys, found, strict=True)}


def test_own_rate_is_scaled_by_what_it_was_worth() -> None:
    """30 days at 1/100, 1/90 and three times 1/200 say 1.083; a and b then bought 3 times; all that twice."""
    said = 2 * 30 * (1 / 100 + 1 / 90 + 3 / 200)
    factor = (2 * 3 + 0.5) / (said + 0.5)
    found = means("own_rate", cut_of(2))
    assert found[1, 100] == pytest.approx(factor * 30 / 100)
    assert found[1, 90] == pytest.approx(factor * 30 / 90)
    # c never came back; those of whom the rule says nothing bought nothing, plus half an order.
    assert found[0, 70] == pytest.approx(0.5 / 3)


def test_the_rate_of_the_young_is_that_of_30_days() -> None:
    cells = pd.DataFrame({"frequency": [2, 2, 2], "T": [1, 29, 60]})
    assert _own_rate(SimpleNamespace(cells=cells, horizon_days=30)).tolist() == [2.0, 2.0, 1.0]


def test_recent_orders_go_on(cut: Cut) -> None:
    """Only a bought in the 30 days before, and then twice: 2.5 over 1.5."""
    found = means("recent_orders", cut)
    assert found[1, 100] == pytest.approx(2.5 / 1.5)
    assert found[1, 90] == pytest.approx((1 + 0.5) / (5 + 1))


def test_the_lapsed_are_those_silent_for_long() -> None:
    """Who is back is so within 80 days: d, e and f are lapsed, whose silence is 197 days and more."""
    found = means("lapse_rule", cut_of(10))
    assert found[1, 100] == found[1, 90] == found[0, 70] == pytest.approx((30 + 0.5) / (30 + 1))
    assert found[1, 200] == pytest.approx(0.5 / (30 + 1))


def test_groups_of_one_frequency_go_on_alike(cut: Cut) -> None:
    """Of a, b, d, e and f, who came back once, two bought three times; c bought nothing."""
    found = means("frequency_group", cut)
    assert found[1, 100] == found[1, 90] == found[1, 200] == pytest.approx((3 + 0.5) / (5 + 1))
    assert found[0, 70] == pytest.approx(0.5 / (1 + 1))
