"""How many customers stand in each stage, at the end of each period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.names import GLOSSARY, check_columns
from retention.orders.orders import Orders
from retention.periods import Period
from retention.tables.end_dates import end_days
from retention.tables.lapse_thresholds import lapse_thresholds, require_loyal
from retention.tables.listed_days import As_ofs
from retention.tables.period_ends import given_ends
from retention.tables.repeatable import repeatable
from retention.tables.stage_caption import stage_caption
from retention.tables.stage_cube import stage_cube
from retention.tables.stage_names import LOYAL_ORDERS, STAGES
from retention.tables.undated_people import dated_people, with_undated_note

COLUMNS = check_columns(("as_of", "stage", "customers", "stage_rate"))


@repeatable
def stage_counts(
    orders: Orders | pd.DataFrame,
    *,
    period: Period = "month",
    as_of: As_ofs = None,
    people: pd.DataFrame | None = None,
    at_risk_after_days: int | None = None,
    lapsed_after_days: int | None = None,
    loyal_orders: int = LOYAL_ORDERS,
) -> pd.DataFrame:
    """Count customers by stage at the ends of the last thirteen complete periods, or on given days.

    Each end is what `lifecycle_stages` would have said on that day: a later refund changes nothing.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    period : {"day", "week", "month", "quarter", "year"}
        Whose ends are taken.
    as_of : date, or list of dates
        The last day to look at, default the orders' own; or the days to look at themselves.
    people : DataFrame as `read_people` returns it
        Those first seen by then who have not bought are prospects.
    at_risk_after_days, lapsed_after_days : int, days
        One pair for all ends. Default: chosen by `choose_lapse` at the first of them. Both or neither.
    loyal_orders : int
        Purchase days from which a customer is loyal.

    Returns
    -------
    DataFrame, one row per (day, stage), prospects with people only
        as_of (datetime64[us], the last day of the period, included whole), stage (str), customers
        (int64), stage_rate (float64, 0..1, of everybody known on that day; null where nobody is).

    Raises
    ------
    ArgumentError
        If an argument is out of range, a day lies outside the orders, or no thresholds can be chosen.

    Notes
    -----
    The trap: the lapsed only ever add up while a shop lives, so their share says how old it is. Look at
    the numbers of the others, and at who moves (`stage_flow`).

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> counts = stage_counts(orders, as_of=["2024-01-31", "2024-02-29"],
    ...     at_risk_after_days=30, lapsed_after_days=50)
    >>> counts[counts["customers"] > 0]
            as_of        stage  customers  stage_rate
    0  2024-01-31          new          2         1.0
    8  2024-02-29      growing          1         0.5
    12 2024-02-29  lapsed_once          1         0.5
    """
    everybody, people = people, dated_people(people)
    given, scale = given_ends(orders, as_of, period=period)
    require_loyal(loyal_orders)
    days = end_days(scale)
    thresholds = lapse_thresholds(given.at(days[0]), at_risk_after_days, lapsed_after_days)
    cube = stage_cube(given, scale, thresholds, loyal=loyal_orders, people=people)
    stocks = cube.sum(axis=1)[:, : len(STAGES)]
    shown = [place for place, name in enumerate(STAGES) if people is not None or name != "prospect"]
    whole = np.repeat(stocks.sum(axis=1), len(shown))
    counts = stocks[:, shown].ravel()
    table = pd.DataFrame(
        {
            "as_of": np.repeat(days, len(shown)),
            "stage": [STAGES[place] for place in shown] * len(days),
            "customers": counts,
            "stage_rate": np.divide(
                counts, whole, out=np.full(len(counts), np.nan), where=whole > 0
            ),
        }
    )
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    customers = int(stocks[-1].sum())
    table = stage_caption(
        table,
        "stage_counts",
        given,
        scale,
        thresholds,
        customers=customers,
        loyal_orders=loyal_orders,
    )
    return with_undated_note(table, everybody)
