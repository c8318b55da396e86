"""Costs: advertising reports as they are exported."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.costs import read_costs

YANDEX = Path(__file__).parents[3] / "shared" / "data" / "yandex_afisha" / "costs_us.csv"
COSTS = pd.DataFrame(
    {
        "Ngày": ["31/01/2024", "01/02/2024"],
        "Tên chiến dịch": ["Tết", "Tết"],
        "Số tiền đã chi tiêu (VND)": ["350.000", "1.200.000"],
        "Lượt hiển thị": [1000, 2000],
    }
)

# Examples


def test_vietnamese_report() -> None:
    found = read_costs(COSTS, currency="VND")
    assert list(found) == ["spent_at", "spend", "campaign", "Lượt hiển thị"]
    assert found["spend"].tolist() == [350_000.0, 1_200_000.0]
    assert found["spent_at"].tolist() == [pd.Timestamp("2024-01-31"), pd.Timestamp("2024-02-01")]


@pytest.mark.parametrize(
    "months",
    [["2024-01", "2024-12"], ["01/2024", "12/2024"], ["Tháng 1/2024", "T12/2024"]],
    ids=str,
)
def test_months_are_their_first_days(months: list[str]) -> None:
    found = read_costs(pd.DataFrame({"month": months, "spend": [1, 2]}))
    assert found["spent_at"].tolist() == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-12-01")]


def test_a_column_names_the_currency() -> None:
    found = read_costs(COSTS.assign(Currency="VND"))
    assert found["spend"].tolist() == [350_000.0, 1_200_000.0]
    assert found["currency"].tolist() == ["VND", "VND"]


def test_rows_of_another_currency_set_aside() -> None:
    mixed = COSTS.assign(Currency=["VND", "USD"])
    found = read_costs(mixed, currency="VND", unreadable="set_aside")
    assert found["spend"].tolist() == [350_000.0]
    assert found.attrs["set_aside"] == 1


def test_unreadable_amounts_set_aside() -> None:
    spend = pd.DataFrame({"day": ["2024-01-31", "2024-02-01"], "cost": ["12.50", "?"]})
    found = read_costs(spend, unreadable="set_aside")
    assert found["spend"].tolist() == [12.5]
    assert found.attrs["set_aside"] == 1


# Refusals


def test_mixed_currencies() -> None:
    with pytest.raises(OrdersError, match=r"costs: 'Currency' holds 2 currencies"):
        read_costs(COSTS.assign(Currency=["VND", "USD"]))


def test_two_problems_at_once() -> None:
    bad = pd.DataFrame({"day": ["01/02/2024"] * 3, "cost": ["1.250", "2.500", "3.750"]})
    with pytest.raises(OrdersError) as caught:
        read_costs(bad)
    assert "costs: 2 problems in the DataFrame. (1) day and month cannot be told" in str(
        caught.value
    )
    assert "(2) 'cost'" in str(caught.value)


def test_unreadable_amounts() -> None:
    spend = pd.DataFrame({"day": ["2024-01-31", "2024-02-01"], "cost": ["12.50", "?"]})
    with pytest.raises(OrdersError, match=r"costs: 1 of 2 rows have no readable spend \('\?'\)"):
        read_costs(spend)


# References


def test_costs_of_yandex() -> None:
    if not YANDEX.exists():
        pytest.skip("the costs are not beside the project")
    found = read_costs(YANDEX)
    assert len(found) == 2_542
    assert found["channel"].nunique() == 7
    assert found["spend"].sum() == pytest.approx(329_131.62)
