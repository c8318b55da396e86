"""The messages of the sample shop go to customers drawn by lot: what they add is known, and found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from retention.actions.campaign_lift import campaign_lift
from retention.orders.orders import Orders
from retention.orders.sample import sample_orders
from retention.orders.sample_marketing import sample_touches
from retention.tables.customer_summary import customer_summary

# Of the plan in hien_may.py: how many messages, and how many of the n-th are opened and answered.
LENGTHS = {1: 0.5, 2: 0.2, 4: 0.2, 6: 0.1}
OPENED, OPENED_FALL, ANSWERED, ANSWERED_FALL = 0.5, 0.9, 0.3, 0.65


def true_lift(usual: float) -> float:
    """The share who answer at least one message, of those who would not have ordered anyway."""
    each = OPENED * ANSWERED * (OPENED_FALL * ANSWERED_FALL) ** np.arange(6)
    answers = sum(share * (1 - np.prod(1 - each[:count])) for count, share in LENGTHS.items())
    return float(answers * (1 - usual))


def lot(orders: Orders, messages: pd.DataFrame, month: str) -> pd.DataFrame:
    """Everybody the lot was drawn among, and who won: no split was saved, but the lot was one."""
    day = pd.Timestamp(f"{month}-01")
    known = customer_summary(orders, as_of=day - pd.Timedelta(days=1))
    known = known[(known["T"] >= 30) & (known["days_since_last_order"] < 364)]
    drawn = known["customer_id"].isin(messages.loc[messages["campaign"] == month, "customer_id"])
    return pd.DataFrame(
        {
            "customer_id": known["customer_id"],
            "value_band": 1,
            "prediction": known["purchase_days"].astype("float64"),
            "arm": np.where(drawn, "treated", "holdout"),
            "planned_at": day,
        }
    )


def read_out(orders: Orders, messages: pd.DataFrame, month: str) -> pd.Series:
    table = campaign_lift(orders, lot(orders, messages, month), window_days=31, permutations=19)
    return table.iloc[0]


def messages_of_the_sample() -> pd.DataFrame:
    touches = sample_touches()
    return touches[touches["touch"] == "message_sent"]


# References


def test_a_campaign_and_its_true_lift() -> None:
    row = read_out(sample_orders(), messages_of_the_sample(), "2025-10")
    assert row["low"] <= true_lift(row["in_holdout"]) <= row["high"]
    assert row["verdict"] == "more"
    # Fewer were contacted than not, so the arms are the other way round than usual.
    assert row["treated"] < row["holdout"]


@pytest.mark.slow
def test_nearly_all_campaigns_hold_their_true_lift() -> None:
    orders, messages = sample_orders(), messages_of_the_sample()
    rows = pd.DataFrame(
        [read_out(orders, messages, month) for month in sorted(messages["campaign"].unique())]
    )
    true = rows["in_holdout"].map(true_lift)
    holds = (rows["low"] <= true) & (true <= rows["high"])
    assert len(rows) == 18
    assert holds.sum() >= 16
    assert rows["difference"].mean() == pytest.approx(true.mean(), abs=0.03)
