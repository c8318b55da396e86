"""Who is no ordinary customer: walk-ins under one id, and a wholesaler."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.clock import Clock
from retention.orders.simulated.purchases import ANY
from retention.orders.simulated.shop import Shop
from retention.orders.simulated.trade import Trade

THOUSAND = 1000


def odd_purchases(
    people: int, trade: Trade, clock: Clock, rng: np.random.Generator
) -> pd.DataFrame:
    """Purchases of the walk-ins (owner: row `people`) and of the wholesaler (the row after)."""
    walk_ins = clock.to_calendar(rng.random(trade.walk_ins.orders) * clock.end)
    buyer = trade.wholesaler
    begin = float(clock.to_business(np.array([float(buyer.first_day)]))[0])
    most = int(2 * (clock.end - begin) / buyer.gap_days)
    business = begin + np.cumsum(rng.gamma(25.0, buyer.gap_days / 25.0, most))
    wholesale = clock.to_calendar(business[business < clock.end])
    owner = np.repeat([people, people + 1], [walk_ins.size, wholesale.size])
    return pd.DataFrame({"owner": owner, "day": np.concatenate([walk_ins, wholesale]), "main": ANY})


def wholesale_lines(
    orders: pd.DataFrame, shop: Shop, trade: Trade, rng: np.random.Generator
) -> pd.DataFrame:
    """One to three lines of many items for each order, at the wholesaler's discount."""
    buyer = trade.wholesaler
    count = rng.integers(1, 4, len(orders))
    lines = orders.loc[np.repeat(orders.index, count)].reset_index(drop=True)
    # Each order takes products that stand side by side in the list, so that none comes twice.
    place = lines.groupby("order_id").cumcount() + np.repeat(
        rng.integers(len(buyer.products), size=len(orders)), count
    )
    names = np.array(buyer.products, dtype=object)[place % len(buyer.products)]
    known = {product.name: product for product in shop.products}
    quantity = rng.integers(buyer.least_items, buyer.most_items + 1, len(lines)).astype("float64")
    price = np.array([float(known[name].price) for name in names])
    discount = np.round(quantity * price * buyer.off / THOUSAND) * THOUSAND
    return lines.assign(
        product=pd.Series(names, dtype="str"),
        category=pd.Series([known[name].category for name in names], dtype="str"),
        quantity=quantity,
        unit_price=price,
        discount=discount,
        amount=quantity * price - discount,
        channel=buyer.channel,
        province=trade.province,
        coupon=buyer.coupon,
        status="delivered",
    )
