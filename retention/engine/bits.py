"""Many yes-or-no marks in one whole number, so that one pass over a table answers many questions."""

from __future__ import annotations

from typing import Any

import ibis


@ibis.udf.agg.builtin(name="bit_or", signature=(("int64",), "int64"))
def _bit_or(marks: Any) -> Any:
    """Spark has it; Ibis does not know."""


def any_bits(marks: Any) -> Any:
    """The marks that at least one row of the group has."""
    return _bit_or(marks) if marks.get_backend().name == "pyspark" else marks.bit_or()


def bits(conditions: dict[int, Any]) -> Any:
    """One whole number from conditions by their bit; a condition that is null is not met."""
    marks = [
        condition.ifelse(ibis.literal(bit, "int64"), ibis.literal(0, "int64"))
        for bit, condition in conditions.items()
    ]
    return _both_halves(marks)


def _both_halves(marks: list[Any]) -> Any:
    """All marks at once; halved again and again, because parsers go only so deep."""
    if len(marks) == 1:
        return marks[0]
    middle = len(marks) // 2
    return _both_halves(marks[:middle]) | _both_halves(marks[middle:])
