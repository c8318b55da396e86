"""Costs: what was spent on advertising, by day and channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from retention.orders.columns.declarations import COSTS
from retention.orders.side_table import SideOptions, read_side_table


def read_costs(
    source: object,
    *,
    columns: Mapping[str, str] | None = None,
    timezone: str | None = None,
    date_format: str | None = None,
    decimal: Literal[".", ","] | None = None,
    currency: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    unreadable: Literal["error", "set_aside"] = "error",
) -> pd.DataFrame:
    """Read a table of advertising costs: what was spent, on which day, in which channel.

    Parameters
    ----------
    source : path, list of paths, DataFrame or Ibis table
        As for `read_orders`.
    columns : mapping, our name to the source's
        spent_at, channel, spend, campaign, currency; overrules the guesses.
    timezone : str, such as "Asia/Ho_Chi_Minh"
        Needed where the times carry an offset.
    date_format, decimal : str
        For text that can be read in two ways: "%d/%m/%Y"; "." or ",".
    currency : str, such as "VND"
        Tells that amounts have no decimals (VND), and which currency is meant.
    sheet, encoding : str
        Which sheet of a workbook; the encoding of a text file that does not tell it.
    unreadable : "error" (default) or "set_aside"
        What to do with rows without a readable day or amount.

    Returns
    -------
    DataFrame, one row per row of the source, in its order
        spent_at (datetime64[us], local; the day, or the first day of a month such as 2024-01), then
        channel (str), spend (float64, currency), campaign and currency (str) where the source has
        them, then its other columns (str, under their own names). `attrs["set_aside"]` is the number
        of rows left out.

    Raises
    ------
    OrdersError
        If a column is not found or could be two, currencies are mixed, or cells cannot be read. All
        problems at once.

    Notes
    -----
    The trap: the money of a campaign is spent before its customers come; dividing one day's costs by
    that day's new customers compares two different crowds.

    Examples
    --------
    >>> import pandas as pd
    >>> read_costs(pd.DataFrame({
    ...     "Ngày": ["31/01/2024", "01/02/2024"],
    ...     "Kênh": ["Facebook", "TikTok"],
    ...     "Chi phí": ["350.000 đ", "1.200.000 đ"],
    ... }))
        spent_at   channel      spend
    0 2024-01-31  Facebook   350000.0
    1 2024-02-01    TikTok  1200000.0
    """
    options = SideOptions(
        columns, timezone, date_format, decimal, currency, sheet, encoding, unreadable
    )
    return read_side_table(source, COSTS, options)
