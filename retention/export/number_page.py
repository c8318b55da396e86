"""One number of a table, so large that the last row of the room reads it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from retention.errors import ArgumentError, examples
from retention.export.box import Box
from retention.export.cell_text import cell_texts
from retention.export.page import Page
from retention.export.textbox import Look, size_for, write_text
from retention.texts import footer, text

NUMBER = Look(120, 24, is_bold=True)


def number_page(table: pd.DataFrame, *, column: str) -> Page:
    """The slide of one number.

    Parameters
    ----------
    table
        A table of this package with one row.
    column
        The column that holds the number.

    Returns
    -------
    Page
        Its caption names the number, with its interval where the table has one.

    Raises
    ------
    ArgumentError
        The table has more rows or none, or no such column.

    Notes
    -----
    The trap: `low` and `high` are taken for the limits of this number.

    Examples
    --------
    >>> rates = pd.DataFrame({"lifecycle_rate": [0.31], "low": [0.28], "high": [0.34]})
    >>> page = number_page(rates, column="lifecycle_rate")
    >>> page.alt_text
    'Lifecycle rate: 31.0% (95%: 28.0% to 34.0%)'
    """
    _check(table, column)
    names = [str(name) for name in table.columns]
    words = {name: cell_texts(table, place)[0] for place, name in enumerate(names)}
    interval = ""
    if {"low", "high"} <= set(names) and not table[["low", "high"]].isna().to_numpy().any():
        interval = text("95%: {low} to {high}", low=words["low"], high=words["high"])
    name = text(column.replace("_", " ").capitalize())
    attrs = {str(key): value for key, value in table.attrs.items()}

    def draw(slide: Any, box: Box) -> Any:
        size = size_for(words[column], box, NUMBER, name="number")
        shape = write_text(slide, words[column], box, NUMBER, size=size)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        return shape

    said = f"{name}: {words[column]}"
    return Page(
        key=str(attrs.get("definition") or "number"),
        draw=draw,
        caption="\n".join(part for part in (name, interval) if part),
        footer=footer(attrs),
        call=str(attrs.get("call") or ""),
        as_of=str(attrs["as_of"]) if attrs.get("as_of") else None,
        alt_text=f"{said} ({interval})" if interval else said,
        heading=column,
    )


def _check(table: pd.DataFrame, column: str) -> None:
    if not isinstance(table, pd.DataFrame):
        raise ArgumentError(
            f"table: a {type(table).__name__} is not a table. Pass a DataFrame with one row."
        )
    if column not in table.columns or list(table.columns).count(column) > 1:
        raise ArgumentError(
            f"column: {column!r} is not one of the {table.shape[1]} columns "
            f"({examples(table.columns)}). Name the one with the number."
        )
    if len(table) != 1 or table[column].isna().iloc[0]:
        raise ArgumentError(
            f"table: {len(table):,} rows, {int(table[column].notna().sum()):,} of them with a value "
            'in the column. One number is shown: filter first, as table[table["name"] == "..."].'
        )
