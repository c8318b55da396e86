"""Rows of a report that are no lines: its header again, notes below the table, rows of totals.

Told only where the row has no date that can be read, so that no line is ever taken for one.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from typing import Any

import ibis
from ibis import _

from retention.engine.connection import store
from retention.engine.frames import MONEY, to_arrow
from retention.orders.flags import found_or_none
from retention.orders.repeated_header import is_header
from retention.orders.rules.repeats import line_hash
from retention.orders.rules.total_words import is_total_word, may_be_total

HEADER, NOTE, TOTAL = "repeated_header", "footer", "total_row"
_LABEL = "="  # before the name of what may be a row of totals


def with_report_rows(lines: Any, rows: Any, theirs: Mapping[str, str]) -> Any:
    """Adds `report_row`, the rule that takes a row, and `lone_cell`, all that a doubtful row holds.

    Only where there are such rows. `lines` are stored, with the hash of the `rows` they were made of.
    """
    odd = lines.filter(lines.ordered_at.isnull())
    odd = found_or_none(odd.select("line_number", "line_hash", "amount", *_file(lines)))
    if odd is None:
        return lines
    odd = odd.inner_join(store(_kinds(rows, theirs).distinct()), "line_hash")
    named = found_or_none(_named(odd, lines))
    if named is None:
        return lines
    return store(lines.left_join(named, "line_number").drop("line_number_right"))


def _kinds(rows: Any, theirs: Mapping[str, str]) -> Any:
    """What rows without a date may be besides lines; what stands around them decides."""
    rows = rows.filter(_may_lack_date(rows[theirs["ordered_at"]]))
    names = [name for name in rows.columns if name not in ("line_number", "source_file")]
    texts = [rows[name].strip() for name in names if rows[name].type().is_string()]
    filled = [_is_filled(rows[name]).ifelse(1, 0) for name in names]
    labels = [may_be_total(text).ifelse(text, ibis.null("string")) for text in texts]
    label = ibis.coalesce(*labels, ibis.null("string"))
    kind = ibis.cases(
        (is_header(rows, theirs), HEADER),
        (_is_nobody(rows[theirs["customer_id"]], label), ibis.literal(_LABEL).concat(label)),
        (reduce(operator.add, filled) <= 1, NOTE),
    )
    cell = ibis.coalesce(*(text.nullif("") for text in texts), ibis.null("string"))
    found = rows.select(line_hash=line_hash(rows), row_kind=kind, cell=cell)
    return found.filter(found.row_kind.notnull())


def _may_lack_date(cell: Any) -> Any:
    """A cell that begins with a digit is a date, or bad; so few others are left to look at."""
    if not cell.type().is_string():
        return cell.isnull()
    first = cell.strip().substr(0, 1)
    return cell.isnull() | ~first.between("0", "9")


def _is_filled(cell: Any) -> Any:
    return (cell.strip() != "").fill_null(False) if cell.type().is_string() else cell.notnull()


def _is_nobody(customer: Any, label: Any) -> Any:
    """Whether a row with the name of a total has no customer besides it."""
    if not customer.type().is_string():
        return label.notnull() & customer.isnull()
    shown = customer.strip().fill_null("")
    return label.notnull() & ((shown == "") | (shown == label))


def _named(odd: Any, lines: Any) -> Any:
    """Totals by their name, or as the sum of their file; notes below the last line of their file."""
    labels = to_arrow(odd.filter(odd.row_kind.startswith(_LABEL)).select("row_kind").distinct())
    texts = labels["row_kind"].to_pylist()
    totals = [text for text in texts if is_total_word(text.removeprefix(_LABEL))]
    alone = odd.mutate(**_ends(odd, lines))
    is_below = (alone.row_kind == NOTE) & (alone.line_number > alone.last)
    rule = ibis.cases(
        (alone.row_kind == HEADER, HEADER),
        (alone.row_kind.isin(totals) if totals else ibis.literal(False), TOTAL),
        (is_below & (alone.amount == alone.total).fill_null(False), TOTAL),
        (is_below & alone.amount.isnull(), NOTE),
    )
    named = alone.mutate(report_row=rule)
    is_lone = named.report_row.isnull() & (named.row_kind == NOTE)
    lone = ibis.ifelse(is_lone, named.cell, ibis.null("string"))
    named = named.select("line_number", "report_row", lone_cell=lone)
    return named.filter(named.report_row.notnull() | named.lone_cell.notnull())


def _ends(odd: Any, lines: Any) -> dict[str, Any]:
    """Where the lines of each row's file end, and what they add up to."""
    dated = lines.filter(lines.ordered_at.notnull())
    sums = {"last": _.line_number.max(), "total": _.amount.sum()}
    if not _file(lines):
        end = to_arrow(dated.agg(**sums)).to_pylist()[0]
        return {"last": ibis.literal(end["last"] or 0), "total": _money(end["total"])}
    ends = to_arrow(dated.group_by("source_file").agg(**sums)).to_pylist()
    if not ends:
        return {"last": ibis.literal(0), "total": _money(None)}
    lasts = [(end["source_file"], end["last"]) for end in ends]
    totals = [(end["source_file"], _money(end["total"])) for end in ends]
    file = odd.source_file
    return {"last": file.cases(*lasts, else_=0), "total": file.cases(*totals, else_=_money(None))}


def _money(total: Decimal | None) -> Any:
    return ibis.literal(total, MONEY)


def _file(lines: Any) -> list[str]:
    return ["source_file"] if "source_file" in lines.columns else []
