"""The audit's line on guests: orders of nobody known, and what they could do to the repeat rate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from ibis import _

from retention.engine.frames import to_arrow
from retention.engine.next_day import next_day
from retention.engine.time import day_number as day_of
from retention.orders.audit.guests import Known, guest_bounds
from retention.orders.audit.repeat_rates import WITHIN_DAYS
from retention.orders.rules.rules import is_refund
from retention.periods import day_number
from retention.texts import text

# Rules that take the orders of people who could be anybody.
GUEST_RULES = ("missing_customer", "placeholder_customer")


def guest_note(lines: Any, known: Callable[[], Known], *, as_of: pd.Timestamp) -> dict[str, Any]:
    """How many orders nobody is known for, and what they could do to the repeat rate.

    `lines` is None where no line was set aside by one of `GUEST_RULES`.
    """
    rows = [] if lines is None else _by_day(guest_lines(lines, as_of=as_of))
    orders = {row["day"]: int(row["named"] + row["unnamed"]) for row in rows}
    return {
        "rule": "guests",
        "lines": sum(row["lines"] for row in rows),
        "orders": sum(orders.values()),
        "amount": float(sum(row["amount"] or 0 for row in rows)),
        "action": _action(known(), orders, as_of)
        if orders
        else text("No orders of unknown customers."),
    }


def _by_day(guests: Any) -> list[dict[str, Any]]:
    found = guests.group_by(day=day_of(guests.ordered_at)).agg(
        lines=_.count(),
        named=_.order_id.nunique(where=_.has_order_id),
        unnamed=(~guests.has_order_id).ifelse(1, 0).sum(),
        amount=_.amount.sum(),
    )
    rows: list[dict[str, Any]] = to_arrow(found).to_pylist()
    return rows


def guest_lines(lines: Any, *, as_of: pd.Timestamp) -> Any:
    """Completed sales without a customer id, or under a placeholder; they are set aside elsewhere."""
    return lines.filter(
        lines.rule.isin(GUEST_RULES)
        & (lines.ordered_at < next_day(as_of))
        & (lines.line_state == "completed")
        & ~is_refund(lines)
    )


def _action(known: Known, orders: dict[int, int], as_of: pd.Timestamp) -> str:
    bounds = guest_bounds(known, orders, as_of_day=day_number(as_of), within_days=WITHIN_DAYS)
    if bounds is None:
        return text("Orders of unknown customers; nobody is observed for 180 days yet.")
    return text(
        "Whoever placed them, the repeat rate of all people within 180 days lies between {low} and "
        "{high}.",
        low=f"{bounds.low:.1%}",
        high=f"{bounds.high:.1%}",
    )
