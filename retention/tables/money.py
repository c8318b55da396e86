"""Whether the orders tell of money at all."""

from __future__ import annotations

from retention.errors import ArgumentError
from retention.orders.orders import Orders


def require_amounts(orders: Orders, name: str) -> None:
    """Refuse orders that were read without amounts: inside, these are 0, and nobody spent 0.

    Raises
    ------
    ArgumentError
        With how to name the column of amounts.
    """
    if not orders.has_amounts:
        raise ArgumentError(
            f"{name}: all {orders.counts['orders']:,} orders were read without amounts, so money is not "
            "known. Name the column that has them with columns={'amount': ...}, or amount = \"...\" "
            "under [columns] in retention.toml; what counts purchases holds without."
        )
