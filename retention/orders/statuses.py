"""What the words in a status column mean; a word that is not known is an error, never a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import ibis

from retention.errors import ArgumentError, OrdersError, examples
from retention.orders.plain import plain

State = Literal["completed", "cancelled", "returned", "refused", "pending", "test"]
STATES: tuple[State, ...] = get_args(State)
_WORDS: dict[State, tuple[str, ...]] = {
    "completed": (
        "completed", "complete", "delivered", "paid", "fulfilled", "shipped", "done", "success",
        "successful", "closed", "approved", "invoiced", "partially refunded", "hoan thanh", "da giao",
        "da giao hang", "giao thanh cong", "giao hang thanh cong", "thanh cong", "da thanh toan", "hoan tat",
    ),
    "cancelled": (
        "cancelled", "canceled", "void", "voided", "failed", "expired", "da huy", "huy", "bi huy",
        "huy don",
    ),
    "returned": (
        "returned", "refunded", "return", "refund", "da tra hang", "tra hang", "hoan tra", "da hoan tra",
        "hoan hang", "da hoan tien", "hoan tien",
    ),
    "refused": (
        "refused", "refused on delivery", "undelivered", "tu choi nhan", "khong nhan hang",
        "giao that bai", "giao khong thanh cong",
    ),
    "pending": (
        "pending", "processing", "on hold", "unpaid", "new", "created", "confirmed", "shipping",
        "in transit", "authorized", "cho xu ly", "cho xac nhan", "dang xu ly", "dang giao",
        "dang giao hang", "moi", "cho thanh toan", "chua thanh toan",
    ),
    "test": ("test", "don test", "don thu"),
}  # fmt: skip
_STATE_OF = {word: state for state, words in _WORDS.items() for word in words}


def with_states(typed: Any, states: Mapping[str, str]) -> Any:
    """Adds `line_state`; a line without a status counts as completed."""
    if not states:
        return typed.mutate(line_state=ibis.literal("completed"))
    return typed.mutate(line_state=ibis.coalesce(typed.status.substitute(states), "completed"))


def states_of(found: Sequence[str], statuses: Mapping[str, str] | None) -> dict[str, State]:
    """The state of each status text of the source.

    Raises
    ------
    OrdersError
        If a text has no known meaning; all of them are listed.
    """
    given = {plain(text): _state(state) for text, state in (statuses or {}).items()}
    known = _STATE_OF | given
    unknown = [text for text in found if plain(text) not in known]
    if unknown:
        raise OrdersError(
            f"orders: {len(unknown)} of {len(found)} status values are not known "
            f"({examples(unknown)}). Say what they mean: statuses={{{unknown[0]!r}: "
            f'"completed"}}; the meanings are {", ".join(STATES)}.'
        )
    return {text: known[plain(text)] for text in found}


def _state(name: str) -> State:
    for state in STATES:
        if state == name:
            return state
    raise ArgumentError(f"statuses: {name!r} is not one of {', '.join(STATES)}.")
