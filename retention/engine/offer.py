"""How an order was bought: with a coupon or a discount, or at full price."""

from __future__ import annotations

from typing import Any

import ibis

OFFER = "offer"
WITH_OFFER, FULL_PRICE = "coupon or discount", "full price"


def with_offer(orders: Any) -> Any:
    """Orders with the attribute `offer`, where the source has coupons or discounts and no such column."""
    signs = _signs(orders)
    if not signs or OFFER in orders.columns:
        return orders
    is_offer = signs[0] if len(signs) == 1 else signs[0] | signs[1]
    return orders.mutate(**{OFFER: ibis.ifelse(is_offer, WITH_OFFER, FULL_PRICE)})


def _signs(orders: Any) -> list[Any]:
    signs = []
    if "coupon" in orders.columns:
        signs.append(orders.coupon.notnull())
    if "discount" in orders.columns:
        signs.append((orders.discount != 0).fill_null(False))
    return signs
