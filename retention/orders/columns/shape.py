"""Tables that are no list of orders, recognised by their headers and first rows, and explained."""

from __future__ import annotations

import re

from retention.errors import examples
from retention.orders.columns.draft import Draft
from retention.orders.plain import plain

SUMMARY = frozenset(
    (
        "frequency", "recency", "t", "monetary", "monetary value", "orders", "order count",
        "orders count", "n orders", "num orders", "number of orders", "total orders", "total spent",
        "total spend", "lifetime value", "clv", "ltv", "last order", "last order date", "last order at",
        "last purchase", "last purchase date", "first order date", "first purchase date",
        "days since last order", "days since last purchase", "average order value", "aov",
        "avg order value", "purchase count", "total purchases", "so don", "so lan mua", "tong so don",
        "tong so don hang", "tong chi tieu", "tong ban", "lan mua cuoi", "ngay mua cuoi",
        "ngay mua gan nhat", "ngay mua cuoi cung", "ngay giao dich cuoi", "tan suat",
    )
)  # fmt: skip
EVENTS = ("event", "event type", "event name", "action", "activity", "su kien", "hanh dong")
# Kinds of events that are no purchases; parts of words, so that `add_to_cart` is one.
BROWSING = re.compile(
    r"view|click|cart|visit|session|impression|search|login|log in|scroll|catalog|wish|remove|"
    r"^main$|^home|open|sent|browse|xem|gio hang|truy cap"
)
PURCHASE = re.compile(
    r"purchase|order|transaction|payment|paid|bought|checkout complete|conversion|mua|dat hang|"
    r"thanh toan"
)
_PERIOD = re.compile(
    r"(19|20)\d\d( (0?[1-9]|1[0-2]))?( \d\d?)?|(0?[1-9]|1[0-2]) (19|20)\d\d|"
    r"(thang|t|q|quy) ?\d\d?( (19|20)?\d\d)?|"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*( ?(19|20)?\d\d)?"
)
MANY_PERIODS = 3


def shape_problem(draft: Draft) -> str | None:
    """Why the table is no list of orders, in a sentence or two with the way on; None if it may be."""
    return (
        _event_log(draft)
        or _pivot_table(draft)
        or _customer_summary(draft)
        or _olist_orders(draft)
        or _merged_cells(draft)
        or _headings(draft)
    )


def _event_log(draft: Draft) -> str | None:
    column = next((name for name in draft.sample.names if plain(name) in EVENTS), None)
    if column is None:
        return None
    kinds = draft.sample[column].shown
    browsing = [kind for kind in kinds if BROWSING.search(plain(kind))]
    bought = [kind for kind in kinds if PURCHASE.search(plain(kind)) and kind not in browsing]
    if not browsing:
        return None
    seen = (
        f"It is a log of events, not of orders: {column!r} has {len(kinds):,} kinds ({examples(kinds)}), and "
        "people who never buy are in it. "
    )
    if not bought:
        return seen + (
            "None of those looked at is a purchase, so there are no orders in it; read it with "
            "read_touches(), and the orders from where the shop keeps them."
        )
    return seen + (
        f"Keep the rows of purchases only, such as rows[rows[{column!r}] == {_last(bought)!r}], with their "
        "amounts, and read the whole log with read_touches()."
    )


def _last(bought: list[str]) -> str:
    """The kind that most clearly says that the purchase was done."""
    done = [
        kind for kind in bought if re.search(r"done|complete|success|purchase|paid", kind.lower())
    ]
    return (done or bought)[0]


def _pivot_table(draft: Draft) -> str | None:
    periods = [name for name in draft.sample.names if _PERIOD.fullmatch(plain(name))]
    if len(periods) < MANY_PERIODS or "ordered_at" in draft.guesses:
        return None
    return (
        f"It is a pivot table: {len(periods)} columns are periods ({examples(periods)}), so the days of the "
        "orders are lost. Export the orders themselves, one row each; "
        'or frame.melt(id_vars="customer", var_name="date", value_name="amount") for one purchase a period.'
    )


def _customer_summary(draft: Draft) -> str | None:
    found = [name for name in draft.sample.names if plain(name) in SUMMARY]
    customer = draft.column("customer_id")
    has_orders = "ordered_at" in draft.guesses and "ordered_at" not in draft.by_contents
    if len(found) < 2 or customer is None or has_orders:
        return None
    contents = draft.sample[customer]
    if contents.distinct < len(contents.filled):
        return None
    return (
        f"It is a summary with one row for each customer ({examples(found)}), not a list of orders: when "
        "each order was placed is not in it. Export the orders themselves, one row for each order or line."
    )


def _olist_orders(draft: Draft) -> str | None:
    """The one table of Olist that is called orders has neither people nor money."""
    words = {plain(name) for name in draft.sample.names}
    if "order purchase timestamp" not in words or "customer unique id" in words:
        return None
    return (
        "Olist's customer_id is another one for every order. Join olist_customers_dataset on customer_id, "
        "whose customer_unique_id is the person, and olist_order_items_dataset on order_id for the price."
    )


def _merged_cells(draft: Draft) -> str | None:
    """Order and customer on the first line only, as in a sheet with merged cells."""
    head = [name for ours in ("order_id", "customer_id") if (name := draft.column(ours))]
    product = draft.column("product")
    if len(head) < 2 or product is None:
        return None
    columns = [draft.sample[name].cells for name in head]
    rows = zip(*columns, draft.sample[product].cells, strict=True)
    bare = sum(cells[-1] is not None and not any(cells[:-1]) for cells in rows)
    if bare < 0.1 * draft.sample.size:
        return None
    return (
        f"{bare:,} of the {draft.sample.size:,} rows looked at have a product but neither {head[0]!r} nor "
        f"{head[1]!r}: cells that were merged for the eye. Fill them down first: "
        f"frame[{head!r}] = frame[{head!r}].ffill()."
    )


def _headings(draft: Draft) -> str | None:
    """Each customer as a heading above the rows of their orders."""
    customer, time = draft.column("customer_id"), draft.column("ordered_at")
    if customer is None or time is None:
        return None
    rows = list(zip(draft.sample[customer].cells, draft.sample[time].cells, strict=True))
    headings = sum(who is not None and when is None for who, when in rows)
    below = [who for who, when in rows if when is not None]
    if not headings or not below or any(who is not None for who in below):
        return None
    return (
        f"{headings:,} of the {len(rows):,} rows looked at have {customer!r} and no date, and none of the "
        f"others has a {customer!r}: headings above the orders of each customer. Fill them down, and drop "
        f"the headings: frame[{customer!r}] = frame[{customer!r}].ffill(); then "
        f"frame[frame[{time!r}].notna()]."
    )
