"""Touches: every time that somebody saw, clicked or was sent something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from retention.orders.columns.declarations import TOUCHES
from retention.orders.side_table import SideOptions, read_side_table


def read_touches(
    source: object,
    *,
    columns: Mapping[str, str] | None = None,
    timezone: str | None = None,
    date_format: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    unreadable: Literal["error", "set_aside"] = "error",
) -> pd.DataFrame:
    """Read a table of touches: ad clicks, page views, wish lists, messages sent and opened.

    Parameters
    ----------
    source : path, list of paths, DataFrame or Ibis table
        As for `read_orders`; a log of events goes in as it is.
    columns : mapping, our name to the source's
        customer_id, touched_at, touch, channel, campaign, page, product; overrules the guesses.
    timezone : str, such as "Asia/Ho_Chi_Minh"
        Needed where the times carry an offset.
    date_format : str
        For dates that can be read in two ways: "%d/%m/%Y".
    sheet, encoding : str
        Which sheet of a workbook; the encoding of a text file that does not tell it.
    unreadable : "error" (default) or "set_aside"
        What to do with rows without a person, a kind of touch or a readable time.

    Returns
    -------
    DataFrame, one row per touch, in the source's order
        customer_id (str), touched_at (datetime64[us], local), touch (str: the kind, in the source's
        words), then channel, campaign, page, product (str) where the source has them, then its other
        columns (str, under their own names). `attrs["set_aside"]` is the number of rows left out.

    Raises
    ------
    OrdersError
        If a column is not found or could be two, or cells are missing or cannot be read. All problems
        at once.

    Notes
    -----
    The trap: touches of people who never signed in have no id, so they are left out, and the way to
    the first order looks shorter than it was.

    Examples
    --------
    >>> import pandas as pd
    >>> read_touches(pd.DataFrame({
    ...     "user_id": [1, 1, 2],
    ...     "event": ["ad_click", "page_view", "message_sent"],
    ...     "timestamp": ["2024-01-31 09:00", "2024-01-31 09:01", "2024-02-01 08:00"],
    ...     "url": ["/tea", "/tea/lotus", None],
    ... }))
      customer_id          touched_at         touch        page
    0           1 2024-01-31 09:00:00      ad_click        /tea
    1           1 2024-01-31 09:01:00     page_view  /tea/lotus
    2           2 2024-02-01 08:00:00  message_sent         NaN
    """
    options = SideOptions(
        columns=columns, timezone=timezone, date_format=date_format, sheet=sheet,
        encoding=encoding, unreadable=unreadable,
    )  # fmt: skip
    return read_side_table(source, TOUCHES, options)
