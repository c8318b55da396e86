"""How much of the revenue comes from how few: the claim of 80 and 20, on one's own customers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from retention.errors import ArgumentError
from retention.kinds import as_numbers
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.lorenz import lorenz
from retention.tables.money import require_amounts
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(("top_rate", "customers", "amount", "amount_rate"))
TOP_RATES = (0.01, 0.05, 0.1, 0.2)


@repeatable
def concentration(
    orders: Orders | pd.DataFrame, *, as_of: As_of = None, top_rates: Sequence[float] = TOP_RATES
) -> pd.DataFrame:
    """Say which share of the revenue the top customers bring in.

    Counted are customers with a total value above 0; the others are in the caption. Between customers
    the Lorenz curve is a straight line: the top 10 % of 15 customers are one and a half.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    top_rates : sequence of float, 0..1
        Shares of the customers, from the one with the highest total value down.

    Returns
    -------
    DataFrame, one row per share of the customers
        top_rate (float64, 0..1), customers (int64, whole ones among them), amount (float64, currency,
        net), amount_rate (float64, 0..1, of the amount of all of them). `attrs["gini"]` (0: all alike,
        near 1: one has everything).

    Raises
    ------
    ArgumentError
        If a share is none, or nobody has a total value above 0.

    Notes
    -----
    The trap: the older a customer, the more time to spend. Much of a concentration over many years is
    age; compare customers of one cohort before calling it a type of person.

    References
    ----------
    Lorenz (1905), Methods of measuring the concentration of wealth. Gini (1912), Variabilita e mutabilita.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": list("abcde"), "amount": [60.0, 10.0, 10.0, 10.0, 10.0],
    ...     "ordered_at": pd.to_datetime(["2024-01-01"] * 5),
    ... })
    >>> table = concentration(orders, top_rates=[0.1, 0.2, 0.6])
    >>> table
       top_rate  customers  amount  amount_rate
    0       0.1          0    30.0          0.3
    1       0.2          1    60.0          0.6
    2       0.6          3    80.0          0.8
    >>> round(table.attrs["gini"], 2)
    0.4
    """
    given = given_orders(orders, as_of)
    rates = np.array([_share(rate) for rate in as_numbers("top_rates", top_rates)], dtype=float)
    require_amounts(given, "orders")
    curve = lorenz(given)
    if len(curve.customers) == 1 or len(rates) == 0:
        raise ArgumentError(
            f"orders: {len(curve.customers) - 1} customers have a total value above 0, and {len(rates)} "
            "shares are asked for with top_rates, so there is nothing to divide. See orders.audit."
        )
    whole = float(curve.amount[-1])
    amount = curve.amount_of_top(rates)
    table = pd.DataFrame(
        {
            "top_rate": rates,
            # A hair, so that a fifth of five is one.
            "customers": np.floor(rates * curve.customers[-1] + 1e-9).astype("int64"),
            "amount": amount,
            "amount_rate": amount / whole,
        }
    ).astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    table = caption(table, "concentration", given, customers=int(curve.customers[-1]))
    table.attrs |= {
        "gini": curve.gini,
        "others": curve.others,
        "others_amount": curve.others_amount,
    }
    if curve.others:
        table.attrs["notes"] = [[OTHERS, {"others": f"{curve.others:,}"}]]
    return table


OTHERS = "Left out are customers with a total value of 0 or less: {others}."


def _share(rate: float) -> float:
    if not 0 <= rate <= 1:
        raise ArgumentError(f"top_rates: {rate} is not between 0 and 1.")
    return float(rate)
