"""What the words in a status column mean; a word that is not known is an error, never a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis

from retention.errors import ArgumentError, OrdersError, examples
from retention.orders.plain import plain
from retention.orders.status_words import EITHER, STATES, State, state_of

# What `statuses=` says of lines without a status.
NO_STATUS = ""
# What a column called cancelled holds where nothing was.
_NOT_CANCELLED = ("0", "0.0", "false", "f", "no", "n", "không", "chưa")


def with_states(typed: Any, states: Mapping[str, str]) -> Any:
    """Adds `line_state`; a line without a status counts as completed, unless `""` says otherwise.

    A line with a day of its cancellation is cancelled, whatever was paid for it before; another one of
    an order that was given back whole is returned.
    """
    state = ibis.literal("completed")
    if states and "status" in typed.columns:
        nothing = states.get(NO_STATUS, "completed")
        state = ibis.coalesce(typed.status.substitute(states), nothing)
    if "cancelled_at" in typed.columns:
        is_said = typed.cancelled_at.notnull() & ~typed.cancelled_at.lower().isin(_NOT_CANCELLED)
        is_gone = is_said.fill_null(False) & state.isin(["completed", "pending"])
        state = ibis.ifelse(is_gone, "cancelled", state)
    if "is_given_back" in typed.columns:
        is_back = typed.is_given_back & (state == "completed")
        state = ibis.ifelse(is_back, "returned", state)
    return typed.mutate(line_state=state)


def states_of(found: Sequence[str], statuses: Mapping[str, str] | None) -> dict[str, State]:
    """The state of each status text of the source, and of none (`""`) where that was given.

    Raises
    ------
    OrdersError
        If a text has no known meaning; all of them are listed.
    """
    given = {plain(text): _state(state) for text, state in (statuses or {}).items()}
    known = {text: given.get(plain(text)) or state_of(text) for text in found}
    unknown = [text for text, state in known.items() if state is None]
    if unknown:
        raise OrdersError(
            f"orders: {len(unknown)} of {len(found)} status values are not known "
            f"({examples(unknown)}). {_either(unknown)}Say what they mean: "
            f'statuses={{{examples(unknown[:1])}: "..."}}, with one of {", ".join(STATES)}.'
        )
    none = {text: given[text] for text in (NO_STATUS,) if text in (statuses or {})}
    return {text: state for text, state in known.items() if state is not None} | none


def _either(unknown: Sequence[str]) -> str:
    """Words that mean one thing in one shop and another in the next."""
    told = [
        f"{text!r} may mean {' or '.join(EITHER[plain(text)])}. "
        for text in unknown
        if plain(text) in EITHER
    ]
    return "".join(told)


def _state(name: str) -> State:
    for state in STATES:
        if state == name:
            return state
    raise ArgumentError(f"statuses: {name!r} is not one of {', '.join(STATES)}.")
