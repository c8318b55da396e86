"""Three rates of the life cycle: how many become customers, repeat customers, loyal customers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retention.engine.customer_grain import first_attributes
from retention.engine.customer_keys import with_ids
from retention.engine.early_purchases import COUNTS, early_purchases, purchases_so_far
from retention.engine.end_scale import EndScale
from retention.engine.frames import to_frame
from retention.engine.spells import Spells, spells
from retention.kinds import as_names
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import attribute_names
from retention.orders.orders import Orders
from retention.periods import Period, day_number
from retention.tables.caption import caption, name_missing
from retention.tables.customer_rates import customer_rates
from retention.tables.end_dates import end_days
from retention.tables.lapse_thresholds import require_loyal
from retention.tables.listed_days import As_ofs, listed_days, orders_until
from retention.tables.period_ends import given_ends
from retention.tables.repeatable import repeatable
from retention.tables.stage_cube import refundable_lines
from retention.tables.stage_names import LOYAL_ORDERS
from retention.tables.taken_names import refuse_taken
from retention.tables.undated_people import dated_people, with_undated_note
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    ("name", "basis", "numerator", "denominator", "lifecycle_rate", "low", "high")
)
MATURE_DAYS = 365
NAMES = ("customer_rate", "repeat_rate", "loyalty_rate")
BASES = ("as_written", "mature")
OF_PEOPLE = "Only people have {names}, the orders do not: so there is the customer rate alone."


@repeatable
def lifecycle_rates(
    orders: Orders | pd.DataFrame,
    *,
    period: Period | None = None,
    as_of: As_ofs = None,
    by: str | list[str] | None = None,
    people: pd.DataFrame | None = None,
    loyal_orders: int = LOYAL_ORDERS,
) -> pd.DataFrame:
    """Count customers of all people, repeat customers of those, and loyal customers of those.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    period : {"day", "week", "month", "quarter", "year"}
        The rates at the ends of the last thirteen complete ones, as known then; default: on one day.
    as_of : date or list of dates, default the orders' own
        The last day to look at, or the days to look at themselves.
    by : str or list of str
        Attributes of the first order, as known in the end: channel, category, ... Of people who have not
        bought, the column of that name, where people have it. By a column that people alone have, there
        are rows of the customer rate alone.
    people : DataFrame as `read_people` returns it
        Needed for the customer rate; without it, or their first days, that rate has no row.
    loyal_orders : int
        Purchase days from which a customer is loyal.

    Returns
    -------
    DataFrame, one row per (name, basis), of each group and end where there are several
        as_of (datetime64[us], with a period or a list only), by (str), name (str: customer_rate,
        repeat_rate, loyalty_rate), basis (str: as_written, everyone so far; mature, those known for
        at least 365 days, counting only their first 365 days), numerator, denominator (int64, people),
        lifecycle_rate (float64, 0..1; null where nobody could), low, high (float64, Wilson 95 %).

    Raises
    ------
    ArgumentError
        If people lack columns, loyal_orders is below 2, or neither has the attribute.

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
    require_loyal(loyal_orders)
    refuse_taken(by, COLUMNS)
    is_one = period is None and not listed_days(as_of)
    everybody, people = people, dated_people(people)
    given, scale = _ends(orders, period, as_of)
    names, of_people = _names(given, by, people)
    lines = None if is_one else refundable_lines(given)
    found = spells(given.orders, lines, scale=scale, early_days=MATURE_DAYS)
    counts = _counts(given, found, scale, () if of_people else names)
    parts = [] if of_people else [_shares(counts, names, loyal_orders)]
    if people is not None:
        people_rates = customer_rates(
            given, found, scale, people=people, by=names, mature_days=MATURE_DAYS
        )
        parts.append(people_rates)
    keys = ["as_of"] * (not is_one) + list(names)
    table = _table(pd.concat(parts, ignore_index=True), keys)
    bought = counts[(counts["basis"] == BASES[0]) & (counts["as_of"] == end_days(scale)[-1])]
    parameters = ({"period": period} if period else {}) | ({"by": list(names)} if names else {})
    table = caption(
        table, "lifecycle_rates", given, customers=int(bought["customers"].sum()),
        **parameters, loyal_orders=loyal_orders,
    )  # fmt: skip
    if people is None or of_people:
        # The sentence defines the rates that are there.
        table.attrs["meaning"] = "rate of people" if of_people else "rates of customers"
    if of_people:
        table.attrs["notes"] = [[OF_PEOPLE, {"names": ", ".join(of_people)}]]
    return with_undated_note(table, everybody)


def _names(
    orders: Orders, by: str | list[str] | None, people: pd.DataFrame | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of `by`, and those of them that people alone have."""
    names = as_names("by", by)
    theirs = () if people is None else tuple(name for name in names if name in people.columns)
    of_people = tuple(name for name in theirs if name not in orders.attributes)
    attribute_names(orders, [name for name in names if name not in of_people])
    return names, of_people


def _ends(
    orders: Orders | pd.DataFrame, period: Period | None, as_of: As_ofs
) -> tuple[Orders, EndScale]:
    if period is not None or listed_days(as_of):
        return given_ends(orders, as_of, period="month" if period is None else period)
    given = orders_until(orders, as_of)
    return given, EndScale((day_number(given.as_of),))


def _counts(orders: Orders, found: Spells, scale: EndScale, by: tuple[str, ...]) -> pd.DataFrame:
    """Customers by basis, end, group and purchase days."""
    attributes = _attributes(orders, found, by)
    bases = (
        purchases_so_far(found, attributes, by=by),
        early_purchases(found, attributes, scale=scale, by=by, within=MATURE_DAYS),
    )
    parts = []
    for basis, rows in zip(BASES, bases, strict=True):
        spans = pd.concat([to_frame(part, (*by, *COUNTS)) for part in rows])
        for number, as_of in enumerate(end_days(scale), start=scale.first):
            then = spans[(spans["start"] <= number) & (spans["stop"] > number)]
            kept = then[[*by, "purchase_days", "customers"]]
            parts.append(kept.assign(basis=basis, as_of=as_of))
    return name_missing(pd.concat(parts, ignore_index=True), by)


def _attributes(orders: Orders, found: Spells, by: tuple[str, ...]) -> list[Any]:
    """Attributes by the key of each part."""
    if not by:
        return [None] * len(found.parts())
    plain = first_attributes(orders.orders, by)
    restated = with_ids(plain, orders.orders).rename(customer="customer_id")
    return [plain, restated][: len(found.parts())]


def _shares(counts: pd.DataFrame, by: tuple[str, ...], loyal: int) -> pd.DataFrame:
    """Customers with so many purchase days of those with one, and with two."""
    keys = ["as_of", *by, "basis"]
    bought = counts["purchase_days"]
    parts = []
    for name, least, before in zip(NAMES[1:], (2, loyal), (1, 2), strict=True):
        columns = {
            "numerator": counts["customers"].where(bought >= least, 0),
            "denominator": counts["customers"].where(bought >= before, 0),
        }
        sums = counts[keys].assign(**columns).groupby(keys, as_index=False).sum()
        parts.append(sums.assign(name=name))
    return pd.concat(parts, ignore_index=True)


def _table(found: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Every rate on both bases, of each end and group; where nobody could, there is no rate."""
    index = [*keys, "name", "basis"]
    names = [name for name in NAMES if (found["name"] == name).any()]
    groups = found[keys].drop_duplicates().sort_values(keys) if keys else pd.DataFrame(index=[0])
    pairs = pd.MultiIndex.from_product([names, BASES], names=["name", "basis"]).to_frame(
        index=False
    )
    every = groups.merge(pairs, how="cross")
    sums = every.merge(found[[*index, "numerator", "denominator"]], on=index, how="left")
    table = sums.assign(
        numerator=sums["numerator"].fillna(0), denominator=sums["denominator"].fillna(0)
    )
    could = table["denominator"].where(table["denominator"] > 0)
    table["lifecycle_rate"] = table["numerator"] / could
    low, high = wilson_interval(table["numerator"], table["denominator"])
    table["low"] = pd.Series(low).where(could.notna())
    table["high"] = pd.Series(high).where(could.notna())
    own = {name: GLOSSARY[name].dtype for name in COLUMNS}
    typed: pd.DataFrame = table[[*keys, *COLUMNS]].astype(own)
    return typed
