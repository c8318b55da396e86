"""Small tables of what was found, joined to large ones as a boolean column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from retention.engine.frames import to_arrow
from retention.orders.keep import keep


def found_or_none(found: Any) -> Any:
    """A small table kept, or None where it is empty: then nothing needs to be joined."""
    kept = keep(found)
    return kept if to_arrow(kept.limit(1)).num_rows else None


def flagged(table: Any, found: Any, keys: Sequence[str], name: str) -> Any:
    """The table with a boolean: whether its keys are among those found (None: nothing is)."""
    if found is None:
        return table.mutate(**{name: ibis.literal(False)})
    joined = table.left_join(found.select(*keys).mutate(is_found=True), list(keys))
    flags = joined.mutate(**{name: joined.is_found.fill_null(False)})
    return flags.drop("is_found", *(key for key in joined.columns if key.endswith("_right")))
