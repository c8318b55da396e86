"""By what customers can be known again: the e-mails and phones that orders and people hold."""

from __future__ import annotations

from pathlib import Path

from retention.errors import ArgumentError, shown
from retention.orders.orders import Orders
from retention.orders.people import read_people
from retention.orders.settings import MERGE_BY
from retention.orders.settings_file import read_settings


def find_contacts(source: object, orders: Orders) -> tuple[str, ...]:
    """Find by what `read_orders(source, merge_by=...)` could merge ids of the same person.

    Parameters
    ----------
    source : path, list of paths, DataFrame, Arrow table or Ibis table
        What the orders were read from; a `retention.toml` may name a table of people, too.
    orders : Orders
        The orders read from it.

    Returns
    -------
    tuple of str
        "email", "phone", both or none: what stands in the orders or in the table of people. None
        for a remote table, whose ids are not pulled from there.

    Raises
    ------
    OrdersError
        If the `retention.toml` or the table of people cannot be read.

    Notes
    -----
    The trap: a family or an office may share one phone, so that merging makes one customer of several
    people; look at the largest clusters in `Orders.identity` before you trust it.

    Examples
    --------
    >>> import pandas as pd
    >>> from retention import read_orders
    >>> table = pd.DataFrame({
    ...     "customer_id": ["1", "2", "1"],
    ...     "ordered_at": ["2024-01-01", "2024-02-01", "2024-03-01"],
    ...     "amount": [10.0, 20.0, 30.0],
    ...     "phone": ["0951234567", "+84 951 234 567", "0951234567"],
    ... })
    >>> find_contacts(table, read_orders(table))
    ('phone',)
    """
    if not isinstance(orders, Orders):
        raise ArgumentError(f"orders: {shown(orders)} is none. Pass what read_orders() returns.")
    if orders.is_remote:
        return ()
    people = orders.people if orders.people is not None else _named_people(source)
    table = read_people(people) if isinstance(people, (str, Path)) else people
    known = {*orders.mapping["column"], *(table.columns if table is not None else ())}
    return tuple(name for name in MERGE_BY if name in known)


def _named_people(source: object) -> Path | None:
    if isinstance(source, (str, Path)) and Path(source).suffix.lower() == ".toml":
        return read_settings(Path(source)).people
    return None
