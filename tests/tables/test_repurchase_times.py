"""The right figures beside the naive ones: by hand, and the case in which they differ."""

from __future__ import annotations

import pandas as pd
import pytest
from strategies import lines

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.orders.simulate_repurchases import simulate_repurchases
from retention.tables.repurchase_times import COLUMNS, repurchase_times

# Back after 10 and 40 days; open since 20 and 100.
FRAME = lines(
    "aabbcd",
    ["2024-01-01", "2024-01-11", "2024-01-01", "2024-02-10", "2024-03-21", "2024-01-01"],
)

# Examples


def test_by_hand() -> None:
    """S(10) = 3/4, S(40) = 3/4 x 1/2; half of F(100) = 5/8 is reached on day 40."""
    table = repurchase_times(FRAME, as_of="2024-04-10", min_at_risk=1)
    assert tuple(table.columns) == COLUMNS
    rates = table[table["figure"] == "returned_rate"].set_index("within_days")
    assert rates["value"].to_dict() == {30: 0.25, 60: 0.625, 90: 0.625}
    assert rates["naive_value"].to_dict() == {30: 0.25, 60: 0.5, 90: 0.5}
    waits = table[table["figure"] != "returned_rate"].set_index("figure")
    assert (waits["within_days"] == 100).all()
    assert waits["value"].iloc[:4].tolist() == [40, 40, (10 * 0.25 + 40 * 0.375) / 0.625, 40]
    assert waits["naive_value"].tolist() == [10, 40, 25, 10, 40]
    assert waits["answer"].tolist() == ["40 days", "40 days", "28 days", "40 days", "not reached"]
    assert waits.loc["p80_days_of_all", ["value"]].isna().all()


def test_nobody_came_back() -> None:
    table = repurchase_times(lines("ab", ["2024-01-01"] * 2), as_of="2024-02-10", min_at_risk=1)
    assert table["value"].tolist()[0] == 0
    assert (table["answer"].iloc[1:] == "not reached").all()
    assert table["naive_value"].iloc[1:].isna().all()


def test_too_few_to_say() -> None:
    assert repurchase_times(FRAME).empty


# Refusals


def test_numbers_out_of_range() -> None:
    with pytest.raises(ArgumentError, match="min_at_risk: 0 is not a number of customers"):
        repurchase_times(FRAME, min_at_risk=0)


# References


@pytest.mark.slow
@pytest.mark.parametrize("seed", [4, 5, 6])
def test_the_case(seed: int) -> None:
    """36.04 % within 180 days and not 27.5; P80 174.6 days and not 139.6; of all, not reached."""
    orders = read_orders(simulate_repurchases(random_state=seed), as_of="2024-12-30")
    table = repurchase_times(orders).set_index(["figure", "within_days"])
    rate = table.loc[("returned_rate", 180)]
    assert rate["value"] == pytest.approx(0.3604, abs=0.005)
    assert rate["naive_value"] == pytest.approx(0.275, abs=0.005)
    wait = table.loc[("p80_days", 364)]
    assert wait["value"] == pytest.approx(174.6, abs=4)
    assert wait["naive_value"] == pytest.approx(139.6, abs=2)
    assert table.loc[("p80_days_of_all", 364), "answer"] == "not reached"


def test_no_row_is_about_days_that_nobody_was_seen_for() -> None:
    frame = pd.concat([lines([f"c{i}"], ["2024-01-01"]) for i in range(12)])
    days = repurchase_times(frame, as_of="2024-03-15")["within_days"]
    assert sorted(set(days)) == [30, 60, 74]
