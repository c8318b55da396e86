"""Lines that a currency column says are in another currency: their amounts are not ours to add."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from retention.engine.connection import store
from retention.engine.frames import MONEY, to_arrow
from retention.orders.numbers.currencies import find_currencies


def without_other_currencies(typed: Any, currency: str | None) -> Any:
    """Typed lines whose amount is null where their own currency is not `currency`."""
    if currency is None or "currency" not in typed.columns:
        return typed
    words = typed.filter(typed.currency.notnull()).select("currency").distinct()
    others = [
        word for word in to_arrow(words)["currency"].to_pylist() if _code(word) != currency.upper()
    ]
    if not others:
        return typed
    is_other = typed.currency.isin(others).fill_null(False)
    return typed.mutate(amount=ibis.ifelse(is_other, ibis.null(MONEY), typed.amount))


def _code(word: str) -> str | None:
    return next(iter(find_currencies(store(pa.table({"word": [word]})).word)), None)
