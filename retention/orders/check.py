"""The rules of a line: which lines cannot be used, in a fixed order, the first rule taking them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import pyarrow as pa

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.refunds import match_refunds
from retention.orders.settings import Settings

OLDEST = "1990-01-01"
Condition = Callable[[Any], Any]
# Rules that set lines aside before refunds are looked at, in the order in which they take lines.
BEFORE_REFUNDS: dict[str, Condition] = {
    "unreadable_date": lambda lines: lines.ordered_at.isnull(),
    "unreadable_amount": lambda lines: lines.amount.isnull(),
    "impossible_date": lambda lines: lines.ordered_at < ibis.timestamp(OLDEST),
    "missing_customer": lambda lines: lines.customer_id.isnull(),
    "exact_duplicate": lambda lines: lines.is_repeat & lines.has_order_id,
    "cancelled": lambda lines: lines.line_state.isin(["cancelled", "refused"]),
    "returned": lambda lines: (lines.line_state == "returned") & ~_is_refund(lines),
    "not_completed": lambda lines: lines.line_state.isin(["pending", "test"]),
}
RULES = (*BEFORE_REFUNDS, "zero_amount", "negative_amount", "unmatched_refund")


def check_lines(typed: Any, settings: Settings, *, is_remote: bool) -> Any:
    """All lines with `rule` (null: used) and `booked_order_id` (the order that a refund undoes)."""
    judged = typed.mutate(rule=_first_rule(typed, BEFORE_REFUNDS))
    if settings.zero_amounts == "set_aside":
        judged = judged.mutate(rule=ibis.coalesce(judged.rule, _zero_order(judged)))
    if is_remote:
        return _booked_within_the_order(judged)
    judged = store(judged)
    return store(_booked(judged, _refund_candidates(judged)))


def conditions(lines: Any) -> dict[str, Any]:
    """Each rule's condition on its own, so that the audit can say what it touches."""
    found = {rule: condition(lines) for rule, condition in BEFORE_REFUNDS.items()}
    return found | {
        # Without an order id repetitions are reported and kept.
        "exact_duplicate": lines.is_repeat,
        "zero_amount": (lines.amount == 0) & ~_is_refund(lines),
        "negative_amount": lines.amount < 0,
        "unmatched_refund": lines.rule == "unmatched_refund",
    }


def _first_rule(lines: Any, rules: dict[str, Condition]) -> Any:
    branches = [(condition(lines).fill_null(False), rule) for rule, condition in rules.items()]
    return ibis.cases(*branches, else_=ibis.null("string"))


def _is_refund(lines: Any) -> Any:
    negative = lines.amount < 0
    if "quantity" in lines.columns:
        negative = negative | ((lines.amount == 0) & (lines.quantity < 0).fill_null(False))
    return negative.fill_null(False)


def _zero_order(lines: Any) -> Any:
    """Lines of orders in which nothing was paid."""
    window = ibis.window(group_by=["customer_id", "order_id"])
    is_free = lines.amount.abs().max().over(window) == 0
    return ibis.ifelse(is_free.fill_null(False), "zero_amount", ibis.null("string"))


def _refund_candidates(judged: Any) -> pa.Table:
    """Refund lines, and the lines that they could undo: of the same order, or customer and product."""
    wanted = ["line_number", "customer_id", "order_id", "ordered_at", "amount"]
    wanted += [name for name in ("product", "quantity") if name in judged.columns]
    usable = judged.filter(judged.rule.isnull()).select(*wanted)
    refunds = usable.filter(_is_refund(usable))
    found = usable.semi_join(refunds, ["customer_id", "order_id"])
    if "product" in wanted:
        found = found.union(usable.semi_join(refunds, ["customer_id", "product"]), distinct=True)
    return to_arrow(found)


def _booked(judged: Any, candidates: pa.Table) -> Any:
    if candidates.num_rows == 0:
        return judged.mutate(booked_order_id=ibis.null("string"))
    booked, unmatched = match_refunds(candidates)
    lost = pa.table({"line_number": pa.array(unmatched, pa.int64())})
    joined = judged.left_join(store(booked), "line_number").drop("line_number_right")
    lost_lines = store(lost).mutate(is_lost=True)
    joined = joined.left_join(lost_lines, "line_number").drop("line_number_right")
    lost_rule = ibis.ifelse(
        joined.is_lost.fill_null(False), "unmatched_refund", ibis.null("string")
    )
    return joined.mutate(rule=ibis.coalesce(joined.rule, lost_rule)).drop("is_lost")


def _booked_within_the_order(judged: Any) -> Any:
    """On a remote table refunds are booked to their own order; others are unmatched, and counted."""
    is_sale = ~_is_refund(judged) & judged.rule.isnull()
    is_refund = _is_refund(judged) & judged.rule.isnull() & ~_is_discount(judged, is_sale)
    window = ibis.window(group_by=["customer_id", "order_id"])
    first_sale = is_sale.ifelse(judged.ordered_at, ibis.null("timestamp")).min().over(window)
    has_sale = (first_sale <= judged.ordered_at).fill_null(False)
    lost = ibis.ifelse(is_refund & ~has_sale, "unmatched_refund", ibis.null("string"))
    return judged.mutate(
        booked_order_id=ibis.ifelse(is_refund & has_sale, judged.order_id, ibis.null("string")),
        rule=ibis.coalesce(judged.rule, lost),
    )


def _is_discount(lines: Any, is_sale: Any) -> Any:
    """As `refunds` tells it: came together with its order, for a product that is not in it."""
    if "product" not in lines.columns:
        return ibis.literal(False)
    order = ["customer_id", "order_id"]
    sales = is_sale.ifelse(1, 0).sum()
    together = sales.over(ibis.window(group_by=[*order, "ordered_at"])) > 0
    in_order = sales.over(ibis.window(group_by=[*order, "product"])) > 0
    return lines.product.notnull() & together & ~in_order
