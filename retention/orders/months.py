"""Months written as such: costs of a month are booked on its first day."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.frames import to_arrow

# 2024-01, 01/2024, Tháng 1/2024, T1.2024; bare numbers such as 202401 may be days.
_YEAR_FIRST = r"^\s*((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])\s*$"
_MONTH_FIRST = r"(?i)^\s*(?:th[aá]ng\s*|t)?(0?[1-9]|1[0-2])[-/.]((?:19|20)\d\d)\s*$"


def with_first_days(column: Any) -> Any:
    """The first day of each month, where every cell of a column of text is a month; else as it is."""
    if not column.type().is_string() or not _is_all_months(column):
        return column
    year = ibis.ifelse(
        column.re_search(_YEAR_FIRST),
        column.re_extract(_YEAR_FIRST, 1),
        column.re_extract(_MONTH_FIRST, 2),
    )
    month = ibis.ifelse(
        column.re_search(_YEAR_FIRST),
        column.re_extract(_YEAR_FIRST, 2),
        column.re_extract(_MONTH_FIRST, 1),
    )
    day = year.concat("-", month.lpad(2, "0"), "-01")
    return ibis.ifelse(column.strip() == "", ibis.null("string"), day).name(column.get_name())


def _is_all_months(column: Any) -> bool:
    cells = column.name("cell").as_table()
    filled = cells.filter(cells.cell.strip() != "")
    is_month = filled.cell.re_search(_YEAR_FIRST) | filled.cell.re_search(_MONTH_FIRST)
    row = to_arrow(filled.agg(cells=filled.count(), months=is_month.sum())).to_pylist()[0]
    return bool(row["cells"]) and row["cells"] == row["months"]
