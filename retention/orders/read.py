"""Any source of orders in, checked `Orders` out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from retention.engine.order_grain import Returns
from retention.errors import ArgumentError, OrdersError
from retention.orders.check import check_lines
from retention.orders.lines import type_lines
from retention.orders.mapping import NUMBERS, Guess, map_columns
from retention.orders.orders import Orders, first_and_last
from retention.orders.settings import Settings, read_settings
from retention.orders.source import open_source
from retention.periods import as_day

NOT_ATTRIBUTES = ("customer_id", "order_id", "ordered_at", *NUMBERS)


def read_orders(
    source: object,
    *,
    columns: Mapping[str, str] | None = None,
    attributes: Sequence[str] | None = None,
    timezone: str | None = None,
    currency: str | None = None,
    as_of: str | date | pd.Timestamp | None = None,
    history_start: str | date | pd.Timestamp | None = None,
    burn_in_days: int | Literal["auto"] | None = None,
    statuses: Mapping[str, str] | None = None,
    returns: Returns | None = None,
    zero_amounts: Literal["purchase", "set_aside"] | None = None,
    unreadable: Literal["error", "set_aside"] | None = None,
    date_format: str | None = None,
    decimal: str | None = None,
) -> Orders:
    """Read a table of order lines, check it, and say what was understood.

    Lines with the same order id are one order; without order ids, one customer and one time are one
    order. Refund lines (negative amounts) are booked back to the order they undo.

    Parameters
    ----------
    source : path, DataFrame or Ibis table
        CSV (UTF-8; comma, semicolon, tab), Parquet, a pandas frame, an Ibis table of any backend, or
        a `retention.toml`, whose options the arguments here overrule.
    columns : mapping, our name to the source's
        Overrules the guesses; see `Orders.mapping` for what was guessed and why.
    attributes : sequence of str
        Further columns of the source to keep as text, for `by=`.
    timezone : str, such as "Asia/Ho_Chi_Minh"
        Where the days of the orders are counted; needed where the times carry an offset. Times
        without one are local already.
    currency : str, such as "VND"
        For number formats; also tells that amounts have no decimals (VND).
    as_of : date
        Last day of the observation, included whole. Default: the last order's.
    history_start : date
        First day from which the source is complete. Default: the first order's.
    burn_in_days : int or "auto" (default)
        Days after `history_start` whose new customers are probably older ones.
    statuses : mapping, status text to its meaning
        completed, cancelled, returned, refused, pending or test, for texts that are not known.
    returns : "behaviour" (default) or "accounting"
        Book a refund back to the order it undoes, or leave the money in the month of the refund.
    zero_amounts : "purchase" (default) or "set_aside"
        Whether an order of amount 0 counts.
    unreadable : "error" (default) or "set_aside"
        What to do with lines whose date or amount cannot be read.
    date_format, decimal : str
        For text that can be read in two ways: "%d/%m/%Y"; "." or ",".

    Returns
    -------
    Orders
        Grain: lines, and orders derived from them. `.mapping`, `.audit`, `.to_pandas()`.

    Raises
    ------
    OrdersError
        If the source cannot be read, columns cannot be told, or cells cannot be read.
    ArgumentError
        If an option is outside what is taken.

    Notes
    -----
    The trap: without `as_of` the observation ends with the last order, so a source that was exported
    long after its last order looks younger than it is.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = read_orders(pd.DataFrame({
    ...     "Mã khách hàng": ["01", "01", "02"],
    ...     "Ngày đặt hàng": ["31/01/2024", "15/02/2024", "03/02/2024"],
    ...     "Thành tiền": ["150.000", "80.000 đ", "1.200.000"],
    ... }), currency="VND")
    >>> orders
    Orders: 3 orders of 2 customers, 2024-01-31 to 2024-02-15, from the DataFrame
    >>> orders.to_pandas()[["customer_id", "ordered_at", "amount"]]
      customer_id ordered_at     amount
    0          01 2024-01-31   150000.0
    1          02 2024-02-03  1200000.0
    2          01 2024-02-15    80000.0
    """
    given = {
        "columns": columns, "attributes": attributes, "timezone": timezone, "currency": currency,
        "as_of": as_of, "history_start": history_start, "burn_in_days": burn_in_days,
        "statuses": statuses, "returns": returns, "zero_amounts": zero_amounts,
        "unreadable": unreadable, "date_format": date_format, "decimal": decimal,
    }  # fmt: skip
    given = {name: value for name, value in given.items() if value is not None}
    if isinstance(source, (str, Path)) and Path(source).suffix.lower() == ".toml":
        file = read_settings(Path(source))
        source, given = file.source, {**file.options, **given}
    return _read(source, _settings(given))


def _settings(given: dict[str, Any]) -> Settings:
    for name in ("as_of", "history_start"):
        if name in given:
            given[name] = f"{as_day(given[name], name):%Y-%m-%d}"
    return Settings(**given | {"attributes": tuple(given.get("attributes", ()))})


def _read(source: object, settings: Settings) -> Orders:
    opened = open_source(source)
    guesses = map_columns(opened.rows.columns, settings.columns, opened.name)
    typed = type_lines(opened, guesses, settings)
    checked = check_lines(typed, settings, is_remote=opened.is_remote)
    first, last = first_and_last(checked)
    if first is None or last is None:
        raise OrdersError(
            f"orders: none of the rows of {opened.name} can be used: all are set aside. Check the "
            "mapping with columns=, and what the statuses mean with statuses=."
        )
    as_of = as_day(settings.as_of) if settings.as_of else last
    start = as_day(settings.history_start, "history_start") if settings.history_start else first
    if as_of < start:
        raise ArgumentError(
            f"as_of: {as_of:%Y-%m-%d} lies before the first day of the orders, {start:%Y-%m-%d}."
        )
    return Orders(
        checked=checked,
        as_of=as_of,
        history_start=start,
        mapping=pd.DataFrame(guesses, columns=list(Guess._fields)),
        options=settings,
        attributes=_attributes(guesses, settings),
        source_name=opened.name,
        is_remote=opened.is_remote,
    )


def _attributes(guesses: Sequence[Guess], settings: Settings) -> tuple[str, ...]:
    ours = [guess.column for guess in guesses if guess.column not in NOT_ATTRIBUTES]
    return (*ours, *(name for name in settings.attributes if name not in ours))
