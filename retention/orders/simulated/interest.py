"""Products looked at and put on wish lists: before purchases, and idly."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.clock import Clock, Floats
from retention.orders.simulated.marketing import Interest
from retention.orders.simulated.purchases import Integers
from retention.orders.simulated.shop import Shop

# How likely even a product that is bought only by a rule is to be looked at.
LEAST_WEIGHT = 0.02


def draw_interest(
    people: pd.DataFrame,
    lines: pd.DataFrame,
    *,
    shop: Shop,
    plan: Interest,
    clock: Clock,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """One row per page view or wish: owner, `day` since the start, touch, product."""
    sold = lines[lines["amount"] > 0]
    end = float(clock.edges[-1])
    parts = []
    for touch, share, days, idle in (
        ("wish_list", plan.wish_share, plan.wish_days, plan.idle_wishes),
        ("page_view", plan.view_share, plan.view_days, plan.idle_views),
    ):
        chosen = sold[rng.random(len(sold)) < share]
        bought = clock.to_business(chosen["day"].to_numpy())
        before = clock.to_calendar(bought - rng.exponential(days, len(chosen)))
        parts.append(_rows(chosen["owner"].to_numpy(), before, touch, chosen["product"]))
        owner = np.repeat(np.arange(len(people)), rng.poisson(idle, len(people)))
        joined = clock.to_business(people["joined"].to_numpy()[owner])
        day = clock.to_calendar(joined + rng.random(owner.size) * plan.idle_days)
        parts.append(_rows(owner, day, touch, _any_product(shop, owner.size, rng)))
    touches = pd.concat(parts, ignore_index=True)
    return touches[touches["day"] < end].reset_index(drop=True)


def _rows(owner: Integers, day: Floats, touch: str, product: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {"owner": owner, "day": day, "touch": touch, "product": product.to_numpy(dtype=object)}
    )


def _any_product(shop: Shop, count: int, rng: np.random.Generator) -> pd.Series:
    weights = np.array([max(product.weight, LEAST_WEIGHT) for product in shop.products])
    names = np.array([product.name for product in shop.products], dtype=object)
    return pd.Series(rng.choice(names, count, p=weights / weights.sum()))
