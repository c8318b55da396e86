"""Customers behind the tests: CDNOW as it comes with lifetimes, and simulated ones."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

END = pd.Timestamp("1997-09-30")


def datasets() -> Path:
    """The folder of data sets in lifetimes, found without importing the package."""
    spec = find_spec("lifetimes")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "datasets"


@pytest.fixture(scope="session")
def cdnow_lines() -> pd.DataFrame:
    """The 1/10 sample of CDNOW as order lines."""
    names = ["master", "customer_id", "day", "quantity", "amount"]
    lines = pd.read_csv(datasets() / "CDNOW_sample.txt", sep=r"\s+", header=None, names=names)
    lines["ordered_at"] = pd.to_datetime(lines["day"].astype("str"))
    return lines.assign(customer_id=lines["customer_id"].astype("str"))


@pytest.fixture(scope="session")
def cdnow(cdnow_lines: pd.DataFrame) -> pd.DataFrame:
    """One row per customer at 1997-09-30, times in exact weeks; orders of 0 dollars are kept."""
    lines = cdnow_lines[cdnow_lines["ordered_at"] <= END]
    days = lines.groupby(["customer_id", "ordered_at"], as_index=False)["amount"].sum()
    by = days.groupby("customer_id")["ordered_at"]
    table = pd.DataFrame(
        {
            "frequency": by.size() - 1,
            "recency": (by.max() - by.min()).dt.days / 7,
            "T": (END - by.min()).dt.days / 7,
        }
    )
    repeats = days[days["ordered_at"] > by.transform("min")]
    table["monetary_value"] = repeats.groupby("customer_id")["amount"].mean()
    return table.reset_index()


@pytest.fixture(scope="session")
def cdnow_rounded() -> pd.DataFrame:
    """The summary that lifetimes ships, its times rounded to two decimals."""
    names = ["customer_id", "frequency", "recency", "T", "monetary_value"]
    file = datasets() / "cdnow_customers_summary_with_transactions.csv"
    return pd.read_csv(file, header=0, names=names, dtype={"customer_id": "str"})


@pytest.fixture(scope="session")
def simulate() -> Callable[..., pd.DataFrame]:
    """Customers who buy at a gamma rate and leave with a beta (or a given) chance."""

    def simulated(
        customers: int,
        *,
        rate: tuple[float, ...],
        dropout: tuple[float, ...],
        first_chances: int,
        seed: int,
    ) -> pd.DataFrame:
        random = np.random.default_rng(seed)
        age = random.uniform(20, 52, customers)
        pace = (
            np.full(customers, rate[0])
            if len(rate) == 1
            else random.gamma(rate[0], 1 / rate[1], customers)
        )
        leave = (
            np.full(customers, dropout[0])
            if len(dropout) == 1
            else random.beta(*dropout, size=customers)
        )
        frequency, recency, time = (np.zeros(customers) for _ in range(3))
        active = random.random(customers) >= leave * first_chances
        while active.any():
            time = time + random.exponential(1 / np.maximum(pace, 1e-9))
            bought = active & (time <= age)
            frequency += bought
            recency = np.where(bought, time, recency)
            active = bought & (random.random(customers) >= leave)
        ids = [f"c{number}" for number in range(customers)]
        return pd.DataFrame(
            {"customer_id": ids, "frequency": frequency, "recency": recency, "T": age}
        )

    return simulated
