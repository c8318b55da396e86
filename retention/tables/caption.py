"""The caption of a table: which definition, and of which orders."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retention.names import MISSING
from retention.orders.orders import Orders


def caption(
    frame: pd.DataFrame, name: str, orders: Orders, *, customers: int, **parameters: Any
) -> pd.DataFrame:
    """The frame with its caption in `attrs`, for footers only: nothing is decided by it."""
    frame.attrs = {
        "definition": name,
        "parameters": parameters,
        "as_of": f"{orders.as_of:%Y-%m-%d}",
        "customers": int(customers),
        "currency": orders.currency,
    }
    return frame


def name_missing(frame: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Customers whose first order lacks an attribute are a group of their own."""
    return frame.assign(**{name: frame[name].fillna(MISSING).astype("str") for name in by})
