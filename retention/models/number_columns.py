"""Columns of a table of customers as plain numbers, before anything is computed from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_columns
from retention.hidden_ids import example_cells

HINT = "Make the table with customer_summary(orders)."


def number_columns(customers: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """These columns as floats under a plain index; missing stays missing.

    Raises
    ------
    ArgumentError
        Where the table is empty, lacks a column, or one holds no numbers.

    Examples
    --------
    >>> number_columns(pd.DataFrame({"T": [3, 4], "other": "x"}, index=["a", "b"]), ["T"])
         T
    0  3.0
    1  4.0
    """
    require_columns("customers", customers, columns, HINT)
    if customers.empty:
        raise ArgumentError(
            "customers: the table has 0 rows. See orders.audit: every line may have been set "
            "aside. Pass a table with at least one customer."
        )
    found = {}
    for name in columns:
        try:
            found[name] = customers[name].to_numpy(np.float64, na_value=np.nan)
        except (TypeError, ValueError) as error:
            raise ArgumentError(
                f"customers: column {name!r} of {len(customers):,} rows does not hold numbers "
                f"({example_cells(customers[name])}). See customers[{name!r}]. {HINT}"
            ) from error
    return pd.DataFrame(found, copy=False)
