"""Lines that are no product: the postage of small orders."""

from __future__ import annotations

import pandas as pd

from retention.orders.simulated.trade import Fee


def fee_lines(lines: pd.DataFrame, fee: Fee) -> pd.DataFrame:
    """One line of postage for each small order of the fee's channels."""
    sold = lines[lines["amount"] > 0]
    total = sold.groupby("order_id")["amount"].transform("sum")
    is_charged = (total < fee.below) & sold["channel"].isin(fee.channels)
    orders = sold[is_charged].drop_duplicates("order_id")
    return orders.assign(
        product=fee.product,
        category=fee.category,
        quantity=1.0,
        unit_price=float(fee.price),
        discount=0.0,
        amount=float(fee.price),
    )
