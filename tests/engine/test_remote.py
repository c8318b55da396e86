"""What lies in a warehouse stays there: few rows come to the client, and nothing is made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from retention.engine import frames
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.tables.choose_lapse import choose_lapse
from retention.tables.cohort_retention import cohort_retention
from retention.tables.cohort_value import cohort_value
from retention.tables.customer_summary import customer_summary
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.next_product import next_product
from retention.tables.repurchase_curve import repurchase_curve
from retention.tables.repurchase_hazard import repurchase_hazard
from retention.tables.repurchase_intervals import repurchase_intervals
from retention.tables.repurchase_ladder import repurchase_ladder
from retention.tables.repurchase_times import repurchase_times
from retention.tables.seasonality import seasonality
from retention.tables.time_to_first_order import time_to_first_order

pytestmark = pytest.mark.slow


def follow_channels(orders: Orders) -> pd.DataFrame:
    return next_product(orders, item="channel")


def first_orders(orders: Orders) -> pd.DataFrame:
    touches = pd.DataFrame({"customer_id": ["c1"], "touched_at": pd.Timestamp("2023-01-01")})
    return time_to_first_order(orders, touches=touches, min_at_risk=1)


CUSTOMERS, LINES = 300, 60_000
# Rows that tell what the columns hold, and what is one per order; the rest is asked in sums.
SAMPLE = 2 * 4_000
TABLES = [
    customer_summary, cohort_retention, cohort_value, repurchase_intervals, repurchase_curve,
    choose_lapse, lifecycle_stages, lifecycle_rates, seasonality, repurchase_ladder, repurchase_hazard,
    repurchase_times, follow_channels, first_orders,
]  # fmt: skip
CATALOGS = {
    "duckdb": "select table_name from duckdb_tables() union select view_name from duckdb_views()"
    " where not internal",
    "postgres": "select relname::text from pg_class c join pg_namespace n on n.oid = relnamespace"
    " where nspname not in ('pg_catalog', 'information_schema', 'pg_toast')",
    "pyspark": "show tables",
}


def many_lines() -> pd.DataFrame:
    random = np.random.default_rng(1)
    days = random.integers(0, 400, LINES)
    return pd.DataFrame(
        {
            "customer_id": [f"c{number}" for number in random.integers(0, CUSTOMERS, LINES)],
            "order_id": [f"o{number}" for number in range(LINES)],
            "ordered_at": pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D"),
            "amount": random.integers(1, 10_000, LINES) / 100,
            "channel": random.choice(["web", "shop"], LINES),
        }
    )


def catalog(backend: Any) -> list[tuple[Any, ...]]:
    query, connection = CATALOGS[backend.connection.name], backend.connection
    if connection.name == "pyspark":
        return sorted(tuple(row) for row in connection.raw_sql(query).collect())
    return sorted(connection.con.execute(query).fetchall())


@pytest.fixture
def crossed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows of every answer that has come from an engine of somebody else."""
    counts: list[int] = []
    ask = frames._from_elsewhere

    def counted(backend: Any, expression: Any) -> Any:
        answer = ask(backend, expression)
        counts.append(answer.num_rows)
        return answer

    monkeypatch.setattr(frames, "_from_elsewhere", counted)
    return counts


def test_few_rows_come_to_the_client_and_nothing_is_made(backend: Any, crossed: list[int]) -> None:
    table = backend.table(many_lines())
    before = catalog(backend)
    orders = read_orders(table)
    assert sum(crossed) <= SAMPLE + CUSTOMERS
    for make in (*TABLES, lambda orders: orders.audit):
        crossed.clear()
        make(orders)
        assert crossed
        assert sum(crossed) <= LINES / 20, make
    assert catalog(backend) == before
