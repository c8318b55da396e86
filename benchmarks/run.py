"""Speed beside other ways to the same numbers, as ratios within one run: `python3 dev.py bench`.

Seconds depend on the machine and its mood; the ratios less so. The column `result` is there to see
that all ways answer the same question: repeat purchase days, returns by month, log-likelihood.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

import duckdb
import pandas as pd

import retention as rt
from retention.models.beta_geometric_fit import BetaGeometricFit
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.lifetimes_exchange import from_lifetimes

# About 100,000 and 1,000,000 order lines over two years.
CUSTOMERS = (45_000, 450_000)
DAYS = 730
OURS = (BetaGeometricFit, GammaGammaFit)
ENOUGH_SECONDS = 3
MOST_RUNS = 3

SUMMARY_SQL = """
with days as (
    select customer_id, ordered_at::date as day, sum(amount) as amount from frame group by all
), last as (
    select max(day) as as_of from days
), firsts as (
    select *, min(day) over (partition by customer_id) as first from days
)
select customer_id, count(*) - 1 as frequency, max(day) - min(day) as recency,
    any_value(as_of) - min(day) as "T", avg(amount) filter (where day > first) as monetary_value
from firsts, last group by customer_id
"""
COHORT_SQL = """
with months as (
    select distinct customer_id, date_trunc('month', ordered_at) as month from frame
), ages as (
    select customer_id, min(month) over (partition by customer_id) as cohort, month from months
)
select cohort, date_diff('month', cohort, month) as age, count(*) as returned
from ages group by all order by all
"""


class Way(NamedTuple):
    """One way to a number: who, how, and what to show of the answer."""

    who: str
    run: Callable[[], Any]
    result: Callable[[Any], float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, nargs="+", default=list(CUSTOMERS))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # lifetimes has many, from its import on.
    lifetimes = import_module("lifetimes")
    for count in options.customers:
        frame = rt.simulate_orders(customers=count, days=DAYS, random_state=options.seed)
        bench(frame, lifetimes)


def bench(frame: pd.DataFrame, lifetimes: Any) -> None:
    orders = rt.read_orders(frame)
    customers = rt.customer_summary(orders)
    print(f"\n{len(frame):,} order lines, {len(customers):,} customers")
    tell("task", "way", "seconds", "ratio", "result")
    compare("customer_summary", summaries(frame, orders, lifetimes))
    compare("cohort_retention", cohorts(frame, orders))
    compare("fit_bg_nbd", order_fits(customers, rt.fit_bg_nbd, lifetimes.BetaGeoFitter))
    compare("fit_mbg_nbd", order_fits(customers, rt.fit_mbg_nbd, lifetimes.ModifiedBetaGeoFitter))
    compare("fit_gamma_gamma", spend_fits(customers, lifetimes.GammaGammaFitter))


def tell(task: str, who: str, seconds: str, ratio: str, result: str) -> None:
    print(f"{task:18} {who:32} {seconds:>8} {ratio:>8}  {result}", flush=True)


def compare(task: str, ways: list[Way]) -> None:
    """Run all ways; the first is ours, and the others are told as multiples of it."""
    ours = None
    for way in ways:
        try:
            seconds, answer = timed(way.run)
            result = f"{way.result(answer):,.2f}"
        except (ValueError, rt.FitError) as error:
            tell(task, way.who, "-", "-", str(error).splitlines()[0])
            continue
        ours = ours or seconds
        tell(task, way.who, f"{seconds:.2f}", f"{seconds / ours:.2f}", result)


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """The best of a few runs, fewer where one takes long, and the last answer."""
    seconds: list[float] = []
    answer = None
    while len(seconds) < MOST_RUNS and sum(seconds) < ENOUGH_SECONDS:
        started = time.perf_counter()
        answer = run()
        seconds.append(time.perf_counter() - started)
    return min(seconds), answer


def summaries(frame: pd.DataFrame, orders: Any, lifetimes: Any) -> list[Way]:
    peer = lifetimes.utils.summary_data_from_transaction_data
    columns = {"monetary_value_col": "amount"}
    ways: dict[str, Callable[[], Any]] = {
        "retention, reading and checking": lambda: rt.customer_summary(rt.read_orders(frame)),
        "retention, orders read before": lambda: rt.customer_summary(orders),
        "lifetimes": lambda: peer(frame, "customer_id", "ordered_at", **columns),
        "pandas": lambda: pandas_summary(frame),
        "DuckDB SQL": lambda: by_sql(SUMMARY_SQL, frame),
    }
    return [Way(who, run, lambda table: table["frequency"].sum()) for who, run in ways.items()]


def by_sql(query: str, frame: pd.DataFrame) -> pd.DataFrame:
    with duckdb.connect() as connection:
        table: pd.DataFrame = connection.register("frame", frame).execute(query).df()
        return table


def pandas_summary(frame: pd.DataFrame) -> pd.DataFrame:
    dated = frame.assign(day=frame["ordered_at"].dt.normalize())
    days = dated.groupby(["customer_id", "day"])["amount"].sum().reset_index()
    by_customer = days.groupby("customer_id")["day"]
    table = by_customer.agg(["min", "max", "size"])
    repeats = days[days["day"] > by_customer.transform("min")]
    return pd.DataFrame(
        {
            "frequency": table["size"] - 1,
            "recency": (table["max"] - table["min"]).dt.days,
            "T": (days["day"].max() - table["min"]).dt.days,
            "monetary_value": repeats.groupby("customer_id")["amount"].mean(),
        }
    )


def cohorts(frame: pd.DataFrame, orders: Any) -> list[Way]:
    ways: dict[str, Callable[[], Any]] = {
        "retention, reading and checking": lambda: rt.cohort_retention(rt.read_orders(frame)),
        "retention, orders read before": lambda: rt.cohort_retention(orders),
        "pandas": lambda: pandas_cohorts(frame),
        "DuckDB SQL": lambda: by_sql(COHORT_SQL, frame),
    }
    return [
        Way(who, run, lambda table: table.loc[table["age"] > 0, "returned"].sum())
        for who, run in ways.items()
    ]


def pandas_cohorts(frame: pd.DataFrame) -> pd.DataFrame:
    when = frame["ordered_at"].dt
    months = frame[["customer_id"]].assign(month=when.year * 12 + when.month)
    cohort = months.groupby("customer_id")["month"].transform("min")
    ages = months.assign(cohort=cohort, age=months["month"] - cohort)
    counts = ages.groupby(["cohort", "age"])["customer_id"].nunique()
    return counts.rename("returned").reset_index()


def order_fits(customers: pd.DataFrame, ours: Callable[..., Any], fitter: Any) -> list[Way]:
    histories = customers["frequency"], customers["recency"], customers["T"]
    return [
        Way("retention", lambda: ours(customers), log_likelihood),
        Way("lifetimes", lambda: fitter().fit(*histories), log_likelihood),
    ]


def spend_fits(customers: pd.DataFrame, fitter: Any) -> list[Way]:
    repeat = customers[customers["frequency"] > 0]
    amounts = repeat["frequency"], repeat["monetary_value"]
    return [
        Way("retention", lambda: rt.fit_gamma_gamma(customers), log_likelihood),
        Way("lifetimes", lambda: fitter().fit(*amounts), log_likelihood),
    ]


def log_likelihood(fit: Any) -> float:
    """Parameters that lifetimes found are judged as ours are, in the same unit of time."""
    fit = fit if isinstance(fit, OURS) else from_lifetimes(fit)
    return float(fit.summary()["log_likelihood"].iloc[0])


if __name__ == "__main__":
    main()
