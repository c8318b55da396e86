"""Plain DuckDB SQL for each measure: what the expressions must say, written a second time."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from strategies import shop_frame

from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.cohort_value import cohort_value
from retention.tables.customer_summary import customer_summary
from retention.tables.repurchase_intervals import repurchase_intervals

AS_OF = "2023-12-31"
# Refunds of the test frame lie in their own orders; an order with nothing left is no purchase.
ORDERS = """
CREATE TABLE orders AS
SELECT customer_id, order_id, min(ordered_at) FILTER (amount >= 0) AS ordered_at,
       sum(amount::DECIMAL(18, 4)) AS amount,
       NOT (bool_or(amount < 0) AND sum(amount::DECIMAL(18, 4)) <= 0) AS is_purchase,
       arg_min_null(channel, (ordered_at, -amount, coalesce(channel, ''))) FILTER (amount >= 0) AS channel
FROM frame WHERE ordered_at < DATE '2023-12-31' + 1
GROUP BY ALL HAVING count(*) FILTER (amount >= 0) > 0;
CREATE TABLE days AS
SELECT customer_id, ordered_at::DATE AS day, sum(amount) AS amount, count(*) AS orders,
       row_number() OVER w AS number, lead(day) OVER w - day AS gap
FROM orders WHERE is_purchase GROUP BY customer_id, day
WINDOW w AS (PARTITION BY customer_id ORDER BY day);
"""
SUMMARY = """
SELECT customer_id, sum(orders)::BIGINT AS orders, count(*) AS purchase_days,
       count(*) - 1 AS frequency, max(day) - min(day) AS recency, DATE '2023-12-31' - min(day) AS T,
       (sum(amount) FILTER (number > 1))::DOUBLE / nullif(count(*) - 1, 0) AS monetary_value,
       sum(amount)::DOUBLE / sum(orders) AS average_order_value,
       any_value(total)::DOUBLE AS total_value, any_value(first_at) AS first_order_at,
       any_value(last_at) AS last_order_at,
       DATE '2023-12-31' - max(day) AS days_since_last_order,
       count(*) FILTER (number > 1 AND amount > 0) AS paid_days,
       (avg(amount::DOUBLE) FILTER (number > 1 AND amount > 0)) AS paid_value,
       arg_max(gap, day) AS last_gap_days
FROM days JOIN (
  SELECT customer_id, sum(amount) AS total, min(ordered_at) FILTER (is_purchase) AS first_at,
         max(ordered_at) FILTER (is_purchase) AS last_at
  FROM orders GROUP BY customer_id) USING (customer_id)
GROUP BY customer_id ORDER BY customer_id
"""
COHORTS = """
WITH firsts AS (
  SELECT customer_id, min(date_trunc('month', ordered_at)) AS cohort,
         coalesce(arg_min_null(channel, (ordered_at, order_id)), '(missing)') AS channel
  FROM orders WHERE is_purchase GROUP BY customer_id)
SELECT firsts.channel, cohort, datediff('month', cohort, ordered_at) AS age,
       count(DISTINCT customer_id) FILTER (is_purchase) AS returned, sum(amount)::DOUBLE AS amount
FROM orders JOIN firsts USING (customer_id)
GROUP BY ALL ORDER BY ALL
"""
GAPS = """
SELECT number AS order_number, coalesce(gap, DATE '2023-12-31' - day) AS gap_days,
       gap IS NULL AS is_censored, count(*) AS customers
FROM days GROUP BY ALL ORDER BY ALL
"""


@pytest.fixture(scope="module")
def orders() -> Orders:
    return read_orders(shop_frame(customers=200), as_of=AS_OF)


@pytest.fixture(scope="module")
def sql() -> Any:
    connection = duckdb.connect()
    connection.register("frame", shop_frame(customers=200))
    connection.execute(ORDERS)
    return connection


# References


def test_customer_summary(orders: Orders, sql: Any) -> None:
    found = customer_summary(orders)
    expected = sql.sql(SUMMARY).df()
    assert_frame_equal(found, expected[list(found.columns)], check_dtype=False, atol=1e-9, rtol=0)


def test_cohorts(orders: Orders, sql: Any) -> None:
    expected = sql.sql(COHORTS).df().set_index(["channel", "cohort", "age"])
    # Wholly refunded orders before the first purchase: nobody came, nothing is left.
    before = expected.index.get_level_values("age") < 0
    assert before.any()
    assert (expected[before] == 0).all(axis=None)
    expected = expected[~before]
    returned = cohort_retention(orders, by="channel").set_index(["channel", "cohort", "age"])
    amount = cohort_value(orders, by="channel").set_index(["channel", "cohort", "age"])["amount"]
    found = pd.DataFrame({"returned": returned["returned"], "amount": amount})
    assert len(found) > len(expected)
    lost = found[~found.index.isin(expected.index)]
    assert (lost == 0).all(axis=None)
    assert_frame_equal(found.loc[expected.index], expected, check_dtype=False, atol=1e-9, rtol=0)


def test_gaps(orders: Orders, sql: Any) -> None:
    assert_frame_equal(
        repurchase_intervals(orders), sql.sql(GAPS).df(), check_dtype=False, check_like=False
    )
