"""Whose silence costs most: a short list of customers to call."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError, require_number
from retention.hidden_ids import shown_ids
from retention.texts import text

COLUMNS = (
    "customer_id", "value_at_risk", "p_no_order", "p_order_if_just_bought", "days_since_last_order",
    "horizon_days",
)  # fmt: skip
MOST = 12


def describe_churn_list(table: pd.DataFrame, *, customers: int = 10) -> Picture:
    """Describe the customers whose silence puts most value at risk.

    Parameters
    ----------
    table : DataFrame
        From `churn_risk(..., spend_fit=...)`; filter it to a band to leave out who is gone.
    customers : int
        How many to list, up to 12.

    Returns
    -------
    Picture
        One series of lying bars, the largest first; one category per customer, with the days of silence
        and the fall of the chance as a note; value at risk.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, a customer occurs twice, or no value is known.

    Notes
    -----
    The trap: the value is what silence has taken from the expectation, not what a call would bring
    back.

    Examples
    --------
    >>> risk = pd.DataFrame({"customer_id": ["an", "ba"], "value_at_risk": [20.0, 50.0],
    ...     "p_no_order": [0.4, 0.7], "p_order_if_just_bought": [0.8, 0.9],
    ...     "days_since_last_order": [30, 80], "horizon_days": 90})
    >>> picture = describe_churn_list(risk)
    >>> picture.categories, picture.series[0].values
    (('ba', 'an'), (50.0, 20.0))
    >>> picture.category_notes[0]
    ('ba', 'silent 80 days, chance 90% → 30%')
    """
    require_number("customers", customers, is_whole=True)
    if not 1 <= customers <= MOST:
        raise ArgumentError(f"customers: {customers} is not from 1 to {MOST}: more cannot be read.")
    check_table(table, name="churn_risk", columns=COLUMNS, unique=("customer_id",))
    shown = _top(table, customers)
    names = tuple(shown_ids(shown["customer_id"]))
    values = tuple(float(value) for value in shown["value_at_risk"])
    words = caption(table, key="churn_risk")
    total = format_number(
        float(table["value_at_risk"].sum()), number_format="money", currency=words["currency"]
    )
    listed = format_number(sum(values), number_format="money", currency=words["currency"])
    currency = words["currency"] or ""
    return Picture(
        kind="bar",
        title=text("Whose silence puts most value at risk"),
        categories=names,
        series=(Series(text("Value at risk"), values, "main"),),
        number_format="money",
        is_horizontal=True,
        category_notes=tuple(zip(names, map(_note, *_columns(shown)), strict=True)),
        y_label=text(
            "Value at risk within {days} days: {listed} of {total} {currency} in all",
            days=int(shown["horizon_days"].iloc[0]), currency=currency, listed=listed, total=total,
        ).replace("  ", " "),
        alt_text=text(
            "Lying bars of the {shown} customers with most value at risk, of {customers}: {first} has "
            "{value}, all of them {listed} of {total}.",
            shown=len(shown), customers=f"{len(table):,}", first=names[0],
            value=format_number(values[0], number_format="money", currency=words["currency"]),
            listed=listed, total=total,
        ),
        finding=text(
            "The silence of these {shown} customers puts {listed} of {total} {currency} at risk",
            shown=len(shown), listed=listed, total=total, currency=currency,
        ).replace("  ", " "),
        **words,
    )  # fmt: skip


def plot_churn_list(table: pd.DataFrame, *, customers: int = 10, ax: Axes | None = None) -> Axes:
    """Draw the customers whose silence puts most value at risk.

    Parameters
    ----------
    table : DataFrame
        From `churn_risk(..., spend_fit=...)`; filter it to a band to leave out who is gone.
    customers : int
        How many to list, up to 12.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per customer.

    Raises
    ------
    ArgumentError
        As in `describe_churn_list`.

    Notes
    -----
    The trap: ids are personal data: think before the picture leaves the house.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> risk = pd.DataFrame({"customer_id": ["an", "ba"], "value_at_risk": [20.0, 50.0],
    ...     "p_no_order": [0.4, 0.7], "p_order_if_just_bought": [0.8, 0.9],
    ...     "days_since_last_order": [30, 80], "horizon_days": 90})
    >>> len(plot_churn_list(risk, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_churn_list(table, customers=customers), ax=ax)


def _top(table: pd.DataFrame, customers: int) -> pd.DataFrame:
    """The customers with most at risk; ties by id, so that the order of rows does not matter."""
    known = table[table["value_at_risk"].notna()]
    if known.empty:
        raise ArgumentError(
            f"churn_risk: none of {len(table)} rows has a value_at_risk. "
            "Pass spend_fit=fit_gamma_gamma(customers) to churn_risk(...)."
        )
    ranked = known.sort_values(["value_at_risk", "customer_id"], ascending=[False, True])
    return ranked.head(customers)


def _columns(shown: pd.DataFrame) -> list[list[float]]:
    names = ("days_since_last_order", "p_order_if_just_bought", "p_no_order")
    return [shown[name].tolist() for name in names]


def _note(silent: float, then: float, none: float) -> str:
    return text(
        "silent {days} days, chance {then} → {now}",
        days=int(silent),
        then=format_number(then, number_format="percent", digits=0),
        now=format_number(1.0 - none, number_format="percent", digits=0),
    )
