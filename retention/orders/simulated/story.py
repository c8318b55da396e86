"""Everything that the tables of a simulated shop are made from."""

from __future__ import annotations

from dataclasses import dataclass

from retention.orders.simulated.marketing import Marketing
from retention.orders.simulated.population import Population
from retention.orders.simulated.shop import Shop
from retention.orders.simulated.trade import Trade


@dataclass(frozen=True)
class Story:
    """Who buys what, from whom, and what brought them."""

    population: Population
    shop: Shop
    trade: Trade
    marketing: Marketing
