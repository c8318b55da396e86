"""What it is worth if more of today's customers buy again within a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError
from retention.kinds import as_numbers
from retention.models.customer_value import check_money, customer_value
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.given_fits import require_fit
from retention.models.history import FloatArray, compress_customers
from retention.models.order_fit import OrderFit
from retention.names import GLOSSARY, check_columns
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "points", "return_rate", "customers_added", "value_added", "value_per_customer",
        "contract_multiple",
    )
)  # fmt: skip
YEAR = 365


@repeatable
def value_of_retention(
    customers: pd.DataFrame,
    fit: OrderFit,
    spend_fit: GammaGammaFit,
    *,
    points: Sequence[float] = (0, 1, 2, 3, 5, 10),
    margin: float | None = None,
    annual_discount_rate: float = 0.1,
) -> pd.DataFrame:
    """Money within 365 days if the share of today's customers who buy in them rises by some points.

    A point is one in a hundred of today's customers who would not have bought, and now brings what
    a customer who does buy brings: expected value over chance of an order, both of all customers.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it.
    fit, spend_fit
        A fitted order model, and a fitted `fit_gamma_gamma`.
    points
        By how many percentage points the share rises; 0 is as it is.
    margin
        Share of the net amount that is left after variable costs; without, the money is net amount.
    annual_discount_rate
        For the contract multiple only.

    Returns
    -------
    pandas.DataFrame
        Grain: points. Columns: points (float64, percentage points), return_rate (float64, 0..1, share
        of today's customers with an order within 365 days), customers_added (float64, who come back in
        addition), value_added (float64, currency, net amount or margin within 365 days),
        value_per_customer (float64, currency, of a customer who comes back), contract_multiple (float64,
        yearly margins that a customer is worth who stays with that rate every year and else is gone for
        good, r / (1 + d - r)).

    Raises
    ------
    ArgumentError
        If points lead beyond all customers, or a rate or margin is none.

    Notes
    -----
    The trap: the contract multiple is right for contracts only, where whoever does not renew is gone.
    Shop customers come back after years, so it is no more than a comparison.

    References
    ----------
    Gupta, Lehmann (2003), Customers as assets, Journal of Interactive Marketing 17 (1), 9-24.

    Examples
    --------
    >>> from retention.models.gamma_gamma import fit_gamma_gamma
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame({
    ...     "customer_id": list("abcde"), "frequency": [0, 1, 2, 7, 0],
    ...     "recency": [0, 9, 40, 70, 0], "T": [80, 70, 75, 72, 60],
    ...     "monetary_value": [None, 10.0, 30.0, 24.0, None],
    ... })
    >>> table = value_of_retention(
    ...     customers, fit_mbg_nbd(customers), fit_gamma_gamma(customers), points=[0, 20])
    >>> table["customers_added"].tolist()
    [0.0, 1.0]
    """
    check_money(annual_discount_rate, margin)
    require_fit(fit)
    steps = _points(points)
    history = compress_customers(customers).scaled(fit.time_unit_days)
    p_order = fit.outlook(history, horizon_days=YEAR).p_order[history.row]
    value = customer_value(customers, fit, spend_fit, horizon_days=YEAR, with_intervals=False)
    worth = float(value["expected_value"].sum() / p_order.sum()) * (margin or 1.0)
    rate = p_order.mean() + steps / 100
    if rate.max() > 1 or rate.min() < 0:
        wrong = steps[np.abs(rate - 0.5).argmax()]
        raise ArgumentError(
            f"points: {100 * p_order.mean():.1f}% of the customers are expected to buy within a year; "
            f"{abs(wrong):g} points {'more' if wrong > 0 else 'fewer'} are not possible. Pass smaller ones."
        )
    added = steps / 100 * len(customers)
    table = pd.DataFrame(
        {
            "points": steps,
            "return_rate": rate,
            "customers_added": added,
            "value_added": added * worth,
            "value_per_customer": worth,
            "contract_multiple": rate / (1 + annual_discount_rate - rate),
        }
    )
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    table.attrs = _caption(customers, fit, margin, annual_discount_rate)
    return table


def _points(points: Sequence[float]) -> FloatArray:
    numbers = as_numbers("points", points)
    if not numbers:
        raise ArgumentError("points: none given. Pass percentage points such as [0, 1, 2, 5].")
    return np.array(sorted(numbers), dtype=np.float64)


def _caption(
    customers: pd.DataFrame, fit: OrderFit, margin: float | None, rate: float
) -> dict[Any, Any]:
    return {
        "definition": "value_of_retention",
        "parameters": {"margin": margin, "annual_discount_rate": rate, "model": fit.model},
        "as_of": customers.attrs.get("as_of"),
        "customers": len(customers),
        "currency": customers.attrs.get("currency"),
    }
