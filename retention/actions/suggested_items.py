"""What each customer may want next, by what others bought after the same."""

from __future__ import annotations

import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.last_items import last_items
from retention.errors import ArgumentError
from retention.names import OTHER
from retention.orders.orders import Orders
from retention.tables.next_product import next_product

# Of fewer customers, what they bought next is chance.
LEAST = 20


def suggested_items(orders: Orders, item: str) -> pd.DataFrame:
    """One row per customer: last_item, and the next_item with its next_rate, lift and eligible.

    The next item is the one with the highest lift whose limits lie above 1, of those that follow the
    last item among at least 20 customers; else that which follows it most often.
    """
    rows = to_frame(last_items(orders.orders, item=item), ("customer_id", "item"))
    last = rows.set_index("customer_id")["item"].rename("last_item")
    try:
        ways = next_product(orders, item=item)
    except ArgumentError:
        return last.to_frame()
    best = _best(ways)
    return last.to_frame().join(best, on="last_item")


def _best(ways: pd.DataFrame) -> pd.DataFrame:
    """For each item the one to suggest."""
    after = ways[(ways["order_number"] == 1) & (ways["eligible"] >= LEAST) & (ways["returned"] > 0)]
    after = after[(after["next_item"] != OTHER) & (after["item"] != OTHER)]
    is_sure = (after["low"] > 1).fillna(False)
    ranked = after.assign(is_sure=is_sure, rank=after["lift"].where(is_sure, after["next_rate"]))
    ranked = ranked.sort_values(["is_sure", "rank", "next_item"], ascending=[False, False, True])
    best = ranked.drop_duplicates("item").set_index("item")
    return best[["next_item", "next_rate", "lift", "eligible"]]
