"""Who moves from stage to stage between the ends of two periods."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.names import GLOSSARY, check_columns
from retention.orders.orders import Orders
from retention.periods import Period
from retention.tables.end_dates import end_days, start_days
from retention.tables.lapse_thresholds import lapse_thresholds, require_loyal
from retention.tables.listed_days import As_ofs
from retention.tables.period_ends import given_ends
from retention.tables.repeatable import repeatable
from retention.tables.stage_caption import stage_caption
from retention.tables.stage_cube import stage_cube
from retention.tables.stage_names import LOYAL_ORDERS, NOT_YET_KNOWN, PLACE, STAGES
from retention.tables.undated_people import dated_people, with_undated_note
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    ("period", "from_stage", "to_stage", "customers", "flow_rate", "low", "high")
)


@repeatable
def stage_flow(
    orders: Orders | pd.DataFrame,
    *,
    period: Period = "month",
    as_of: As_ofs = None,
    people: pd.DataFrame | None = None,
    at_risk_after_days: int | None = None,
    lapsed_after_days: int | None = None,
    loyal_orders: int = LOYAL_ORDERS,
) -> pd.DataFrame:
    """Count moves between the ends of the last thirteen complete periods, or between given days.

    Everybody is classified at each end from what was known then, with one pair of thresholds. Stocks
    change exactly by flows: whoever was not there before comes from `not_yet_known`, and goes there
    where a refund has undone all purchases.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    period : {"day", "week", "month", "quarter", "year"}
        Between whose ends moves are counted.
    as_of : date, or list of dates
        The last day to look at, default the orders' own; or the days between which to count: two of
        them give one matrix.
    people : DataFrame as `read_people` returns it
        Those first seen by then who have not bought are prospects.
    at_risk_after_days, lapsed_after_days : int, days
        Default: chosen by `choose_lapse` at the first end, which knows nothing of what comes. Both or
        neither.
    loyal_orders : int
        Purchase days from which a customer is loyal.

    Returns
    -------
    DataFrame, one row per (period, from_stage, to_stage)
        period (datetime64[us], the first day over which they moved), from_stage, to_stage (str; also
        not_yet_known; equal for those who stayed), customers (int64), flow_rate (float64, 0..1, of
        those in from_stage at the end before; of the newly known, of all of them; null where there
        were none), low, high (float64, Wilson 95 %).

    Raises
    ------
    ArgumentError
        If an argument is out of range, there are fewer than two ends, or no thresholds can be chosen.

    Notes
    -----
    The trap: a move into "at risk" needs no deed, only time; and whoever moves twice between two ends
    is seen once.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> flow = stage_flow(orders, as_of=["2024-01-31", "2024-02-29"],
    ...     at_risk_after_days=30, lapsed_after_days=50)
    >>> flow.loc[flow["customers"] > 0, ["from_stage", "to_stage", "customers", "flow_rate"]]
      from_stage     to_stage  customers  flow_rate
    1        new      growing          1        0.5
    5        new  lapsed_once          1        0.5
    """
    everybody, people = people, dated_people(people)
    given, scale = given_ends(orders, as_of, period=period, least=2)
    require_loyal(loyal_orders)
    thresholds = lapse_thresholds(
        given.at(end_days(scale)[0]), at_risk_after_days, lapsed_after_days
    )
    cube = stage_cube(given, scale, thresholds, loyal=loyal_orders, people=people)
    names = [name for name in STAGES if people is not None or name != "prospect"]
    periods = start_days(scale, given)[1:]
    table = _rows(cube[1:], [*names, NOT_YET_KNOWN], periods)
    customers = int(cube[-1][:, : len(STAGES)].sum())
    table = stage_caption(
        table,
        "stage_flow",
        given,
        scale,
        thresholds,
        customers=customers,
        loyal_orders=loyal_orders,
    )
    return with_undated_note(table, everybody)


def _rows(cube: NDArray[np.int64], names: list[str], periods: pd.DatetimeIndex) -> pd.DataFrame:
    """Every pair of stages in every period; nobody moves from nowhere to nowhere."""
    places = [PLACE[name] for name in names]
    moves = cube[:, places][:, :, places]
    of = np.repeat(moves.sum(axis=2).ravel(), len(names))
    index = pd.MultiIndex.from_product([periods, names, names], names=COLUMNS[:3])
    table = index.to_frame(index=False).assign(customers=moves.ravel())
    table["flow_rate"] = np.divide(moves.ravel(), of, out=np.full(len(of), np.nan), where=of > 0)
    low, high = wilson_interval(moves.ravel(), of)
    table["low"], table["high"] = np.where(of > 0, low, np.nan), np.where(of > 0, high, np.nan)
    is_nowhere = (table["from_stage"] == NOT_YET_KNOWN) & (table["to_stage"] == NOT_YET_KNOWN)
    typed: pd.DataFrame
    typed = table[~is_nowhere].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    return typed.reset_index(drop=True)
