"""How many customers begin a spell in which stage, and come from which: the ground of stages over time."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from retention.engine.end_scale import EndScale

# What a customer is while buying: nothing counts (any more), or one of four stages.
NOBODY, NEW, GROWING, LOYAL, WON_BACK = range(5)
# How silent: the last purchase is recent, at risk, or lapsed.
RECENT, AT_RISK, LAPSED = range(3)
# Nothing comes before a customer's first spell, nor before the first of the ends.
NOTHING = -1
MOVES = (
    "start", "stop", "kind", "at_risk_from", "lapsed_from", "kind_before", "silence_before",
    "was_seen", "was_seen_before", "customers",
)  # fmt: skip


def stage_moves(
    spells: Any, *, scale: EndScale, at_risk: int, lapsed: int, loyal: int, seen: Any = None
) -> Any:
    """Customers by the spell that begins, and by what they were at the end before.

    `spells` as `engine.spells` makes them, by `customer`. `at_risk_from` and `lapsed_from` are the
    first ends at which silence has lasted so long. `seen`: `customer` and `seen_number`, the end at
    which somebody was first seen, buyer or not.
    """
    rows = _kinds(spells, scale, at_risk, lapsed, loyal)
    rows = _with_seen(rows, seen)
    before = rows.kind_before.fill_null(NOTHING)
    rows = rows.mutate(
        silence_before=_silence(rows),
        kind_before=ibis.ifelse(rows.start > scale.first, before, NOTHING).cast("int64"),
    )
    return rows.group_by(*MOVES[:-1]).agg(customers=_.count())


def kind_of(rows: Any, lapsed: int, loyal: int) -> Any:
    """The stage of whoever is not silent for long."""
    came_back = (rows.day - rows.previous_day > lapsed).fill_null(False)
    return ibis.cases(
        (rows.number == 0, NOBODY),
        (came_back, WON_BACK),
        (rows.number == 1, NEW),
        (rows.number < loyal, GROWING),
        else_=LOYAL,
    ).cast("int64")


def _kinds(rows: Any, scale: EndScale, at_risk: int, lapsed: int, loyal: int) -> Any:
    """Each spell with its own kind and turns, and those of the spell before."""
    rows = rows.select(
        "customer", "start", "stop", kind=kind_of(rows, lapsed, loyal),
        at_risk_from=scale.until_last(rows.day + at_risk + 1),
        lapsed_from=scale.until_last(rows.day + lapsed + 1),
    )  # fmt: skip
    window = ibis.window(group_by="customer", order_by="start")
    return rows.mutate(
        kind_before=rows.kind.lag().over(window),
        at_risk_before=rows.at_risk_from.lag().over(window),
        lapsed_before=rows.lapsed_from.lag().over(window),
    )


def _silence(rows: Any) -> Any:
    """How silent the customer was at the end before this spell."""
    before = rows.start - 1
    silence = ibis.cases(
        (before >= rows.lapsed_before, LAPSED), (before >= rows.at_risk_before, AT_RISK),
        else_=RECENT,
    )  # fmt: skip
    return silence.cast("int64")


def _with_seen(rows: Any, seen: Any) -> Any:
    """1 where the person was known at the end at which the spell begins, or at the one before, else 0."""
    if seen is None:
        return rows.mutate(was_seen=ibis.literal(0), was_seen_before=ibis.literal(0))
    both = rows.view().left_join(seen, "customer").drop("customer_right")
    return both.mutate(
        was_seen=(both.seen_number <= both.start).fill_null(False).ifelse(1, 0),
        was_seen_before=(both.seen_number < both.start).fill_null(False).ifelse(1, 0),
    )
