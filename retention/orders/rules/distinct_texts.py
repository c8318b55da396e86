"""The different texts of a column, far fewer than lines: rules about names look at these."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.orders.keep import keep


def distinct_texts(lines: Any, column: str) -> Any:
    """One row per text, with its number of `lines`; those without one are left out."""
    known = lines.filter(lines[column].notnull())
    return keep(known.group_by(column).agg(lines=_.count()))
