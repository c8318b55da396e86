"""What each customer is expected to bring within a horizon."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retention.errors import ArgumentError, require_columns, require_number
from retention.kinds import require_flag
from retention.models.amount_doubt import amount_doubt
from retention.models.days_ahead import Horizon, days_ahead, last_day_of
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.given_fits import require_fit, require_spend_fit
from retention.models.history import FloatArray, History, compress_customers
from retention.models.order_fit import OrderFit
from retention.models.order_intervals import order_intervals
from retention.models.paid_days import paid_days
from retention.models.value_intervals import value_intervals
from retention.names import check_columns
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "customer_id",
        "p_alive",
        "expected_orders",
        "orders_low",
        "orders_high",
        "expected_value",
        "clv",
        "clv_low",
        "clv_high",
    )
)


@repeatable
def customer_value(
    customers: pd.DataFrame,
    fit: OrderFit,
    spend_fit: GammaGammaFit,
    *,
    horizon_days: Horizon | None = 365,
    annual_discount_rate: float = 0.1,
    margin: float | None = None,
    with_intervals: bool = True,
) -> pd.DataFrame:
    """Expected orders and net amount of each customer, and with a margin the discounted value.

    The trap: these are expectations. Single customers scatter widely around them, as the limits
    show; sums over many customers do not. Orders before the as-of date are not in it.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it, times in days.
    fit
        A fitted order model (`fit_mbg_nbd`, `fit_bg_nbd`, `fit_pareto_nbd`), in whatever unit of time.
    spend_fit
        A fitted `fit_gamma_gamma`.
    horizon_days
        How far to look ahead from the as-of date, in days or as the last day that counts, for which
        `first_order_at` and `T` say the as-of date. None is without an end: then only p_alive and clv
        can be said, and a margin and a rate are needed.
    annual_discount_rate
        By how much money a year from now is worth less, 0.1 for 10 %. Used for `clv` only.
    margin
        Share of the net amount that is left after variable costs, above 0 and up to 1; 1 for all of
        it.
    with_intervals
        Whether to say how far single customers may be off; without, it takes half the time.

    Returns
    -------
    pandas.DataFrame
        Grain: customer, in the order of the table, one-time buyers included. Columns: customer_id
        (str), p_alive (float64, 0..1), expected_orders (float64, purchase days), orders_low,
        orders_high (int64, purchase days), expected_value (float64, currency, not discounted, before
        costs), and only with a margin clv, clv_low, clv_high (float64, currency, discounted). Nine
        in ten such customers will end between low and high; counts are whole, so more of them do.

    Raises
    ------
    ArgumentError
        Where the table, the horizon, the rate or the margin cannot be used.
    FitError
        Where an expected amount is infinite.

    References
    ----------
    Fader, Hardie, Lee (2005), RFM and CLV: using iso-value curves for customer base analysis,
    Journal of Marketing Research 42 (4), 415-430.

    Notes
    -----
    The limits are those of what will happen, not of the expectation: the chance to have left, the
    rate, the number of orders, the amounts and the doubt about the parameters are all in them.

    Examples
    --------
    >>> from retention.models.gamma_gamma import fit_gamma_gamma
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {
    ...         "customer_id": ["an", "ba", "co"],
    ...         "frequency": [2, 1, 0],
    ...         "recency": [90, 20, 0],
    ...         "T": [90, 90, 50],
    ...         "monetary_value": [6.0, 8.0, None],
    ...     }
    ... )
    >>> fit, spend_fit = fit_mbg_nbd(customers), fit_gamma_gamma(customers)
    >>> value = customer_value(
    ...     customers, fit, spend_fit, horizon_days=90, margin=0.3, annual_discount_rate=0
    ... )

    Three repeat purchases in 230 days of customers who are alike, of (2 * 6 + 8) / 3 in the mean: 90 * 3
    / 230 orders in 90 days bring 7.83, of which the margin leaves three tenths.

    >>> value[["customer_id", "expected_orders", "expected_value", "clv"]].round(2)
      customer_id  expected_orders  expected_value   clv
    0          an             1.17            7.83  2.35
    1          ba             1.17            7.83  2.35
    2          co             1.17            7.83  2.35
    """
    check_money(annual_discount_rate, margin)
    require_flag("with_intervals", with_intervals)
    require_fit(fit)
    require_spend_fit(spend_fit)
    require_columns("customers", customers, ("customer_id",), "Ids are needed to say who is who.")
    history = compress_customers(customers).scaled(fit.time_unit_days)
    spend = spend_fit.predict(customers)["expected_order_value"].to_numpy()
    if horizon_days is None:
        found = _endless(fit, history, spend, annual_discount_rate, margin)
        return _table(customers, found, fit, None, annual_discount_rate, margin)
    horizon = days_ahead(horizon_days, as_of=last_day_of(customers))
    found = _orders(fit, history, horizon, with_intervals)
    found["expected_value"] = found["expected_orders"] * spend
    if margin is not None:
        asked: dict[str, Any] = {
            "horizon_days": horizon,
            "annual_discount_rate": float(annual_discount_rate),
        }
        discounted = fit.discounted_orders(history, **asked)[history.row]
        found["clv"] = margin * spend * discounted
        if with_intervals:
            amounts = amount_doubt(spend_fit, paid_days(customers))
            limits = value_intervals(fit, history, amounts, **asked)
            found["clv_low"], found["clv_high"] = (margin * limit for limit in limits)
    return _table(customers, found, fit, horizon, annual_discount_rate, margin)


def _endless(
    fit: OrderFit, history: History, spend: FloatArray, rate: float, margin: float | None
) -> dict[str, Any]:
    """What can be said of all time: orders may go on for ever, but far ones are worth little."""
    if margin is None:
        raise ArgumentError(
            f"margin: None says nothing of {len(spend):,} customers without an end: their orders are "
            "not counted then, only valued. Pass margin=1 for the whole amount, or a horizon_days."
        )
    worth = fit.discounted_orders(history, horizon_days=None, annual_discount_rate=rate)
    alive = fit.outlook(history, horizon_days=1).p_alive
    return {"p_alive": alive[history.row], "clv": margin * spend * worth[history.row]}


def _table(
    customers: pd.DataFrame,
    found: dict[str, Any],
    fit: OrderFit,
    horizon: int | None,
    rate: float,
    margin: float | None,
) -> pd.DataFrame:
    """The columns under the ids, with a caption."""
    ids = customers["customer_id"].astype("str").array
    table = pd.DataFrame({"customer_id": ids, **found})
    table.attrs = _caption(customers, fit, horizon, rate, margin)
    return table


def _orders(
    fit: OrderFit, history: History, horizon_days: int, with_intervals: bool
) -> dict[str, Any]:
    """The columns about orders, for every customer."""
    outlook, row = fit.outlook(history, horizon_days=horizon_days), history.row
    found: dict[str, Any] = {
        "p_alive": outlook.p_alive[row],
        "expected_orders": outlook.expected_orders[row],
    }
    if with_intervals:
        horizon = horizon_days / fit.time_unit_days
        low, high = order_intervals(fit.settings(), history, horizon=horizon)
        found |= {"orders_low": low[row], "orders_high": high[row]}
    return found


def check_money(annual_discount_rate: float, margin: float | None) -> None:
    """Refuse rates that are no rates: 10 means 1,000 %, and is a slip.

    Examples
    --------
    >>> check_money(0.1, 0.3)
    """
    require_number("annual_discount_rate", annual_discount_rate)
    if margin is not None:
        require_number("margin", margin)
    problems = []
    if not 0 <= annual_discount_rate < 1:
        problems.append(
            f"annual_discount_rate: {annual_discount_rate!r} is not from 0 to below 1; 10 % is 0.1."
        )
    if margin is not None and not 0 < margin <= 1:
        problems.append(f"margin: {margin!r} is not above 0 and up to 1; 30 % is 0.3.")
    if problems:
        raise ArgumentError(" ".join(problems))


def _caption(
    customers: pd.DataFrame, fit: OrderFit, horizon: int | None, rate: float, margin: float | None
) -> dict[Any, Any]:
    """What stands under the table."""
    parameters: dict[str, Any] = {"horizon_days": horizon, "model": fit.model}
    if margin is not None:
        parameters |= {"annual_discount_rate": float(rate), "margin": float(margin)}
    return {
        "definition": "customer_value",
        **({} if horizon else {"meaning": "endless value"}),
        "parameters": parameters,
        "as_of": customers.attrs.get("as_of"),
        "customers": len(customers),
        "currency": customers.attrs.get("currency"),
    }
