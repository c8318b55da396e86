"""Columns that are computed once, however many other columns are made of them."""

from __future__ import annotations

from typing import Any

import ibis

MARK = "computed_once"


def computed_once(rows: Any, **columns: Any) -> Any:
    """Select `columns` from `rows`, so that what builds on them does not compute them again.

    Ibis writes nested selects as one and repeats every expression where it is used, unless the inner
    one holds something that may differ each time: a random number, which nobody reads.
    """
    return rows.select(**columns, **{MARK: ibis.random()}).drop(MARK)
