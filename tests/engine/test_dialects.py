"""BigQuery and Snowflake: what is sent is compiled and parsed again; it has not been run there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.operations as ops
import pandas as pd
import pyarrow as pa
import pytest
import sqlglot
from ibis.backends.sql.compilers import BigQueryCompiler, SnowflakeCompiler
from strategies import shop_frame

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

pytestmark = pytest.mark.slow


def follow_channels(orders: Orders) -> pd.DataFrame:
    return next_product(orders, item="channel", within_days=60)


COMPILERS = {"bigquery": BigQueryCompiler(), "snowflake": SnowflakeCompiler()}
TABLES: list[Callable[[Orders], pd.DataFrame]] = [
    customer_summary, cohort_retention, cohort_value, repurchase_intervals, repurchase_curve,
    choose_lapse, lifecycle_stages, lifecycle_rates, seasonality, repurchase_ladder, repurchase_hazard,
    repurchase_times, follow_channels, Orders.to_pandas,
]  # fmt: skip


class Warehouse:
    """A table that looks like one of another engine, and is answered by DuckDB."""

    def __init__(self, name: str, frame: pd.DataFrame) -> None:
        self.name = name
        self.sent: list[str] = []
        self._answers = ibis.duckdb.connect().create_table("orders", frame)
        self._table = ops.DatabaseTable("orders", self._answers.schema(), self)

    def orders(self, **options: Any) -> Orders:
        return read_orders(self._table.to_expr(), **options)

    def compile(self, expression: Any) -> str:
        query = COMPILERS[self.name].to_sqlglot(expression.as_table())
        return str(query.sql(dialect=self.name))

    def to_pyarrow(self, expression: Any, **_: Any) -> pa.Table:
        self.sent.append(self.compile(expression))
        return expression.op().replace({self._table: self._answers.op()}).to_expr().to_pyarrow()


@pytest.fixture(params=COMPILERS, scope="module")
def warehouse(request: pytest.FixtureRequest) -> Warehouse:
    return Warehouse(request.param, shop_frame())


@pytest.fixture(scope="module")
def orders(warehouse: Warehouse) -> Orders:
    return warehouse.orders()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_what_is_sent_can_be_parsed(
    warehouse: Warehouse, orders: Orders, table: Callable[[Orders], pd.DataFrame]
) -> None:
    before = len(warehouse.sent)
    assert len(table(orders)) > 1
    assert len(warehouse.sent) > before
    for query in warehouse.sent[before:]:
        parsed = sqlglot.parse_one(query, read=warehouse.name)
        assert not list(parsed.find_all(sqlglot.exp.Command))
        assert sqlglot.parse_one(parsed.sql(warehouse.name), read=warehouse.name) == parsed


def test_the_audit_can_be_parsed_by_snowflake() -> None:
    warehouse = Warehouse("snowflake", shop_frame())
    assert len(warehouse.orders().audit) > 10
    for query in warehouse.sent:
        assert sqlglot.parse_one(query, read="snowflake")
