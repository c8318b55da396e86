"""Which lines are used: each line gets the first rule that takes it, each refund its order.

Nothing large is stored: the rule is an expression over the stored lines, and what needs a look at
other lines (placeholders, fees, refunds) is found first and joined as a small table.
"""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from retention.engine.connection import store
from retention.engine.emptiness import is_empty
from retention.engine.frames import to_arrow
from retention.engine.view import view
from retention.orders.rules.distinct_texts import distinct_texts
from retention.orders.rules.non_products import non_product_names
from retention.orders.rules.placeholders import placeholder_ids
from retention.orders.rules.refunds import match_refunds
from retention.orders.rules.restated import with_restated
from retention.orders.rules.rules import (
    CONDITIONS,
    REPORT_ROWS,
    RULES,
    SET_ASIDE_RULES,
    Condition,
    is_refund,
)
from retention.orders.rules.total_rows import with_totals
from retention.orders.settings import Settings

__all__ = ["RULES", "SET_ASIDE_RULES", "check_lines", "conditions"]
# Rules that take a line only where more holds than what they look at.
_TAKES: dict[str, Condition] = {
    # Without an order id repetitions are reported and kept.
    "overlapping_files": lambda lines: lines.has_order_id,
    "exact_duplicate": lambda lines: lines.has_order_id,
    # A product may be called a total and be none.
    "total_row": lambda lines: lines.is_sum,
}
_ASKED_FOR = {"zero_amount": "zero_amounts", "non_product": "non_products"}


def check_lines(typed: Any, settings: Settings, *, is_remote: bool) -> Any:
    """All lines with `rule` (null: used) and `booked_order_id` (the order that a refund undoes).

    `typed` is stored already (or remote); what comes back is an expression over it.
    """
    flagged = _flagged(typed, settings, is_remote=is_remote)
    judged = view(flagged.mutate(rule=_first_rule(flagged, settings)))
    if is_remote:
        return _booked_within_the_order(judged)
    return view(_booked(judged, _refund_candidates(judged)))


def conditions(lines: Any) -> dict[str, Any]:
    """What each rule that looks at single lines touches, for the audit."""
    found = {rule: condition(lines) for rule, condition in CONDITIONS.items()}
    if "report_row" in lines.columns:
        is_line = lines.report_row.isnull()
        found |= {rule: told & is_line for rule, told in found.items() if rule not in REPORT_ROWS}
    return found | {
        "unmatched_refund": lines.rule == "unmatched_refund",
        "matched_refund": lines.booked_order_id.notnull() & lines.rule.isnull(),
    }


def _flagged(typed: Any, settings: Settings, *, is_remote: bool) -> Any:
    """Marks for what cannot be seen in the line alone: the clock, the crowd, the list of fees."""
    columns = [name for name in ("customer_id", "product") if name in typed.columns]
    texts = {name: distinct_texts(typed, name) for name in columns}
    people = texts["customer_id"]
    customers = placeholder_ids(typed, settings.placeholder_ids, people=people)
    products = non_product_names(texts["product"]) if "product" in texts else []
    if settings.zero_amounts == "set_aside":
        typed = _with_free_orders(typed, is_remote=is_remote)
    keeps_ids = settings.placeholder_ids == ()
    typed = with_totals(typed, texts=texts, keeps_ids=keeps_ids, is_remote=is_remote)
    flagged = typed.mutate(
        is_placeholder=_among(typed, "customer_id", customers),
        is_non_product=_among(typed, "product", products),
        is_future=_is_future(typed, settings.as_of),
    )
    return flagged if is_remote else with_restated(flagged)


def _with_free_orders(typed: Any, *, is_remote: bool) -> Any:
    """Marks the lines of orders in which nothing was paid."""
    order = ["customer_id", "order_id"]
    if is_remote:
        paid = typed.amount.abs().max().over(ibis.window(group_by=order))
        return typed.mutate(is_free=(paid == 0).fill_null(False))
    nothing = typed.filter(typed.amount == 0).select("line_number", *order)
    free = store(nothing.anti_join(typed.filter(typed.amount != 0), order).select("line_number"))
    marked = typed.left_join(free.mutate(is_free=True), "line_number").drop("line_number_right")
    return marked.mutate(is_free=marked.is_free.fill_null(False))


def _among(lines: Any, column: str, values: list[str]) -> Any:
    return lines[column].isin(values).fill_null(False) if values else ibis.literal(False)


def _is_future(lines: Any, as_of: str | None) -> Any:
    """After today, wherever on earth: the only use of the computer's clock.

    What lies before a day that was named as observed has happened.
    """
    tomorrow = pd.Timestamp.now(tz="Etc/GMT-14").normalize().tz_localize(None)
    tomorrow = max(tomorrow, pd.Timestamp(as_of or tomorrow)) + pd.Timedelta(days=1)
    return (lines.ordered_at >= ibis.timestamp(str(tomorrow))).fill_null(False)


def _first_rule(lines: Any, settings: Settings) -> Any:
    branches = []
    for rule in SET_ASIDE_RULES[:-1]:
        if rule in _ASKED_FOR and getattr(settings, _ASKED_FOR[rule]) != "set_aside":
            continue
        taken = lines.is_free if rule == "zero_amount" else CONDITIONS[rule](lines)
        if rule in _TAKES:
            taken = taken & _TAKES[rule](lines)
        branches.append((taken.fill_null(False), rule))
    return ibis.cases(*branches, else_=ibis.null("string"))


def _refund_candidates(judged: Any) -> pa.Table:
    """Refund lines, and the lines that they could undo: of the same order, or customer and product."""
    wanted = ["line_number", "customer_id", "order_id", "ordered_at", "amount"]
    wanted += [name for name in ("product", "quantity") if name in judged.columns]
    usable = judged.filter(judged.rule.isnull()).select(*wanted)
    refunds = store(usable.filter(is_refund(usable)))
    if is_empty(refunds):
        return to_arrow(refunds)
    if "product" not in wanted:
        return to_arrow(usable.semi_join(refunds, ["customer_id", "order_id"]))
    # All lines of these customers first: one pass for both searches.
    theirs = store(usable.semi_join(refunds, "customer_id"))
    found = theirs.semi_join(refunds, ["customer_id", "order_id"])
    lost = _without_own_sale(refunds, found)
    products = theirs.semi_join(lost, ["customer_id", "product"])
    return to_arrow(found.union(products.anti_join(found, "line_number")))


def _without_own_sale(refunds: Any, found: Any) -> Any:
    """Refunds that must look for their sale outside their own order."""
    sales = found.filter(~is_refund(found))
    return refunds.anti_join(
        sales,
        [
            refunds.customer_id == sales.customer_id,
            refunds.order_id == sales.order_id,
            refunds.ordered_at >= sales.ordered_at,
        ],
    )


def _booked(judged: Any, candidates: pa.Table) -> Any:
    if candidates.num_rows == 0:
        return judged.mutate(booked_order_id=ibis.null("string"))
    found = store(match_refunds(candidates))
    joined = judged.left_join(found, "line_number").drop("line_number_right")
    is_lost = joined.is_lost.fill_null(False)
    lost_rule = ibis.ifelse(is_lost, "unmatched_refund", ibis.null("string"))
    return joined.mutate(rule=ibis.coalesce(joined.rule, lost_rule)).drop("is_lost")


def _booked_within_the_order(judged: Any) -> Any:
    """On a remote table refunds are booked to their own order; others are unmatched, and counted."""
    is_sale = ~is_refund(judged) & judged.rule.isnull()
    is_back = is_refund(judged) & judged.rule.isnull() & ~_is_discount(judged, is_sale)
    window = ibis.window(group_by=["customer_id", "order_id"])
    first_sale = is_sale.ifelse(judged.ordered_at, ibis.null("timestamp")).min().over(window)
    has_sale = (first_sale <= judged.ordered_at).fill_null(False)
    lost = ibis.ifelse(is_back & ~has_sale, "unmatched_refund", ibis.null("string"))
    return judged.mutate(
        booked_order_id=ibis.ifelse(is_back & has_sale, judged.order_id, ibis.null("string")),
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
