"""People by id, whatever type the ids came in."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.tables.known_people import known_people
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages

ORDERS = pd.DataFrame(
    {
        "customer_id": [1, 1, 2, 3],
        "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-03", "2024-01-02", "2024-01-04"]),
        "amount": 5.0,
    }
)
DAY = pd.Timestamp("2024-01-31")
PEOPLE = pd.DataFrame({"customer_id": [1, 9], "first_seen_at": pd.to_datetime(["2024-01-01"] * 2)})


# examples
def test_numbers_and_text_are_the_same_person() -> None:
    stages = lifecycle_stages(
        ORDERS, people=PEOPLE, as_of="2024-01-31", at_risk_after_days=5, lapsed_after_days=40
    )
    assert stages["customer_id"].tolist() == ["1", "2", "3", "9"]
    rates = lifecycle_rates(ORDERS, people=PEOPLE).set_index(["name", "basis"])
    assert rates.loc[("customer_rate", "as_written"), ["numerator", "denominator"]].tolist() == [
        3,
        4,
    ]


def test_where_nobody_could_there_is_no_interval() -> None:
    mature = lifecycle_rates(ORDERS).set_index(["name", "basis"]).loc[("repeat_rate", "mature")]
    assert mature["denominator"] == 0
    assert mature[["lifecycle_rate", "low", "high"]].isna().all()


def test_only_those_seen_by_then_and_each_once() -> None:
    people = pd.concat([PEOPLE, PEOPLE.assign(first_seen_at=pd.Timestamp("2025-01-01"))])
    assert known_people(people, DAY).index.tolist() == ["1", "9"]


# refusals
@pytest.mark.parametrize(
    ("people", "match"),
    [
        ([1, 2], "a list is no table"),
        (PEOPLE.drop(columns="first_seen_at"), "1 of 2 needed columns are missing"),
        (
            PEOPLE.assign(first_seen_at="2024-01-01"),
            "first_seen_at holds str in 2 rows, no local times",
        ),
        (PEOPLE.assign(customer_id=[None, "9"]), "1 of 2 rows have no customer_id"),
    ],
)
def test_what_is_no_table_of_people(people: pd.DataFrame, match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        known_people(people, DAY)
