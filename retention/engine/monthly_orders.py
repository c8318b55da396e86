"""Orders by calendar month, the ground of seasons."""

from __future__ import annotations

from typing import Any

from retention.engine.time import period_number


def monthly_orders(orders: Any) -> Any:
    """Orders that count by the number of their month."""
    bought = orders.filter(orders.is_purchase)
    months = bought.select(month_number=period_number(bought.ordered_at, "month"))
    return months.group_by("month_number").agg(orders=months.count())
