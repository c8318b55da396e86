"""Who the customers of each stage are: their channels, places, ages, beside everybody's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.errors import ArgumentError
from retention.kinds import as_names
from retention.names import GLOSSARY, OTHER, check_columns
from retention.orders.columns.given import As_of
from retention.orders.orders import Orders
from retention.tables.days_given import require_days
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.lift import lift_interval
from retention.tables.repeatable import repeatable
from retention.tables.stage_names import STAGES
from retention.tables.undated_people import dated_people

COLUMNS = check_columns(
    (
        "attribute", "attribute_value", "stage", "customers", "stage_size", "value_rate",
        "overall_rate", "lift", "low", "high",
    )
)  # fmt: skip


@repeatable
def stage_profile(
    orders: Orders | pd.DataFrame,
    *,
    by: str | list[str],
    people: pd.DataFrame | None = None,
    as_of: As_of = None,
    at_risk_after_days: int | None = None,
    lapsed_after_days: int | None = None,
    top: int = 12,
) -> pd.DataFrame:
    """Compare the customers of each stage with everybody, by channel, place, source, gender, ...

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    by : str or list of str
        Attributes of the first order, or columns of people; each by itself.
    people : DataFrame as `read_people` returns it
        Those first seen by as_of who have not bought are prospects.
    as_of : date, default the orders' own
    at_risk_after_days, lapsed_after_days : int, days
        Default: chosen from the data by `choose_lapse`. Both or neither.
    top : int
        Values of an attribute that have rows of their own, the most frequent ones; all others are
        "(other)".

    Returns
    -------
    DataFrame, one row per (attribute, attribute_value, stage)
        attribute (str), attribute_value (str; "(missing)" is one, too), stage (str), customers (int64,
        with that value, prospects included), stage_size (int64, everybody in the stage), value_rate
        (float64, 0..1, customers over stage_size; null in an empty stage), overall_rate (float64, 0..1,
        the same share of everybody), lift (float64, value_rate over overall_rate), low, high (float64,
        95 % of the lift).

    Raises
    ------
    ArgumentError
        If neither orders nor people have an attribute, or a threshold is out of range.

    Notes
    -----
    The trap: a stage says how long somebody has been here, too. A channel that is new has new customers;
    that is no sign of its quality. Rates of equal age are those of `lifecycle_rates(orders, by=...)`.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": list("abcd"), "channel": ["web", "web", "shop", "shop"], "amount": 10.0,
    ...     "ordered_at": pd.to_datetime(["2024-03-01", "2024-03-11", "2024-01-05", "2024-03-12"]),
    ... })
    >>> profile = stage_profile(orders, by="channel", at_risk_after_days=30, lapsed_after_days=60)
    >>> profile.loc[profile["stage"] == "new", ["attribute_value", "customers", "value_rate"]]
      attribute_value  customers  value_rate
    0            shop          1    0.333333
    7             web          2    0.666667
    """
    require_days(unit="values", top=top)
    names = list(as_names("by", by))
    if not names:
        raise ArgumentError("by: no attribute is named. Name one, as in by='channel'.")
    stages = lifecycle_stages(
        orders, people=people, as_of=as_of, by=names, at_risk_after_days=at_risk_after_days,
        lapsed_after_days=lapsed_after_days,
    )  # fmt: skip
    shown = [name for name in STAGES if dated_people(people) is not None or name != "prospect"]
    parts = [_profile(stages["stage"], stages[name], name, shown, top) for name in names]
    table = pd.concat(parts, ignore_index=True)[list(COLUMNS)]
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    table.attrs = stages.attrs | {
        "definition": "stage_profile",
        "parameters": {**stages.attrs["parameters"], "by": ", ".join(names), "top": top},
        "customers": len(stages),
    }
    return table


def _profile(
    stage: pd.Series, value: pd.Series, name: str, shown: list[str], top: int
) -> pd.DataFrame:
    """Everybody by value and stage; a value that nobody in a stage has is a zero."""
    frequent = value.value_counts().sort_index()
    kept = frequent.sort_values(ascending=False, kind="stable").index[:top]
    values = value.where(value.isin(kept), OTHER)
    names = sorted(values.unique(), key=lambda one: (one == OTHER, one))
    index = pd.MultiIndex.from_product([names, shown], names=["attribute_value", "stage"])
    found = pd.DataFrame({"attribute_value": values, "stage": stage}).value_counts(sort=False)
    table = found.reindex(index, fill_value=0).rename("customers").reset_index()
    size = table.groupby("stage")["customers"].transform("sum")
    whole = table.groupby("attribute_value")["customers"].transform("sum")
    n = size.where(size > 0, np.nan)
    is_there = size > 0
    limits = np.full((2, len(table)), np.nan)
    limits[:, is_there] = lift_interval(
        table["customers"][is_there], size[is_there], whole[is_there], len(stage)
    )
    table = table.assign(
        attribute=name, stage_size=size, value_rate=table["customers"] / n,
        overall_rate=whole / len(stage), low=limits[0], high=limits[1],
    )  # fmt: skip
    return table.assign(lift=table["value_rate"] / table["overall_rate"])
