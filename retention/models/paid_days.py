"""The amounts behind a spend model: repeat purchase days with an amount above 0."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_table
from retention.hidden_ids import example_cells
from retention.models.number_columns import HINT, number_columns
from retention.models.spend import Amounts


def paid_days(customers: pd.DataFrame) -> pd.DataFrame:
    """Each customer's paid repeat days and their mean amount, 0 and 0 where there are none.

    Parameters
    ----------
    customers
        As `customer_summary` returns it: `paid_days` and `paid_value` where present, else
        `frequency` and `monetary_value`, of which amounts of 0 and less are left out.

    Returns
    -------
    pandas.DataFrame
        Grain: customer, in the order of the table. Columns: paid_days (float64, days), paid_value
        (float64, currency).

    Raises
    ------
    ArgumentError
        Where a column is missing or an amount does not fit its count of days.

    Examples
    --------
    >>> paid_days(pd.DataFrame({"frequency": [0, 2, 1], "monetary_value": [None, 9.5, 0.0]}))
       paid_days  paid_value
    0        0.0         0.0
    1        2.0         9.5
    2        0.0         0.0
    """
    require_table("customers", customers, HINT)
    own = {"paid_days", "paid_value"} <= set(customers.columns)
    days_name, value_name = ("paid_days", "paid_value") if own else ("frequency", "monetary_value")
    table = number_columns(customers, (days_name, value_name))
    days, value = table[days_name].to_numpy(), table[value_name].to_numpy()
    wrong = ~np.isfinite(days) | (days < 0) | ((days > 0) & ~np.isfinite(value))
    if wrong.any():
        pairs = [tuple(pair) for pair in np.column_stack([days, value])[wrong][:3].tolist()]
        raise ArgumentError(
            f"customers: {wrong.sum():,} of {len(customers):,} rows have no usable "
            f"({days_name}, {value_name}): {example_cells(pairs)}. "
            f"See customers[['{days_name}', '{value_name}']].describe(). {HINT}"
        )
    paid = (days > 0) & (value > 0)
    return pd.DataFrame(
        {"paid_days": np.where(paid, days, 0.0), "paid_value": np.where(paid, value, 0.0)}
    )


def distinct_amounts(customers: pd.DataFrame) -> Amounts:
    """Distinct (paid days, mean amount) of the customers who have any, with their number.

    Examples
    --------
    >>> amounts = distinct_amounts(
    ...     pd.DataFrame({"frequency": [0, 2, 2], "monetary_value": [None, 9.5, 9.5]})
    ... )
    >>> amounts.days, amounts.value, amounts.customers
    (array([2.]), array([9.5]), array([2.]))
    """
    paid = paid_days(customers)
    given = customers["customers"].to_numpy(np.float64) if "customers" in customers else 1.0
    paid = paid.assign(customers=given)[paid["paid_days"] > 0]
    counts = paid.groupby(["paid_days", "paid_value"], sort=True)["customers"].sum().reset_index()
    return Amounts(
        days=counts["paid_days"].to_numpy(),
        value=counts["paid_value"].to_numpy(),
        customers=counts["customers"].to_numpy(np.float64),
    )
