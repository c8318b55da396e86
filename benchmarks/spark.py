"""The same measures on Spark in local mode and on DuckDB: `python3 dev.py bench spark`.

Needs `pip install retention[spark]` and Java. Writes a ledger, asks both for the cohort table and for the
scores of all customers as Parquet, and compares the answers cell by cell.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
from ledger import ledger
from pyspark.sql import SparkSession

import retention as rt

EQUAL = 1e-9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000_000)
    parser.add_argument("--memory", default="8g", help="of the Spark driver")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        path = Path(folder) / "ledger.parquet"
        print(f"{ledger(path, options.orders):,} orders")
        session = spark(options.memory, folder)
        ways = {"DuckDB": path, "Spark": spark_table(session, path)}
        fit, spend_fit = fitted(path)
        cohorts, scores = {}, {}
        for way, source in ways.items():
            orders = told(f"{way}: read_orders", lambda source=source: rt.read_orders(source))
            cohorts[way] = told(f"{way}: cohort_retention", lambda o=orders: rt.cohort_retention(o))
            target = Path(folder) / f"{way}.parquet"
            told(f"{way}: score_customers", lambda o=orders, t=target: rt.score_customers(
                o, fit, spend_fit, horizon_days=365, to=str(t)))  # fmt: skip
            scores[way] = pd.read_parquet(target).sort_values("customer_id", ignore_index=True)
        compare("cohort tables", cohorts["DuckDB"], cohorts["Spark"])
        compare("scores", scores["DuckDB"], scores["Spark"])
        session.stop()


def spark(memory: str, folder: str) -> SparkSession:
    builder = SparkSession.builder.master("local[*]").config("spark.driver.memory", memory)
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.sql.shuffle.partitions": "16",
    }.items():
        builder = builder.config(key, value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def spark_table(session: SparkSession, path: Path) -> Any:
    session.read.parquet(str(path)).createOrReplaceTempView("ledger")
    return ibis.pyspark.connect(session).table("ledger")


def fitted(path: Path) -> tuple[Any, Any]:
    customers = rt.customer_summary(rt.read_orders(path))
    return rt.fit_mbg_nbd(customers), rt.fit_gamma_gamma(customers)


def told(what: str, run: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    found = run()
    print(f"{what:32}{time.perf_counter() - started:8.1f} s", flush=True)
    return found


def compare(what: str, ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(ours, theirs, rtol=EQUAL, atol=EQUAL, check_dtype=False)
    print(f"{what}: {len(ours):,} rows are equal to {EQUAL}")


if __name__ == "__main__":
    main()
