"""Any source of orders in, checked `Orders` out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from retention.engine.order_grain import Returns
from retention.kinds import as_names, require_mapping
from retention.orders.assemble import assemble
from retention.orders.choices import Choices
from retention.orders.orders import Orders
from retention.orders.people import read_people
from retention.orders.settings import Settings
from retention.orders.settings_file import read_settings
from retention.orders.source import open_source
from retention.periods import WeekStart, as_day
from retention.texts import current_language, language


def read_orders(
    source: object,
    *,
    columns: Mapping[str, str | None] | None = None,
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
    sheet: str | None = None,
    encoding: str | None = None,
    merge_by: Sequence[Literal["email", "phone"]] | None = None,
    people: pd.DataFrame | str | Path | None = None,
    placeholder_ids: Sequence[str] | Literal["auto"] | None = None,
    non_products: Literal["keep", "set_aside"] | None = None,
    week_start: WeekStart | None = None,
    amount_of: Literal["auto", "line", "order"] | None = None,
) -> Orders:
    """Read a table of order lines, check it, and say what was understood.

    Lines with the same order id are one order; without order ids, one customer and one time are one
    order. Refund lines (negative amounts) are booked back to the order they undo.

    Parameters
    ----------
    source : path, pattern, list of paths, DataFrame, Arrow table or Ibis table
        Text (CSV, TSV, any separator and encoding), Excel (xlsx, xls, ods), Parquet, Arrow, JSON
        lines, also gzipped or zipped; several files of the same columns; a frame of pandas or Polars;
        a typed table of any Ibis backend; or a `retention.toml`, whose options the arguments here
        overrule, and which says further choices (`Orders.choices`).
    columns : mapping, our name to the source's
        Overrules the guesses; see `Orders.mapping` for what was guessed and why. None for a column
        that the source does not have; {"amount": None} reads purchases without money.
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
    sheet, encoding : str
        Sheet of a spreadsheet that has several; encoding of a text file, such as "cp1258".
    merge_by : sequence of "email", "phone"
        Take customers who share one of these for one person; see `Orders.identity`.
    people : DataFrame or path
        Where e-mails and phones stand in a table of people: customer_id, email, phone.
    placeholder_ids : sequence of str or "auto" (default)
        Customer ids that stand for nobody in particular, such as "0000000000".
    non_products : "keep" (default) or "set_aside"
        What to do with lines of postage and fees.
    week_start : "monday" (default) to "sunday"
        The weekday on which weeks begin, in every table with `period="week"`.
    amount_of : "auto" (default), "order" or "line"
        Whether an amount that is the same on all lines of an order is the order's, and counts once, or
        the line's. By default only what the cells prove is counted once, and the rest is refused.

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
        "unreadable": unreadable, "date_format": date_format, "decimal": decimal, "sheet": sheet,
        "encoding": encoding, "merge_by": merge_by, "placeholder_ids": placeholder_ids,
        "non_products": non_products, "week_start": week_start, "amount_of": amount_of,
    }  # fmt: skip
    given = {name: value for name, value in given.items() if value is not None}
    choices = Choices()
    if isinstance(source, (str, Path)) and Path(source).suffix.lower() == ".toml":
        file = read_settings(Path(source))
        source, given, choices = file.source, {**file.options, **given}, file.choices
        people = file.people if people is None else people
    settings = _settings(given)
    opened = open_source(source, sheet=settings.sheet, encoding=settings.encoding)
    known = people if isinstance(people, pd.DataFrame) else None
    if settings.merge_by and isinstance(people, (str, Path)):
        known = read_people(people)
    # What a file of settings says of the language holds for the reasons, too.
    with language(choices.language or current_language()):
        orders = assemble(opened, settings, people=known)
    return replace(orders, origin=_without_rows(source), people=people, choices=choices)


def _without_rows(source: object) -> object:
    """What kind of source it was: paths as they are, tables without what is in them."""
    if isinstance(source, (str, Path, list, tuple)):
        return source
    head = getattr(source, "head", None)
    return head(0) if head else type(source).__name__


def _settings(given: dict[str, Any]) -> Settings:
    for name in ("as_of", "history_start"):
        if name in given:
            given[name] = f"{as_day(given[name], name):%Y-%m-%d}"
    if "columns" in given:
        require_mapping("columns", given["columns"], 'Write {"amount": "the source\'s name"}.')
        given["columns"] = {ours: theirs or "" for ours, theirs in given["columns"].items()}
    for name in ("attributes", "merge_by", "placeholder_ids"):
        if name in given and not (isinstance(given[name], str) and given[name] == "auto"):
            given[name] = as_names(name, given[name])
    return Settings(**given)
