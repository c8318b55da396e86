"""The back-test on real tables: `python3 dev.py bench backtests [FILE ...]` prints the docs page.

CDNOW comes with lifetimes; further files are order tables as `read_orders` takes them. A file that holds
no amounts is read without.
"""

from __future__ import annotations

import sys
import time
from importlib.metadata import version
from pathlib import Path

import pandas as pd

import retention as rt
from retention.orders.cdnow import cdnow_orders

MODELS = ("mbg_nbd", "bg_nbd", "pareto_nbd", "mbg_cnbd_k")
SHOWN = {
    "model": "{}", "cut": "{:%Y-%m-%d}", "customers": "{:,}", "actual_orders": "{:,}",
    "expected_orders": "{:,.0f}", "log_score": "{:.4f}", "rmse": "{:.3f}", "calibration_slope": "{:.2f}",
    "brier": "{:.4f}", "auc": "{:.3f}", "top_decile_lift": "{:.1f}", "coverage_90": "{:.3f}",
    "rank": "{}", "loses_to": "{}",
}  # fmt: skip


def main() -> None:
    names = ("retention", "duckdb", "numpy", "scipy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"# Back-tests on real orders\n\nMade on {time.strftime('%Y-%m-%d')} with {versions}.\n")
    print(
        "The best forecast of each cut stands first; models beside four simple rules (see `backtest`)."
    )
    cdnow = rt.read_orders(cdnow_orders(), as_of="1998-06-30")
    show("CDNOW, 39 weeks against 39", cdnow, holdout_days=273, cuts=["1997-09-30"])
    for path in sys.argv[1:]:
        orders = orders_of(path)
        is_long = (orders.as_of - orders.history_start).days > 200
        days, cuts = (60, 2) if is_long else (28, 1)
        show(Path(path).name.split(".")[0], orders, holdout_days=days, cuts=cuts)


def orders_of(path: str) -> rt.Orders:
    try:
        return rt.read_orders(path)
    except rt.OrdersError:
        return rt.read_orders(path, columns={"amount": None})


def show(name: str, orders: rt.Orders, *, holdout_days: int, cuts: int | list[str]) -> None:
    table = rt.backtest(orders, models=MODELS, holdout_days=holdout_days, cuts=cuts)
    print(f"\n## {name}\n\n{holdout_days} days ahead. {table.attrs['verdict']}\n")
    print("| " + " | ".join(SHOWN) + " |\n|" + "---|" * len(SHOWN))
    for _, row in table.iterrows():
        print("| " + " | ".join(cell(row[column], code) for column, code in SHOWN.items()) + " |")


def cell(value: object, code: str) -> str:
    return "" if pd.isna(value) else code.format(value)


if __name__ == "__main__":
    main()
