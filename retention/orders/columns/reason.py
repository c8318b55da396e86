"""Why a column was taken for one of ours, in the words of the mapping."""

from __future__ import annotations

from collections.abc import Collection

from retention.texts import text

# Of another column that could be the same of ours.
COULD_TOO = "{column} could, too"


def by_header(name: str, source_column: str, others: Collection[str] = ()) -> str:
    """The reason of a guess that rests on the header."""
    words = text("the header {header} means {name}", header=repr(source_column), name=name)
    return "; ".join([words, *(text(COULD_TOO, column=repr(other)) for other in list(others)[:1])])


def after(source_column: str, reason: str) -> str:
    """What a reason says of amounts from which the money of a column is taken off already."""
    return f"{text('it is after {column}', column=repr(source_column))}: {reason}"
