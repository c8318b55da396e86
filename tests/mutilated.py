"""Starter folders on a sample that lacks something, as an analyst's own file may."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from retention.export.starter import SETTINGS, copy_starter

# Every sixth customer: all that the whole sample has, in a sixth of the time.
STEP = 6
CUSTOMERS = 40


def starter_on(hurt: Callable[[pd.DataFrame], pd.DataFrame], folder: Path, more: str = "") -> Path:
    """Notebooks and settings on what `hurt` leaves of the orders; no people, no touches."""
    copy_starter(folder)
    lines = pd.read_csv(folder / "sample" / "orders.csv", dtype=str)
    hurt(lines).to_csv(folder / "orders.csv", index=False)
    shutil.rmtree(folder / "sample")
    settings = 'source = "orders.csv"\ntimezone = "Asia/Ho_Chi_Minh"\nattributes = ["province"]\n'
    (folder / SETTINGS).write_text(settings + more, encoding="utf-8")
    return folder


def no_amounts(lines: pd.DataFrame) -> pd.DataFrame:
    return some(lines, STEP).drop(columns=["amount", "unit_price", "discount"])


def no_products(lines: pd.DataFrame) -> pd.DataFrame:
    return some(lines, STEP).drop(columns=["product", "category"])


def forty_customers(lines: pd.DataFrame) -> pd.DataFrame:
    ids = sorted(lines["customer_id"].dropna().unique())
    return some(lines, len(ids) // CUSTOMERS)


def three_weeks(lines: pd.DataFrame) -> pd.DataFrame:
    """The last ones: an export that reaches back no further."""
    return lines[lines["order_date"] >= "2025-12-11"]


def thin_out(orders: Path) -> None:
    """Leave every sixth customer in the file."""
    some(pd.read_csv(orders, dtype=str), STEP).to_csv(orders, index=False)


def some(lines: pd.DataFrame, step: int) -> pd.DataFrame:
    ids = sorted(lines["customer_id"].dropna().unique())[::step]
    return lines[lines["customer_id"].isin(ids)]
