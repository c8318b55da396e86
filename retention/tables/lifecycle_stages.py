"""Where in the life cycle each customer stands."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.engine.customer_grain import customers
from retention.engine.frames import to_frame
from retention.errors import ArgumentError, require_number
from retention.names import check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.caption import caption
from retention.tables.choose_lapse import choose_lapse
from retention.tables.known_people import known_people

COLUMNS = check_columns(
    (
        "customer_id", "stage", "group", "purchase_days", "days_since_last_order",
        "at_risk_after_days", "lapsed_after_days", "threshold_basis",
    )
)  # fmt: skip
NEEDED = ("customer_id", "purchase_days", "days_since_last_order", "last_gap_days")
STAGES = ("prospect", "new", "growing", "loyal", "at_risk", "won_back", "lapsed_once", "lapsed")
# The group of each stage, but for customers at risk: theirs is that of the stage they would be in.
GROUPS = ("awareness", "purchase", "growth", "loyalty", "", "growth", "lost", "lost")
_PLACE = {name: place for place, name in enumerate(STAGES)}
LOYAL_ORDERS = 3


def lifecycle_stages(
    orders: Orders | pd.DataFrame,
    *,
    people: pd.DataFrame | None = None,
    as_of: As_of = None,
    at_risk_after_days: int | None = None,
    lapsed_after_days: int | None = None,
    loyal_orders: int = LOYAL_ORDERS,
) -> pd.DataFrame:
    """Put everybody into one stage, by purchases so far and days of silence.

    In this order, with s days of silence: no purchase -> prospect; s > lapsed_after_days ->
    lapsed_once (one purchase day) or lapsed; s > at_risk_after_days -> at_risk; last closed gap >
    lapsed_after_days -> won_back; else new (one purchase day), growing, or loyal (loyal_orders on).

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    people : DataFrame as `read_people` returns it
        Those first seen by as_of who have not bought are prospects.
    as_of : date, default the orders' own
    at_risk_after_days, lapsed_after_days : int, days
        Default: chosen from the data by `choose_lapse`. Both or neither.
    loyal_orders : int
        Purchase days from which a customer is loyal.

    Returns
    -------
    DataFrame, one row per customer (and person), sorted by customer_id
        customer_id (str), stage (str), group (str: awareness, purchase, growth, loyalty or lost; a
        customer at risk is in the group of the stage they would otherwise have), purchase_days
        (int64), days_since_last_order (Int64, null for prospects), at_risk_after_days,
        lapsed_after_days (int64, days), threshold_basis (str: given, data or fallback).

    Raises
    ------
    ArgumentError
        If thresholds are out of range, or people lack columns.

    Notes
    -----
    The trap: a stage is a statement about silence, not about intent; `threshold_basis` says how well
    the data support the thresholds.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-03-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> lifecycle_stages(orders, at_risk_after_days=30, lapsed_after_days=60)[
    ...     ["customer_id", "stage", "group", "days_since_last_order"]]
      customer_id        stage   group  days_since_last_order
    0           a     won_back  growth                      0
    1           b  lapsed_once    lost                     66
    """
    given = given_orders(orders, as_of)
    at_risk, lapsed, basis = _thresholds(given, at_risk_after_days, lapsed_after_days)
    require_number("loyal_orders", loyal_orders, is_whole=True)
    if loyal_orders < 2:
        raise ArgumentError(
            f"loyal_orders: {loyal_orders} is not a number of purchase days from 2 on."
        )
    rows = customers(given.orders, as_of_day=day_number(given.as_of))
    buyers = to_frame(rows.order_by("customer_id"), NEEDED)
    buyers = buyers.astype({"days_since_last_order": "Int64"})
    everybody = _with_prospects(buyers, people, given.as_of)
    stages = _classify(everybody, at_risk, lapsed, loyal_orders).assign(
        at_risk_after_days=at_risk, lapsed_after_days=lapsed, threshold_basis=basis
    )
    frame = stages[list(COLUMNS)].astype({"threshold_basis": "str"})
    return caption(
        frame.sort_values("customer_id", ignore_index=True), "lifecycle_stages", given,
        customers=len(buyers), at_risk_after_days=at_risk, lapsed_after_days=lapsed,
        threshold_basis=basis,
    )  # fmt: skip


def _thresholds(orders: Orders, at_risk: int | None, lapsed: int | None) -> tuple[int, int, str]:
    if (at_risk is None) != (lapsed is None):
        raise ArgumentError(
            "at_risk_after_days, lapsed_after_days: one is given without the other. Give both or neither."
        )
    if at_risk is not None and lapsed is not None:
        require_number("at_risk_after_days", at_risk, is_whole=True)
        require_number("lapsed_after_days", lapsed, is_whole=True)
        if not 0 < at_risk <= lapsed:
            raise ArgumentError(
                f"at_risk_after_days: {at_risk} is not between 1 and lapsed_after_days ({lapsed})."
            )
        return at_risk, lapsed, "given"
    table = choose_lapse(orders)
    at_risk = int(table.loc[table["is_at_risk_threshold"], "days_silent"].iloc[0])
    lapsed = int(table.loc[table["is_lapsed_threshold"], "days_silent"].iloc[0])
    return at_risk, lapsed, str(table["threshold_basis"].iloc[0])


def _with_prospects(
    buyers: pd.DataFrame, people: pd.DataFrame | None, as_of: pd.Timestamp
) -> pd.DataFrame:
    if people is None:
        return buyers
    seen = known_people(people, as_of).index
    prospects = pd.DataFrame(
        {"customer_id": seen[~seen.isin(buyers["customer_id"])], "purchase_days": 0}
    )
    dtypes = {str(name): dtype for name, dtype in buyers.dtypes.items()}
    everybody: pd.DataFrame = pd.concat([buyers, prospects], ignore_index=True).astype(dtypes)
    return everybody


def _classify(people: pd.DataFrame, at_risk: int, lapsed: int, loyal: int) -> pd.DataFrame:
    bought = people["purchase_days"].to_numpy()
    silent = people["days_since_last_order"].fillna(0).to_numpy(int)
    came_back = people["last_gap_days"].fillna(0).to_numpy(int) > lapsed
    is_lapsed, is_at_risk = silent > lapsed, silent > at_risk
    active = [bought == 0, came_back, bought == 1, bought < loyal]
    stage_if_active = _chosen(active, ["prospect", "won_back", "new", "growing", "loyal"])
    first = [bought == 0, is_lapsed & (bought == 1), is_lapsed, is_at_risk]
    stage = np.select(
        first, [_PLACE[name] for name in ("prospect", "lapsed_once", "lapsed", "at_risk")],
        stage_if_active,
    )  # fmt: skip
    group = np.where(is_lapsed & (bought > 0), _PLACE["lapsed"], stage_if_active)
    names, groups = pd.array(STAGES, dtype="str"), pd.array(GROUPS, dtype="str")
    return people.assign(stage=names.take(stage), group=groups.take(group))


def _chosen(conditions: list[NDArray[np.bool_]], stages: list[str]) -> NDArray[np.int64]:
    """Places in STAGES: texts are slow where there are millions."""
    *places, other = [_PLACE[name] for name in stages]
    return np.select(conditions, places, other)
