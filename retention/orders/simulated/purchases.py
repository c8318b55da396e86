"""When customers buy: a Poisson process each, cut short by dropout, and a habit of the shop."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from retention.orders.simulated.clock import Clock, Floats
from retention.orders.simulated.population import Population
from retention.orders.simulated.shop import Habit, Shop

Integers = npt.NDArray[np.int64]
# What the first line of an order holds.
ANY, HABIT, LEAD = 0, 1, 2
ENDLESS = np.iinfo(np.int64).max
MINUTES = 24 * 60


def draw_purchases(
    people: pd.DataFrame,
    *,
    clock: Clock,
    population: Population,
    shop: Shop | None,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """One row per order: `owner` (row of `people`), `day` since the start, `main` (ANY ...)."""
    first = people["first"].to_numpy("float64")
    buyers = np.flatnonzero(~np.isnan(first))
    rate = rng.gamma(population.r, 1 / population.alpha, buyers.size)
    rate *= people["pace"].to_numpy("float64")[buyers]
    most = _repeats_before_dropout(buyers.size, population, rng)
    most[~people["stays"].to_numpy("bool")[buyers]] = 0
    who, when = _poisson_times(clock.to_business(first[buyers]), clock.end, rate, most, rng)
    opening = pd.DataFrame({"owner": buyers, "day": first[buyers], "main": ANY})
    repeats = pd.DataFrame({"owner": buyers[who], "day": clock.to_calendar(when), "main": ANY})
    if shop is None:
        return pd.concat([opening, repeats], ignore_index=True)
    opening["main"] = _opening_main(len(opening), shop.habit, rng)
    stays = people["stays"].to_numpy("bool")[buyers]
    habit = _habit_orders(opening[stays], clock, shop.habit, rng)
    return _with_twins(pd.concat([opening, repeats, habit], ignore_index=True), clock, shop, rng)


def _repeats_before_dropout(
    count: int, population: Population, rng: np.random.Generator
) -> Integers:
    """Number of repeat purchases that a customer would make, given time without end."""
    if population.a == 0:
        return np.full(count, ENDLESS)
    dropout = np.maximum(rng.beta(population.a, population.b, count), 1e-12)
    purchases = rng.geometric(dropout)
    return purchases - 1 if population.model == "mbg_nbd" else purchases


def _poisson_times(
    begin: Floats, end: float, rate: Floats, most: Integers, rng: np.random.Generator
) -> tuple[Integers, Floats]:
    """Times of a Poisson process from `begin` to `end`, the first `most` of each row."""
    count = rng.poisson(rate * (end - begin))
    who = np.repeat(np.arange(begin.size), count)
    when = begin[who] + rng.random(who.size) * (end - begin)[who]
    order = np.lexsort((when, who))
    who, when = who[order], when[order]
    is_kept = _place_in_run(count) < most[who]
    return who[is_kept], when[is_kept]


def _place_in_run(count: Integers) -> Integers:
    """0, 1, 2, ... within each run of `count` rows."""
    return np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)


def _opening_main(count: int, habit: Habit, rng: np.random.Generator) -> Integers:
    chance = [1 - habit.first_share - habit.lead_share, habit.first_share, habit.lead_share]
    return rng.choice(np.array([ANY, HABIT, LEAD]), count, p=chance)


def _habit_orders(
    opening: pd.DataFrame, clock: Clock, habit: Habit, rng: np.random.Generator
) -> pd.DataFrame:
    """Orders of those who take up the habit, after the opening order."""
    main = opening["main"].to_numpy()
    shares = np.array([habit.later_share, 1.0, habit.after_lead_share])
    waits = np.stack(
        [
            rng.exponential(habit.later_days, main.size),
            np.zeros(main.size),
            rng.gamma(4.0, habit.after_lead_days / 4.0, main.size),
        ]
    )
    takes_up = rng.random(main.size) < shares[main]
    begin = opening["day"].to_numpy() + waits[main, np.arange(main.size)]
    owner, begin, opened = (
        values[takes_up] for values in (opening["owner"].to_numpy(), begin, main == HABIT)
    )
    who, day = _renewals(begin, opened, habit, rng)
    in_time = day < np.floor(clock.edges[-1])
    day = _at_shop_hours(day[in_time], clock, rng)
    return pd.DataFrame({"owner": owner[who[in_time]], "day": day, "main": HABIT})


def _renewals(
    begin: Floats, is_opened: npt.NDArray[np.bool_], habit: Habit, rng: np.random.Generator
) -> tuple[Integers, Floats]:
    """Times at regular gaps; where the habit began with the opening order, without that one."""
    count = rng.geometric(1 - habit.again, begin.size)
    who = np.repeat(np.arange(begin.size), count)
    place = _place_in_run(count)
    gaps = rng.gamma(habit.gap_shape, habit.gap_days / habit.gap_shape, who.size)
    gaps[place == 0] = 0.0
    total = np.cumsum(gaps)
    when = begin[who] + total - total[np.cumsum(count) - count][who]
    is_new = (place > 0) | ~is_opened[who]
    return who[is_new], when[is_new]


def _at_shop_hours(day: Floats, clock: Clock, rng: np.random.Generator) -> Floats:
    """The same days, at hours at which people buy."""
    midnight = np.floor(day)
    opens, closes = clock.to_business(midnight), clock.to_business(midnight + 1)
    return clock.to_calendar(opens + rng.random(day.size) * (closes - opens))


def _with_twins(
    orders: pd.DataFrame, clock: Clock, shop: Shop, rng: np.random.Generator
) -> pd.DataFrame:
    """Add second orders within the hour, some in the same minute."""
    twins = orders[rng.random(len(orders)) < shop.twin_rate].assign(main=ANY)
    later = twins["day"] + np.floor(rng.exponential(15.0, len(twins))) / MINUTES
    twins["day"] = np.minimum(later, clock.edges[-1] - 1 / MINUTES)
    return pd.concat([orders, twins], ignore_index=True)
