"""Lines that a later file tells again with another status: an export after the order was cancelled.

Equal in all mapped columns but the status, with an order id, and in another file. Within one file two
such lines may be two items, or steps of one order: the audit reports them (`order_two_states`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ibis
from ibis import _

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.columns.declarations import ORDERS
from retention.orders.flags import flagged, found_or_none

# What another export of the same line may say otherwise.
_TOLD_BY = {"status", "cancelled_at"}
_Span = tuple[datetime, datetime]


def with_restated(lines: Any) -> Any:
    """Adds `is_restated`: a later file has the line, and in no copy with this status.

    Later is the file whose orders run longer; of equal ones, the one that is read after the other.
    """
    if "source_file" not in lines.columns or not _TOLD_BY & set(lines.columns):
        return lines.mutate(is_restated=ibis.literal(False))
    return flagged(lines, found_or_none(_restated(lines)), ["line_number"], "is_restated")


def _restated(lines: Any) -> Any:
    files = _files(lines)
    common = _common_spans([(row["first"], row["last"]) for row in files])
    told = _keyed(lines.filter(lines.has_order_id & _within(lines.ordered_at, common)))
    ages = {row["source_file"]: age for age, row in enumerate(files)}
    told = told.mutate(age=told.source_file.cases(*ages.items(), else_=-1))
    # Few orders stand in two files: all else is done with these.
    spread = told.group_by("same").agg(first=_.age.min(), last=_.age.max())
    spread = store(spread.filter(spread["first"] < spread["last"]).select("same", "last"))
    copies = store(told.inner_join(spread, "same"))
    stands = copies.filter(copies.age == copies["last"]).select("same", "status")
    earlier = copies.filter(copies.age < copies["last"])
    return earlier.anti_join(stands, ["same", "status"]).select("line_number")


def _files(lines: Any) -> list[dict[str, Any]]:
    """The files, those whose orders run longest last; a date that is not yet says nothing."""
    seen = lines.filter(lines.ordered_at.notnull() & ~lines.is_future)
    found = seen.group_by("source_file").agg(
        first=_.ordered_at.min(), last=_.ordered_at.max(), begin=_.line_number.min()
    )
    return sorted(to_arrow(found).to_pylist(), key=lambda row: (row["last"], row["begin"]))


def _common_spans(spans: list[_Span]) -> list[_Span]:
    """The times that at least two of the spans share; files of one month each share none."""
    shared: list[_Span] = []
    reached: datetime | None = None
    for first, last in sorted(spans):
        if reached is not None and first <= reached:
            shared.append((first, min(last, reached)))
        reached = last if reached is None else max(reached, last)
    return shared


def _within(moment: Any, spans: list[_Span]) -> Any:
    inside = [moment.between(ibis.timestamp(first), ibis.timestamp(last)) for first, last in spans]
    return ibis.or_(*inside) if inside else ibis.literal(False)


def _keyed(lines: Any) -> Any:
    """The lines with `same`, a number made of all that the source says of them but the status."""
    cells = [name for name in ORDERS.names if name in lines.columns and name not in _TOLD_BY]
    status = lines.status.fill_null("") if "status" in lines.columns else ""
    return lines.select(
        "line_number",
        "source_file",
        same=ibis.struct({name: lines[name] for name in cells}).hash(),
        status=lines.line_state.concat(" ", status),
    )
