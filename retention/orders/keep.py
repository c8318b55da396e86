"""Results on the way that are asked more than once: stored on our own engine, nowhere else."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.connection import private_connection, store
from retention.texts import text


def keep(expression: Any) -> Any:
    """Stored once in the private DuckDB; on somebody else's engine the expression itself."""
    if ibis.get_backend(expression) is private_connection():
        return store(expression, text("checking the orders"))
    return expression
