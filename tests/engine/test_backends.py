"""Every table is the same frame on every backend, to 1e-9, and money to the last decimal."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
import pytest
from ibis.backends.sql.compilers import DuckDBCompiler
from pandas.testing import assert_frame_equal
from strategies import FIRST_DAY, exactly, shop_frame

from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.periods import PERIODS
from retention.tables.choose_lapse import choose_lapse
from retention.tables.cohort_retention import cohort_retention
from retention.tables.cohort_value import cohort_value
from retention.tables.compare_groups import compare_groups
from retention.tables.concentration import concentration
from retention.tables.customer_summary import customer_summary
from retention.tables.growth_accounting import growth_accounting
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.next_product import next_product
from retention.tables.repurchase_curve import repurchase_curve
from retention.tables.repurchase_hazard import repurchase_hazard
from retention.tables.repurchase_intervals import repurchase_intervals
from retention.tables.repurchase_ladder import repurchase_ladder
from retention.tables.repurchase_times import repurchase_times
from retention.tables.rfm import rfm
from retention.tables.seasonality import seasonality
from retention.tables.stage_counts import stage_counts
from retention.tables.stage_flow import stage_flow
from retention.tables.time_to_first_order import time_to_first_order

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

TOUCHES = shop_frame()[["customer_id", "channel"]].assign(touched_at=FIRST_DAY)
PEOPLE = pd.DataFrame({"customer_id": ["c001", "c002", "x1", "x2"]}).assign(
    first_seen_at=pd.date_range("2022-12-31", periods=4, freq="45D")
)
ENDS = ["2023-03-31", "2023-05-15", "2023-08-01"]
DAYS: dict[str, Any] = {"at_risk_after_days": 30, "lapsed_after_days": 60}
TABLES: dict[str, Callable[[Orders], pd.DataFrame]] = {
    "orders": Orders.to_pandas,
    "audit": lambda orders: orders.audit,
    "customer_summary": customer_summary,
    "customer_summary by channel": lambda orders: customer_summary(orders, by="channel"),
    "customer_summary cut": lambda orders: customer_summary(orders, as_of="2023-07-31"),
    **{
        f"cohort_retention {period}": lambda orders, period=period: cohort_retention(
            orders, period=period
        )
        for period in PERIODS
    },
    "cohort_retention by channel": lambda orders: cohort_retention(orders, by="channel"),
    "cohort_retention weeks of 7 days": lambda orders: cohort_retention(
        orders, period="week", alignment="relative"
    ),
    "cohort_retention then or later": lambda orders: cohort_retention(
        orders, definition="on_or_after", by="channel"
    ),
    "cohort_retention by then": lambda orders: cohort_retention(
        orders, definition="on_or_before", alignment="relative"
    ),
    "cohort_retention brackets": lambda orders: cohort_retention(orders, definition="brackets"),
    "cohort_value": lambda orders: cohort_value(orders, by="channel"),
    "cohort_value gross": lambda orders: cohort_value(
        orders, measure="gross", alignment="relative"
    ),
    "cohort_value orders": lambda orders: cohort_value(orders, measure="orders", period="week"),
    "compare_groups": lambda orders: compare_groups(orders, group="2023-01", baseline="2023-02"),
    "compare_groups by channel": lambda orders: compare_groups(
        orders, group="web", by="channel", within_days=(30, 60)
    ),
    "seasonality": seasonality,
    "repurchase_intervals": lambda orders: repurchase_intervals(orders, by="channel"),
    "repurchase_curve": repurchase_curve,
    "repurchase_curve by channel": lambda orders: repurchase_curve(
        orders, by="channel", reach_days=60, within_days=45, min_at_risk=2
    ),
    "repurchase_curve to the same": lambda orders: repurchase_curve(
        orders, by="channel", returning_to="same", min_at_risk=2
    ),
    "repurchase_ladder": lambda orders: repurchase_ladder(orders, by="channel"),
    "repurchase_hazard": lambda orders: repurchase_hazard(orders, min_at_risk=2),
    "repurchase_times": repurchase_times,
    "next_product": lambda orders: next_product(orders, item="channel", within_days=60),
    "time_to_first_order": lambda orders: time_to_first_order(
        orders, touches=TOUCHES, by="channel", min_at_risk=2
    ),
    "choose_lapse": choose_lapse,
    "choose_lapse by channel": lambda orders: choose_lapse(orders, by="channel"),
    "lifecycle_stages": lifecycle_stages,
    "lifecycle_stages at ends": lambda orders: lifecycle_stages(
        orders, as_of=ENDS, people=PEOPLE, by="channel", **DAYS
    ),
    "lifecycle_rates": lifecycle_rates,
    "lifecycle_rates by month and channel": lambda orders: lifecycle_rates(
        orders, period="month", by="channel", people=PEOPLE
    ),
    "stage_flow": lambda orders: stage_flow(orders, people=PEOPLE, **DAYS),
    "stage_counts at ends": lambda orders: stage_counts(orders, as_of=ENDS, people=PEOPLE, **DAYS),
    "growth_accounting": growth_accounting,
    "growth_accounting by channel": lambda orders: growth_accounting(
        orders, period="week", by="channel"
    ),
    "rfm": rfm,
    "concentration": concentration,
}
OPTIONS: dict[str, dict[str, Any]] = {
    "local": {},
    "hanoi": {"timezone": "Asia/Ho_Chi_Minh"},
    "accounting": {"timezone": "Asia/Ho_Chi_Minh", "returns": "accounting"},
    "no free orders": {"zero_amounts": "set_aside"},
}
# Beside which options they change the orders, and of what the tables ask only little.
BESIDE = {"accounting": "hanoi", "no free orders": "local"}


LESS_OFTEN = [
    pytest.param(name, marks=pytest.mark.slow) for name in ("accounting", "no free orders")
]


STORED = re.compile(r'"main"\."\w+"')


@pytest.fixture(scope="module", params=["local", "hanoi", *LESS_OFTEN])
def options(request: pytest.FixtureRequest, backend: Any) -> str:
    """The name of the options with which the orders are read."""
    if backend.connection.name == "pyspark" and request.param in ("local", "no free orders"):
        pytest.skip("Spark takes seconds a query: it is asked with a timezone, and with returns")
    return str(request.param)


@pytest.fixture(scope="module")
def theirs(options: str, backend: Any) -> Orders:
    """The orders in the backend."""
    return backend.orders(shop(options), **OPTIONS[options])


def shop(options: str) -> pd.DataFrame:
    return shop_frame(timezone="UTC" if "timezone" in OPTIONS[options] else None)


@cache
def ours(options: str) -> Orders:
    """The same orders in the private DuckDB."""
    return read_orders(shop(options), **OPTIONS[options])


@cache
def answered(options: str, name: str) -> tuple[pd.DataFrame, list[str]]:
    """A table of the private DuckDB, and what it was asked for it: tables by number, not by name."""
    sent: list[str] = []
    compiled = DuckDBCompiler.to_sqlglot

    def noted(*words: Any, **given: Any) -> Any:
        query = compiled(*words, **given)
        sent.append(query.sql("duckdb"))
        return query

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DuckDBCompiler, "to_sqlglot", noted)
        frame = TABLES[name](ours(options))
    stored = dict.fromkeys(STORED.findall(" ".join(sent)))
    numbers = {table: f"table {number}" for number, table in enumerate(stored)}
    return frame, [STORED.sub(lambda found: numbers[found[0]], query) for query in sent]


# Laws


@pytest.mark.parametrize("name", TABLES)
def test_same_frame_everywhere(name: str, options: str, theirs: Orders) -> None:
    """Once more where options change what a table asks, and not only the orders that it asks."""
    frame, asked = answered(options, name)
    if options in BESIDE and asked == answered(BESIDE[options], name)[1]:
        pytest.skip(f"asked in the same words with the options {BESIDE[options]!r}")
    assert len(frame) > 1
    assert_frame_equal(TABLES[name](theirs), frame, rtol=0, atol=1e-9)


def test_same_money_everywhere(options: str, theirs: Orders) -> None:
    for table in (Orders.to_pandas, cohort_value):
        assert exactly(table(theirs)["amount"]) == exactly(table(ours(options))["amount"])


def test_set_aside_lines_are_found_everywhere(options: str, theirs: Orders) -> None:
    found, wanted = (each.set_aside("zero_amount") for each in (theirs, ours(options)))
    assert found["order_id"].tolist() == wanted["order_id"].tolist()
    assert found["line_number"].isna().all()


# Refusals


def test_text_in_a_remote_table_is_refused(backend: Any) -> None:
    if backend.connection.name == "duckdb":
        pytest.skip("DuckDB reads text wherever it lies")
    frame = shop_frame()
    as_text = frame.astype({"ordered_at": "str"})
    with pytest.raises(ValueError, match=r"'ordered_at' is text in a remote table. Cast it there"):
        backend.orders(as_text)
    as_text = frame.astype({"amount": "str"})
    with pytest.raises(ValueError, match=r"'amount' is text in a remote table. Cast it there"):
        backend.orders(as_text)
