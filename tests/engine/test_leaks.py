"""Many calls leave neither tables nor views behind in the private DuckDB."""

from __future__ import annotations

import gc
from typing import Any

import pandas as pd
import pytest
from strategies import shop_frame

from retention.engine.connection import private_connection
from retention.orders.read import read_orders
from retention.tables.choose_lapse import choose_lapse
from retention.tables.cohort_retention import cohort_retention
from retention.tables.customer_summary import customer_summary
from retention.tables.growth_accounting import growth_accounting
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.repurchase_curve import repurchase_curve
from retention.tables.stage_flow import stage_flow

MEASURES = (
    customer_summary, cohort_retention, repurchase_curve, choose_lapse, lifecycle_stages,
)  # fmt: skip


PEOPLE = pd.DataFrame({"customer_id": ["c001", "x"], "first_seen_at": pd.Timestamp("2023-02-01")})


def kept() -> set[str]:
    gc.collect()
    found = private_connection().con.execute("select table_name from information_schema.tables")
    return {name for (name,) in found.fetchall()}


def all_measures(orders: Any) -> None:
    for measure in MEASURES:
        measure(orders)
    cohort_retention(orders, by="channel")
    choose_lapse(orders, by="channel")
    stage_flow(orders, people=PEOPLE)
    lifecycle_rates(orders, period="month", people=PEOPLE)
    growth_accounting(orders)


@pytest.mark.slow
def test_what_is_kept_with_the_orders_is_kept_once() -> None:
    orders = read_orders(shop_frame())
    all_measures(orders)
    once = kept()
    for _ in range(3):
        all_measures(orders)
    assert kept() == once


@pytest.mark.slow
def test_nothing_is_left_of_a_table_that_was_read_for_one_call() -> None:
    frame = shop_frame()
    before = kept()
    all_measures(frame)
    orders = read_orders(frame)
    assert len(orders.audit) and len(orders.headlines)
    all_measures(orders.at("2023-09-30"))
    # A frame's orders are kept for the next call, as long as there is the frame.
    del orders, frame
    assert kept() - before == set()
