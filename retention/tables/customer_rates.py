"""How many people are customers, at each end: so far, and in their first year."""

from __future__ import annotations

import pandas as pd

from retention.engine.end_scale import EndScale
from retention.engine.frames import to_frame
from retention.engine.spells import Spells
from retention.names import MISSING
from retention.orders.orders import Orders
from retention.periods import EPOCH
from retention.tables.end_dates import end_days
from retention.tables.known_people import known_people
from retention.tables.person_attributes import person_attributes

KEPT = ("customer_id", "start", "stop", "first_day")


def customer_rates(
    orders: Orders,
    found: Spells,
    scale: EndScale,
    *,
    people: pd.DataFrame,
    by: tuple[str, ...],
    mature_days: int,
) -> pd.DataFrame:
    """Rows of as_of, by, name, basis, numerator, denominator."""
    bought = pd.concat([to_frame(rows, KEPT) for rows in _first_spells(found)])
    attributes = person_attributes(orders, people, by)
    parts = []
    for number, as_of in enumerate(end_days(scale), start=scale.first):
        is_then = (bought["start"] <= number) & (bought["stop"] > number)
        first = bought[is_then].set_index("customer_id")["first_day"]
        known = _known(people, first, as_of).join(attributes)
        known[list(by)] = known[list(by)].fillna(MISSING)
        parts += _rates(known, as_of, by, mature_days)
    return pd.concat(parts, ignore_index=True)


def _first_spells(found: Spells) -> list[pd.DataFrame]:
    """Who has bought, and since when; of a customer without undone orders every spell says the same."""
    return [rows.filter(rows.number > 0) for rows in found.with_ids()]


def _known(people: pd.DataFrame, first: pd.Series, as_of: pd.Timestamp) -> pd.DataFrame:
    """People and customers by id: when seen, when they first bought. Who bought was known by then."""
    days = EPOCH.as_unit("us") + pd.to_timedelta(first, unit="D")
    known = pd.concat([known_people(people, as_of), days], axis=1, keys=["seen", "bought"])
    return known.assign(seen=known[["seen", "bought"]].min(axis=1))


def _rates(
    known: pd.DataFrame, as_of: pd.Timestamp, by: tuple[str, ...], mature_days: int
) -> list[pd.DataFrame]:
    is_mature = (as_of - known["seen"]).dt.days >= mature_days
    in_time = (known["bought"] - known["seen"]).dt.days <= mature_days
    bases = {"as_written": (known, known["bought"].notna()), "mature": (known[is_mature], in_time)}
    parts = []
    for basis, (rows, did) in bases.items():
        counted = rows[list(by)].assign(numerator=did[rows.index].astype(int), denominator=1)
        sums = counted.groupby(list(by)).sum().reset_index() if by else counted.sum().to_frame().T
        parts.append(sums.assign(as_of=as_of, name="customer_rate", basis=basis))
    return parts
