"""The four kinds of tables that are read: orders, people, touches and costs."""

from __future__ import annotations

from retention.orders.columns.declaration import declare
from retention.orders.columns.order_headers import ORDER_HEADERS
from retention.orders.columns.side_headers import COSTS_HEADERS, PEOPLE_HEADERS, TOUCHES_HEADERS

ORDERS = declare(
    "orders",
    {
        "customer_id": "id", "order_id": "id", "ordered_at": "time", "amount": "money",
        "quantity": "number", "unit_price": "money", "product": "text", "category": "text",
        "channel": "text", "status": "text", "cancelled_at": "text", "coupon": "text",
        "discount": "money", "refunded": "money", "cost": "money", "margin": "money",
        "email": "text", "phone": "text", "currency": "text",
    },
    ORDER_HEADERS,
    # An amount is needed, too, unless quantity and unit price make one.
    needed=("customer_id", "ordered_at"),
    decisive=("customer_id", "order_id", "ordered_at", "amount"),
)  # fmt: skip
PEOPLE = declare(
    "people",
    {"customer_id": "id", "first_seen_at": "time", "email": "text", "phone": "text"},
    PEOPLE_HEADERS,
    needed=("customer_id", "first_seen_at"),
    decisive=("customer_id", "first_seen_at"),
    # A list of contacts has no such day.
    may_lack=("first_seen_at",),
)
TOUCHES = declare(
    "touches",
    {
        "customer_id": "id", "touched_at": "time", "touch": "text", "channel": "text",
        "campaign": "text", "page": "text", "product": "text",
    },
    TOUCHES_HEADERS,
    needed=("customer_id", "touched_at", "touch"),
    decisive=("customer_id", "touched_at", "touch"),
)  # fmt: skip
COSTS = declare(
    "costs",
    {
        "spent_at": "time", "channel": "text", "spend": "money", "campaign": "text",
        "currency": "text",
    },
    COSTS_HEADERS,
    needed=("spent_at", "spend"),
    decisive=("spent_at", "spend"),
)  # fmt: skip
