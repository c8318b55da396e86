"""Under which ids people stand in the tables: most under one, some under two."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.ids import padded_ids

# The first id of a person holds from before the history.
ALWAYS = pd.Timestamp("1990-01-01")


def register(
    people: pd.DataFrame, orders: pd.DataFrame, twice_rate: float, rng: np.random.Generator
) -> pd.DataFrame:
    """One row per id, by the day of joining: people's columns, `owner`, `since`, `is_second`.

    Who is registered twice buys under the second id from the second purchase day on.
    """
    owners = people.assign(owner=people.index)
    first = owners.assign(since=ALWAYS, is_second=False)
    turn = _turning_orders(orders, round(twice_rate * len(people)), rng)
    second = owners.loc[turn["owner"]].assign(
        joined=turn["day"].to_numpy(), since=turn["ordered_at"].to_numpy(), is_second=True
    )
    both = pd.concat([first, second]).sort_values("joined", kind="stable", ignore_index=True)
    return both.assign(customer_id=padded_ids(len(both)))


def ids_at(registrations: pd.DataFrame, owner: pd.Series, at: pd.Series) -> pd.DataFrame:
    """customer_id and phone that a person (`owner`) goes by at a time, in the same order."""
    asked = pd.DataFrame({"owner": owner.to_numpy("int64"), "at": at.to_numpy("datetime64[us]")})
    known = registrations[["owner", "since", "customer_id", "phone"]].assign(
        since=registrations["since"].astype("datetime64[us]")
    )
    found = pd.merge_asof(
        asked.reset_index().sort_values("at", kind="stable"),
        known.sort_values("since", kind="stable"),
        left_on="at",
        right_on="since",
        by="owner",
    )
    found = found.sort_values("index", ignore_index=True)[["customer_id", "phone"]]
    return found.set_index(owner.index)


def _turning_orders(orders: pd.DataFrame, count: int, rng: np.random.Generator) -> pd.DataFrame:
    """The first order on the second purchase day, of so many people drawn by lot."""
    day = orders["ordered_at"].dt.normalize()
    first = day.groupby(orders["owner"]).transform("min")
    later = orders[day > first]
    turns = later.sort_values("ordered_at", kind="stable").drop_duplicates("owner")
    drawn: pd.DataFrame = turns.iloc[rng.permutation(len(turns))[:count]]
    return drawn
