"""Orders that tell one thing with two statuses: steps of one sale, or two items of which one went back.

Which of the two nobody says, so they are kept and reported.
"""

from __future__ import annotations

from typing import Any

import ibis

from retention.orders.flags import found_or_none
from retention.orders.rules.rules import is_refund

ORDER = ["customer_id", "order_id"]
# Lines whose status alone decides whether they count.
_BY_STATUS = ("cancelled", "returned", "not_completed")
_CELLS = ("product", "quantity", "amount")


def states_told(lines: Any) -> dict[str, Any]:
    """What each line tells, of which an order keeps the least and the greatest: few have two."""
    if not {"status", "cancelled_at"} & set(lines.columns):
        return {}
    told = _told(lines)
    # Numbers are compared faster than texts, where the engine makes them alike everywhere.
    told = told.hash() if lines.get_backend().name == "duckdb" else told
    told = ibis.ifelse(_is_told(lines), told, ibis.null(told.type()))
    return {"first_told": told, "last_told": told}


def orders_of_two_states(used: Any, lines: Any) -> Any:
    """Used orders in which equal lines, or a sale and what was returned of it, have two statuses."""
    if "first_told" not in used.columns:
        return used.select(*ORDER).limit(0)
    spread = found_or_none(used.filter(used.first_told != used.last_told).select(*ORDER))
    if spread is None:
        return used.select(*ORDER).limit(0)
    theirs = lines.filter(_is_told(lines) & ~is_refund(lines)).semi_join(spread, ORDER)
    theirs = theirs.mutate(
        told=_told(theirs),
        is_used=theirs.rule.isnull().ifelse(1, 0),
        is_returned=(theirs.line_state == "returned").ifelse(1, 0),
    )
    return theirs.filter(_are_equal(theirs) | _came_back(theirs)).select(*ORDER).distinct()


def _are_equal(lines: Any) -> Any:
    """Lines that are equal but for their status, one of them in use."""
    cells = [name for name in _CELLS if name in lines.columns]
    equal = ibis.window(group_by=[*ORDER, *cells])
    differ = lines.told.min().over(equal) != lines.told.max().over(equal)
    return differ & (lines.is_used.max().over(equal) > 0)


def _came_back(lines: Any) -> Any:
    """Lines of a product that is in use in the order, and returned."""
    if "product" not in lines.columns:
        return ibis.literal(False)
    same = ibis.window(group_by=[*ORDER, "product"])
    both = (lines.is_used.max().over(same) > 0) & (lines.is_returned.max().over(same) > 0)
    return both & lines.product.notnull()


def _told(lines: Any) -> Any:
    status = lines.status.fill_null("") if "status" in lines.columns else ibis.literal("")
    return lines.line_state.concat(" ", status)


def _is_told(lines: Any) -> Any:
    return lines.rule.isnull() | lines.rule.isin(_BY_STATUS)
