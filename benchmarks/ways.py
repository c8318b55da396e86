"""The measures as each way says them: ours, plain DuckDB SQL, pandas as an analyst writes it, lifetimes.

All keep to the same rules. A purchase day is a local date with an order; several orders on one day are
one. Of two orders at one moment the one with the lower order id is first. A missing attribute is a
group of its own, `(missing)`. The observation ends with the last day that has an order.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from lifecycle_sql import AT_RISK, LAPSED, LIFECYCLE, MONTH_ENDS
from repurchase_sql import DAYS, REPURCHASE

SQL = {
    "customer_summary": """
with daily as (
    select customer_id, ordered_at::date as day, sum(amount) as amount, count(*) as orders,
        min(ordered_at) as first_at, max(ordered_at) as last_at
    from {orders} group by all
), firsts as (
    select customer_id, min(day) as first from daily group by customer_id
), gaps as (
    select *, day - lag(day) over (partition by customer_id order by day) as gap from daily
), ends as (
    select max(day) as as_of from daily
)
select customer_id, sum(orders)::bigint as orders, count(*) as purchase_days,
    count(*) - 1 as frequency, max(day) - min(day) as recency,
    any_value(as_of) - min(day) as "T",
    (sum(amount) filter (day > first))::double / nullif(count(*) - 1, 0) as monetary_value,
    sum(amount)::double / sum(orders) as average_order_value, sum(amount)::double as total_value,
    min(first_at) as first_order_at, max(last_at) as last_order_at,
    any_value(as_of) - max(day) as days_since_last_order,
    count(*) filter (day > first and amount > 0) as paid_days,
    avg(amount::double) filter (day > first and amount > 0) as paid_value,
    max(day) - max(day, 2)[2] as last_gap_days, coalesce(sum(ln(gap)), 0) as log_gaps
from gaps join firsts using (customer_id), ends
group by customer_id order by customer_id
""",
    "cohort_retention": """
with months as (
    select distinct customer_id, date_trunc('month', ordered_at)::date as month from {orders}
), ages as (
    select customer_id, min(month) over (partition by customer_id) as cohort, month from months
)
select cohort, date_diff('month', cohort, month) as age, count(*) as returned
from ages group by all order by all
""",
    "cohort_retention by channel": """
with firsts as (
    select customer_id, date_trunc('month', min(ordered_at))::date as cohort,
        coalesce(arg_min_null(channel, (ordered_at, order_id)), '(missing)') as channel
    from {orders} group by customer_id
), months as (
    select distinct customer_id, date_trunc('month', ordered_at)::date as month from {orders}
)
select channel, cohort, date_diff('month', cohort, month) as age, count(*) as returned
from months join firsts using (customer_id) group by all order by all
""",
    "cohort_value": """
with months as (
    select customer_id, date_trunc('month', ordered_at)::date as month, sum(amount) as amount
    from {orders} group by all
), ages as (
    select *, min(month) over (partition by customer_id) as cohort from months
)
select cohort, date_diff('month', cohort, month) as age, sum(amount)::double as amount
from ages group by all order by all
""",
    "repurchase_intervals": DAYS
    + """
select number as order_number, coalesce(gap, as_of - day) as gap_days, gap is null as is_censored,
    count(*) as customers
from days group by all order by all
""",
}  # fmt: skip


def by_sql(source: Path | pd.DataFrame) -> dict[str, Callable[[], Any]]:
    connection = duckdb.connect()
    if isinstance(source, pd.DataFrame):
        connection.register("orders", source)
    else:
        connection.read_parquet(str(source)).create_view("orders")
    ask = functools.partial(_asked, connection)
    # Those of repurchases have no counterpart in pandas or lifetimes.
    queries = {name: (query,) for name, query in SQL.items()} | REPURCHASE | LIFECYCLE
    return {name: functools.partial(ask, query) for name, query in queries.items()}


def _asked(connection: duckdb.DuckDBPyConnection, queries: tuple[str, ...]) -> list[pd.DataFrame]:
    return [connection.execute(query.format(orders="orders")).df() for query in queries]


def by_us(source: Path | pd.DataFrame) -> dict[str, Callable[[], Any]]:
    rt = import_module("retention")
    purchase_days = import_module("retention.engine.purchase_days").purchase_days
    read: list[Any] = []
    made: dict[str, Any] = {}
    simple = ("cohort_value", "repurchase_intervals", "repurchase_curve", "repurchase_ladder",
              "repurchase_hazard", "next_product", "choose_lapse", "lifecycle_stages",
              "lifecycle_rates")  # fmt: skip
    return {
        "reading": lambda: read.append(rt.read_orders(source)),
        # Orders and purchase days are derived when first asked for, by whatever measure comes first.
        "deriving": lambda: purchase_days(read[0].orders),
        "customer_summary": lambda: made.update(customers=rt.customer_summary(read[0])),
        "cohort_retention": lambda: rt.cohort_retention(read[0]),
        "cohort_retention by channel": lambda: rt.cohort_retention(read[0], by="channel"),
        **{name: lambda name=name: getattr(rt, name)(read[0]) for name in simple},
        "stage_flow, 24 ends": lambda: rt.stage_flow(
            read[0], as_of=MONTH_ENDS, at_risk_after_days=AT_RISK, lapsed_after_days=LAPSED
        ),
        "growth_accounting": lambda: rt.growth_accounting(read[0]),
        "audit": lambda: read[0].audit,
        "headlines": lambda: read[0].headlines,
        **_models(rt, read, made),
    }


def _models(rt: Any, read: list[Any], made: dict[str, Any]) -> dict[str, Callable[[], Any]]:
    """From the table of customers, as analysts ask for it once."""
    return {
        "fit_mbg_nbd": lambda: made.update(fit=rt.fit_mbg_nbd(made["customers"])),
        "fit_gamma_gamma": lambda: made.update(spend=rt.fit_gamma_gamma(made["customers"])),
        "customer_value": lambda: rt.customer_value(made["customers"], made["fit"], made["spend"]),
        "churn_risk": lambda: rt.churn_risk(read[0], made["fit"]),
    }


def by_pandas(source: Path | pd.DataFrame) -> dict[str, Callable[[], Any]]:
    kept: list[pd.DataFrame] = [source] if isinstance(source, pd.DataFrame) else []
    ways: dict[str, Callable[[], Any]] = {
        name: lambda make=make: make(kept[0]) for name, make in PANDAS.items()
    }
    if isinstance(source, Path):
        ways = {"reading": lambda: kept.append(_typed(pd.read_parquet(source))), **ways}
    return ways


def by_lifetimes(source: Path | pd.DataFrame) -> dict[str, Callable[[], Any]]:
    make = import_module("lifetimes").utils.summary_data_from_transaction_data
    frame = source if isinstance(source, pd.DataFrame) else _typed(pd.read_parquet(source))
    return {
        "customer_summary": lambda: make(
            frame, "customer_id", "ordered_at", monetary_value_col="amount"
        )
    }


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({"amount": "float64"})


def _summary(frame: pd.DataFrame) -> pd.DataFrame:
    dated = frame.assign(day=frame["ordered_at"].dt.normalize())
    days = dated.groupby(["customer_id", "day"], as_index=False).agg(
        amount=("amount", "sum"), orders=("amount", "size")
    )
    by_customer = days.groupby("customer_id")
    table = by_customer.agg(
        orders=("orders", "sum"), first=("day", "min"), last=("day", "max"),
        purchase_days=("day", "size"), total_value=("amount", "sum"),
    )  # fmt: skip
    repeats = days[days["day"] > days["customer_id"].map(table["first"])]
    paid = repeats[repeats["amount"] > 0].groupby("customer_id")["amount"]
    end = days["day"].max()
    table["frequency"] = table["purchase_days"] - 1
    table["recency"] = (table["last"] - table["first"]).dt.days
    table["T"] = (end - table["first"]).dt.days
    table["days_since_last_order"] = (end - table["last"]).dt.days
    table["monetary_value"] = repeats.groupby("customer_id")["amount"].mean()
    table["average_order_value"] = table["total_value"] / table["orders"]
    table["paid_days"] = paid.size().reindex(table.index, fill_value=0)
    table["paid_value"] = paid.mean()
    table["last_gap_days"] = days["day"].sub(by_customer["day"].shift()).dt.days.groupby(
        days["customer_id"]
    ).last()  # fmt: skip
    at = frame.groupby("customer_id")["ordered_at"].agg(["min", "max"])
    return table.join(at).reset_index()


def _months(frame: pd.DataFrame) -> pd.DataFrame:
    month = frame["ordered_at"].dt.year * 12 + frame["ordered_at"].dt.month
    cohort = month.groupby(frame["customer_id"]).transform("min")
    return frame.assign(cohort=cohort, age=month - cohort)


def _retention(frame: pd.DataFrame) -> pd.DataFrame:
    months = _months(frame).groupby(["cohort", "age"])
    return months["customer_id"].nunique().reset_index(name="returned")


def _retention_by_channel(frame: pd.DataFrame) -> pd.DataFrame:
    ordered = frame.sort_values(["customer_id", "ordered_at", "order_id"])
    first = ordered.groupby("customer_id")["channel"].nth(0)
    first.index = ordered.loc[first.index, "customer_id"]
    months = _months(frame)
    months["channel"] = frame["customer_id"].map(first).fillna("(missing)")
    groups = months.groupby(["channel", "cohort", "age"])
    return groups["customer_id"].nunique().reset_index(name="returned")


def _value(frame: pd.DataFrame) -> pd.DataFrame:
    return _months(frame).groupby(["cohort", "age"], as_index=False)["amount"].sum()


def _intervals(frame: pd.DataFrame) -> pd.DataFrame:
    days = frame.assign(day=frame["ordered_at"].dt.normalize())
    days = days[["customer_id", "day"]].drop_duplicates().sort_values(["customer_id", "day"])
    by_customer = days.groupby("customer_id")["day"]
    following = by_customer.shift(-1)
    days["order_number"] = by_customer.cumcount() + 1
    days["is_censored"] = following.isna()
    days["gap_days"] = (following.fillna(days["day"].max()) - days["day"]).dt.days
    keys = ["order_number", "gap_days", "is_censored"]
    return days.groupby(keys, as_index=False).agg(customers=("day", "size"))


PANDAS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "customer_summary": _summary,
    "cohort_retention": _retention,
    "cohort_retention by channel": _retention_by_channel,
    "cohort_value": _value,
    "repurchase_intervals": _intervals,
}
WAYS = {"ours": by_us, "DuckDB SQL": by_sql, "pandas": by_pandas, "lifetimes": by_lifetimes}
