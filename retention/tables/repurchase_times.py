"""Rates and waiting times of the second purchase, right beside what is counted naively."""

from __future__ import annotations

import math

import pandas as pd

from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.curve_quantile import curve_quantile
from retention.tables.days_given import require_days
from retention.tables.kaplan_meier import MIN_AT_RISK, kaplan_meier
from retention.tables.repeatable import repeatable
from retention.tables.repurchase_intervals import repurchase_intervals
from retention.texts import local_number, text

COLUMNS = check_columns(
    ("figure", "within_days", "value", "low", "high", "answer", "naive_value", "naive_answer")
)
DAYS = (30, 60, 90, 180, 365)
YEAR = 365
QUANTILES = (0.5, 0.8)
Row = tuple[str, int, float, float, float, float]


@repeatable
def repurchase_times(
    orders: Orders | pd.DataFrame, *, as_of: As_of = None, min_at_risk: int = MIN_AT_RISK
) -> pd.DataFrame:
    """Say how many make a second purchase, and how long it takes, beside the naive counts.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    min_at_risk : int
        The curve behind the figures ends where fewer are still observed and not yet back.

    Returns
    -------
    DataFrame, one row per (figure, within_days) that is observed
        figure (str: returned_rate, the share with a second purchase; p50_days, p80_days and mean_days,
        the waits of those who return; p50_days_of_all and p80_days_of_all, the same of all customers,
        who may never), within_days (int64, days; the waits: 365, or how far the curve goes), value
        (float64, 0..1 or days; null where it is not reached), low, high (float64, 95 %; null for the
        waits of those who return), answer (str, the value in words, or "not reached"), naive_value
        (float64; rates: everybody not yet back counted as lost; waits: of the gaps that have ended),
        naive_answer (str, the same in words).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own, or `min_at_risk` is below 1.

    Notes
    -----
    The trap: the naive column is what spreadsheets and most dashboards show. Its rates sink with every
    new customer and its waits are too short; it stands here so that the difference can be seen, and is
    never to be used.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-05", "2024-03-01"]),
    ...     "amount": [10.0, 20.0, 7.0, 5.0],
    ... })
    >>> times = repurchase_times(orders, as_of="2024-03-02", min_at_risk=1)
    >>> times[["figure", "within_days", "answer", "naive_value"]].round(3)
                figure  within_days       answer  naive_value
    0    returned_rate           30        50.0%        0.333
    1         p50_days           57      10 days       10.000
    2         p80_days           57      10 days       10.000
    3        mean_days           57      10 days       10.000
    4  p50_days_of_all           57      10 days       10.000
    5  p80_days_of_all           57  not reached       10.000
    """
    given = given_orders(orders, as_of)
    require_days(unit="customers", min_at_risk=min_at_risk)
    gaps = repurchase_intervals(given)
    first = gaps[gaps["order_number"] == 1]
    curve = kaplan_meier(first, min_at_risk=min_at_risk).set_index("gap_days")
    rows = [*_rates(curve, first), *_waits(curve, first)] if len(curve) else []
    names = ["figure", "within_days", "value", "low", "high", "naive_value"]
    table = pd.DataFrame(rows, columns=names)
    table["answer"] = [_words(*pair) for pair in zip(table["figure"], table["value"], strict=True)]
    table["naive_answer"] = [
        _words(*pair) for pair in zip(table["figure"], table["naive_value"], strict=True)
    ]
    table = table[list(COLUMNS)].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    return caption(
        table, "repurchase_times", given, customers=int(first["customers"].sum()),
        min_at_risk=min_at_risk,
    )  # fmt: skip


def _rates(curve: pd.DataFrame, first: pd.DataFrame) -> list[Row]:
    """The share back by day, and the share of all customers so far who are."""
    everybody = first["customers"].sum()
    rows: list[Row] = []
    for days in DAYS:
        if days in curve.index:
            back = first.loc[~first["is_censored"] & (first["gap_days"] <= days), "customers"].sum()
            value, low, high = map(float, curve.loc[days, ["p_returned", "low", "high"]])
            rows.append(("returned_rate", days, value, low, high, float(back / everybody)))
    return rows


def _waits(curve: pd.DataFrame, first: pd.DataFrame) -> list[Row]:
    """The waits of those who return within a year, or as far as the curve goes, and of everybody."""
    last = min(YEAR, int(curve.index[-1]))
    year = curve.loc[:last, "p_returned"]
    closed = first[~first["is_censored"] & (first["gap_days"] <= last)]
    ended = closed.groupby("gap_days")["customers"].sum()
    naive = ended.cumsum() / ended.sum()
    none, reached = math.nan, year.iloc[-1]
    rows: list[Row] = []
    for share in QUANTILES:
        days = curve_quantile(year, share * reached) if reached else none
        name = f"p{share * 100:.0f}_days"
        rows.append((name, last, days, none, none, curve_quantile(naive, share)))
    mean = _mean(year.diff().fillna(0))
    rows.append(("mean_days", last, mean, none, none, _mean(ended)))
    last = int(curve.index[-1])
    for share in QUANTILES:
        # The upper limit of the share gives the lower one of the wait.
        days, low, high = (
            curve_quantile(curve[name], share) for name in ("p_returned", "high", "low")
        )
        name = f"p{share * 100:.0f}_days_of_all"
        rows.append((name, last, days, low, high, curve_quantile(naive, share)))
    return rows


def _mean(weights: pd.Series) -> float:
    """The mean day; not a number where nobody came back."""
    total = float(weights.sum())
    return float((weights.index * weights).sum()) / total if total else math.nan


def _words(figure: str, value: float) -> str:
    if math.isnan(value):
        return text("not reached")
    if figure.endswith("_rate"):
        return local_number(f"{value:.1%}")
    return text("{days} days", days=f"{value:,.0f}")
