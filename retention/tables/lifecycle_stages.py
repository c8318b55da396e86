"""Where in the life cycle each customer stands."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.engine.end_scale import EndScale
from retention.engine.frames import to_frame
from retention.engine.spells import spells
from retention.engine.standings import STANDING, standings, standings_at_ends
from retention.names import MISSING, check_columns
from retention.orders.orders import Orders
from retention.periods import EPOCH
from retention.tables.caption import caption
from retention.tables.end_dates import end_days
from retention.tables.known_people import known_people
from retention.tables.lapse_thresholds import LapseThresholds, lapse_thresholds, require_loyal
from retention.tables.listed_days import As_ofs, listed_days, orders_until
from retention.tables.period_ends import day_scale
from retention.tables.person_attributes import person_attributes
from retention.tables.repeatable import repeatable
from retention.tables.stage_cube import refundable_lines
from retention.tables.stage_names import GROUPS, LOYAL_ORDERS, PLACE, STAGES
from retention.tables.taken_names import refuse_taken
from retention.tables.undated_people import with_undated_note

COLUMNS = check_columns(
    (
        "customer_id", "stage", "group", "purchase_days", "days_since_last_order",
        "at_risk_after_days", "lapsed_after_days", "threshold_basis",
    )
)  # fmt: skip
ORDER = ["as_of", "customer_id"]


@repeatable
def lifecycle_stages(
    orders: Orders | pd.DataFrame,
    *,
    people: pd.DataFrame | None = None,
    as_of: As_ofs = None,
    by: str | list[str] | None = None,
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
    as_of : date or list of dates, default the orders' own
        Of a list, everybody at each of the days, in one pass and as was known then.
    by : str or list of str
        Attributes of the first order, or columns of people where the orders have none of that name.
    at_risk_after_days, lapsed_after_days : int, days
        Default: chosen from the data by `choose_lapse`, at the first day of a list. Both or neither.
    loyal_orders : int
        Purchase days from which a customer is loyal.

    Returns
    -------
    DataFrame, one row per customer (and person), sorted by customer_id; of a list one for each day
        as_of (datetime64[us], of a list only), by (str; those of the first order as known in the end;
        of prospects, those that people have), customer_id (str), stage (str), group (str: awareness,
        purchase, growth, loyalty or lost; a customer at risk is in the group of the stage they would
        otherwise have), purchase_days (int64), days_since_last_order (Int64, null for prospects),
        at_risk_after_days, lapsed_after_days (int64, days), threshold_basis (str: given, data or
        fallback).

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
    refuse_taken(by, COLUMNS)
    days = listed_days(as_of)
    whole = orders_until(orders, as_of)
    thresholds = lapse_thresholds(
        whole.at(days[0]) if days else whole, at_risk_after_days, lapsed_after_days
    )
    require_loyal(loyal_orders)
    ends = day_scale(whole, days or [whole.as_of])
    stood = _standing_at(whole, ends) if days else _standing(whole)
    everybody = _with_prospects(stood, people, days or [whole.as_of])
    stages = _classify(everybody, thresholds, loyal_orders)
    attributes = person_attributes(whole, people, by)
    names = ["as_of"] * bool(days) + list(attributes.columns)
    for name in attributes.columns:
        # Not joined: pandas cannot join texts of which there are none.
        known = attributes[name].to_dict()
        stages[name] = stages["customer_id"].map(known).fillna(MISSING).astype("str")
    stages = stages if _is_sorted(stages) else stages.sort_values(ORDER, ignore_index=True)
    asked = {"as_of": [f"{day:%Y-%m-%d}" for day in days]} if days else {}
    table = caption(
        stages[[*names, *COLUMNS]], "lifecycle_stages", whole,
        customers=stood["customer_id"].nunique(), **asked,
        **({"by": list(attributes.columns)} if len(attributes.columns) else {}),
        at_risk_after_days=thresholds.at_risk, lapsed_after_days=thresholds.lapsed,
    )  # fmt: skip
    table.attrs["parameters"]["threshold_basis"] = thresholds.basis
    return with_undated_note(table, people)


def _standing(orders: Orders) -> pd.DataFrame:
    """Everybody who has bought, on the orders' own day."""
    found = to_frame(standings(orders.orders).order_by("customer_id"), STANDING)
    return _silences(found.assign(as_of=orders.as_of))


def _standing_at(orders: Orders, ends: EndScale) -> pd.DataFrame:
    """Everybody who had bought, on each of the days."""
    found = spells(orders.orders, refundable_lines(orders), scale=ends)
    rows = to_frame(standings_at_ends(found), (*STANDING, "end_number"))
    days = end_days(ends)
    return _silences(rows.assign(as_of=days[rows["end_number"].to_numpy()]))


def _is_sorted(stages: pd.DataFrame) -> bool:
    """As the engine leaves a single day: millions of texts are slow to sort once more."""
    day, ids = stages["as_of"], stages["customer_id"].array
    return len(ids) > 0 and (day == day.iloc[0]).all() and bool((ids[:-1] <= ids[1:]).all())


def _silences(rows: pd.DataFrame) -> pd.DataFrame:
    as_of = (rows["as_of"] - EPOCH).dt.days
    silent = (as_of - rows["day"]).astype("Int64")
    return rows[["as_of", *STANDING]].drop(columns="day").assign(days_since_last_order=silent)


def _with_prospects(
    buyers: pd.DataFrame, people: pd.DataFrame | None, days: list[pd.Timestamp]
) -> pd.DataFrame:
    """Buyers, and whoever was seen by then and had not bought."""
    if people is None:
        return buyers
    parts = [buyers]
    for day in days:
        seen = known_people(people, day).index
        bought = buyers.loc[buyers["as_of"] == day, "customer_id"]
        rows = {"customer_id": seen[~seen.isin(bought)], "purchase_days": 0, "as_of": day}
        parts.append(pd.DataFrame(rows))
    dtypes = {str(name): dtype for name, dtype in buyers.dtypes.items()}
    everybody: pd.DataFrame = pd.concat(parts, ignore_index=True).astype(dtypes)
    return everybody


def _classify(people: pd.DataFrame, thresholds: LapseThresholds, loyal: int) -> pd.DataFrame:
    bought = people["purchase_days"].to_numpy()
    silent = people["days_since_last_order"].fillna(0).to_numpy(int)
    came_back = people["last_gap_days"].fillna(0).to_numpy(int) > thresholds.lapsed
    is_lapsed, is_at_risk = silent > thresholds.lapsed, silent > thresholds.at_risk
    active = [bought == 0, came_back, bought == 1, bought < loyal]
    stage_if_active = _chosen(active, ["prospect", "won_back", "new", "growing", "loyal"])
    first = [bought == 0, is_lapsed & (bought == 1), is_lapsed, is_at_risk]
    stage = np.select(
        first, [PLACE[name] for name in ("prospect", "lapsed_once", "lapsed", "at_risk")],
        stage_if_active,
    )  # fmt: skip
    group = np.where(is_lapsed & (bought > 0), PLACE["lapsed"], stage_if_active)
    names, groups = pd.array(STAGES, dtype="str"), pd.array(GROUPS, dtype="str")
    basis = pd.Series(thresholds.basis, people.index, dtype="str")
    return people.assign(
        stage=names.take(stage), group=groups.take(group), threshold_basis=basis,
        at_risk_after_days=thresholds.at_risk, lapsed_after_days=thresholds.lapsed,
    )  # fmt: skip


def _chosen(conditions: list[NDArray[np.bool_]], stages: list[str]) -> NDArray[np.int64]:
    """Places in STAGES: texts are slow where there are millions."""
    *places, other = [PLACE[name] for name in stages]
    return np.select(conditions, places, other)
