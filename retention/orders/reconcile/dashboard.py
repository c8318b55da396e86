"""What a shop's dashboard counts: the lines as they came, before and while our rules leave some out.

A dashboard counts orders as they were placed, by the ids that it knows, and money either gross or
less what was paid back on the day it was paid back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import ibis
import pandas as pd
from ibis import _

from retention.engine.frames import to_arrow
from retention.engine.next_day import next_day
from retention.orders.keep import keep
from retention.orders.rules.check import conditions
from retention.orders.rules.rules import SET_ASIDE_RULES, is_refund

Counts = dict[str, Decimal]
USED = "used"
# What a line is; an order is the lowest that it holds, so that a refund within it is no order.
SALE, REFUND, ADJUSTMENT = range(3)


@dataclass(frozen=True)
class Period:
    """Local times from `start` (None: the beginning) to before `end`.

    `is_open`: nothing was said of days, so that lines without a date belong to it, too.
    """

    start: pd.Timestamp | None
    end: pd.Timestamp
    is_open: bool = False

    def holds(self, moment: Any) -> Any:
        """Whether a time lies in it, as an expression; never null."""
        inside = moment < ibis.timestamp(str(self.end))
        if self.start is not None:
            inside = inside & (moment >= ibis.timestamp(str(self.start)))
        return inside.fill_null(self.is_open)

    def follows(self, moment: Any) -> Any:
        """Whether a time lies before it, as an expression; never null."""
        if self.start is None:
            return ibis.literal(False)
        return (moment < ibis.timestamp(str(self.start))).fill_null(False)


@dataclass(frozen=True)
class View:
    """One way of counting: in which period, without which rules' lines, with which ids."""

    period: Period
    without: frozenset[str] = field(default_factory=frozenset)
    is_merged: bool = False
    is_by_customer: bool = False


class Dashboard:
    """The checked lines, reduced to what a dashboard's figures need."""

    def __init__(self, checked: Any, as_of: pd.Timestamp, left_out: Sequence[str] = ()) -> None:
        """`left_out` are rules whose lines the dashboard leaves out, whether we do or not."""
        checked = _as_left_out(checked, left_out)
        lines = _marked(checked, as_of)
        self._orders = keep(_order_parts(lines))
        paid_back = lines.amount.sum(where=lines.is_refund).fill_null(0)
        moments = lines.group_by("rule", "ordered_at").agg(lines=_.count(), paid_back=paid_back)
        self._moments = keep(moments)
        self.has_merged = "source_customer_id" in checked.columns
        found = self._moments.filter(_.rule != USED).select("rule").distinct()
        self.rules = _in_order(to_arrow(found)["rule"].to_pylist())

    def counts(self, view: View) -> Counts:
        """orders, revenue, net_revenue, customers, new and returning ones, guests and lines."""
        moments = _without(self._moments, view)
        inside = moments.filter(view.period.holds(moments.ordered_at))
        counts = self._placed(view, SALE) | one_row(
            inside.agg(lines=inside.lines.sum(), paid_back=inside.paid_back.sum())
        )
        return counts | {"net_revenue": counts["revenue"] + counts["paid_back"]}

    def counts_with_refunds(self, view: View) -> Counts:
        """The same, where refunds under an order id of their own are orders, too.

        `orders_with_refunds` and so on: money went back, as on a credit note;
        `orders_with_adjustments`: also those under which items were taken off for no money.
        """
        refunds, all_ids = self._placed(view, REFUND), self._placed(view, ADJUSTMENT)
        return {f"{name}_with_refunds": count for name, count in refunds.items()} | {
            f"{name}_with_adjustments": count for name, count in all_ids.items()
        }

    def _placed(self, view: View, last_kind: int) -> Counts:
        """orders, revenue, guests and customers, of the kinds of orders up to one."""
        left = _without(self._orders, view)
        who = left.customer if view.is_merged else left.source_customer
        left = left.filter(left.kind <= last_kind).mutate(who=who)
        theirs = _summed(left, ("order", "moment", "who"))
        orders = theirs if view.is_by_customer else _by_id(theirs)
        return one_row(_order_counts(orders, view.period)) | one_row(
            customer_counts(theirs.filter(_.who.notnull()), view.period)
        )


def customer_counts(orders: Any, period: Period) -> Any:
    """One row: customers, new_customers, returning_customers of a table of orders (who, at).

    New: the first order lies in the period. Returning: an order in it that is not the first.
    """
    rows = orders.mutate(is_inside=period.holds(orders.at))
    people = rows.group_by("who").agg(first=_.at.min(), inside=_.is_inside.ifelse(1, 0).sum())
    is_old = period.follows(people.first)
    is_new = period.holds(people.first) & (people.inside > 0)
    is_back = (is_old & (people.inside > 0)) | (is_new & (people.inside > 1))
    return people.agg(
        customers=(people.inside > 0).sum(),
        new_customers=is_new.sum(),
        returning_customers=is_back.sum(),
    )


def one_row(expression: Any) -> Counts:
    """The single row of an expression, nothing being 0."""
    row = to_arrow(expression).to_pylist()[0]
    return {name: Decimal(value or 0) for name, value in row.items()}


def _as_left_out(checked: Any, rules: Sequence[str]) -> Any:
    """Lines in use get the first of these rules that would take them."""
    found = conditions(checked)
    if "zero_amount" in rules:
        order = ibis.window(group_by=["customer_id", "order_id"])
        found["zero_amount"] &= checked.amount.abs().max().over(order) == 0
    branches = [(found[rule].fill_null(False), rule) for rule in SET_ASIDE_RULES if rule in rules]
    if not branches:
        return checked
    return checked.mutate(rule=ibis.coalesce(checked.rule, ibis.cases(*branches)))


def _without(rows: Any, view: View) -> Any:
    return rows.filter(~rows.rule.isin(sorted(view.without))) if view.without else rows


def _marked(checked: Any, as_of: pd.Timestamp) -> Any:
    """The lines with `is_refund` and both ids; what lies after as_of has that as its rule."""
    is_late = (checked.ordered_at >= next_day(as_of)).fill_null(False)
    late = ibis.ifelse(is_late, "after_as_of", USED)
    is_merged = "source_customer_id" in checked.columns
    # A refund that comes together with what it lowers is a discount, and part of the order.
    sales = checked.filter(checked.rule.notnull() & ~is_refund(checked))
    sold = keep(sales.select(sold_order=_.order_id, sold_at=_.ordered_at).distinct())
    lines = checked.select(
        "ordered_at",
        "amount",
        "order_id",
        "has_order_id",
        "booked_order_id",
        rule=ibis.coalesce(checked.rule, late),
        is_aside=checked.rule.notnull(),
        is_negative=is_refund(checked),
        customer=checked.customer_id,
        source_customer=checked.source_customer_id if is_merged else checked.customer_id,
    )
    same = [lines.order_id == sold.sold_order, lines.ordered_at == sold.sold_at]
    lines = lines.left_join(sold, same)
    is_alone = lines.is_aside & lines.sold_order.isnull()
    return lines.mutate(
        is_refund=lines.is_negative & (is_alone | lines.booked_order_id.notnull())
        | (lines.rule == "unmatched_refund")
    )


def _order_parts(lines: Any) -> Any:
    """One row per order, time without an order id, customer and rule, of the order's own kind."""
    kind = ibis.cases((~lines.is_refund, SALE), (lines.amount == 0, ADJUSTMENT), else_=REFUND)
    lines = lines.mutate(
        order=ibis.ifelse(lines.has_order_id, lines.order_id, ibis.null("string")),
        moment=ibis.ifelse(lines.has_order_id, ibis.null("timestamp"), lines.ordered_at),
        kind=kind,
    )
    keys = ("order", "moment", "customer", "source_customer", "rule", "kind")
    parts = lines.group_by(*keys).agg(at=_.ordered_at.min(), amount=_.amount.sum())
    same = ibis.window(group_by=["order", "moment", "source_customer"])
    parts = parts.mutate(order_kind=parts.kind.min().over(same))
    return parts.filter(parts.kind == parts.order_kind).drop("order_kind")


def _summed(parts: Any, keys: Sequence[str], **more: Any) -> Any:
    """Orders with their time and money, both those of the sales in them where there are any."""
    is_sale = parts.kind == SALE
    return parts.group_by(*keys).agg(
        at=ibis.coalesce(parts.at.min(where=is_sale), parts.at.min()),
        amount=parts.amount.sum(where=is_sale),
        kind=parts.kind.min(),
        **more,
    )


def _by_id(theirs: Any) -> Any:
    """Orders by their id alone, whoever stands in their lines."""
    by_id = theirs.mutate(
        who=ibis.ifelse(theirs.order.isnull(), theirs.who, ibis.null("string")),
        is_known=theirs.who.notnull(),
    )
    return _summed(by_id, ("order", "moment", "who"), is_known=by_id.is_known.any())


def _order_counts(orders: Any, period: Period) -> Any:
    inside = orders.filter(period.holds(orders.at))
    is_known = inside.is_known if "is_known" in inside.columns else inside.who.notnull()
    return inside.agg(
        orders=inside.count(),
        revenue=inside.amount.sum(),
        guests=(~is_known).ifelse(1, 0).sum(),
    )


def _in_order(rules: list[str]) -> list[str]:
    known = [rule for rule in (*SET_ASIDE_RULES, "after_as_of") if rule in rules]
    return known + sorted(set(rules) - set(known))
