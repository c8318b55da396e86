"""E-mails and phones of a table's cells, each in one spelling."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import pandas as pd
import pyarrow as pa

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.files import UNWRITABLE
from retention.orders.identity.values import email_values, phone_values

_READ: dict[str, Callable[[Any], Any]] = {
    "email": partial(email_values, is_by_inbox=False),
    "phone": phone_values,
}


def one_spelling(cells: pd.Series[Any], kind: Literal["email", "phone"]) -> pd.Series[Any]:
    """The first address or number in each cell, as `values.py` spells it; missing where none is usable.

    Gmail's dots and tags stay: who compares addresses by inbox takes them off.

    Examples
    --------
    >>> one_spelling(pd.Series([" An.Le@Gmail.com", "a***@x.vn"]), "email").tolist()
    ['an.le@gmail.com', None]
    """
    texts = [cell if cell is None else UNWRITABLE.sub("", cell) for cell in as_text(cells)]
    known = pa.table({"cell": pa.array(texts, pa.string()).drop_null()})
    rows = to_arrow(_READ[kind](store(known).cell))
    found = dict(zip(rows["text"].to_pylist(), rows["value"].to_pylist(), strict=True))
    return pd.Series([found.get(text) for text in texts], index=cells.index, dtype=object)


def as_text(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Cells as text, missing ones missing; whole fractions without their `.0`, so that ids meet.

    Examples
    --------
    >>> as_text(pd.Series([17850.0, None])).tolist()
    ['17850', None]
    """
    texts = cells.to_numpy(dtype=object, copy=True)
    is_missing = cells.isna().to_numpy()
    texts[is_missing] = None
    if pd.api.types.infer_dtype(texts, skipna=True) != "string":
        texts[~is_missing] = [_text(cell) for cell in texts[~is_missing]]
    return pd.Series(texts, index=cells.index, dtype=object)


def _text(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
