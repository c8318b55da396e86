"""Guests: orders that nobody is known for, and how far they could move the repeat rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Known:
    """Known customers by the day of their first purchase: observed long enough, back in time or not."""

    returned: Mapping[int, int]
    silent: Mapping[int, int]
    too_young: int = 0


class Bounds(NamedTuple):
    """Least and greatest share of customers who came back."""

    low: float
    high: float


def guest_bounds(
    known: Known, guests: Mapping[int, int], *, as_of_day: int, within_days: int
) -> Bounds | None:
    """Bounds of the repeat rate over every way to share out the guests' orders, by day, among people.

    Each guest order belongs to somebody: to a known customer or to a person of their own, who may
    have several. E customers are observed `within_days`, R of them came back.

    Low, which is attained: an order given to one who came back, more than `within_days` before their
    first, makes them one who did not (k at most, matched one to one); each other order that is old
    enough is a person who never came back: (R - k) / (E + old - k).

    High, which is never exceeded: an order near the first one of a silent customer makes them come
    back (m at most, matched one to one), and so do two orders anywhere (p pairs of what is left).
    What is left also makes newcomers who are observed and came back: one order each where a younger
    customer gets an older first order, two each otherwise; e of them, no more than there are old
    orders: (R + m + p + e) / (E + e).
    """
    back, silent = sum(known.returned.values()), sum(known.silent.values())
    eligible = back + silent
    latest = as_of_day - within_days
    old = sum(count for day, count in guests.items() if day <= latest)
    if eligible + old == 0:
        return None
    lost = _pairs_apart(known.returned, guests, more_than=within_days)
    won = _pairs_near(known.silent, guests, within=within_days)
    left = sum(guests.values()) - won
    twice = min(silent - won, left // 2)
    newcomers = min(old, min(left, known.too_young) + max(left - known.too_young, 0) // 2)
    low = (back - lost) / (eligible + old - lost) if eligible + old > lost else 0.0
    high = (
        (back + won + twice + newcomers) / (eligible + newcomers) if eligible + newcomers else 0.0
    )
    return Bounds(low, high)


def _pairs_apart(firsts: Mapping[int, int], guests: Mapping[int, int], *, more_than: int) -> int:
    """The most customers that can each have an order of their own so long before their first."""
    pairs, free, waiting = 0, 0, sorted(guests)
    for day in sorted(firsts):
        while waiting and waiting[0] < day - more_than:
            free += guests[waiting.pop(0)]
        taken = min(free, firsts[day])
        pairs, free = pairs + taken, free - taken
    return pairs


def _pairs_near(firsts: Mapping[int, int], guests: Mapping[int, int], *, within: int) -> int:
    """The most customers that can each have an order of their own so near their first."""
    customers, orders = dict(firsts), dict(guests)
    first_days, order_days = sorted(customers), sorted(orders)
    pairs = 0
    while first_days and order_days:
        first, day = first_days[0], order_days[0]
        if day < first - within:
            order_days.pop(0)
        elif day > first + within:
            first_days.pop(0)
        else:
            taken = min(customers[first], orders[day])
            pairs += taken
            customers[first] -= taken
            orders[day] -= taken
            if not customers[first]:
                first_days.pop(0)
            if not orders[day]:
                order_days.pop(0)
    return pairs
