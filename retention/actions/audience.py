"""Whom to contact: a list with reasons, channel, what to offer and when."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retention.actions.selection import selected
from retention.engine.days_within import days_within
from retention.engine.frames import to_frame
from retention.errors import ArgumentError, require_number
from retention.names import GLOSSARY, check_columns
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.texts import text

COLUMNS = check_columns(
    (
        "customer_id", "audience", "reason", "channel", "next_item", "next_rate", "eligible",
        "contact_from", "contact_until", "expected_orders", "expected_value",
    )
)  # fmt: skip
# Where nothing says when the next order is due.
MONTH = pd.Timedelta(days=30)


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
    require_number("max_messages", max_messages, is_whole=True)
    is_meant = selected(profile, where)
    if not is_meant.any():
        raise ArgumentError(
            f"where: 0 of {len(profile):,} customers fulfil {where!r}. Look at profile.describe(), and "
            "loosen the condition."
        )
    as_of = _as_of(profile)
    reasons = _left_out(profile[is_meant], max_messages, _ordered_since(newer, as_of))
    chosen = profile[is_meant].loc[reasons.isna()]
    table = _rows(chosen, name, as_of)
    counts = {str(key): int(count) for key, count in reasons.value_counts().sort_index().items()}
    table.attrs = {
        "definition": "audience",
        "parameters": {"name": name, "where": where, "max_messages": max_messages},
        "as_of": f"{as_of:%Y-%m-%d}",
        "customers": len(table),
        "currency": profile.attrs.get("currency"),
        "left_out": counts,
        "order_rate": _order_rate(chosen),
        "call": f"audience(profile, where={where!r}, name={name!r}, max_messages={max_messages})",
    }
    return table


def _as_of(profile: pd.DataFrame) -> pd.Timestamp:
    day = profile.attrs.get("as_of")
    if day is None:
        raise ArgumentError(
            "profile: it does not say its as-of date any more. Pass what customer_profile() returned, "
            'or set profile.attrs["as_of"].'
        )
    return pd.Timestamp(str(day))


def _ordered_since(newer: Orders | None, as_of: pd.Timestamp) -> set[str]:
    if newer is None:
        return set()
    if newer.as_of <= as_of:
        raise ArgumentError(
            f"newer: these orders end on {newer.as_of:%Y-%m-%d}, the profile on {as_of:%Y-%m-%d}. Read "
            "later ones."
        )
    rows = days_within(newer.orders, after_day=day_number(as_of), until_day=day_number(newer.as_of))
    return set(to_frame(rows, ("customer_id", "purchase_days"))["customer_id"])


def _left_out(rows: pd.DataFrame, max_messages: int, since: set[str]) -> pd.Series:
    """Why each is left out; missing where they are not."""
    reasons = pd.Series(pd.NA, index=rows.index, dtype="str")
    reasons[rows["messages_30_days"].fillna(0) > max_messages] = "too_many_messages"
    reasons[rows["customer_id"].isin(since)] = "ordered_since"
    reasons[rows["is_opted_out"].astype(bool)] = "opted_out"
    return reasons


def _rows(chosen: pd.DataFrame, name: str, as_of: pd.Timestamp) -> pd.DataFrame:
    table = chosen.reindex(columns=list(COLUMNS))
    table["audience"] = name
    table["reason"] = [_reason(row) for row in chosen.to_dict("records")]
    if "last_answer_channel" in chosen:
        table["channel"] = chosen["last_answer_channel"]
    first = as_of + pd.Timedelta(days=1)
    due_from, due_until = (
        chosen[each] if each in chosen else pd.Series(pd.NaT, index=chosen.index)
        for each in ("due_from", "due_until")
    )
    known = due_from.fillna(first)
    table["contact_from"] = known.where(known > first, first)
    last = table["contact_from"] + MONTH
    table["contact_until"] = due_until.fillna(last).where(lambda days: days < last, last)
    table["eligible"] = table["eligible"].astype("Int64")
    kinds = {each: GLOSSARY[each].dtype for each in COLUMNS if each != "eligible"}
    order = ["expected_value", "customer_id"]
    table = table.sort_values(order, ascending=[False, True], ignore_index=True)
    return table.astype(kinds)


def _order_rate(chosen: pd.DataFrame) -> float:
    """The mean chance of an order of those on the list; not a number where none is known."""
    return float(1 - chosen["p_no_order"].mean()) if "p_no_order" in chosen else float("nan")


def _reason(row: dict[Any, Any]) -> str:
    """What is known of the customer, in a sentence or two."""
    stage = text(str(row["stage"]).replace("_", " ").capitalize())
    risk = row.get("risk_reason")
    if isinstance(risk, str):
        return f"{stage}. {risk}"
    days = row.get("days_since_last_order")
    if days is None or pd.isna(days):
        return text("{stage}: has not bought yet.", stage=stage)
    return text("{stage}: last order {days} days ago.", stage=stage, days=days)
