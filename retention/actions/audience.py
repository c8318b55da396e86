"""Whom to contact: a list with reasons, channel, what to offer and when."""

from __future__ import annotations

import pandas as pd

from retention.actions.contact_list import ContactRules, contact_list
from retention.actions.selection import selected
from retention.errors import ArgumentError, require_number
from retention.kinds import require_text
from retention.orders.orders import Orders
from retention.tables.repeatable import repeatable


@repeatable
def audience(
    profile: pd.DataFrame,
    *,
    where: str,
    name: str = "audience",
    max_messages: int = 4,
    newer: Orders | None = None,
) -> pd.DataFrame:
    """Choose customers by a condition, and say why, through which channel, with what, and when.

    Left out, and counted in `attrs["left_out"]`: whoever opted out, was sent more than `max_messages`
    messages in the 30 days up to the as-of date, or has ordered since.

    Parameters
    ----------
    profile : DataFrame as `customer_profile` returns it
    where : str
        A condition over its columns: "stage == 'at_risk' and expected_value > 200000".
    name : str
        What the audience is called.
    max_messages : int
        Messages in 30 days beyond which people are left alone.
    newer : Orders
        Orders read later: whoever has ordered after the profile's as-of date is left out.

    Returns
    -------
    DataFrame, one row per customer, the highest expected value first
        customer_id, audience (str), reason (str, in words), channel (str, of the last answer; null where
        nobody answered), next_item (str, what to offer), next_rate (float64, 0..1), eligible (Int64,
        customers behind the offer), contact_from, contact_until (datetime64[us], days: from the day after
        the as-of date, or the first day that the next order is due, to its last, at most a month later),
        expected_orders (float64, purchase days), expected_value (float64, currency).

    Raises
    ------
    ArgumentError
        If the condition cannot be read, or nobody fulfils it.

    Notes
    -----
    The trap: a list is no proof. Hold some of it out (`assign_holdout`), or nobody will ever know whether
    it was the contact that brought them back.

    Examples
    --------
    >>> table = pd.DataFrame({"customer_id": ["a", "b"], "stage": ["at_risk", "loyal"],
    ...     "days_since_last_order": [95, 9], "is_opted_out": False, "messages_30_days": 0,
    ...     "expected_value": [50.0, 80.0]})
    >>> table.attrs["as_of"] = "2024-03-31"
    >>> audience(table, where="stage == 'at_risk'")["customer_id"].tolist()
    ['a']
    """
    require_text("name", name, hint="Name the audience.")
    require_number("max_messages", max_messages, is_whole=True)
    is_meant = selected(profile, where)
    if not is_meant.any():
        raise ArgumentError(
            f"where: 0 of {len(profile):,} customers fulfil {where!r}. Look at profile.describe(), and "
            "loosen the condition."
        )
    rules = ContactRules.of(profile, max_messages, newer)
    return contact_list(profile[is_meant], name=name, where=where, rules=rules)
