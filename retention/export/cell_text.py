"""Cells of a table as people read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pandas as pd

from retention.charts.number import WITHOUT_DECIMALS, format_number
from retention.export.column_format import ColumnFormat
from retention.periods import Period, period_label
from retention.texts import text

_MISSING = "–"


def cell_texts(frame: pd.DataFrame, position: int, *, form: ColumnFormat) -> list[str]:
    """The cells of one column as text.

    Parameters
    ----------
    frame
        The table.
    position
        Which column, counted from 0.
    form
        How it is written, from `column_format`.

    Returns
    -------
    list of str
        One for each row; a dash where there is no value.

    Notes
    -----
    The trap: the texts are rounded; numbers for further work go into the workbook.

    Examples
    --------
    >>> frame = pd.DataFrame({"retention_rate": [0.2512, None]})
    >>> cell_texts(frame, 0, form="percent")
    ['25.1%', '–']
    """
    write = _writers(frame, position)[form]
    column = frame.iloc[:, position]
    pairs = zip(column, column.isna(), strict=True)
    return [_MISSING if is_missing else write(value) for value, is_missing in pairs]


def _writers(frame: pd.DataFrame, position: int) -> dict[ColumnFormat, Callable[[Any], str]]:
    return {
        "percent": lambda value: format_number(value, number_format="percent"),
        "money": lambda value: f"{value:,.{_decimals(frame, position)}f}",
        "integer": lambda value: format_number(value, number_format="integer"),
        "decimal": lambda value: format_number(value, number_format="decimal"),
        "number": lambda value: f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.1f}",
        "date": lambda value: _date(frame, position, value),
        "datetime": lambda value: f"{value:%Y-%m-%d %H:%M}",
        "boolean": lambda value: text("yes") if value else text("no"),
        "text": str,
    }


def _decimals(frame: pd.DataFrame, position: int) -> int:
    """Decimals of money: the same in the whole column, so that it can be compared by eye."""
    is_large = bool((frame.iloc[:, position].abs() >= 10_000).any())
    return 0 if is_large or frame.attrs.get("currency") in WITHOUT_DECIMALS else 2


def _date(frame: pd.DataFrame, position: int, value: pd.Timestamp) -> str:
    period = frame.attrs.get("parameters", {}).get("period")
    is_period = str(frame.columns[position]) in ("cohort", "period") and period in get_args(Period)
    return period_label(value, period) if is_period else f"{value:%Y-%m-%d}"
