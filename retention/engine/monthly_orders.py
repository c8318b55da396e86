"""Orders by calendar month, the ground of seasons."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.purchase_days import purchase_days
from retention.engine.time import period_of_day


def monthly_orders(orders: Any) -> Any:
    """Orders that count by the number of their month."""
    days = purchase_days(orders)
    months = days.select("orders", month_number=period_of_day(days.day, "month"))
    return months.group_by("month_number").agg(orders=_.orders.sum().cast("int64"))
