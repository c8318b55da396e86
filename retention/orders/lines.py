"""Lines, typed: the source's columns under our names, nothing judged yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis

from retention.engine.computed_once import computed_once
from retention.engine.connection import store
from retention.engine.frames import MONEY
from retention.orders.dates import parse_dates
from retention.orders.formats import NUMBERS, Formats
from retention.orders.numbers.amounts import parse_numbers
from retention.orders.rules.repeats import line_hash
from retention.orders.settings import Settings
from retention.orders.source import Source

BLANKS = ("", "nan", "null", "none", "n/a", "na", "<na>", "nat", "#n/a")
IS_BLANK = rf"(?i)^({'|'.join(BLANKS)})$"
WITH_FORMAT = ("ordered_at", *NUMBERS)
LONGEST_BLANK = max(map(len, BLANKS))


def typed_lines(
    source: Source,
    rows: Any,
    *,
    theirs: Mapping[str, str],
    kept: Sequence[str],
    formats: Formats,
    settings: Settings,
) -> Any:
    """One row per line of the source with typed columns; unreadable cells are null.

    Adds what stands in cells that could not be read (`date_found`, `amount_found`, `number_found`),
    `has_unreadable_number`, `has_order_id`, and `line_hash`, which is the same for equal lines
    (`is_repeat` on a table of another engine).
    """
    parsed = {ours: _parsed(ours, rows[name], formats, settings) for ours, name in theirs.items()}
    cells = {f"cell_{ours}": rows[theirs[ours]] for ours in theirs if ours in WITH_FORMAT}
    texts = {name: read_text(rows[name]) for name in kept}
    files = {"source_file": rows.source_file} if "source_file" in rows.columns else {}
    read = computed_once(rows, **parsed | cells | texts | files | _own_marks(source, rows))
    typed = read.mutate(**_lost(read)).drop(*cells)
    typed = typed.mutate(has_unreadable_number=typed.number_found.notnull())
    typed = _with_order(_with_cost(_with_amount(typed)))
    if source.is_remote:
        return typed
    stored = store(typed, f"reading {source.name}")
    return stored.mutate(line_number=(stored.rowid() + 1).cast("int64"))


def read_text(column: Any) -> Any:
    """Text as it stands, without spaces at its ends; null where it says that there is nothing."""
    if column.type().is_floating():
        column = _whole(column)
    text, nothing = column.cast("string"), ibis.null("string")
    clean = text.strip()
    # Patterns, because DuckDB makes a join of a long list; and most cells need neither.
    stripped = ibis.ifelse(clean.re_search(IS_BLANK), nothing, clean)
    is_blank = (text.length() <= LONGEST_BLANK) & text.re_search(IS_BLANK)
    at_rest = ibis.ifelse(is_blank, nothing, text)
    return ibis.ifelse(_has_blank_edges(text), stripped, at_rest)


def _has_blank_edges(text: Any) -> Any:
    """Whether it begins or ends with a blank, or a sign that no text begins or ends with."""
    if text.get_backend().name != "duckdb":
        return text.re_search(r"^\s|\s$")
    # Blanks come before all letters here: two comparisons take half the time of the pattern.
    return (text < "!") | (text.right(1) < "!")


def _whole(column: Any) -> Any:
    """Whole floats lose their `.0`, so that 17850.0 and 17850 are one id."""
    is_local = column.get_backend().name == "duckdb"
    whole = column.try_cast("int64") if is_local else column.cast("int64")
    is_whole = (whole.cast("float64") == column).fill_null(False)
    return ibis.ifelse(is_whole, whole.cast("string"), column.cast("string"))


def _parsed(ours: str, column: Any, formats: Formats, settings: Settings) -> Any:
    if ours == "ordered_at":
        if formats.date is None:
            return ibis.null("timestamp")
        return parse_dates(column, formats.date, timezone=settings.timezone)
    if ours in NUMBERS:
        chosen = formats.numbers.get(ours)
        return parse_numbers(column, chosen) if chosen else ibis.null(MONEY)
    return read_text(column)


def _lost(read: Any) -> dict[str, Any]:
    """What stands in cells that could not be read."""
    lost = {
        ours: ibis.ifelse(read[ours].isnull(), read_text(read[f"cell_{ours}"]), ibis.null("string"))
        for ours in WITH_FORMAT
        if ours in read.columns
    }
    own = ("amount",) if "amount" in lost else ("quantity", "unit_price")
    nothing = ibis.null("string")
    others = [cell for ours, cell in lost.items() if ours not in ("ordered_at", "amount")]
    return {
        "date_found": lost["ordered_at"],
        "amount_found": ibis.coalesce(*(lost[ours] for ours in own if ours in lost), nothing),
        "number_found": ibis.coalesce(*others, nothing),
    }


def _own_marks(source: Source, rows: Any) -> dict[str, Any]:
    if not source.is_remote:
        return {"line_hash": line_hash(rows)}
    window = ibis.window(group_by=rows.columns, order_by=rows.columns[:1])
    return {
        "line_number": ibis.null("int64"),
        "is_repeat": ibis.row_number().over(window) > 0,
    }


def _with_amount(typed: Any) -> Any:
    if "amount" in typed.columns:
        return typed
    if not {"quantity", "unit_price"} <= set(typed.columns):
        # Said so with columns={"amount": None}: purchases count, money is nobody's.
        return typed.mutate(amount=ibis.literal(0).cast(MONEY))
    return typed.mutate(amount=(typed.quantity * typed.unit_price).cast(MONEY))


def _with_cost(typed: Any) -> Any:
    """Where the source tells the margin, the cost is what is left of the amount."""
    if "margin" not in typed.columns:
        return typed
    if "cost" in typed.columns:
        return typed.drop("margin")
    return typed.mutate(cost=typed.amount - typed.margin).drop("margin")


def _with_order(typed: Any) -> Any:
    """Without an order id, one customer and one time are one order, also of nobody known."""
    own = typed.customer_id.fill_null("").concat(
        "@", typed.ordered_at.strftime("%Y-%m-%d %H:%M:%S")
    )
    if "order_id" not in typed.columns:
        return typed.mutate(order_id=own, has_order_id=False)
    return typed.mutate(
        order_id=ibis.coalesce(typed.order_id, own), has_order_id=typed.order_id.notnull()
    )
