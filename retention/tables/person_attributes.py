"""Attributes of everybody: of the first order, or of the person where the orders do not have them."""

from __future__ import annotations

import pandas as pd

from retention.engine.customer_grain import first_attributes
from retention.engine.customer_keys import with_ids
from retention.engine.frames import to_frame
from retention.names import MISSING
from retention.orders.columns.given import attribute_names
from retention.orders.orders import Orders


def person_attributes(
    orders: Orders, people: pd.DataFrame | None, by: str | list[str] | tuple[str, ...] | None
) -> pd.DataFrame:
    """One column per name of `by`, indexed by customer_id; missing values are `(missing)`.

    A name that the orders have is the first order's, and of people who have not bought their own,
    where people have it, too. A name that only people have is theirs.

    Raises
    ------
    ArgumentError
        If neither the orders nor the people have it.
    """
    names = (by,) if isinstance(by, str) else tuple(by or ())
    own = [] if people is None else [name for name in names if name in people.columns]
    bought = attribute_names(orders, tuple(name for name in names if name not in own))
    both = [name for name in own if name in orders.attributes]
    frames = [_of_orders(orders, (*bought, *both)), _of_people(people, own)]
    columns = {name: _first_known([f[name] for f in frames if name in f]) for name in names}
    table = pd.DataFrame(columns, dtype="str").fillna(MISSING)
    # Without any name it is empty, and its index must be of ids all the same.
    return table.set_axis(table.index.astype("str")).rename_axis("customer_id")


def _of_orders(orders: Orders, names: tuple[str, ...]) -> pd.DataFrame:
    if not names:
        return pd.DataFrame()
    rows = with_ids(first_attributes(orders.orders, names), orders.orders)
    return to_frame(rows, ("customer_id", *names)).astype("str").set_index("customer_id")


def _of_people(people: pd.DataFrame | None, names: list[str]) -> pd.DataFrame:
    """The first row of each person."""
    if people is None or not names:
        return pd.DataFrame()
    rows = people[["customer_id", *names]].astype("str")
    return rows.drop_duplicates("customer_id").set_index("customer_id")


def _first_known(columns: list[pd.Series]) -> pd.Series:
    """What a buyer's first order says, even if it says nothing; for others, what people say."""
    known = columns[0]
    for other in columns[1:]:
        known = pd.concat([known, other[~other.index.isin(known.index)]])
    return known
