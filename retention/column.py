"""What the glossary says of a column."""

from __future__ import annotations

from typing import NamedTuple

STR, INT, NULL_INT, FLOAT, BOOL, TIME = (
    "str",
    "int64",
    "Int64",
    "float64",
    "bool",
    "datetime64[us]",
)


class Column(NamedTuple):
    """A column's pandas dtype, its unit or range, and what it means in one sentence."""

    dtype: str
    unit: str
    meaning: str
