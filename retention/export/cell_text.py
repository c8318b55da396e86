"""Cells of a table as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

import pandas as pd

from retention.charts.number import WITHOUT_DECIMALS, format_number
from retention.export.column_format import ColumnFormat, Part, column_parts
from retention.periods import Period, period_label
from retention.texts import local_number, text

_MISSING = "–"


def cell_texts(frame: pd.DataFrame, position: int, *, missing: str = _MISSING) -> list[str]:
    """The cells of one column as text.

    Parameters
    ----------
    frame
        The table.
    position
        Which column, counted from 0.
    missing
        What stands where there is no value.

    Returns
    -------
    list of str
        One for each row.

    Notes
    -----
    The trap: the texts are rounded; numbers for further work go into the workbook.

    Examples
    --------
    >>> frame = pd.DataFrame({"retention_rate": [0.2512, None]})
    >>> cell_texts(frame, 0)
    ['25.1%', '–']
    """
    texts = [missing] * len(frame)
    for part in column_parts(frame, position):
        write = cell_writer(part, frame.attrs)
        column = frame.iloc[part.places, position]
        for place, value, is_missing in zip(part.places, column, column.isna(), strict=True):
            texts[place] = missing if is_missing else write(value)
    return texts


def cell_writer(part: Part, attrs: Mapping[Any, Any]) -> Callable[[Any], str]:
    """How the cells of a part of a column are written.

    Parameters
    ----------
    part
        Cells that are written alike, from `column_parts`.
    attrs
        Those of the table: its currency, and the period of its cohorts.

    Returns
    -------
    callable
        From a value, which is not missing, to its text.

    Notes
    -----
    The trap: money is written with the decimals that these cells need, so do not write others with it.

    Examples
    --------
    >>> from retention.export.column_format import column_parts
    >>> [part] = column_parts(pd.DataFrame({"amount": [1250000.0, 900.0]}), 0)
    >>> cell_writer(part, {"currency": "VND"})(1250000.0)
    '1,250,000'
    """
    decimals = _decimals(part.values, attrs) if part.form == "money" else 0
    writers: dict[ColumnFormat, Callable[[Any], str]] = {
        "percent": lambda value: format_number(value, number_format="percent"),
        "money": lambda value: local_number(f"{value:z,.{decimals}f}"),
        "integer": lambda value: format_number(value, number_format="integer"),
        "decimal": lambda value: format_number(value, number_format="decimal"),
        "number": lambda value: local_number(
            f"{value:z,.4g}" if abs(value) < 1e3 else f"{value:,.1f}"
        ),
        "date": lambda value: _date(part.name, attrs, value),
        "datetime": lambda value: f"{value:%Y-%m-%d %H:%M}",
        "boolean": lambda value: text("yes") if value else text("no"),
        "text": str,
    }
    return writers[part.form]


def _decimals(values: pd.Series, attrs: Mapping[Any, Any]) -> int:
    """Decimals of money: the same in all cells, so that they can be compared by eye."""
    known = values.dropna()
    is_large = bool((known.abs() >= 10_000).any())
    is_whole = bool((known % 1 == 0).all())
    return 0 if is_large or is_whole or attrs.get("currency") in WITHOUT_DECIMALS else 2


def _date(name: str, attrs: Mapping[Any, Any], value: pd.Timestamp) -> str:
    period = attrs.get("parameters", {}).get("period")
    is_period = name in ("cohort", "cohort_before", "period") and period in get_args(Period)
    return period_label(value, period) if is_period else f"{value:%Y-%m-%d}"
