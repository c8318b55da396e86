"""The first steps, the same for orders and people: the clock, who joins, and the ids of orders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention.orders.simulated.clock import Clock, even_clock, peaked_clock
from retention.orders.simulated.ids import padded_ids
from retention.orders.simulated.people import draw_people, leave_after_voucher
from retention.orders.simulated.population import Population
from retention.orders.simulated.shop import Shop

SECOND = pd.Timedelta(seconds=1)


@dataclass(frozen=True)
class Draw:
    """Who joined, the clock that they buy by, and the seeds of what comes next."""

    start: pd.Timestamp
    clock: Clock
    people: pd.DataFrame
    purchases_seed: np.random.SeedSequence
    amounts_seed: np.random.SeedSequence


def draw_start(
    customers: int,
    days: int,
    start: pd.Timestamp,
    population: Population,
    shop: Shop | None,
    random_state: int,
) -> Draw:
    """Who joins, when, and the seeds of what follows."""
    clock, joining = _clocks(start, days, shop)
    people_seed, *later = np.random.SeedSequence(random_state).spawn(3)
    rng = np.random.default_rng(people_seed)
    people = draw_people(
        customers, clock=clock, joining=joining, population=population, shop=shop, rng=rng
    )
    if shop is not None:
        people = leave_after_voucher(people, start, shop, rng)
    return Draw(start, clock, people, *later)


def numbered_orders(
    purchases: pd.DataFrame, start: pd.Timestamp, shop: Shop | None
) -> pd.DataFrame:
    """These purchases (`owner`, `day`, `main`) by time, with `ordered_at` and `order_id`."""
    # A shop's till writes minutes.
    grid = SECOND if shop is None else 60 * SECOND
    ticks = np.floor(purchases["day"] * (pd.Timedelta(days=1) / grid))
    at = (start + ticks.astype("int64") * grid).astype("datetime64[us]")
    orders = purchases.assign(ordered_at=at)
    orders = orders.sort_values(["ordered_at", "owner"], kind="stable", ignore_index=True)
    return orders.assign(order_id=padded_ids(len(orders)))


def _clocks(start: pd.Timestamp, days: int, shop: Shop | None) -> tuple[Clock, Clock]:
    """The clock of buying and the clock of joining."""
    if shop is None:
        return even_clock(days), even_clock(days)
    hours = np.array(shop.hours, dtype="float64")
    return (
        peaked_clock(shop.day_weights(start, days), hours),
        peaked_clock(shop.joining_weights(start, days), hours),
    )
