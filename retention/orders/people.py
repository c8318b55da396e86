"""People, buyers or not: who could have become a customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from retention.orders.columns.declarations import PEOPLE
from retention.orders.side_table import SideOptions, read_side_table


def read_people(
    source: object,
    *,
    columns: Mapping[str, str] | None = None,
    timezone: str | None = None,
    date_format: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    unreadable: Literal["error", "set_aside"] = "error",
) -> pd.DataFrame:
    """Read a table of people: one row each, with the day they were first seen, if it is known.

    Parameters
    ----------
    source : path, list of paths, DataFrame or Ibis table
        As for `read_orders`.
    columns : mapping, our name to the source's
        customer_id, first_seen_at, email, phone; overrules the guesses.
    timezone : str, such as "Asia/Ho_Chi_Minh"
        Needed where the times carry an offset.
    date_format : str
        For dates that can be read in two ways: "%d/%m/%Y".
    sheet, encoding : str
        Which sheet of a workbook; the encoding of a text file that does not tell it.
    unreadable : "error" (default) or "set_aside"
        What to do with rows without an id or a readable date, and with further rows of the same id.

    Returns
    -------
    DataFrame, one row per person, in the source's order
        customer_id (str), first_seen_at (datetime64[us], local; null where the source has no such
        column), email and phone (str) where it has them, then its other columns (str, under their own
        names). `attrs["set_aside"]` is the number of rows left out.

    Raises
    ------
    OrdersError
        If a column is not found or could be two, an id is missing or occurs twice, or a date cannot be
        read. All problems at once.

    Notes
    -----
    The trap: a list of newsletter readers is not a list of all visitors; the customer rate is a share
    of this list and of nothing else. Without the day they were first seen, there is no such rate, and
    who never bought is left out of the stages: contacts, consent and merging need no such day.

    Examples
    --------
    >>> import pandas as pd
    >>> read_people(pd.DataFrame({"user_id": ["01", "02"], "Ngày đăng ký": ["31/01/2024"] * 2}))
      customer_id first_seen_at
    0          01    2024-01-31
    1          02    2024-01-31
    """
    options = SideOptions(
        columns=columns, timezone=timezone, date_format=date_format, sheet=sheet,
        encoding=encoding, unreadable=unreadable,
    )  # fmt: skip
    return read_side_table(source, PEOPLE, options)
