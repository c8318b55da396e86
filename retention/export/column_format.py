"""How a column is written for people: as percent, money, whole number, decimal, date or text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import pandas as pd

from retention.names import GLOSSARY

ColumnFormat = Literal[
    "percent", "money", "integer", "decimal", "number", "date", "datetime", "boolean", "text"
]
# What is read from the left; numbers stand below each other at the right.
WORDS = ("text", "boolean", "date", "datetime")
# Columns whose cells name a figure, a word of the glossary; the row is then in the figure's unit.
FIGURE_COLUMNS = ("figure", "name", "measure")
# Columns that are in the unit of the estimate beside them.
FOLLOWING = ("low", "high", "difference")
# The unit of a share or an amount per customer, summed over them: customers, or money.
OF_ALL = "measure x customers"


class Part(NamedTuple):
    """Cells of one column that are written alike.

    `places` are theirs in the column, `name` is that of the column, and `values` are those that share
    their decimals: of the column, or of all columns where the row names the figure.
    """

    places: list[int]
    form: ColumnFormat
    name: str
    values: pd.Series


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
    The trap: `low` and `high` follow the estimate before them, so they are percent only after a share.

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
        names = [str(name) for name in frame.columns]
        estimate = _estimate(names, position)
        return _float_format(column, estimate, [estimate] if estimate != names[position] else names)
    return "text"


def _estimate(names: Sequence[str], position: int) -> str:
    """Of a limit the estimate right before it, whose unit it has, as far as it is known; else itself."""
    before = [name for name in names[:position] if name not in FOLLOWING]
    is_limit = names[position] in ("low", "high") and "difference" not in names[:position]
    return before[-1] if is_limit and before and _unit(before[-1]) else names[position]


def column_parts(frame: pd.DataFrame, position: int) -> list[Part]:
    """The column at `position`, in as many parts as its rows have figures.

    Parameters
    ----------
    frame
        A table of this package, or any other.
    position
        Which column, counted from 0.

    Returns
    -------
    list of Part
        One for the whole column, but for a column of fractions where the rows name figures (in a
        column `figure`, `name` or `measure`): one for each figure, written like a column of that name.

    Notes
    -----
    The trap: only words of the glossary are figures; other rows are written like their column.

    Examples
    --------
    >>> frame = pd.DataFrame({"name": ["orders", "retention_rate"], "estimate": [1200.0, 0.25]})
    >>> [(part.places, part.form) for part in column_parts(frame, 1)]
    [([0], 'integer'), ([1], 'percent')]
    """
    column = frame.iloc[:, position]
    name = str(frame.columns[position])
    if not pd.api.types.is_float_dtype(column.dtype):
        whole = list(range(len(frame)))
        return [Part(whole, column_format(frame, position), name, column)]
    parts = []
    for figure, places in _places(_figures(frame)).items():
        own = frame.iloc[places]
        follows = bool(figure) and _follows(name)
        values = _fractions(own) if follows else own.iloc[:, position]
        form = _float_format(values, figure, [figure]) if follows else column_format(own, position)
        if figure and _unit(name) == OF_ALL:
            form = "decimal" if _is_share(figure) else _float_format(values, figure, [figure])
        parts.append(Part(places, form, name, values))
    return parts


def _follows(name: str) -> bool:
    """Whether a column is in the unit of the figure: p-values stay shares, sums over all are none."""
    return _unit(name) not in ("0..1", OF_ALL)


def _fractions(frame: pd.DataFrame) -> pd.Series:
    """All cells of the columns that follow the figure."""
    columns: list[pd.Series] = [column for name, column in frame.items() if _follows(str(name))]
    found: pd.Series = pd.concat(
        [column for column in columns if pd.api.types.is_float_dtype(column.dtype)]
    )
    return found


def _figures(frame: pd.DataFrame) -> list[str]:
    """The figure that each row names; empty where it names none."""
    names = [name for name in FIGURE_COLUMNS if list(frame.columns).count(name) == 1]
    if not names:
        return [""] * len(frame)
    return [str(name) if str(name) in GLOSSARY else "" for name in frame[names[0]]]


def _places(labels: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, label in enumerate(labels):
        found.setdefault(label, []).append(place)
    return found


def _float_format(values: pd.Series, name: str, names: Sequence[str]) -> ColumnFormat:
    if _is_share(name) or (name in FOLLOWING and any(_is_share(other) for other in names)):
        return "percent"
    unit = _unit(name)
    if unit == "-1..1" or (unit == "as the measure" and "order_rate" in names):
        return "percent"
    if unit == "currency" or (name in ("low", "high") and "amount" in " ".join(names)):
        return "money"
    if unit in ("model", "nats", "as the estimate", "as the figure"):
        return "number"
    # Counts come as fractions where some are missing, or where a table was turned.
    known = values.dropna()
    if len(known) and bool((known % 1 == 0).all()):
        return "integer"
    return "decimal" if unit else "number"


def _unit(name: str) -> str:
    return GLOSSARY[name].unit if name in GLOSSARY else ""


def _is_share(name: str) -> bool:
    return (
        _unit(name) == "0..1" or name.endswith("_rate") or name.startswith("p_") or "_rate_" in name
    )
