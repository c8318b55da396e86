"""Whether there is anything, without counting it."""

from __future__ import annotations

from typing import Any

from retention.engine.frames import to_arrow


def is_empty(rows: Any) -> bool:
    """Whether there is no row.

    Examples
    --------
    >>> import ibis
    >>> is_empty(ibis.memtable({"x": [1]}).filter(ibis._.x > 1))
    True
    """
    return bool(to_arrow(rows.limit(1)).num_rows == 0)
