"""Who never bought and has no day could have bought at no time that is known."""

from __future__ import annotations

import pandas as pd

from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.stage_counts import stage_counts
from retention.tables.stage_flow import stage_flow
from retention.texts import footer

ORDERS = pd.DataFrame(
    {
        "customer_id": ["a", "b"],
        "ordered_at": pd.to_datetime(["2024-01-01", "2024-03-01"]),
        "amount": 1.0,
    }
)
DAYS = pd.to_datetime([None, None, "2024-01-05"])
PEOPLE = pd.DataFrame({"customer_id": ["a", "x", "y"], "first_seen_at": DAYS})
UNDATED = PEOPLE.assign(first_seen_at=pd.Series(pd.NaT, range(3), "datetime64[us]"))
SILENCES = {"at_risk_after_days": 30, "lapsed_after_days": 60}

# examples


def test_those_without_a_day_are_left_out_and_counted() -> None:
    stages = lifecycle_stages(ORDERS, people=PEOPLE, **SILENCES)
    assert stages["customer_id"].tolist() == ["a", "b", "y"]
    said = "2 people without a day on which they were first seen count once they have bought."
    assert footer(stages.attrs).endswith(said)


def test_where_nobody_has_a_day_there_is_no_customer_rate_and_no_prospect() -> None:
    rates = lifecycle_rates(ORDERS, people=UNDATED)
    assert set(rates["name"]) == {"repeat_rate", "loyalty_rate"}
    for table in (
        stage_counts(ORDERS, people=UNDATED, **SILENCES),
        stage_flow(ORDERS, people=UNDATED, **SILENCES),
    ):
        assert "prospect" not in set(table.filter(like="stage").iloc[:, 0])
        assert "3 people without a day" in footer(table.attrs)
    assert "3 people without a day" in footer(rates.attrs)
