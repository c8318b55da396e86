"""The back-test on real tables: `python3 dev.py bench backtests [FILE ...]` prints the docs page.

CDNOW comes with lifetimes; further files are order tables as `read_orders` takes them. A file that holds
no amounts is read without.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from machine import about

import retention as rt
from retention.models.interval_level import HIGH, LOW
from retention.orders.cdnow import cdnow_orders

VERSIONS = ("retention", "duckdb", "numpy", "scipy")
MODELS = ("mbg_nbd", "bg_nbd", "pareto_nbd", "mbg_cnbd_k")
# As docs/models.md calls them.
RULES = {
    "own_rate": "own rate", "recent_orders": "recent orders", "frequency_group": "mean by frequency",
    "lapse_rule": "lapsed or not",
}  # fmt: skip
CDNOW = "CDNOW, 39 weeks against 39"
SOURCES = {
    CDNOW: "A shop for music: a tenth of the customers who first bought there in the first quarter of "
    "1997, followed until June 1998.",
    "groceryElog": "A grocer on the web, 2006 and 2007: days of purchase, without amounts. These customers "
    "buy regularly.",
    "orders_log_us": "Tickets for events, sold by Yandex Afisha from June 2017 to June 2018. Most "
    "customers bought once.",
    "online_retail": "UCI Online Retail: a wholesaler of gifts in Britain, December 2010 to December "
    "2011. The second cut lies before its peak.",
    "ta_feng": "Ta-Feng, a supermarket in Taiwan, November 2000 to February 2001: four months, so there is "
    "one cut.",
}
SHOWN = {
    "model": ("forecast", "{}"), "expected_orders": ("orders expected", "{:,.0f}"),
    "log_score": ("log score", "{:.4f}"), "rmse": ("RMSE", "{:.3f}"),
    "calibration_slope": ("slope", "{:.2f}"), "coverage_90": ("coverage", "{:.1%}"),
    "loses_to": ("loses to", "{}"),
}  # fmt: skip
INTRODUCTION = f"""\
Four models beside four [simple rules](models.md#are-they-any-good-here). A table is one cut: what was known
until then foretells the purchase days that came after it. The best forecast, by log score, stands first.

- **log score**: mean log chance that was given to what came, the higher the better; with it ranks are
  made. **RMSE**: how far single customers are off, in purchase days.
- **slope**: of what came on what was expected; 1 is right, below 1 the differences between customers are
  overdone.
- **coverage**: how many outcomes lay in intervals for 90 %. Outside {LOW:.0%} to {HIGH:.0%} the text says so.
- **loses to**: whoever is better by more than two standard errors of the paired difference.

`backtest` has further columns: Brier score, AUC, lift of the highest tenth.
Made by `python3 dev.py bench backtests FILE ...`."""


def main() -> None:
    made = about(VERSIONS)
    versions = ", ".join(f"{name} {number}" for name, number in made["versions"].items())
    print(f"# Back-tests on real orders\n\n{INTRODUCTION}\n")
    print(f"Made on {made['date']}: {made['machine']}; {versions}.")
    cdnow = rt.read_orders(cdnow_orders(), as_of="1998-06-30")
    show(CDNOW, cdnow, holdout_days=273, cuts=["1997-09-30"])
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
    verdict = in_words(table.attrs["verdict"])
    print(
        f"\n## {name}\n\n{SOURCES.get(name, '')} {holdout_days} days ahead.\n\n{verdict}".rstrip()
    )
    for cut, rows in table.groupby("cut"):
        show_cut(cut, rows.assign(model=rows["model"].map(in_words)))


def show_cut(cut: pd.Timestamp, rows: pd.DataFrame) -> None:
    first = rows.iloc[0]
    print(
        f"\n### Known until {cut:%Y-%m-%d}\n\n{first['customers']:,} customers, of whom "
        f"{first['actual_orders']:,} purchase days came.\n"
    )
    scored, missing = rows[rows["log_score"].notna()], rows[rows["log_score"].isna()]
    print("| " + " | ".join(head for head, _ in SHOWN.values()) + " |\n|" + "---|" * len(SHOWN))
    for _, row in scored.iterrows():
        print("| " + " | ".join(cell(row[name], code) for name, (_, code) in SHOWN.items()) + " |")
    notes = [
        *uncovered(scored),
        *(f"No forecast by {row.model}: {row.reason}" for row in missing.itertuples()),
    ]
    for note in notes:
        print(f"\n{note}")


def uncovered(rows: pd.DataFrame) -> list[str]:
    """What to say of intervals that held too few or too many."""
    sides = {"few": rows["coverage_90"] < LOW, "many": rows["coverage_90"] > HIGH}
    named = {side: [f"{row.model} ({row.coverage_90:.1%})" for row in rows[is_so].itertuples()]
             for side, is_so in sides.items()}  # fmt: skip
    return [
        f"Intervals held too {side}: {', '.join(each)}." for side, each in named.items() if each
    ]


def in_words(said: str) -> str:
    """The rules as people call them."""
    for rule, words in RULES.items():
        said = said.replace(rule, words)
    return said


def cell(value: object, code: str) -> str:
    return "" if pd.isna(value) else in_words(code.format(value))


if __name__ == "__main__":
    main()
