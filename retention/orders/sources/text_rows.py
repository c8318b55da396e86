"""The rows of a UTF-8 text file of a known layout, as the engine reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis

from retention.engine.scan import scan
from retention.orders.sources.layout import Layout


def text_rows(path: Path, layout: Layout) -> Any:
    """The rows as the engine will read them, without those that are wholly empty."""
    numbered = {f"c{number}": name for number, name in enumerate(layout.names)}
    rows = scan(
        "read_csv",
        path,
        columns=dict.fromkeys(numbered, "VARCHAR"),
        delim=layout.dialect.separator,
        quote=layout.dialect.quote,
        escape=layout.dialect.escape,
        header=False,
        skip=layout.skip,
        auto_detect=False,
        strict_mode=True,
        comment="",
    )
    rows = rows.filter(ibis.coalesce(*(rows[column] for column in numbered)).notnull())
    return rows.select(**{name: rows[column] for column, name in numbered.items()})
