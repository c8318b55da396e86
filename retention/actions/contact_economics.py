"""Whom it pays to contact: what a contact costs against what it is expected to add."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.errors import ArgumentError, require_columns, require_number
from retention.kinds import require_text
from retention.names import GLOSSARY, check_columns
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "contacts", "contact_rate", "lowest_value", "expected_gain", "contact_cost",
        "expected_profit", "profit_low", "profit_high", "is_best",
    )
)  # fmt: skip
HINT = "Pass one row per customer, as churn_risk() or customer_value() returns it."
STEPS = 100


@repeatable
def contact_economics(
    customers: pd.DataFrame,
    *,
    cost_per_contact: float,
    margin: float,
    uplift: float,
    uplift_low: float | None = None,
    uplift_high: float | None = None,
    value: str = "expected_value",
) -> pd.DataFrame:
    """Profit of contacting the most valuable customers, by how many are contacted.

    A contact is expected to add margin x uplift x value, and costs the same for everybody: it pays for
    customers whose value is above cost_per_contact / (margin x uplift).

    Parameters
    ----------
    customers : DataFrame
        One row per customer with the column `value`.
    cost_per_contact : float
        Message, discount and work for one customer, in the orders' currency.
    margin : float
        Share of the net amount that is left after variable costs, above 0 and up to 1.
    uplift : float
        By what share of its value a contact raises what the customer brings: 0.05 is 5 %. Of an earlier
        `campaign_lift`, difference / in_holdout of amount_per_customer.
    uplift_low, uplift_high : float
        Its limits, from low and high of the same row.
    value : str
        Column with what the customer is expected to bring without a contact, or has at risk.

    Returns
    -------
    DataFrame, one row per number of customers contacted, most valuable first: each hundredth, and the
        best. contacts (int64, customers), contact_rate (float64, 0..1), lowest_value (float64, currency,
        smallest value among the contacted; null for nobody), expected_gain, contact_cost, expected_profit
        (float64, currency, of all contacts), profit_low, profit_high (float64, currency, with the limits
        of the uplift; null without), is_best (bool, the one row with the largest profit; of equal ones
        the fewest contacts).

    Raises
    ------
    ArgumentError
        If there are no customers, a value is missing, or a cost, margin or uplift is out of range.

    Notes
    -----
    The trap: high value is not high uplift. The best customers may buy anyway; only a hold-out tells,
    and by segment. A guessed uplift makes a guessed profit.

    References
    ----------
    Neslin, Gupta, Kamakura, Lu and Mason (2006), Defection detection. Verbeke, Dejaeger, Martens, Hur and
    Baesens (2012), New insights into churn prediction: a profit driven data mining approach.

    Examples
    --------
    >>> import pandas as pd
    >>> customers = pd.DataFrame({"customer_id": list("abc"), "expected_value": [100.0, 40.0, 10.0]})
    >>> curve = contact_economics(customers, cost_per_contact=1, margin=0.5, uplift=0.1)
    >>> curve.loc[curve["is_best"], ["contacts", "lowest_value", "expected_profit"]]
       contacts  lowest_value  expected_profit
    2         2          40.0              5.0
    """
    limits = (uplift_low, uplift_high)
    _check(cost_per_contact, margin, (uplift, *limits))
    require_text("value", value, hint="Name a column of customers.")
    values = _values(customers, value)
    gain = np.concatenate([[0.0], np.cumsum(values)]) * margin
    profit = gain * uplift - cost_per_contact * np.arange(len(gain))
    best = int(profit.argmax())
    counts = np.unique([*np.round(np.linspace(0, len(values), STEPS + 1)).astype(int), best])
    costs = cost_per_contact * counts
    low, high = (gain[counts] * (math.nan if one is None else one) - costs for one in limits)
    table = pd.DataFrame(
        {
            "contacts": counts,
            "contact_rate": counts / len(values),
            "lowest_value": np.concatenate([[math.nan], values])[counts],
            "expected_gain": gain[counts] * uplift,
            "contact_cost": costs,
            "expected_profit": profit[counts],
            "profit_low": low,
            "profit_high": high,
            "is_best": counts == best,
        }
    )
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    given = {"cost_per_contact": cost_per_contact, "margin": margin, "uplift": uplift}
    table.attrs = _caption(customers, given, value)
    return table


def _check(cost: float, margin: float, uplifts: tuple[float | None, ...]) -> None:
    if margin is None:
        raise ArgumentError(
            "margin: none given, and without it nobody knows what an order leaves. Pass the share of the "
            "net amount after variable costs, margin=0.3 for 30 %, or put it into retention.toml."
        )
    require_number("uplift", uplifts[0])
    names = ("uplift", "uplift_low", "uplift_high")
    given = {name: one for name, one in zip(names, uplifts, strict=True) if one is not None}
    for name, one in {"cost_per_contact": cost, "margin": margin, **given}.items():
        require_number(name, one)
    problems = []
    if not 0 <= cost < math.inf:
        problems.append(f"cost_per_contact: {cost!r} is no cost from 0 on.")
    if not 0 < margin <= 1:
        problems.append(f"margin: {margin!r} is not above 0 and up to 1; 30 % is 0.3.")
    problems += [
        f"{name}: {one!r} is not above -1 and up to 10; 5 % more is 0.05."
        for name, one in given.items()
        if not -1 < one <= 10
    ]
    low, high = given.get("uplift_low", -math.inf), given.get("uplift_high", math.inf)
    if not problems and not low <= given["uplift"] <= high:
        problems.append(
            f"uplift: {given['uplift']!r} is not between uplift_low, {low}, and uplift_high, {high}."
        )
    if problems:
        raise ArgumentError(" ".join(problems))


def _values(customers: pd.DataFrame, value: str) -> NDArray[np.float64]:
    """Values from the largest down."""
    require_columns("customers", customers, (value,), HINT)
    numbers = pd.to_numeric(customers[value], errors="coerce").to_numpy(np.float64)
    unclear = int((~np.isfinite(numbers)).sum())
    if unclear or not len(numbers):
        raise ArgumentError(
            f"customers: {unclear:,} of {len(numbers):,} rows have no number in {value!r}. See "
            f"customers[customers[{value!r}].isna()]. {HINT}"
        )
    ordered: NDArray[np.float64] = np.sort(numbers)[::-1]
    return ordered


def _caption(customers: pd.DataFrame, given: dict[str, float], value: str) -> dict[Any, Any]:
    return {
        "definition": "contact_economics",
        "parameters": {**given, "value": value},
        "as_of": customers.attrs.get("as_of"),
        "customers": len(customers),
        "currency": customers.attrs.get("currency"),
    }
