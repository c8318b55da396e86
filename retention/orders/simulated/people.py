"""Who joins, on which day, with which traits, and when the first order falls."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.clock import Clock, Floats
from retention.orders.simulated.ids import padded_ids
from retention.orders.simulated.population import Population
from retention.orders.simulated.shop import Shop

TRAITS = ("source", "gender", "birth_year", "province")


def draw_people(
    customers: int,
    *,
    clock: Clock,
    joining: Clock,
    population: Population,
    shop: Shop | None,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """One row per person: customer_id, `joined` and `first` in days since the start, traits.

    `first` is missing where the person does not buy within the time.
    """
    days = float(clock.edges[-1])
    until = joining.to_business(np.array([min(population.joining_days or days, days)]))
    joined = joining.to_calendar(np.sort(rng.random(customers)) * until)
    people = pd.DataFrame({"customer_id": padded_ids(customers), "joined": joined, "first": joined})
    if shop is None:
        return people.assign(pace=1.0, stays=True)
    people["first"] = _first_orders(joined, clock, shop, rng)
    return _with_habits(_with_traits(people, shop, rng), shop, rng)


def _first_orders(joined: Floats, clock: Clock, shop: Shop, rng: np.random.Generator) -> Floats:
    """Day of the first order; missing for those who never buy, or not in time."""
    wait = rng.exponential(shop.first_order_days, joined.size)
    wait[rng.random(joined.size) < shop.same_day_rate] = 0.0
    business = clock.to_business(joined) + wait
    never = (rng.random(joined.size) < shop.never_buy_rate) | (business >= clock.end)
    first = clock.to_calendar(business)
    first[never] = np.nan
    return first


def _with_traits(people: pd.DataFrame, shop: Shop, rng: np.random.Generator) -> pd.DataFrame:
    """What the shop knows about a person; a few did not say."""
    count = len(people)
    gender = pd.Series(rng.choice(["female", "male"], count, p=[0.68, 0.32]), dtype="str")
    birth_year = pd.Series(rng.triangular(1958, 1993, 2007, count).astype("int64"), dtype="Int64")
    return people.assign(
        source=_pick(shop.sources, count, rng),
        gender=gender.mask(rng.random(count) < shop.unknown_rate),
        birth_year=birth_year.mask(rng.random(count) < shop.unknown_rate),
        province=_pick(shop.provinces, count, rng),
    )


def _with_habits(people: pd.DataFrame, shop: Shop, rng: np.random.Generator) -> pd.DataFrame:
    """How a person buys: channel, pace, basket size."""
    shares = np.array([channel.share for channel in shop.channels])
    channel = rng.choice(shares.size, len(people), p=shares / shares.sum())
    paces = np.array([channel.pace for channel in shop.channels])
    return people.assign(
        channel=channel,
        pace=paces[channel],
        basket=rng.gamma(4.0, 0.25, len(people)),
        stays=True,
    )


def _pick(shares: tuple[tuple[str, float], ...], count: int, rng: np.random.Generator) -> pd.Series:
    names = np.array([name for name, _ in shares], dtype=object)
    weights = np.array([share for _, share in shares])
    return pd.Series(rng.choice(names, count, p=weights / weights.sum()), dtype="str")


def leave_after_voucher(
    people: pd.DataFrame, start: pd.Timestamp, shop: Shop, rng: np.random.Generator
) -> pd.DataFrame:
    """Mark who came for the voucher only: they never buy again (`stays` is False)."""
    voucher = shop.voucher
    ends = [(pd.Timestamp(day) - start).days for day in (voucher.first, voucher.last)]
    came = np.floor(people["first"]).between(*ends)
    return people.assign(stays=~came | (rng.random(len(people)) < voucher.keep))
