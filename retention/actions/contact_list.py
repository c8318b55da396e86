"""Customers as a list to be worked through: reason, channel, what to offer, between which days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention.counted import counted
from retention.engine.days_within import days_within
from retention.engine.frames import to_frame
from retention.errors import ArgumentError, shown
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


@dataclass(frozen=True)
class ContactRules:
    """What holds for every audience of a profile: its day, and whom to leave alone."""

    as_of: pd.Timestamp
    max_messages: int
    ordered_since: frozenset[str]
    currency: str | None

    @classmethod
    def of(cls, profile: pd.DataFrame, max_messages: int, newer: Orders | None) -> ContactRules:
        """The rules of a profile that says its as-of day; later orders may be at hand."""
        as_of = _as_of(profile)
        since = _ordered_since(newer, as_of)
        return cls(as_of, max_messages, since, profile.attrs.get("currency"))


def contact_list(
    chosen: pd.DataFrame, *, name: str, where: str, rules: ContactRules
) -> pd.DataFrame:
    """The rows of a profile that a condition chose, as `audience` returns them; none may be left."""
    reasons = _left_out(chosen, rules)
    kept = chosen[reasons.isna()]
    table = _rows(kept, name, rules.as_of)
    counts = {str(key): int(count) for key, count in reasons.value_counts().sort_index().items()}
    table.attrs = {
        "definition": "audience",
        "parameters": {"name": name, "where": where, "max_messages": rules.max_messages},
        "as_of": f"{rules.as_of:%Y-%m-%d}",
        "customers": len(table),
        "currency": rules.currency,
        "left_out": counts,
        "order_rate": _order_rate(kept),
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


def _ordered_since(newer: Orders | None, as_of: pd.Timestamp) -> frozenset[str]:
    if newer is None:
        return frozenset()
    if not isinstance(newer, Orders):
        raise ArgumentError(f"newer: {shown(newer)} is no Orders. Pass what read_orders() returns.")
    if newer.as_of <= as_of:
        raise ArgumentError(
            f"newer: these orders end on {newer.as_of:%Y-%m-%d}, the profile on {as_of:%Y-%m-%d}. Read "
            "later ones."
        )
    rows = days_within(newer.orders, after_day=day_number(as_of), until_day=day_number(newer.as_of))
    return frozenset(to_frame(rows, ("customer_id", "purchase_days"))["customer_id"])


def _left_out(rows: pd.DataFrame, rules: ContactRules) -> pd.Series:
    """Why each is left out; missing where they are not."""
    reasons = pd.Series(pd.NA, index=rows.index, dtype="str")
    reasons[rows["messages_30_days"].fillna(0) > rules.max_messages] = "too_many_messages"
    reasons[rows["customer_id"].isin(rules.ordered_since)] = "ordered_since"
    reasons[rows["is_opted_out"].astype(bool)] = "opted_out"
    return reasons


def _rows(kept: pd.DataFrame, name: str, as_of: pd.Timestamp) -> pd.DataFrame:
    table = kept.reindex(columns=list(COLUMNS))
    table["audience"] = name
    table["reason"] = _reasons(kept)
    if "last_answer_channel" in kept:
        table["channel"] = kept["last_answer_channel"]
    first = as_of + pd.Timedelta(days=1)
    due_from, due_until = (
        kept[each] if each in kept else pd.Series(pd.NaT, index=kept.index)
        for each in ("due_from", "due_until")
    )
    known = due_from.fillna(first)
    table["contact_from"] = known.where(known > first, first)
    last = table["contact_from"] + MONTH
    table["contact_until"] = due_until.fillna(last).where(lambda days: days < last, last)
    table["eligible"] = table["eligible"].astype("Int64")
    kinds = {each: GLOSSARY[each].dtype for each in COLUMNS if each != "eligible"}
    return _by_value(table.astype(kinds))


def _by_value(table: pd.DataFrame) -> pd.DataFrame:
    """The highest expected value first; ids decide between equal ones, and only there are compared."""
    keys = {
        each: pa.array(table[each], from_pandas=True) for each in ("expected_value", "customer_id")
    }
    orders = [("expected_value", "descending"), ("customer_id", "ascending")]
    places = pc.sort_indices(pa.table(keys), sort_keys=orders)
    return table.take(places.to_numpy()).reset_index(drop=True)


def _order_rate(kept: pd.DataFrame) -> float:
    """The mean chance of an order of those on the list; not a number where none is known."""
    return float(1 - kept["p_no_order"].mean()) if "p_no_order" in kept else float("nan")


def _reasons(rows: pd.DataFrame) -> pd.Series:
    """What is known of each customer, in a sentence or two."""
    stages = rows["stage"].astype("str")
    words = stages.map({one: _stage_word(one) for one in stages.unique()}).astype("str")
    risks = (
        rows["risk_reason"] if "risk_reason" in rows else pd.Series(index=rows.index, dtype="str")
    )
    reasons = words + ". " + risks.astype("str")
    is_open = reasons.isna()
    # Many share a stage and a number of days: each pair is put into words once.
    pairs = pd.DataFrame({"stage": words, "days": rows["days_since_last_order"]})[is_open]
    numbers = pairs.groupby(["stage", "days"], dropna=False, sort=False).ngroup()
    distinct = pairs.drop_duplicates().itertuples(index=False)
    sentences = np.array([_silence(stage, days) for stage, days in distinct], dtype=object)
    reasons[is_open] = sentences[numbers]
    return reasons


def _stage_word(stage: str) -> str:
    return text(stage.replace("_", " ").capitalize())


def _silence(stage: str, days: int | None) -> str:
    if days is None or pd.isna(days):
        return text("{stage}: has not bought yet.", stage=stage)
    silence = counted(int(days), text("1 day"), text("{count} days"))
    return text("{stage}: last order {silence} ago.", stage=stage, silence=silence)
