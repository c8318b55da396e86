"""Whether a campaign worked: everybody assigned to it, against the hold-out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from retention.actions.arms import strata_of
from retention.actions.assign_holdout import HOLDOUT, TREATED
from retention.actions.found_lift import NOTHING
from retention.actions.holm import holm
from retention.actions.money_lift import money_lift
from retention.actions.order_rate_lift import order_rate_lift
from retention.actions.split_ids import split_ids
from retention.engine.customer_window import customer_window
from retention.engine.first_orders import first_orders
from retention.engine.frames import to_frame
from retention.errors import ArgumentError, examples, require_columns
from retention.hidden_ids import example_cells
from retention.kinds import as_seed, require_texts
from retention.names import GLOSSARY, MISSING, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import as_day, day_number
from retention.tables.days_given import require_days
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "measure", "is_adjusted", "treated", "holdout", "treated_buyers", "holdout_buyers",
        "in_treated", "in_holdout", "difference", "low", "high", "p_value", "p_corrected",
        "smallest_effect", "total_effect", "total_effect_low", "total_effect_high", "verdict",
        "method", "is_early",
    )
)  # fmt: skip
NEEDED = ("customer_id", "value_band", "arm", "prediction", "planned_at")
HINT = "Pass what assign_holdout() returned, as it was saved before the campaign."
EARLY = (
    "An early look: {days} of {window_days} days. Whoever looks often, and stops at the first "
    "difference, finds one where there is none."
)
# What is measured: the order rate, and money without and with the prediction taken out.
READ: tuple[tuple[str, bool], ...] = (
    ("order_rate", False), ("amount_per_customer", False), ("amount_per_customer", True),
)  # fmt: skip


@repeatable
def campaign_lift(
    orders: Orders | pd.DataFrame,
    assigned: pd.DataFrame,
    *,
    window_days: int = 30,
    as_of: As_of = None,
    by: str | None = None,
    permutations: int = 1999,
    random_state: int = 0,
) -> pd.DataFrame:
    """What a campaign added, by intention to treat: all who were assigned, in both arms.

    Everybody has the same window, from the planned day on, whether and whenever they were reached.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    assigned : DataFrame
        The split as `assign_holdout` returned it, all rows of it.
    window_days : int
        Length of the window; its first day is the planned one.
    as_of : date, default the orders' own
        Where it lies before the end of the window, the look is early and marked so.
    by : str
        A column of the split: one read-out per segment, corrected for looking many times.
    permutations : int
        Random splits behind the intervals of money.
    random_state : int
        Seed of these.

    Returns
    -------
    DataFrame, one row per (segment, measure, adjusted or not)
        by (str), measure (str: order_rate, share with an order; amount_per_customer, net amount, buyers
        or not), is_adjusted (bool, the prediction at assignment is taken out: CUPED), treated, holdout
        (int64, customers assigned), treated_buyers, holdout_buyers (int64), in_treated, in_holdout
        (float64, 0..1 or currency, weighted over the bands of value), difference (float64, treated less
        hold-out), low, high (float64, 95 %), p_value (float64, 0..1), p_corrected (float64, 0..1, by Holm
        over the segments), smallest_effect (float64, what would have been seen in 80 of 100 such
        campaigns), total_effect, total_effect_low, total_effect_high (float64, the same for all treated:
        buyers, or currency), verdict (str: more, less, not distinguishable from 0, not judged), method
        (str: newcombe, permutation, welch, not judged), is_early (bool). Limits and p-values are null
        where nothing is judged: money below 100 buyers in the smaller arm, and arms of one.

    Raises
    ------
    ArgumentError
        If the split lacks a column, has an unknown arm, ids that come twice or no single planned day,
        if that day lies after `as_of`, or an argument is out of range.

    Notes
    -----
    The trap: comparing those who opened, or were reached, with the hold-out measures who they are.
    "Not distinguishable from 0" is not "no effect": look at the smallest effect that could be seen.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions. Deng, Xu,
    Kohavi and Walker (2013), Improving the sensitivity of online controlled experiments by utilizing
    pre-experiment data. Holm (1979), A simple sequentially rejective multiple test procedure.

    Examples
    --------
    >>> import pandas as pd
    >>> assigned = pd.DataFrame({
    ...     "customer_id": list("abcd"), "value_band": 1, "prediction": 1.0,
    ...     "arm": ["treated", "treated", "holdout", "holdout"], "planned_at": "2024-03-01"})
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "b", "c"], "amount": 10.0,
    ...     "ordered_at": pd.to_datetime(["2024-03-01", "2024-03-09", "2024-03-30"])})
    >>> lift = campaign_lift(orders, assigned, window_days=30, as_of="2024-03-31")
    >>> lift.loc[:0, ["treated_buyers", "holdout_buyers", "difference", "verdict"]]
       treated_buyers  holdout_buyers  difference                     verdict
    0               2               1         0.5  not distinguishable from 0
    """
    require_days(window_days=window_days, permutations=permutations)
    as_seed(random_state)
    require_texts(by=by)
    split, day = _split(assigned, by)
    given = given_orders(orders, as_of)
    last = day + pd.Timedelta(days=window_days - 1)
    _check_begun(day, given)
    until = min(last, given.as_of)
    rows = _outcomes(split, given.at(until), day, until)
    draw = {"permutations": permutations, "random_state": random_state}
    table = _segments(rows, by, draw).assign(is_early=bool(until < last))
    table = _judged(table)[[*([by] if by else []), *COLUMNS]]
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    table.attrs = _caption(given, day, until, window_days, len(rows), by)
    return table


def _split(assigned: pd.DataFrame, by: str | None) -> tuple[pd.DataFrame, pd.Timestamp]:
    require_columns("assigned", assigned, (*NEEDED, *([by] if by else [])), HINT)
    if by in (*COLUMNS, *NEEDED, "purchase_days", "amount"):
        raise ArgumentError(f"by: {by!r} is no segment. Keep one with assign_holdout(..., by=...).")
    ids, days = split_ids(assigned), assigned["planned_at"].unique()
    problems = _problems(assigned, ids, days)
    if problems:
        raise ArgumentError(f"assigned: {' '.join(problems)} {HINT}")
    columns = assigned[["value_band", "arm", "prediction"]].assign(customer_id=ids)
    if by:
        columns[by] = assigned[by].astype("str").fillna(MISSING)
    return columns, as_day(days[0], "planned_at")


def _problems(assigned: pd.DataFrame, ids: pd.Series, days: Any) -> list[str]:
    strange = assigned.loc[~assigned["arm"].isin([TREATED, HOLDOUT]), "arm"]
    is_unclear = ids.duplicated() | ids.isna()
    problems = []
    if is_unclear.any():
        problems.append(
            f"{int(is_unclear.sum()):,} of {len(ids):,} ids are missing or repeated "
            f"({example_cells(ids[is_unclear].unique())})."
        )
    if len(strange):
        problems.append(
            f"{len(strange):,} of {len(ids):,} rows have another arm than {TREATED!r} and "
            f"{HOLDOUT!r} ({examples(strange.unique())})."
        )
    if len(days) != 1:
        problems.append(f"planned_at has {len(days)} days ({examples(days)}), one is needed.")
    if assigned[["value_band", "prediction"]].isna().any(axis=None):
        problems.append("value_band or prediction is missing in some rows.")
    return problems


def _check_begun(day: pd.Timestamp, orders: Orders) -> None:
    if day > orders.as_of:
        raise ArgumentError(
            f"assigned: the campaign is planned for {day:%Y-%m-%d}, and the orders end on "
            f"{orders.as_of:%Y-%m-%d}. Read newer orders first."
        )


def _outcomes(
    split: pd.DataFrame, orders: Orders, day: pd.Timestamp, until: pd.Timestamp
) -> pd.DataFrame:
    """Purchase days and net amount of everybody assigned; who bought nothing has 0."""
    window = customer_window(orders.orders, from_day=day_number(day), until_day=day_number(until))
    bought = to_frame(window, ("customer_id", "purchase_days", "amount"))
    if len(bought) and not split["customer_id"].isin(bought["customer_id"]).any():
        _check_ids(split, orders)
    rows = split.merge(bought, on="customer_id", how="left")
    return rows.fillna({"purchase_days": 0, "amount": 0.0})


def _check_ids(split: pd.DataFrame, orders: Orders) -> None:
    """Refuse ids of which the orders know none, where others bought."""
    known = to_frame(first_orders(orders.orders), ("customer_id", "first_order_at"))["customer_id"]
    if not split["customer_id"].isin(known).any():
        raise ArgumentError(
            f"assigned: 0 of {len(split):,} ids ({example_cells(split['customer_id'], 2)}) are in the "
            f"orders, which have others ({example_cells(known, 1)}). Ids read from a file as numbers lose "
            'their zeros: read it with dtype={"customer_id": "str"}.'
        )


def _segments(rows: pd.DataFrame, by: str | None, draw: dict[str, int]) -> pd.DataFrame:
    groups = [(name, group) for name, group in rows.groupby(by)] if by else [("", rows)]
    found = [
        {**({by: name} if by else {}), **line}
        for name, group in groups
        for line in _lines(group, draw)
    ]
    table = pd.DataFrame(found)
    looks = table.groupby(["measure", "is_adjusted"])["p_value"]
    return table.assign(p_corrected=looks.transform(lambda each: holm(each)))


def _lines(rows: pd.DataFrame, draw: dict[str, int]) -> list[dict[str, Any]]:
    """The three lines of one segment."""
    is_held = rows["arm"] == HOLDOUT
    buys = rows["purchase_days"] > 0
    counts = {
        "treated": int((~is_held).sum()),
        "holdout": int(is_held.sum()),
        "treated_buyers": int((buys & ~is_held).sum()),
        "holdout_buyers": int((buys & is_held).sum()),
    }
    strata = strata_of(rows)
    lines = []
    for measure, is_adjusted in READ:
        if not strata:
            found = NOTHING
        elif measure == "order_rate":
            found = order_rate_lift(strata)
        else:
            found = money_lift(strata, is_adjusted=is_adjusted, **draw)
        lines.append({"measure": measure, "is_adjusted": is_adjusted, **counts, **found._asdict()})
    return lines


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    """Totals over the treated, and the verdict in words."""
    total = {
        f"total_effect{end}": table[name] * table["treated"]
        for end, name in (("", "difference"), ("_low", "low"), ("_high", "high"))
    }
    sign = np.where(table["difference"] > 0, "more", "less")
    verdict = np.where(table["p_corrected"] <= 0.05, sign, "not distinguishable from 0")
    return table.assign(**total, verdict=np.where(table["p_value"].isna(), "not judged", verdict))


def _caption(
    orders: Orders,
    day: pd.Timestamp,
    until: pd.Timestamp,
    window: int,
    customers: int,
    by: str | None,
) -> dict[Any, Any]:
    parameters = {"window_days": window} | ({"by": by} if by else {})
    days = (until - day).days + 1
    return {
        "definition": "campaign_lift",
        "parameters": {**parameters, "planned_at": f"{day:%Y-%m-%d}"},
        "as_of": f"{orders.as_of:%Y-%m-%d}",
        "customers": customers,
        "currency": orders.currency,
        "notes": [[EARLY, {"days": days, "window_days": window}]] if days < window else [],
    }
