"""Total orders and money of the months ahead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_number
from retention.models.days_ahead import Horizon, days_ahead
from retention.models.forecast_path import Path, forecast_path
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.given_fits import require_fit, require_spend_fit
from retention.models.history import FloatArray, IntArray
from retention.models.newcomers import Newcomers, newcomers_before
from retention.models.order_fit import OrderFit
from retention.models.past_errors import PastErrors, past_errors
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.customer_summary import customer_summary
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "period", "existing_orders", "new_orders", "expected_orders", "total_orders_low",
        "total_orders_high", "expected_value", "value_low", "value_high", "cumulative_orders",
        "cumulative_orders_low", "cumulative_orders_high", "cumulative_value", "cumulative_value_low",
        "cumulative_value_high", "season_factor", "is_complete",
    )
)  # fmt: skip
MONTH_DAYS = 30


@repeatable
def forecast(
    orders: Orders | pd.DataFrame,
    fit: OrderFit,
    spend_fit: GammaGammaFit,
    *,
    horizon_days: Horizon = 90,
    new_customers: float | None = None,
) -> pd.DataFrame:
    """Forecast purchase days and net amount by month, of today's customers and of those to come.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    fit, spend_fit
        A fitted order model and a fitted `fit_gamma_gamma` of the same customers.
    horizon_days : int or date
        How far to look ahead from the as-of date, in days or as the last day that counts.
    new_customers : float, customers per 30 days
        How many will buy for the first time; by default as many as in the last year. 0: none.

    Returns
    -------
    DataFrame, one row per calendar month that holds days of the horizon
        period (datetime64[us], first day of the month), existing_orders, new_orders, expected_orders
        (float64, purchase days of today's customers, of new ones, of both), total_orders_low,
        total_orders_high (float64, nine in ten lie between), expected_value, value_low, value_high
        (float64, currency, net), cumulative_orders, cumulative_orders_low,
        cumulative_orders_high, cumulative_value, cumulative_value_low, cumulative_value_high (float64,
        from the as-of date on: the last row is the sum), season_factor (float64, 1 is a usual month;
        null where less than two years tell no season), is_complete (bool, whether the horizon holds
        all of the month). `attrs["notes"]` says what the limits rest on, and whether there is a season.

    Raises
    ------
    ArgumentError
        If the horizon or the number of new customers is none.
    FitError
        Where an expected amount is infinite.

    Notes
    -----
    Limits come from how far the same forecast was off at up to six past cuts, one horizon apart: what
    hits all customers at once is in them. With few cuts they are wide, without any they hold only what
    differs between customers.

    The trap: the limits of the months do not add up to those of the sum; read the cumulative columns.

    Examples
    --------
    >>> from retention import customer_summary, fit_gamma_gamma, fit_mbg_nbd, read_orders, simulate_orders
    >>> orders = read_orders(simulate_orders(customers=400, days=400, random_state=1))
    >>> customers = customer_summary(orders)
    >>> table = forecast(orders, fit_mbg_nbd(customers), fit_gamma_gamma(customers), horizon_days=60)
    >>> bool((table["cumulative_orders_low"] < table["cumulative_orders_high"]).all())
    True
    """
    require_fit(fit)
    require_spend_fit(spend_fit)
    given = given_orders(orders)
    horizon = days_ahead(horizon_days, as_of=given.as_of)
    starts, days = _months(given.as_of, horizon)
    newcomers = _newcomers(given, new_customers)
    path = forecast_path(given, customer_summary(given), fit, spend_fit, days, newcomers)
    errors = past_errors(given, fit, days, are_given=new_customers is not None)
    table = _table(path, errors, starts)
    table["is_complete"] = _is_complete(starts, given.as_of, horizon)
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})[list(COLUMNS)]
    table = caption(
        table, "forecast", given, customers=given.counts["customers"], horizon_days=horizon,
        new_customers=round(newcomers.a_day * MONTH_DAYS), model=fit.model,
    )  # fmt: skip
    table.attrs["notes"] = [*_basis(path, errors)]
    return table


def _newcomers(orders: Orders, new_customers: float | None) -> Newcomers:
    if new_customers is None:
        return newcomers_before(orders)
    require_number("new_customers", new_customers)
    if not 0 <= new_customers < np.inf:
        raise ArgumentError(
            f"new_customers: {new_customers} is not a number of customers per 30 days from 0 on."
        )
    return Newcomers(new_customers / MONTH_DAYS)


def _months(as_of: pd.Timestamp, horizon: int) -> tuple[pd.DatetimeIndex, IntArray]:
    """The months of the horizon, and how many days after the as-of date each of them ends."""
    first, last = as_of + pd.Timedelta(days=1), as_of + pd.Timedelta(days=horizon)
    starts = pd.date_range(first.replace(day=1), last, freq="MS")
    ends = (starts + pd.offsets.MonthEnd(1)).where(starts + pd.offsets.MonthEnd(1) <= last, last)
    return starts, (ends - as_of).days.to_numpy(np.int64)


def _is_complete(starts: pd.DatetimeIndex, as_of: pd.Timestamp, horizon: int) -> FloatArray:
    ends = starts + pd.offsets.MonthEnd(1)
    return np.asarray((starts > as_of) & (ends <= as_of + pd.Timedelta(days=horizon)))


def _table(path: Path, errors: PastErrors, starts: pd.DatetimeIndex) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "period": starts, "existing_orders": path.existing_orders, "new_orders": path.new_orders,
        "expected_orders": path.orders, "expected_value": path.value,
        "cumulative_orders": np.cumsum(path.orders), "cumulative_value": np.cumsum(path.value),
        "season_factor": np.nan if path.season is None else path.season,
    }  # fmt: skip
    of_steps, so_far = (errors.step_doubt, path.step_doubt), (errors.doubt, path.doubt)
    spreads = {
        ("total_orders", "expected_orders"): errors.spread(errors.orders, *of_steps),
        ("value", "expected_value"): errors.spread(errors.value, *of_steps),
        ("cumulative_orders", "cumulative_orders"): errors.spread(errors.orders_so_far, *so_far),
        ("cumulative_value", "cumulative_value"): errors.spread(errors.value_so_far, *so_far),
    }
    for (name, middle), spread in spreads.items():
        columns[f"{name}_low"] = columns[middle] * np.exp(-spread)
        columns[f"{name}_high"] = columns[middle] * np.exp(spread)
    return pd.DataFrame(columns)


def _basis(path: Path, errors: PastErrors) -> Iterator[list[Any]]:
    """What the limits and the months rest on: sentences, and what fills them."""
    if errors.cuts:
        words = {"cuts": errors.cuts}
        yield ["Limits from the errors of the same forecast at past cuts ({cuts}).", words]
    else:
        yield [
            "Limits hold what differs between customers only: history is short of a past cut.",
            {},
        ]
    if path.season is None:
        yield ["Less than two years are known, so months have no season.", {}]
    else:
        yield ["Months have the season of the years before.", {}]
