"""What is thought of one of our columns."""

from __future__ import annotations

from typing import NamedTuple


class Guess(NamedTuple):
    """One line of the mapping."""

    column: str
    source_column: str
    reason: str
