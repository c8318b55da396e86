"""What is bought next: from the first purchase to the second, and from that to the third."""

from __future__ import annotations

import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.item_days import item_days
from retention.engine.next_items import next_item_counts
from retention.errors import ArgumentError
from retention.kinds import require_text
from retention.names import GLOSSARY, OTHER, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.caption import caption
from retention.tables.days_given import require_days
from retention.tables.lift import lift_interval
from retention.tables.repeatable import repeatable
from retention.tables.repurchase_curve import WITHIN_DAYS

COLUMNS = check_columns(
    (
        "order_number", "item", "next_item", "eligible", "returned", "next_rate", "overall_rate",
        "lift", "low", "high", "median_gap_days",
    )
)  # fmt: skip
KEYS = ["order_number", "item", "next_item"]
MAX_ITEMS = 10


@repeatable
def next_product(
    orders: Orders | pd.DataFrame,
    *,
    item: str = "product",
    as_of: As_of = None,
    within_days: int = WITHIN_DAYS,
    max_items: int = MAX_ITEMS,
) -> pd.DataFrame:
    """Say which product, or category, follows which, and whether more often than after any other.

    Of the customers whose earlier purchase lies at least `within_days` back, those count as returned
    who bought again within `within_days`, under what they bought then. An order has the product of
    its first line, a day that of its first order.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    item : str
        The attribute to follow: "product", "category", ...
    as_of : date, default the orders' own
    within_days : int, days
        How soon the next purchase must come, and how long customers must have been observed.
    max_items : int
        So many items with the most purchases are named; the others are "(other)".

    Returns
    -------
    DataFrame, one row per (order_number, item, next_item), also where nobody went that way
        order_number (int64, 1: from the first purchase to the second, 2: to the third), item,
        next_item (str), eligible (int64, customers with the item), returned (int64, of those, with the
        next item), next_rate (float64, 0..1), overall_rate (float64, 0..1, of the buyers of all items),
        lift (float64, ratio of the two; null where nobody has the next item), low, high (float64, 95 %
        of the lift), median_gap_days (Int64, days, the least by which half of the returned had come).

    Raises
    ------
    ArgumentError
        If the orders have no such attribute, or a number is out of range.

    Notes
    -----
    The trap: what sells best follows everything. Look at the lift, and at whether its interval holds 1.

    References
    ----------
    Zou and Donner (2008), Construction of confidence limits about effect measures.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-01", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 10.0, 7.0], "product": ["tea", "cup", "pot", "tea"],
    ... })
    >>> table = next_product(orders, as_of="2024-03-01", within_days=30)
    >>> table[["item", "next_item", "eligible", "returned", "lift"]].query("returned > 0")
      item next_item  eligible  returned  lift
    1  tea       cup         1         1   2.0
    3  pot       tea         1         1   2.0
    """
    given = given_orders(orders, as_of)
    _check(given, item)
    require_days(within_days=within_days)
    require_days(unit="items", max_items=max_items)
    counts = next_item_counts(
        item_days(given.orders, item=item),
        most=max_items,
        other=OTHER,
        as_of_day=day_number(given.as_of),
        within_days=within_days,
    )
    found = to_frame(counts, (*KEYS, "gap_days", "customers"))
    return caption(
        _table(found), "next_product", given,
        customers=int(found.loc[found["order_number"] == 1, "customers"].sum()),
        item=item, within_days=within_days, max_items=max_items,
    )  # fmt: skip


def _check(orders: Orders, item: str) -> None:
    require_text("item", item, hint="Name an attribute of the orders.")
    if item not in orders.attributes:
        raise ArgumentError(
            f"item: the orders have no attribute {item!r}; they have "
            f"{', '.join(map(repr, orders.attributes)) or 'none'}. Keep more columns of the source "
            "with read_orders(..., attributes=[...])."
        )


def _table(found: pd.DataFrame) -> pd.DataFrame:
    """Every way between the items of those who were seen long enough; one that nobody went is a 0."""
    of_item = found.groupby(KEYS[:2])["customers"].sum().rename("eligible")
    back = found.dropna(subset=["next_item"])
    items = _largest_first(found, back)
    table = of_item.reset_index().merge(
        pd.DataFrame({"next_item": items}, dtype="str"), how="cross"
    )
    table = table.merge(_ways(back), on=KEYS, how="left")
    table["returned"] = table["returned"].fillna(0)
    places = {item: place for place, item in enumerate(items)}
    table = table.sort_values(KEYS, key=lambda keys: keys.map(places).fillna(keys))
    return _rated(table.reset_index(drop=True))


def _largest_first(found: pd.DataFrame, back: pd.DataFrame) -> list[str]:
    """All items by the customers who had them, before or after; the others last."""
    sizes = found.groupby("item")["customers"].sum()
    sizes = sizes.add(back.groupby("next_item")["customers"].sum(), fill_value=0)
    ordered = (
        sizes.rename_axis("item")
        .reset_index()
        .sort_values(["customers", "item"], ascending=[False, True])
    )
    return sorted(ordered["item"], key=OTHER.__eq__)


def _ways(back: pd.DataFrame) -> pd.DataFrame:
    """How many went from item to item, and in how many days half of them had."""
    back = back.sort_values([*KEYS, "gap_days"])
    so_far = back.groupby(KEYS)["customers"].cumsum()
    total = back.groupby(KEYS)["customers"].transform("sum")
    half = back[so_far >= total / 2].groupby(KEYS, as_index=False)["gap_days"].min()
    ways = back.groupby(KEYS, as_index=False).agg(customers=("customers", "sum"))
    ways = ways.merge(half, on=KEYS)
    return ways.rename(columns={"customers": "returned", "gap_days": "median_gap_days"})


def _rated(table: pd.DataFrame) -> pd.DataFrame:
    """Rates beside those of everybody who made the earlier purchase, and the lift with its limits."""
    everybody = table.drop_duplicates(KEYS[:2]).groupby("order_number")["eligible"].sum()
    eligible = table["order_number"].map(everybody)
    returned = table.groupby(["order_number", "next_item"])["returned"].transform("sum")
    low, high = lift_interval(table["returned"], table["eligible"], returned, eligible)
    table = table.assign(
        next_rate=table["returned"] / table["eligible"],
        overall_rate=returned / eligible,
        low=low,
        high=high,
    )
    table["lift"] = table["next_rate"] / table["overall_rate"].where(table["overall_rate"] > 0)
    typed: pd.DataFrame
    typed = table[list(COLUMNS)].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    return typed
