"""Customers whose future is known, because it was made up together with their past."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

ANNUAL_DISCOUNT_RATE = 0.1


class Shop(NamedTuple):
    """What customers of a made-up shop are like; times in days."""

    rate: tuple[float, float] = (0.55, 58.0)
    dropout: tuple[float, float] = (0.8, 2.4)
    spend: tuple[float, float, float] = (6.0, 4.0, 45_000.0)


class Future(NamedTuple):
    """The table of customers, and per customer what came after it: orders, their discounted value."""

    customers: pd.DataFrame
    orders: np.ndarray
    value: np.ndarray


def future(
    number: int, *, seed: int, shop: Shop, first_chances: int = 1, horizon: int = 365
) -> Future:
    """Gamma rates, beta chances to leave, Gamma-Gamma amounts, and a horizon of so many days."""
    random = np.random.default_rng(seed)
    age = random.integers(20, 730, number).astype(float)
    rate = random.gamma(shop.rate[0], 1 / shop.rate[1], number)
    leave = random.beta(*shop.dropout, size=number)
    scale = 1 / random.gamma(shop.spend[1], 1 / shop.spend[2], number)
    time, frequency, recency, paid, orders, value = np.zeros((6, number))
    active = random.random(number) >= leave * first_chances
    while active.any():
        time = time + random.exponential(1 / np.maximum(rate, 1e-12))
        amount = random.gamma(shop.spend[0], scale)
        before, later = active & (time <= age), active & (time > age) & (time <= age + horizon)
        frequency, paid = frequency + before, paid + before * amount
        recency = np.where(before, time, recency)
        orders = orders + later
        years = np.where(later, time - age, 0) / 365.25
        value = value + later * amount / (1 + ANNUAL_DISCOUNT_RATE) ** years
        active = (before | later) & (random.random(number) >= leave)
    mean = np.divide(paid, frequency, out=np.full(number, np.nan), where=frequency > 0)
    table = pd.DataFrame(
        {
            "customer_id": [f"c{n}" for n in range(number)],
            "frequency": frequency.astype(int),
            "recency": recency,
            "T": age,
            "monetary_value": mean,
        }
    )
    return Future(table, orders.astype(int), value)
