"""The header of a table that stands among its rows again, as where files were put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from retention.engine.frames import to_arrow
from retention.orders.described_header import is_described


def is_header(rows: Any, theirs: Mapping[str, str]) -> Any:
    """The names of all our columns stand in it, at least those of date and customer."""
    known = {ours: name for ours, name in theirs.items() if rows[name].type().is_string()}
    if not {"ordered_at", "customer_id"} <= known.keys():
        return ibis.literal(False)
    same = [rows[name].strip().lower() == name.lower() for name in known.values()]
    return ibis.and_(*same).fill_null(False)


def without_headers(rows: Any, theirs: Mapping[str, str]) -> Any:
    """The rows from which formats are told: a header that comes again, or is described, says nothing."""
    if not rows[theirs["ordered_at"]].type().is_string():
        return rows
    is_none = is_header(rows, theirs) | is_described(rows, theirs)
    again = rows.filter(is_none).select(theirs["ordered_at"]).limit(1)
    return rows.filter(~is_none) if to_arrow(again).num_rows else rows
