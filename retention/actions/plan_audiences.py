"""Several audiences without overlap, and what a hold-out in each could show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from retention.actions.assign_holdout import HOLDOUT
from retention.actions.contact_list import ContactRules, contact_list
from retention.actions.found_lift import SEEN
from retention.actions.selection import HINT, NEEDED, selected
from retention.actions.split_ids import split_ids
from retention.actions.value_bands import held_of_band, value_bands
from retention.errors import ArgumentError, require_columns, require_number
from retention.names import GLOSSARY, check_columns
from retention.orders.orders import Orders
from retention.tables.repeatable import repeatable

SUMMARY = check_columns(
    (
        "audience", "condition", "customers", "held_out", "left_out", "expected_orders",
        "expected_value", "order_rate", "smallest_effect",
    )
)  # fmt: skip


@repeatable
def plan_audiences(
    profile: pd.DataFrame,
    audiences: Mapping[str, str],
    *,
    share: float = 0.1,
    max_messages: int = 4,
    newer: Orders | None = None,
) -> pd.DataFrame:
    """Put each customer into the first audience that fits, and add up what to expect of each.

    Parameters
    ----------
    profile : DataFrame as `customer_profile` returns it
    audiences : mapping, name to condition, the most important first
        {"win back": "band == 'high' and expected_value > 200000", "second order": "stage == 'new'"}.
    share : float
        Share that will be held out of each (`assign_holdout`).
    max_messages, newer
        As in `audience`.

    Returns
    -------
    DataFrame, one row per customer, audience by audience
        The columns of `audience`. `plan_summary(plan)` has a row per audience: sizes, who was left out,
        orders and value to expect, and the smallest effect on the order rate that the hold-out would show
        in 80 of 100 campaigns.

    Raises
    ------
    ArgumentError
        If there is no audience, a condition cannot be read, or nobody fulfils any.

    Notes
    -----
    The trap: with a small audience even a large effect stays unseen. Look at smallest_effect first.

    Examples
    --------
    >>> table = pd.DataFrame({"customer_id": ["a", "b", "c"], "stage": ["at_risk", "loyal", "new"],
    ...     "days_since_last_order": [95, 9, 3], "is_opted_out": False, "messages_30_days": 0,
    ...     "expected_orders": [0.2, 0.9, 0.4], "expected_value": [50.0, 80.0, 30.0]})
    >>> table.attrs["as_of"] = "2024-03-31"
    >>> plan = plan_audiences(table, {"win back": "stage == 'at_risk'", "all": "expected_value > 0"})
    >>> plan[["audience", "customer_id"]].to_numpy().tolist()
    [['win back', 'a'], ['all', 'b'], ['all', 'c']]
    """
    require_columns("profile", profile, NEEDED, HINT)
    _check(audiences, share)
    require_number("max_messages", max_messages, is_whole=True)
    fits = _first_that_fits(profile, list(audiences.values()))
    if (fits < 0).all():
        raise ArgumentError(
            f"audiences: 0 of {len(profile):,} customers fulfil any of {len(audiences)} conditions. Look "
            "at profile.describe(), and loosen them."
        )
    rules = ContactRules.of(profile, max_messages, newer)
    parts = [
        contact_list(profile[fits == place], name=name, where=where, rules=rules)
        for place, (name, where) in enumerate(audiences.items())
    ]
    plan = pd.concat(parts, ignore_index=True)
    plan.attrs = parts[0].attrs | {
        "definition": "plan_audiences",
        "parameters": {"audiences": dict(audiences), "share": share, "max_messages": max_messages},
        "customers": len(plan),
        "left_out": _added([part.attrs["left_out"] for part in parts]),
        "summary": [_summed(part) for part in parts],
        "held_out": _to_hold_out(plan, share),
    }
    return plan


@repeatable
def plan_summary(plan: pd.DataFrame, *, split: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per audience of a plan: how many, what to expect, and what could be shown.

    Parameters
    ----------
    plan : DataFrame as `plan_audiences` returns it
    split : DataFrame as `assign_holdout` returns it, default none
        Counts who is held out indeed. Before it is drawn, a share of each band of value is taken,
        and each audience has its part of that.

    Returns
    -------
    DataFrame, one row per audience, in the order of the plan
        audience, condition (str), customers (int64, on the list), held_out (int64, of them), left_out
        (int64), expected_orders (float64), expected_value (float64, currency),
        order_rate (float64, 0..1, mean chance of an order), smallest_effect (float64, difference of order
        rates that would be seen in 80 of 100 campaigns; null where an arm would be empty).

    Raises
    ------
    ArgumentError
        If it is no plan, or no split.

    Notes
    -----
    The trap: smallest_effect is for the whole audience; by segment only larger ones are seen.

    Examples
    --------
    >>> table = pd.DataFrame({"customer_id": list("abcd"), "stage": "new", "is_opted_out": False,
    ...     "days_since_last_order": 3, "messages_30_days": 0, "p_no_order": 0.5})
    >>> table.attrs["as_of"] = "2024-03-31"
    >>> plan = plan_audiences(table, {"all": "stage == 'new'"}, share=0.5)
    >>> plan_summary(plan)[["audience", "customers", "held_out", "order_rate"]].to_numpy().tolist()
    [['all', 4, 2, 0.5]]
    """
    if not isinstance(plan, pd.DataFrame) or "summary" not in plan.attrs:
        raise ArgumentError(
            "plan: it has no summary any more. Pass what plan_audiences() returned."
        )
    table = pd.DataFrame(plan.attrs["summary"])
    counts = pd.Series(plan.attrs["held_out"]) if split is None else _drawn(plan, split)
    held = table["audience"].map(counts).fillna(0)
    table = table.assign(held_out=held, smallest_effect=_smallest_effect(table, held))
    table = table[list(SUMMARY)].astype({name: GLOSSARY[name].dtype for name in SUMMARY})
    keys = ("as_of", "currency")
    attrs: dict[Any, Any] = {name: plan.attrs.get(name) for name in keys}
    table.attrs = attrs | {"customers": len(plan)}
    return table


def _check(audiences: Mapping[str, str], share: float) -> None:
    require_number("share", share)
    if not 0 < share <= 0.5:
        raise ArgumentError(f"share: {share} is not above 0 and up to 0.5; a tenth is 0.1.")
    if not isinstance(audiences, Mapping) or not audiences:
        raise ArgumentError(
            'audiences: none given. Pass names and conditions: {"win back": "stage == \'at_risk\'"}.'
        )


def _first_that_fits(profile: pd.DataFrame, conditions: list[str]) -> pd.Series:
    """The place of the first condition that each customer fulfils, -1 where none.

    Each condition sees the whole profile, so that a mean in it is that of everybody.
    """
    places = pd.Series(-1, index=profile.index)
    for place, where in enumerate(conditions):
        places[selected(profile, where) & (places < 0)] = place
    return places


def _summed(part: pd.DataFrame) -> dict[str, Any]:
    return {
        "audience": part.attrs["parameters"]["name"],
        "condition": part.attrs["parameters"]["where"],
        "customers": len(part),
        "left_out": sum(part.attrs["left_out"].values()),
        "expected_orders": float(part["expected_orders"].sum()),
        "expected_value": float(part["expected_value"].sum()),
        "order_rate": float(part.attrs["order_rate"]),
    }


def _to_hold_out(plan: pd.DataFrame, share: float) -> dict[str, int]:
    """How many of each audience a draw is expected to hold out: its part of each band's number.

    Where no value is known, all are one band.
    """
    known = plan["expected_value"].dropna()
    values = plan["expected_value"].fillna(0.0) if known.empty else known
    bands = value_bands(values)
    chances = held_of_band(bands, share) / bands.groupby(bands).transform("size")
    counts = chances.groupby(plan["audience"]).sum().round()
    return {str(name): int(count) for name, count in counts.items()}


def _drawn(plan: pd.DataFrame, split: pd.DataFrame) -> pd.Series:
    """How many of each audience the split holds out."""
    hint = "Pass what assign_holdout() returned."
    require_columns("split", split, ("customer_id", "arm"), hint)
    held = split_ids(split)[split["arm"] == HOLDOUT]
    return plan.loc[plan["customer_id"].isin(held), "audience"].value_counts()


def _smallest_effect(table: pd.DataFrame, held: pd.Series) -> pd.Series:
    """The difference that is seen in 80 of 100 campaigns; null where an arm would be empty."""
    rate, treated = table["order_rate"], table["customers"] - held
    both = (held > 0) & (treated > 0)
    spread = rate * (1 - rate) * (1 / held.where(both) + 1 / treated.where(both))
    effect: pd.Series = SEEN * np.sqrt(spread)
    return effect


def _added(counts: list[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for each in counts:
        for reason, count in each.items():
            total[reason] = total.get(reason, 0) + count
    return total
