"""What a simulated shop spends on ads, day by day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.clock import Floats
from retention.orders.simulated.marketing import AdChannel, Marketing
from retention.orders.simulated.shop import Shop

COLUMNS = ("spent_at", "channel", "spend", "campaign")
THOUSAND = 1000
SPREAD = 0.25  # of the logarithm of a day's spend


def draw_costs(
    people: int,
    *,
    shop: Shop,
    plan: Marketing,
    start: pd.Timestamp,
    days: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """One row per day and channel, and one more in the campaign: spend in whole thousands."""
    dates = pd.date_range(start, periods=days)
    first, last = pd.Timestamp(shop.voucher.first), pd.Timestamp(shop.voucher.last)
    in_voucher = np.asarray((dates >= first) & (dates <= last))
    weights = shop.joining_weights(start, days)
    brought = people * weights / weights.sum()
    usual = np.where(in_voucher, brought / shop.voucher.arrivals, brought)
    shares = dict(shop.sources)
    rows = []
    for ad in plan.ads:
        rows.append(_rows(dates, ad, usual * shares[ad.name], "", rng))
        if ad.name in plan.campaign.channels:
            added = float((brought - usual).sum()) * shares[ad.name] * plan.campaign.boost
            burst = pd.date_range(plan.campaign.first, plan.campaign.last)
            even = np.full(burst.size, added / burst.size)
            rows.append(_rows(burst, ad, even, plan.campaign.name, rng))
    costs = pd.concat(rows).sort_values(["spent_at", "channel", "campaign"], ignore_index=True)
    return costs.assign(campaign=costs["campaign"].mask(costs["campaign"] == ""))


def _rows(
    dates: pd.DatetimeIndex,
    ad: AdChannel,
    brought: Floats,
    campaign: str,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """The spend on so many people a day, more or less."""
    noise = np.exp(rng.normal(-(SPREAD**2) / 2, SPREAD, brought.size))
    spend = np.round(ad.cost * brought * noise / THOUSAND).astype("int64") * THOUSAND
    return pd.DataFrame(
        {"spent_at": dates, "channel": ad.name, "spend": spend, "campaign": campaign}
    )
