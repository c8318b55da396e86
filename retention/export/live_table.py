"""A long table as a notebook shows it: to search and sort in, by itables, without a network.

Below the live table lies the still one, which stays where scripts do not run or are taken out.
"""

from __future__ import annotations

import re
import uuid
from importlib import import_module
from typing import Any

import pandas as pd
from IPython.core.getipython import get_ipython
from IPython.utils.capture import capture_output
from pandas.io.formats.style import Styler

from retention.export.cell_text import cell_texts
from retention.export.column_format import WORDS, column_format
from retention.texts import local_number, text

# Imported when a long table is shown: it brings a library of its own examples.
ITABLES = "itables"
PAGE_ROWS = 15
BEGIN, END = "<!-- live table -->", "<!-- /live table -->"
LIVE = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
SWAP = (
    "<style>#live-{key} .dt-container {{background-color: transparent}}</style>"
    '<script>document.getElementById("still-{key}").hidden = true;'
    'document.getElementById("live-{key}").hidden = false;</script>'
)


class LongTable(Styler):
    """A styled table that a notebook shows with a field for searching, and headers that sort."""

    data: pd.DataFrame  # set by pandas, and not in its stubs
    caption: str | None

    def _repr_html_(self) -> str:
        still = self.to_html()
        if getattr(get_ipython(), "kernel", None) is None:
            return still
        key = f"T_{uuid.uuid4().hex[:5]}"  # as pandas names tables
        return (
            f'<div id="still-{key}">{still}</div>{BEGIN}<div id="live-{key}" hidden>'
            f"{SWAP.format(key=key)}{_library()}{self._live(key)}</div>{END}"
        )

    def _live(self, key: str) -> str:
        """The cells as they are written; they are sorted by places of the values behind them."""
        columns = range(len(self.data.columns))
        written = {place: cell_texts(self.data, place, missing="") for place in columns}
        order = {len(columns) + place: _order(self.data.iloc[:, place]) for place in columns}
        names = [*self.data.columns, *self.data.columns]
        page: str = import_module(ITABLES).to_html_datatable(
            pd.DataFrame(written | order).set_axis(names, axis=1),
            caption=self.caption or None,
            table_id=f"itable_{key}",
            connected=False,
            showIndex=False,
            maxBytes=0,
            maxColumns=0,
            order=[],
            pageLength=PAGE_ROWS,
            lengthMenu=[PAGE_ROWS, 50, 200],
            columnDefs=[*map(self._column, columns), *map(_hidden, order)],
            language=_language(),
            classes="display compact",  # long texts take several lines
            style={"caption-side": "top", "margin": "0", "width": "auto"},
            display_logo_when_loading=False,
        )
        return page

    def _column(self, place: int) -> dict[str, Any]:
        side = "dt-left" if column_format(self.data, place) in WORDS else "dt-right"
        return {"targets": place, "orderData": len(self.data.columns) + place, "className": side}


def without_live_tables(page: str) -> str:
    """A page without its live tables: their still ones are seen."""
    return LIVE.sub("", page)


def _library() -> str:
    """The scripts of itables, with every table: the output of another cell may be cleared."""
    shown = getattr(pd.DataFrame, "_repr_html_", None)
    is_everywhere = getattr(shown, "__module__", "").startswith("itables")
    with capture_output() as caught:
        import_module(ITABLES).init_notebook_mode(all_interactive=is_everywhere, connected=False)
    return "".join(output.data["text/html"] for output in caught.outputs)


def _order(column: pd.Series) -> pd.Series:
    """Where each cell stands among the others; what is missing comes first."""
    try:
        ranks = column.rank(method="dense")
    except TypeError:
        ranks = column.astype(str).rank(method="dense")
    return ranks.fillna(0).astype("int64")


def _hidden(place: int) -> dict[str, Any]:
    return {"targets": place, "visible": False, "searchable": False}


def _language() -> dict[str, str]:
    """The words around the table; those in capitals are filled in by the browser."""
    return {
        "search": text("Search:"),
        "info": text("_START_ to _END_ of _TOTAL_ rows"),
        "infoEmpty": text("No rows."),
        "infoFiltered": text("(of _MAX_)"),
        "lengthMenu": text("_MENU_ rows"),
        "zeroRecords": text("No rows."),
        "thousands": local_number("1,234")[1],
    }
