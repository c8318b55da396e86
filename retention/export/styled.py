"""A table as people read it: percents, thousands, dates, by what the glossary says of each column.

Where the rows name different figures, as in `orders.headlines`, by what it says of each figure.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from retention.errors import require_number, require_table
from retention.export.cell_text import cell_writer
from retention.export.column_format import WORDS, column_parts
from retention.export.live_table import LongTable
from retention.hidden_ids import without_ids
from retention.texts import text

MAX_ROWS = 200
LEFT = "text-align: left"
# Longer tables are searched and sorted in a notebook; on a page without scripts they scroll in a box
# of their own below a header that stays.
BOXED_ROWS = 30
BOX: list[Any] = [
    {
        "selector": "",
        "props": "display: block; width: fit-content; max-width: 100%; max-height: 34em; overflow: auto",
    },
    {
        "selector": "thead th",
        "props": "position: sticky; top: 0; background: var(--jp-layout-color0, Canvas)",
    },
]
DAY = f"{LEFT}; white-space: nowrap"  # a page of little room would break it at its hyphens


def styled(table: pd.DataFrame, *, max_rows: int = MAX_ROWS) -> Styler:
    """Format the first rows of a table for a notebook or a web page.

    Parameters
    ----------
    table : DataFrame
        A table of this package, or any other; of numbers that the glossary does not know four figures
        are shown.
    max_rows : int
        Rows shown at the most.

    Returns
    -------
    Styler
        Shares as percents, money in full and with hundredths where the table's currency has them,
        whole numbers with separators, days as dates, nothing where there is no value; beside it how
        many rows there are where not all are shown, and that there are none. More than thirty rows
        can be searched and sorted in a notebook; on a web page they scroll below their header. A
        row that names a figure (`orders.headlines`, `reconcile`) is in the unit of that figure. The
        table itself is not changed.

    Raises
    ------
    ArgumentError
        If `table` is no DataFrame, or `max_rows` no whole number.

    Notes
    -----
    The trap: what is shown is rounded; go on with the table, not with what it shows.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"age": [1], "retention_rate": [0.1364]})
    >>> "13.6%" in styled(table).to_html()
    True
    >>> figures = pd.DataFrame({"name": ["orders", "retention_rate"], "estimate": [1200.0, 0.1364]})
    >>> page = styled(figures).to_html()
    >>> "1,200<" in page, "13.6%" in page
    (True, True)
    """
    require_table("table", table, "Pass a DataFrame.")
    require_number("max_rows", max_rows, is_whole=True)
    # Rows are told apart by their place: what was filtered or sorted may have an index with repeats.
    shown = without_ids(table.head(max_rows).reset_index(drop=True))
    is_long = len(shown) > BOXED_ROWS
    styler = (LongTable if is_long else Styler)(shown)
    styler.format(na_rep="", escape="html").format_index(axis=1, escape="html")
    # Of two columns with one name, either would be written like the other: they stay as they are.
    is_twice = shown.columns.duplicated(keep=False)
    words = {}
    for position, name in enumerate(shown.columns):
        for part in column_parts(shown, position):
            if part.form != "text" and not is_twice[position]:
                write = cell_writer(part, shown.attrs)
                styler.format(write, subset=(part.places, [name]), na_rep="")
            if part.form in WORDS:
                words[position] = DAY if part.form in ("date", "datetime") else LEFT
    looks: list[Any] = [
        {"selector": f".col{position}", "props": look} for position, look in words.items()
    ]
    looks += BOX if is_long else []
    looks += [{"selector": "caption", "props": f"caption-side: {_side(is_long)}; {LEFT}"}]
    return (
        styler.hide(axis="index").set_table_styles(looks).set_caption(_rows(len(table), max_rows))
    )


def _side(is_long: bool) -> str:
    """How many rows there are stands where it is seen without scrolling."""
    return "top" if is_long else "bottom"


def _rows(count: int, shown: int) -> str:
    """What the reader does not see; empty where everything is there."""
    if count == 0:
        return text("No rows.")
    if count <= shown:
        return ""
    return text("The first {shown} of {rows} rows.", shown=f"{shown:,}", rows=f"{count:,}")
