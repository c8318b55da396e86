"""A table as people read it: percents, thousands, dates, by what the glossary says of each column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from retention.charts.number import format_number
from retention.names import GLOSSARY

MAX_ROWS = 200
Format = str | Callable[[Any], str]


def styled(table: pd.DataFrame, *, max_rows: int = MAX_ROWS) -> Styler:
    """Format the first rows of a table for a notebook or a web page.

    Parameters
    ----------
    table : DataFrame
        A table of this package, or any other; columns that the glossary does not know stay as they
        are.
    max_rows : int
        Rows shown at the most.

    Returns
    -------
    Styler
        Shares as percents, money in the table's currency, whole numbers with separators, times as
        dates, nothing where there is no value. The table itself is not changed.

    Raises
    ------
    AttributeError
        If `table` is no DataFrame.

    Notes
    -----
    The trap: what is shown is rounded; go on with the table, not with what it shows.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"age": [1], "retention_rate": [0.1364]})
    >>> "13.6%" in styled(table).to_html()
    True
    """
    currency = table.attrs.get("currency")
    shown = table.head(max_rows)
    formats = {name: _format(str(name), shown[name], currency) for name in shown.columns}
    words = [name for name in shown.columns if shown[name].dtype == "str"]
    given: dict[Any, Format | None] = {
        name: how for name, how in formats.items() if how is not None
    }
    styler = shown.style.format(given, na_rep="", escape="html").format_index(axis=1, escape="html")
    return styler.hide(axis="index").set_properties(
        subset=pd.Index(words), **{"text-align": "left"}
    )


def _format(name: str, column: pd.Series, currency: str | None) -> Format | None:
    unit = GLOSSARY[name].unit if name in GLOSSARY else ""
    if pd.api.types.is_datetime64_any_dtype(column):
        return "{:%Y-%m-%d}"
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        return None
    if unit == "0..1" or (name in ("low", "high") and column.between(0, 1).all()):
        return "{:.1%}"
    if unit == "currency":
        return lambda value: format_number(value, number_format="money", currency=currency)
    return "{:,.0f}" if pd.api.types.is_integer_dtype(column) else _fraction


def _fraction(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:,.4g}"
