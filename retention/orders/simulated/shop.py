"""A shop for simulated orders: what it sells, where, to whom, and the facts planted in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.orders.simulated.clock import Floats


@dataclass(frozen=True)
class Product:
    """A product, its price, and how often it is picked; weight 0: only by a rule of the shop."""

    name: str
    category: str
    price: int
    weight: float


@dataclass(frozen=True)
class Channel:
    """A channel, its share of customers, its cancelled share, and how fast its customers buy."""

    name: str
    share: float
    cancelled_rate: float
    pace: float


@dataclass(frozen=True)
class Peak:
    """Days, first to last, on which `weight` times as much is bought."""

    first: str
    last: str
    weight: float


@dataclass(frozen=True)
class Coupon:
    """A coupon, the share it takes off, and the share of orders that carry it."""

    name: str
    off: float
    share: float


@dataclass(frozen=True)
class Voucher:
    """A voucher for first orders: it brings `arrivals` times as many, of whom `keep` stay."""

    coupon: str
    off: float
    first: str
    last: str
    arrivals: float
    keep: float


@dataclass(frozen=True)
class Habit:
    """A category bought again and again, `gap_days` apart, with chance `again` each time.

    It begins with the first order (`first_share`), `after_lead_days` after the `lead` product
    (`after_lead_share` of its buyers), or later (`later_share`, on average `later_days`).
    """

    category: str
    gap_days: float
    gap_shape: float
    again: float
    first_share: float
    lead: str
    lead_share: float
    after_lead_share: float
    after_lead_days: float
    later_share: float
    later_days: float


@dataclass(frozen=True)
class Shop:
    """Everything that makes orders look like those of a shop; shares are between 0 and 1."""

    name: str
    products: tuple[Product, ...]
    channels: tuple[Channel, ...]
    provinces: tuple[tuple[str, float], ...]
    sources: tuple[tuple[str, float], ...]
    peaks: tuple[Peak, ...]
    coupons: tuple[Coupon, ...]
    voucher: Voucher
    habit: Habit
    hours: tuple[float, ...]
    weekend_weight: float
    growth: float  # joiners a day at the end over those at the start
    never_buy_rate: float
    same_day_rate: float  # of first orders: bought on the day of joining
    first_order_days: float  # mean wait of the others
    home_channel_rate: float  # orders through the customer's own channel
    extra_lines: float  # mean number of further lines in a basket
    extra_items: float  # mean number of further items in a line
    twin_rate: float  # orders followed by another one within the hour
    returned_rate: float  # orders sent back whole
    refund_rate: float  # orders of which one line is paid back later
    unknown_rate: float  # people whose gender or birth year is missing

    def day_weights(self, start: pd.Timestamp, days: int) -> Floats:
        """How much is bought on each day: peaks and weekends."""
        dates = pd.date_range(start, periods=days)
        weights = np.where(dates.day_of_week >= 5, self.weekend_weight, 1.0)
        for peak in self.peaks:
            weights[_between(dates, peak.first, peak.last)] *= peak.weight
        return weights

    def joining_weights(self, start: pd.Timestamp, days: int) -> Floats:
        """How many people join on each day: the same, growing, and more during the voucher."""
        dates = pd.date_range(start, periods=days)
        weights = self.day_weights(start, days) * np.linspace(1.0, self.growth, days)
        weights[_between(dates, self.voucher.first, self.voucher.last)] *= self.voucher.arrivals
        return weights


def _between(dates: pd.DatetimeIndex, first: str, last: str) -> NDArray[np.bool_]:
    return np.asarray((dates >= pd.Timestamp(first)) & (dates <= pd.Timestamp(last)))
