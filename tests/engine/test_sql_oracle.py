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
from retention.tables.growth_accounting import growth_accounting
from retention.tables.log_log import log_log_limits
from retention.tables.next_product import next_product
from retention.tables.repurchase_curve import repurchase_curve
from retention.tables.repurchase_intervals import repurchase_intervals
from retention.tables.repurchase_ladder import repurchase_ladder
from retention.tables.stage_counts import stage_counts

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
       arg_max(gap, day) AS last_gap_days, coalesce(sum(ln(gap)), 0) AS log_gaps
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

FOLLOWED = """
CREATE TABLE gaps AS
SELECT customer_id, number, days.day - first AS since_first, DATE '2023-12-31' - first AS T,
       coalesce(gap, DATE '2023-12-31' - days.day) AS gap_days, gap IS NULL AS is_censored
FROM days JOIN (SELECT customer_id, min(day) AS first FROM days GROUP BY customer_id)
USING (customer_id);
"""
LADDER = """
SELECT number AS order_number, within_days, count(*) AS eligible,
       count(*) FILTER (NOT is_censored AND gap_days <= within_days) AS returned
FROM gaps, (VALUES (30), (60), (90), (180), (365)) AS spans(within_days)
WHERE number <= 5 AND CASE WHEN number = 1 THEN T >= within_days
                           ELSE since_first <= 60 AND T >= 60 + within_days END
GROUP BY ALL ORDER BY ALL
"""
CURVE = """
WITH lengths AS (
  SELECT number, gap_days, NOT is_censored AS is_back FROM gaps
  WHERE number = 1 OR (number <= 5 AND since_first <= 60 AND T >= 60 + 45)
  UNION ALL SELECT 0, gap_days, NOT is_censored FROM gaps
), days AS (
  SELECT number, unnest(range(0, max(gap_days) + 1)) AS day FROM lengths GROUP BY number
), counts AS (
  SELECT days.number, day, count(*) AS at_risk,
         count(*) FILTER (is_back AND gap_days = day) AS events
  FROM days JOIN lengths ON days.number = lengths.number AND gap_days >= day GROUP BY ALL
)
SELECT number AS order_number, day AS gap_days, at_risk, events,
       1 - product(1 - events / at_risk) OVER (PARTITION BY number ORDER BY day) AS p_returned
FROM counts WHERE at_risk >= 10 AND (number < 2 OR day <= 45) ORDER BY ALL
"""
SQUARES = """
WITH counts AS (
  SELECT day AS d, count(*) AS y, count(*) FILTER (NOT is_censored AND gap_days = day) AS e
  FROM (SELECT unnest(range(0, max(gap_days) + 1)) AS day FROM gaps) JOIN gaps ON gap_days >= day
  GROUP BY ALL
), influence AS (
  SELECT day, customer_id,
         sum(CASE WHEN is_censored OR gap_days <> d THEN 0 ELSE -1 / (y - e) END
             + e / (y * (y - e))) AS own
  FROM (SELECT unnest(range(0, 61)) AS day), gaps JOIN counts ON d <= gap_days
  WHERE d <= day GROUP BY ALL
)
SELECT sum(own ** 2) AS variance FROM influence GROUP BY day ORDER BY day
"""
NEXT = """
WITH items AS (
  SELECT customer_id, ordered_at::DATE AS day,
         coalesce(arg_min_null(channel, (ordered_at, order_id)), '(missing)') AS item
  FROM orders WHERE is_purchase GROUP BY ALL
), ways AS (
  SELECT row_number() OVER w AS number, item, day, lead(item) OVER w AS next_item,
         lead(day) OVER w AS next_day
  FROM items WINDOW w AS (PARTITION BY customer_id ORDER BY day)
)
SELECT number AS order_number, item, next_item, count(*) AS returned,
       quantile_disc(next_day - day, 0.5)::BIGINT AS median_gap_days
FROM ways
WHERE number <= 2 AND DATE '2023-12-31' - day >= 60 AND next_day - day <= 60
GROUP BY ALL ORDER BY ALL
"""


STAGES = """
WITH ends AS (
  SELECT unnest([DATE '2023-07-31', DATE '2023-09-15', DATE '2023-12-31']) AS month_end
), known AS (
  SELECT month_end, customer_id, order_id, min(ordered_at) FILTER (amount >= 0) AS ordered_at,
         bool_or(amount < 0) AND sum(amount::DECIMAL(18, 4)) <= 0 AS is_undone
  FROM frame JOIN ends ON ordered_at < month_end + 1 GROUP BY ALL
), days AS (
  SELECT month_end, customer_id, ordered_at::DATE AS day FROM known
  WHERE NOT is_undone AND ordered_at IS NOT NULL GROUP BY ALL
), stood AS (
  SELECT month_end, customer_id, month_end - max(day) AS silent, count(*) AS number,
         max(day) - max(day, 2)[2] AS gap
  FROM days GROUP BY month_end, customer_id
)
SELECT month_end AS as_of, CASE
         WHEN silent > 90 THEN if(number = 1, 'lapsed_once', 'lapsed') WHEN silent > 30 THEN 'at_risk'
         WHEN gap > 90 THEN 'won_back' WHEN number = 1 THEN 'new'
         WHEN number < 3 THEN 'growing' ELSE 'loyal' END AS stage, count(*) AS customers
FROM stood GROUP BY ALL ORDER BY ALL
"""
GROWTH = """
WITH months AS (
  SELECT customer_id, date_trunc('month', day) AS month, sum(amount) AS amount FROM days GROUP BY ALL
), beside AS (
  SELECT *, lag(month) OVER w AS before, lag(amount) OVER w AS was FROM months
  WINDOW w AS (PARTITION BY customer_id ORDER BY month)
)
SELECT month AS period, count(*) AS active, count(*) FILTER (before IS NULL) AS new,
       count(*) FILTER (before = month - INTERVAL 1 MONTH) AS retained,
       (sum(least(amount, was)) FILTER (before = month - INTERVAL 1 MONTH))::DOUBLE AS value_retained,
       (sum(amount) FILTER (before < month - INTERVAL 1 MONTH))::DOUBLE AS value_reactivated
FROM beside GROUP BY month ORDER BY month
"""


@pytest.fixture(scope="module")
def orders() -> Orders:
    return read_orders(shop_frame(customers=200), as_of=AS_OF)


@pytest.fixture(scope="module")
def sql() -> Any:
    connection = duckdb.connect()
    connection.register("frame", shop_frame(customers=200))
    connection.execute(ORDERS)
    connection.execute(FOLLOWED)
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


def test_ladder(orders: Orders, sql: Any) -> None:
    found = repurchase_ladder(orders, reach_days=60)
    expected = sql.sql(LADDER).df()
    assert_frame_equal(found[list(expected.columns)], expected, check_dtype=False)


def test_curves(orders: Orders, sql: Any) -> None:
    found = repurchase_curve(orders, reach_days=60, within_days=45)
    expected = sql.sql(CURVE).df()
    assert_frame_equal(
        found[list(expected.columns)], expected, check_dtype=False, atol=1e-12, rtol=0
    )


def test_limits_of_the_pooled_curve(orders: Orders, sql: Any) -> None:
    curve = repurchase_curve(orders)
    pooled = curve[(curve["order_number"] == 0) & (curve["gap_days"] <= 60)]
    variance = sql.sql(SQUARES).df()["variance"].to_numpy()
    low, high = log_log_limits(1 - pooled["p_returned"].to_numpy(), variance)
    assert pooled["low"].tolist() == pytest.approx(low.tolist())
    assert pooled["high"].tolist() == pytest.approx(high.tolist())


def test_next_channel(orders: Orders, sql: Any) -> None:
    found = next_product(orders, item="channel", within_days=60)
    expected = sql.sql(NEXT).df()
    keys = ["order_number", "item", "next_item"]
    found = found[found["returned"] > 0].sort_values(keys, ignore_index=True)
    assert_frame_equal(found[list(expected.columns)], expected, check_dtype=False)


def test_stages_as_known_at_each_end(orders: Orders, sql: Any) -> None:
    """The oracle sums every order anew at each end, refunds up to then; some were undone later."""
    ends = ["2023-07-31", "2023-09-15", "2023-12-31"]
    found = stage_counts(orders, as_of=ends, at_risk_after_days=30, lapsed_after_days=90)
    expected = sql.sql(STAGES).df()
    found = found[found["customers"] > 0].sort_values(["as_of", "stage"], ignore_index=True)
    assert_frame_equal(found[list(expected.columns)], expected, check_dtype=False)


def test_growth(orders: Orders, sql: Any) -> None:
    expected = sql.sql(GROWTH).df().fillna(0)
    found = growth_accounting(orders)[list(expected.columns)]
    assert_frame_equal(found, expected, check_dtype=False, atol=1e-9, rtol=0)
