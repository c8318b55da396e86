"""What each customer bought last, and when they last bought one product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd

from retention.engine.customer_keys import with_ids, with_keys


def last_items(orders: Any, *, item: str) -> Any:
    """One row per customer: `item` of the last order that counts."""
    bought = with_keys(orders.filter(orders.is_purchase), orders)
    order = ibis.struct({"ordered_at": bought.ordered_at, "order_id": bought.order_id})
    rows = bought.group_by("customer").agg(item=bought[item].argmax(order))
    return with_ids(rows, orders)


def last_bought(lines: Any, *, products: Sequence[str], as_of: pd.Timestamp) -> Any:
    """One row per customer and each of these products bought by `as_of`, with the last time."""
    end = ibis.timestamp(str(as_of + pd.Timedelta(days=1)))
    is_refund = lines.booked_order_id.notnull()
    found = lines.filter(lines["product"].isin(list(products)), lines.ordered_at < end, ~is_refund)
    return found.group_by("customer_id", "product").agg(ordered_at=found.ordered_at.max())
