"""From an opened source to `Orders`: mapped, typed, merged, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from retention.engine.frames import to_arrow
from retention.orders.columns.attributes import NEVER, further_columns
from retention.orders.columns.counts_once import amount_counts_once
from retention.orders.columns.declarations import ORDERS
from retention.orders.columns.exports import export_states
from retention.orders.columns.mapping import Guess, map_columns
from retention.orders.columns.on_each_line import on_each_line
from retention.orders.columns.order_level import once_per_order
from retention.orders.columns.overlooked import not_used
from retention.orders.counted_once import counted_once
from retention.orders.formats import Formats
from retention.orders.identity.identity import merge_people
from retention.orders.line_currency import without_other_currencies
from retention.orders.numbers.currency_code import currency_code
from retention.orders.observed import observed
from retention.orders.order_fill import filled_within_orders
from retention.orders.orders import Orders
from retention.orders.passes import read_lines
from retention.orders.problems import Problems
from retention.orders.rules.check import check_lines
from retention.orders.rules.repeat_customers import require_repeat_customers
from retention.orders.settings import Settings
from retention.orders.source import Source
from retention.orders.sources.together import SOURCE_FILE
from retention.orders.status_words import State
from retention.orders.statuses import states_of, with_states
from retention.orders.taken_off import with_refunds_taken_off
from retention.orders.unreadable import refuse_unreadable

NOT_ATTRIBUTES = (*NEVER, "email", "phone", "cancelled_at")


def assemble(source: Source, settings: Settings, *, people: pd.DataFrame | None) -> Orders:
    """Orders of an opened source; every problem of the table in one error."""
    if settings.currency:
        settings = replace(settings, currency=currency_code(settings.currency))
    guesses = map_columns(source, ORDERS, settings.columns, amount_of=settings.amount_of)
    lines, detected = _typed(source, guesses, settings)
    clusters = None
    if settings.merge_by:
        lines, clusters = merge_people(
            lines, settings.merge_by, people=people, placeholders=settings.placeholder_ids
        )
    checked = check_lines(lines, settings, is_remote=source.is_remote)
    require_repeat_customers(
        checked,
        column=next(guess.source_column for guess in guesses if guess.column == "customer_id"),
        is_given="customer_id" in (settings.columns or {}) or bool(settings.merge_by),
    )
    as_of, start = observed(checked, settings, source.name)
    return Orders(
        checked=checked,
        as_of=as_of,
        history_start=start,
        mapping=_mapping(source, guesses, settings),
        options=settings,
        attributes=_attributes(guesses, settings),
        source_name=source.name,
        is_remote=source.is_remote,
        detected=detected,
        identity=clusters,
    )


def _mapping(source: Source, guesses: Sequence[Guess], settings: Settings) -> pd.DataFrame:
    """One row per mapped column; `attrs["not_used"]` lists the source's others."""
    table = pd.DataFrame(guesses, columns=list(Guess._fields))
    kept = (*settings.attributes, SOURCE_FILE)
    others = [name for name in not_used(source.rows.columns, guesses) if name not in kept]
    table.attrs = {"not_used": others}
    return table


def _typed(
    source: Source, guesses: Sequence[Guess], settings: Settings
) -> tuple[Any, dict[str, Any]]:
    """Typed lines, and what was found out in reading them."""
    theirs = {guess.column: guess.source_column for guess in guesses}
    kept = further_columns(settings.attributes, source.rows.columns, theirs, source.name)
    problems = Problems("orders", source.name)
    typed, formats = read_lines(source, theirs, kept, settings, problems)
    typed = filled_within_orders(typed, once_per_order(source, guesses))
    typed = without_other_currencies(typed, formats.currency)
    counts_once = amount_counts_once(source, guesses, settings.amount_of)
    if counts_once:
        with problems.collected():
            typed = counted_once(typed, source.name)
    is_repeated = counts_once or on_each_line(source, guesses, "refunded")
    typed = with_refunds_taken_off(typed, is_repeated=is_repeated)
    states: dict[str, State] = {}
    with problems.collected():
        known = export_states(source.rows.columns) | dict(settings.statuses or {})
        states = states_of(_status_texts(typed), known)
    if settings.unreadable == "error":
        refuse_unreadable(typed, theirs, formats, problems)
    problems.refuse()
    return with_states(typed, states), _detected(formats, states, counts_once)


def _status_texts(typed: Any) -> list[str]:
    if "status" not in typed.columns:
        return []
    lines = typed.filter(typed.report_row.isnull()) if "report_row" in typed.columns else typed
    found = to_arrow(lines.filter(lines.status.notnull()).select("status").distinct())
    return sorted(found["status"].to_pylist())


def _detected(formats: Formats, states: dict[str, State], counts_once: bool) -> dict[str, Any]:
    """What the next file may prove less well, and is to be read in the same way."""
    whose = {"amount_of": "order"} if counts_once else {}
    return formats.given() | whose | ({"statuses": states} if states else {})


def _attributes(guesses: Sequence[Guess], settings: Settings) -> tuple[str, ...]:
    ours = [guess.column for guess in guesses if guess.column not in NOT_ATTRIBUTES]
    return (*ours, *(name for name in settings.attributes if name not in ours))
