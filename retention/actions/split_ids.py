"""Whom a split is of, also one that was saved as a CSV and read again."""

from __future__ import annotations

import re

import pandas as pd

# What stands in a CSV before a text that a spreadsheet would run.
SAFE = re.compile(r"^'(?=[=+\-@])")


def split_ids(split: pd.DataFrame) -> pd.Series:
    """The ids as text, as they stand in the orders.

    Examples
    --------
    >>> split_ids(pd.DataFrame({"customer_id": ["'+84901234567", "an"]})).tolist()
    ['+84901234567', 'an']
    """
    return split["customer_id"].astype("str").str.replace(SAFE, "", regex=True)
