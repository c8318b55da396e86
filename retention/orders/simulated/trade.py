"""What makes a simulated shop's table of orders hard to read: planted to be found by an audit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WalkIns:
    """Sales over the counter that the till books under one made-up customer id."""

    customer_id: str
    orders: int
    channel: str


@dataclass(frozen=True)
class Wholesaler:
    """One customer who buys for resale, `gap_days` apart, from a day of the history on."""

    first_day: int
    gap_days: float
    products: tuple[str, ...]
    least_items: int
    most_items: int
    coupon: str
    off: float
    channel: str


@dataclass(frozen=True)
class Fee:
    """A line that is no product: postage on small orders of some channels."""

    product: str
    category: str
    price: int
    below: int
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Trade:
    """The oddities; `twice_rate` is the share of people who are in the table under two ids.

    Walk-ins and the wholesaler live in `province`.
    """

    walk_ins: WalkIns
    wholesaler: Wholesaler
    fee: Fee
    twice_rate: float
    province: str
