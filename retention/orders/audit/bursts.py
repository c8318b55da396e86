"""Bursts: more orders at one moment, or of one customer on one day, than people place."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.frames import to_arrow
from retention.orders.keep import keep

AT_LEAST = 20
TIMES_USUAL = 10


def busy_moments(orders: Any) -> Any:
    """The moments (with a time of day) that hold a burst of orders: an import, a robot.

    At least 20 orders, and 10 times those of the usual moment: a till that writes hours only has
    many orders at each of them.
    """
    timed = orders.filter(orders.first_at != orders.first_at.truncate("D"))
    moments = keep(timed.group_by("first_at").agg(orders=_.count()))
    usual = to_arrow(moments.agg(usual=moments.orders.median()))["usual"][0].as_py() or 0
    least = max(AT_LEAST, TIMES_USUAL * float(usual))
    return moments.filter(moments.orders >= least).select("first_at", is_busy_moment=True)


def busy_days(days: Any) -> Any:
    """The days on which one customer has a burst of orders."""
    found = days.filter(days.orders >= AT_LEAST)
    return found.select("customer_id", "day", is_busy_day=True)
