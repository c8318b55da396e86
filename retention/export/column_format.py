"""How a column is written for people: as percent, money, whole number, decimal, date or text."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from retention.names import GLOSSARY

ColumnFormat = Literal[
    "percent", "money", "integer", "decimal", "number", "date", "datetime", "boolean", "text"
]


def column_format(frame: pd.DataFrame, position: int) -> ColumnFormat:
    """How the column at `position` is written.

    Parameters
    ----------
    frame
        A table of this package, or any other.
    position
        Which column, counted from 0: names may occur twice.

    Returns
    -------
    str
        ``percent`` for shares, ``money`` for amounts, ``integer``, ``decimal`` for counts with
        fractions and ratios, ``number`` for parameters shown as they are, ``date``, ``datetime``,
        ``boolean`` or ``text``.

    Notes
    -----
    The trap: `low` and `high` follow the estimate, so they are percent only beside a share.

    Examples
    --------
    >>> frame = pd.DataFrame({"age": [0, 1], "retention_rate": [1.0, 0.2], "low": [0.9, 0.1]})
    >>> [column_format(frame, position) for position in range(3)]
    ['integer', 'percent', 'percent']
    """
    column = frame.iloc[:, position]
    if pd.api.types.is_bool_dtype(column.dtype):
        return "boolean"
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        days = column.dropna()
        return "date" if bool((days == days.dt.normalize()).all()) else "datetime"
    if pd.api.types.is_integer_dtype(column.dtype):
        return "integer"
    if pd.api.types.is_float_dtype(column.dtype):
        return _float_format(str(frame.columns[position]), [str(name) for name in frame.columns])
    return "text"


def _float_format(name: str, names: list[str]) -> ColumnFormat:
    if _is_share(name) or (name in ("low", "high") and any(_is_share(other) for other in names)):
        return "percent"
    unit = GLOSSARY[name].unit if name in GLOSSARY else "model"
    if unit == "currency" or (name in ("low", "high") and "amount" in " ".join(names)):
        return "money"
    if unit in ("model", "nats", "as the estimate", ">= 0"):
        return "number"
    return "decimal"


def _is_share(name: str) -> bool:
    known = name in GLOSSARY and GLOSSARY[name].unit == "0..1"
    return known or name.endswith("_rate") or name.startswith("p_") or "_rate_" in name
