"""Lines, typed: the source's columns under our names, nothing judged yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from retention.engine.connection import store
from retention.engine.frames import MONEY, to_arrow
from retention.errors import OrdersError, examples
from retention.orders.amounts import read_numbers
from retention.orders.attributes import further_columns
from retention.orders.dates import read_dates
from retention.orders.mapping import NUMBERS, Guess
from retention.orders.settings import Settings
from retention.orders.source import Source
from retention.orders.statuses import states_of

BLANKS = ("", "nan", "null", "none", "n/a", "na", "<na>", "nat")


def type_lines(source: Source, guesses: Sequence[Guess], settings: Settings) -> Any:
    """One row per line of the source with typed columns; unreadable cells are null.

    Adds `line_state` (what the status means), `is_repeat` (an exact repetition of an earlier line) and
    `has_order_id`. Everything is materialised once, except where the source is remote.

    Raises
    ------
    OrdersError
        If cells cannot be read and are not to be set aside.
    """
    theirs = {guess.column: guess.source_column for guess in guesses}
    kept = further_columns(settings.attributes, source.rows.columns, theirs, source.name)
    rows = _numbered(source)
    columns = {ours: _read(ours, rows[name], settings) for ours, name in theirs.items()}
    typed = rows.select(
        "line_number",
        is_repeat=_is_repeat(source),
        **columns | {name: read_text(rows[name]) for name in kept},
    )
    typed = _with_order(_with_amount(typed))
    typed = typed if source.is_remote else store(typed)
    if settings.unreadable == "error":
        _refuse_unreadable(typed, rows, theirs)
    return _with_state(typed, settings)


def _numbered(source: Source) -> Any:
    own = [name for name in source.rows.columns if name.casefold() == "line_number"]
    rows = source.rows.drop(*own)
    if source.is_remote:
        return rows.mutate(line_number=ibis.null("int64"))
    return rows.mutate(line_number=(ibis.row_number() + 1).cast("int64"))


def _is_repeat(source: Source) -> Any:
    own = [name for name in source.rows.columns if name.casefold() != "line_number"]
    window = ibis.window(group_by=own, order_by="line_number")
    return ibis.row_number().over(window) > 0


def _read(ours: str, column: Any, settings: Settings) -> Any:
    if ours == "ordered_at":
        return read_dates(column, timezone=settings.timezone, date_format=settings.date_format)
    if ours in NUMBERS:
        return read_numbers(column, currency=settings.currency, decimal=settings.decimal)
    return read_text(column)


def read_text(column: Any) -> Any:
    """Text with blanks as null; whole floats lose their `.0`, so that 17850.0 is 17850."""
    if column.type().is_floating():
        is_local = column.get_backend().name == "duckdb"
        whole = column.try_cast("int64") if is_local else column.cast("int64")
        is_whole = (whole.cast("float64") == column).fill_null(False)
        column = ibis.ifelse(is_whole, whole.cast("string"), column.cast("string"))
    text = column.cast("string").strip()
    return ibis.ifelse(text.lower().isin(BLANKS), ibis.null("string"), text)


def _with_amount(typed: Any) -> Any:
    if "amount" in typed.columns:
        return typed
    return typed.mutate(amount=(typed.quantity * typed.unit_price).cast(MONEY))


def _with_order(typed: Any) -> Any:
    """Without an order id, one customer and one time are one order."""
    own = typed.customer_id.concat("@", typed.ordered_at.strftime("%Y-%m-%d %H:%M:%S"))
    if "order_id" not in typed.columns:
        return typed.mutate(order_id=own, has_order_id=False)
    return typed.mutate(
        order_id=ibis.coalesce(typed.order_id, own), has_order_id=typed.order_id.notnull()
    )


def _with_state(typed: Any, settings: Settings) -> Any:
    if "status" not in typed.columns:
        return typed.mutate(line_state=ibis.literal("completed"))
    found = to_arrow(typed.filter(typed.status.notnull()).select("status").distinct())
    states = states_of(sorted(found["status"].to_pylist()), settings.statuses)
    if not states:
        return typed.mutate(line_state=ibis.literal("completed"))
    return typed.mutate(line_state=ibis.coalesce(typed.status.substitute(states), "completed"))


def _refuse_unreadable(typed: Any, rows: Any, theirs: dict[str, str]) -> None:
    counts = to_arrow(
        typed.agg(
            lines=typed.count(),
            ordered_at=typed.ordered_at.isnull().sum(),
            amount=typed.amount.isnull().sum(),
        )
    ).to_pylist()[0]
    problems = [
        _unreadable(ours, counts, typed, rows, theirs)
        for ours in ("ordered_at", "amount")
        if counts[ours]
    ]
    if problems:
        raise OrdersError("orders: " + " ".join(problems))


_ADVICE = {
    "ordered_at": ("readable date", 'date_format="%d/%m/%Y" if the day comes first'),
    "amount": ("readable amount", 'decimal="," if the comma is the decimal sign'),
}


def _unreadable(
    ours: str, counts: dict[str, int], typed: Any, rows: Any, theirs: dict[str, str]
) -> str:
    what, advice = _ADVICE[ours]
    source_column = theirs.get(ours, theirs.get("quantity", ""))
    bad = typed.filter(typed[ours].isnull()).select("line_number")
    shown = rows.select("line_number", found=rows[source_column].cast("string"))
    found = to_arrow(
        shown.semi_join(bad, "line_number").select("found").distinct().order_by("found").limit(3)
    )["found"].to_pylist()
    return (
        f"{counts[ours]:,} of {counts['lines']:,} rows have no {what} in {source_column!r} "
        f'({examples(value or "" for value in found)}). Pass {advice}, or unreadable="set_aside" '
        "to go on without them; orders.audit then counts them."
    )
