"""Customers of whom it is known how many return, and when: to see what an estimate makes of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_number
from retention.kinds import as_seed
from retention.names import check_columns

COLUMNS = check_columns(("customer_id", "ordered_at", "amount"))
START = pd.Timestamp("2024-01-01")


def simulate_repurchases(
    *,
    customers: int = 200_000,
    days: int = 365,
    p_return: float = 0.45,
    shape: float = 2.0,
    scale_days: float = 60.0,
    random_state: int = 0,
) -> pd.DataFrame:
    """Customers who come evenly over `days`, of whom a known share returns, once, after a known time.

    Parameters
    ----------
    customers : int
        How many make a first purchase, each day with the same chance.
    days : int
        How long the shop has been open.
    p_return : float, 0..1
        Share who ever return.
    shape, scale_days : float, above 0
        The wait of those who do is gamma distributed, in whole days, rounded up.
    random_state : int
        Seed.

    Returns
    -------
    pandas.DataFrame
        One row per purchase so far, first purchases first: customer_id (str), ordered_at
        (datetime64[us]), amount (float64, 1 each).

    Raises
    ------
    ArgumentError
        If a number is out of range.

    Notes
    -----
    The trap: read it with `as_of` its last day, 2024-12-30 where `days` is 365; by itself the last
    purchase would end the observation.

    Examples
    --------
    >>> orders = simulate_repurchases(customers=1000, random_state=1)
    >>> orders["customer_id"].nunique()
    1000
    """
    _check(customers, days, p_return, shape, scale_days)
    random = np.random.default_rng(as_seed(random_state))
    first = random.integers(0, days, customers)
    wait = np.ceil(random.gamma(shape, scale_days, customers))
    is_back = (random.random(customers) < p_return) & (first + wait < days)
    who = np.arange(customers)
    numbers = np.concatenate([who, who[is_back]])
    day = np.concatenate([first, (first + wait)[is_back]])
    return pd.DataFrame(
        {
            "customer_id": pd.Series(numbers).astype("str"),
            "ordered_at": (START + pd.to_timedelta(day, unit="D")).astype("datetime64[us]"),
            "amount": 1.0,
        }
    )


def _check(customers: int, days: int, p_return: float, shape: float, scale_days: float) -> None:
    for name, count in (("customers", customers), ("days", days)):
        require_number(name, count, is_whole=True)
        if count < 1:
            raise ArgumentError(f"{name}: {count} is below 1. Give a whole number of at least 1.")
    for name, value in (("shape", shape), ("scale_days", scale_days)):
        require_number(name, value)
        if not value > 0:
            raise ArgumentError(f"{name}: {value} is not above 0.")
    require_number("p_return", p_return)
    if not 0 <= p_return <= 1:
        raise ArgumentError(f"p_return: {p_return} is not a share from 0 to 1.")
