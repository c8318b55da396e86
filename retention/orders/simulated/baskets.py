"""What lies in the basket: lines, prices, coupons, channels, and what is sent back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.clock import Floats
from retention.orders.simulated.purchases import HABIT, LEAD, Integers
from retention.orders.simulated.shop import Shop

STATUS = ("delivered", "cancelled", "returned")
MOST_ITEMS = 4
THOUSAND = 1000


def fill_baskets(
    orders: pd.DataFrame, people: pd.DataFrame, *, shop: Shop, rng: np.random.Generator
) -> pd.DataFrame:
    """Lines of these orders (owner, main, customer_id, order_id, ordered_at), refunds included."""
    orders = orders.reset_index(drop=True)
    orders = _with_channel(orders, people, shop, rng)
    orders = _with_coupon(orders, shop, rng)
    lines = _with_amounts(_lines(orders, people, shop, rng), people, shop, rng)
    return pd.concat([lines, _refunds(lines, shop, rng)], ignore_index=True)


def _with_channel(
    orders: pd.DataFrame, people: pd.DataFrame, shop: Shop, rng: np.random.Generator
) -> pd.DataFrame:
    """Channel, province and status of each order."""
    home = people["channel"].to_numpy()[orders["owner"]]
    away = rng.integers(len(shop.channels), size=len(orders))
    is_home = rng.random(len(orders)) < shop.home_channel_rate
    # The opening order comes through the customer's own channel.
    is_home |= ~orders.duplicated("owner").to_numpy()
    channel = np.where(is_home, home, away)
    cancelled = np.array([entry.cancelled_rate for entry in shop.channels])[channel]
    chance = rng.random(len(orders))
    status = np.where(
        chance < cancelled, 1, np.where(chance < cancelled + shop.returned_rate, 2, 0)
    )
    names = np.array([entry.name for entry in shop.channels], dtype=object)
    return orders.assign(
        channel=pd.Series(names[channel], dtype="str"),
        province=people["province"].iloc[orders["owner"]].reset_index(drop=True),
        status=pd.Series(np.array(STATUS, dtype=object)[status], dtype="str"),
    )


def _with_coupon(orders: pd.DataFrame, shop: Shop, rng: np.random.Generator) -> pd.DataFrame:
    """Coupon of each order, missing without one, and the share it takes off."""
    names = np.array(
        [None, *(coupon.name for coupon in shop.coupons), shop.voucher.coupon], dtype=object
    )
    offs = np.array([0.0, *(coupon.off for coupon in shop.coupons), shop.voucher.off])
    shares = np.array([coupon.share for coupon in shop.coupons])
    picked = rng.choice(names.size - 1, len(orders), p=[1 - shares.sum(), *shares])
    day = orders["ordered_at"].dt.normalize()
    in_voucher = day.between(pd.Timestamp(shop.voucher.first), pd.Timestamp(shop.voucher.last))
    picked[in_voucher & ~orders.duplicated("owner")] = names.size - 1
    return orders.assign(coupon=pd.Series(names[picked], dtype="str"), off=offs[picked])


def _lines(
    orders: pd.DataFrame, people: pd.DataFrame, shop: Shop, rng: np.random.Generator
) -> pd.DataFrame:
    """One row per order and product; `item` is the product's place in the shop's list."""
    basket = people["basket"].to_numpy()[orders["owner"]]
    extra = np.minimum(rng.poisson(shop.extra_lines * basket), MOST_ITEMS - 1)
    lines = orders.loc[np.repeat(orders.index, extra)].assign(
        item=_pick_any(shop, int(extra.sum()), rng)
    )
    main = orders.assign(item=_main_items(orders, len(people), shop, rng))
    lines = pd.concat([main, lines]).sort_index(kind="stable")
    # The same product twice would look like a line entered twice.
    return lines[~lines.duplicated(["order_id", "item"])].reset_index(drop=True)


def _pick_any(shop: Shop, count: int, rng: np.random.Generator) -> Integers:
    """Products of everyday baskets: neither the habit's nor the one that leads to it."""
    weights = np.array(
        [0.0 if entry.category == shop.habit.category else entry.weight for entry in shop.products]
    )
    return rng.choice(weights.size, count, p=weights / weights.sum())


def _main_items(
    orders: pd.DataFrame, people: int, shop: Shop, rng: np.random.Generator
) -> Integers:
    """The product each order was placed for; a habit stays with one product."""
    weights = np.array(
        [entry.weight if entry.category == shop.habit.category else 0.0 for entry in shop.products]
    )
    favourite = rng.choice(weights.size, people, p=weights / weights.sum())
    lead = [entry.name for entry in shop.products].index(shop.habit.lead)
    main = orders["main"].to_numpy()
    items = _pick_any(shop, len(orders), rng)
    items = np.where(main == HABIT, favourite[orders["owner"]], items)
    return np.where(main == LEAD, lead, items)


def _with_amounts(
    lines: pd.DataFrame, people: pd.DataFrame, shop: Shop, rng: np.random.Generator
) -> pd.DataFrame:
    """Names, prices and amounts, in whole thousands."""
    item = lines["item"].to_numpy()
    basket = people["basket"].to_numpy()[lines["owner"]]
    quantity = np.minimum(1 + rng.poisson(shop.extra_items * basket), MOST_ITEMS).astype("float64")
    quantity[lines["main"].to_numpy() == LEAD] = 1.0
    price = np.array([float(entry.price) for entry in shop.products])[item]
    discount = _whole(quantity * price * lines["off"].to_numpy())
    return lines.assign(
        product=_named([entry.name for entry in shop.products], item),
        category=_named([entry.category for entry in shop.products], item),
        quantity=quantity,
        unit_price=price,
        discount=discount,
        amount=quantity * price - discount,
    )


def _refunds(lines: pd.DataFrame, shop: Shop, rng: np.random.Generator) -> pd.DataFrame:
    """Lines paid back 3 to 20 days later, under the same order id, if the time allows."""
    orders = lines.drop_duplicates("order_id", keep="last")
    chosen = orders[
        (orders["status"] == "delivered") & (rng.random(len(orders)) < shop.refund_rate)
    ]
    wait = pd.to_timedelta(rng.integers(3 * 24 * 60, 20 * 24 * 60, len(chosen)), unit="min")
    refunds = chosen.assign(
        ordered_at=chosen["ordered_at"] + wait,
        quantity=-chosen["quantity"],
        discount=-chosen["discount"],
        amount=-chosen["amount"],
    )
    in_time: pd.DataFrame = refunds[refunds["ordered_at"] <= lines["ordered_at"].max()]
    return in_time


def _named(names: list[str], item: Integers) -> pd.Series:
    return pd.Series(np.array(names, dtype=object)[item], dtype="str")


def _whole(amount: Floats) -> Floats:
    """Rounded to whole thousands."""
    return np.round(amount / THOUSAND) * THOUSAND
