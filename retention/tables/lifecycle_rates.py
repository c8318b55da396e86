"""Three rates of the life cycle: how many become customers, repeat customers, loyal customers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retention.engine.customer_grain import customers
from retention.engine.early_days import days_so_far, early_days
from retention.engine.frames import to_frame
from retention.errors import ArgumentError, require_number
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.caption import caption
from retention.tables.known_people import known_people
from retention.tables.stage_names import LOYAL_ORDERS
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    ("name", "basis", "numerator", "denominator", "lifecycle_rate", "low", "high")
)
MATURE_DAYS = 365
Row = tuple[str, str, int, int]


def lifecycle_rates(
    orders: Orders | pd.DataFrame,
    *,
    people: pd.DataFrame | None = None,
    as_of: As_of = None,
    loyal_orders: int = LOYAL_ORDERS,
) -> pd.DataFrame:
    """Count customers of all people, repeat customers of those, and loyal customers of those.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    people : DataFrame as `read_people` returns it
        Needed for the customer rate; without it that rate has no row.
    as_of : date, default the orders' own
    loyal_orders : int
        Purchase days from which a customer is loyal.

    Returns
    -------
    DataFrame, one row per (name, basis)
        name (str: customer_rate, repeat_rate, loyalty_rate), basis (str: as_written, everyone so far;
        mature, those known for at least 365 days, counting only their first 365 days), numerator,
        denominator (int64, people), lifecycle_rate (float64, 0..1; null where nobody could), low,
        high (float64, Wilson 95 %).

    Raises
    ------
    ArgumentError
        If people lack columns or loyal_orders is below 2.

    Notes
    -----
    The trap: as written, the rates sink when many new people come, because the newest have had no
    time yet; compare the mature ones.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2023-01-01", "2023-03-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> lifecycle_rates(orders)[["name", "basis", "numerator", "denominator", "lifecycle_rate"]]
               name       basis  numerator  denominator  lifecycle_rate
    0   repeat_rate  as_written          1            2             0.5
    1   repeat_rate      mature          1            1             1.0
    2  loyalty_rate  as_written          0            1             0.0
    3  loyalty_rate      mature          0            1             0.0
    """
    given = given_orders(orders, as_of)
    require_number("loyal_orders", loyal_orders, is_whole=True)
    if loyal_orders < 2:
        raise ArgumentError(
            f"loyal_orders: {loyal_orders} is not a number of purchase days from 2 on."
        )
    rows = _customer_rates(given, people) if people is not None else []
    counts = {"as_written": _counts(days_so_far(given.orders)), "mature": _early(given)}
    for name, least in (("repeat_rate", 2), ("loyalty_rate", loyal_orders)):
        before = 1 if name == "repeat_rate" else 2
        rows += [
            (name, basis, _at_least(count, least), _at_least(count, before))
            for basis, count in counts.items()
        ]
    return caption(
        _table(rows),
        "lifecycle_rates",
        given,
        customers=int(counts["as_written"].sum()),
        loyal_orders=loyal_orders,
    )


def _table(rows: list[Row]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(COLUMNS[:4]))
    denominator = table["denominator"].where(table["denominator"] > 0)
    table["lifecycle_rate"] = table["numerator"] / denominator
    low, high = wilson_interval(table["numerator"], table["denominator"])
    # Where nobody could, there is no rate and no interval.
    table["low"] = pd.Series(low).where(denominator.notna())
    table["high"] = pd.Series(high).where(denominator.notna())
    return table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})


def _early(orders: Orders) -> pd.Series:
    rows = early_days(orders.orders, as_of_day=day_number(orders.as_of), within_days=MATURE_DAYS)
    return _counts(rows)


def _counts(rows: Any) -> pd.Series:
    found = to_frame(rows, ("purchase_days", "customers"))
    return found.set_index("purchase_days")["customers"]


def _at_least(counts: pd.Series, least: int) -> int:
    return int(counts[counts.index >= least].sum())


def _customer_rates(orders: Orders, people: pd.DataFrame) -> list[Row]:
    as_of = orders.as_of
    bought = customers(orders.orders, as_of_day=day_number(as_of))
    first = to_frame(bought, ("customer_id", "first_order_at")).set_index("customer_id")
    first_order = first["first_order_at"].dt.normalize()
    known = pd.concat([known_people(people, as_of), first_order], axis=1, keys=["seen", "bought"])
    # Whoever bought before being listed was known from the purchase on.
    known["seen"] = known[["seen", "bought"]].min(axis=1)
    known = known[known["seen"] <= as_of]
    mature = known[(as_of - known["seen"]).dt.days >= MATURE_DAYS]
    in_time = (mature["bought"] - mature["seen"]).dt.days <= MATURE_DAYS
    return [
        ("customer_rate", "as_written", int(known["bought"].notna().sum()), len(known)),
        ("customer_rate", "mature", int(in_time.sum()), len(mature)),
    ]
