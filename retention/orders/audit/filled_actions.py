"""Sentences of the audit that say what was found in this very table."""

from __future__ import annotations

from collections.abc import Mapping

from retention.orders.settings import Settings
from retention.texts import text


def filled_action(rule: str, options: Settings, found: Mapping[str, str]) -> str:
    """The sentence of a rule filled with what was found; empty for rules that say the same always."""
    if rule == "similar_ids":
        return _similar_ids(options, found)
    if rule == "order_two_dates":
        return _order_two_dates(found)
    if rule == "quantity_against_amount":
        return _quantity_against_amount(found)
    return ""


def _similar_ids(options: Settings, found: Mapping[str, str]) -> str:
    kept = text(
        "Kept apart: ids that differ only in letter case, blanks, leading zeros or the country code "
        "({examples}).",
        examples=found["examples"],
    )
    if_one = text(
        "As one person each, the repeat rate within 180 days would be {rate}.", rate=found["rate"]
    )
    way = text("Write them alike at the source.")
    if not options.merge_by:
        way = text(
            "Write them alike at the source, or pass merge_by=['email', 'phone'] where these tell "
            "who is who."
        )
    return " ".join((kept, if_one, way) if found["rate"] else (kept, way))


def _order_two_dates(found: Mapping[str, str]) -> str:
    kept = text("Kept as one order on its first day: its sales lie on two local dates or more.")
    if found["far"] == "0":
        return kept
    far = text(
        "In {far} of these orders they lie more than {days} days apart: if order numbers begin anew "
        "each month or year, several orders became one, and customers seem to come back less. Write "
        "year and month into the order id at the source.",
        far=found["far"],
        days=found["days"],
    )
    return f"{kept} {far}"


def _quantity_against_amount(found: Mapping[str, str]) -> str:
    return text(
        "Counted as purchases, {amount} in money: the quantity is below 0, the amount above. If these "
        "are returns, write their amounts below 0 at the source (the unit price above 0, where it is "
        "multiplied); if not, the quantities above.",
        amount=found["amount"],
    )
