"""Orders and customers with their number, for sentences."""

from __future__ import annotations

from retention.counted import counted
from retention.texts import text


def counted_orders(count: int) -> str:
    """One order, or so many.

    Examples
    --------
    >>> counted_orders(1), counted_orders(1200)
    ('1 order', '1,200 orders')
    """
    return counted(count, text("1 order"), text("{count} orders"))


def counted_customers(count: int) -> str:
    """One customer, or so many.

    Examples
    --------
    >>> counted_customers(1), counted_customers(1200)
    ('1 customer', '1,200 customers')
    """
    return counted(count, text("1 customer"), text("{count} customers"))
