"""The days in which each customer's next order is due."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.item_buyers import item_buyers
from retention.errors import ArgumentError, FitError, choose, require_number
from retention.models.given_fits import require_fit
from retention.models.history import compress_customers
from retention.models.next_order_days import next_order_days
from retention.models.order_fit import OrderFit
from retention.models.order_models import fit_like
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.customer_summary import customer_summary
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    ("customer_id", "p_again", "days_since_last_order", "due_from", "due_at", "due_until")
)
ITEMS = ("product", "category")
MAX_ITEMS = 10


@repeatable
def next_order_window(
    orders: Orders | pd.DataFrame,
    fit: OrderFit,
    *,
    probability: float = 0.8,
    item: Literal["product", "category"] | None = None,
    as_of: As_of = None,
) -> pd.DataFrame:
    """Say from when until when each customer's next order is due, given the silence so far.

    The window lies in the middle: as likely before it as after it. It is recomputed at `as_of`, so it
    moves on while a customer stays silent.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    fit : a fitted order model, such as `fit_mbg_nbd` returns
        With even gaps `fit_best` finds MBG/CNBD-k, whose windows are narrower.
    probability : float, 0..1
        Chance that the next order falls into the window, if it comes within ten years.
    item : "product" or "category", default neither
        One window for each of the ten items with the most buyers: when this is bought again. The kind
        of `fit` is fitted anew to the purchases of each.
    as_of : date, default the orders' own

    Returns
    -------
    DataFrame, one row per customer, with `item` one per item and customer who has bought it
        item (str, only where asked for), customer_id (str), p_again (float64, 0..1, chance of a next
        order within ten years), days_since_last_order (int64), due_from, due_at, due_until
        (datetime64[us], days: first, middle and last of the window). `attrs["left_out"]` says which
        items have no window and why.

    Raises
    ------
    ArgumentError
        If the probability is none, or the orders have no such items.
    FitError
        If no model can be fitted.

    Notes
    -----
    The trap: the window says when, not whether. A customer with a low p_again has a window, too.

    Examples
    --------
    >>> from retention import simulate_orders
    >>> orders = simulate_orders(customers=300, days=365, random_state=1)
    >>> from retention import customer_summary, fit_mbg_nbd, read_orders
    >>> orders = read_orders(orders)
    >>> window = next_order_window(orders, fit_mbg_nbd(customer_summary(orders)))
    >>> bool((window["due_from"] <= window["due_at"]).all())
    True
    """
    require_fit(fit)
    _check(probability, item)
    given = given_orders(orders, as_of)
    left_out: dict[str, str] = {}
    if item is None:
        table = _windows(given, fit, probability, is_fitted=True)
    else:
        table, left_out = _by_item(given, fit, probability, item)
    table = table.astype({name: GLOSSARY[name].dtype for name in table.columns})
    customers = int(table["customer_id"].nunique())
    shown = {"probability": probability} | ({"item": item} if item else {})
    table = caption(table, "next_order_window", given, customers=customers, **shown)
    table.attrs |= {"left_out": left_out} if item else {}
    return table


def _check(probability: float, item: str | None) -> None:
    require_number("probability", probability)
    if not 0 < probability < 1:
        raise ArgumentError(f"probability: {probability} is not between 0 and 1; 80 % is 0.8.")
    if item is not None:
        choose("item", item, ITEMS)


def _windows(orders: Orders, fit: OrderFit, probability: float, *, is_fitted: bool) -> pd.DataFrame:
    """The windows of these orders' customers; a `fit` that is not of them only says which model."""
    customers = customer_summary(orders)
    fit = fit if is_fitted else fit_like(fit, customers)
    history = compress_customers(customers).scaled(fit.time_unit_days)
    chances = ((1 - probability) / 2, 0.5, (1 + probability) / 2)
    again, days = next_order_days(
        fit.settings(), history, chances, time_unit_days=fit.time_unit_days
    )
    due = dict(zip(("due_from", "due_at", "due_until"), days[:, history.row], strict=True))
    return pd.DataFrame(
        {
            "customer_id": customers["customer_id"],
            "p_again": again[history.row],
            "days_since_last_order": customers["days_since_last_order"],
            **{name: orders.as_of + pd.to_timedelta(each, unit="D") for name, each in due.items()},
        }
    )[list(COLUMNS)]


def _by_item(
    orders: Orders, fit: OrderFit, probability: float, item: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    tables, left_out = [], {}
    for name in _largest(orders, item):
        own = replace(orders, checked=orders.checked.filter(orders.checked[item] == name))
        try:
            tables.append(_windows(own, fit, probability, is_fitted=False).assign(item=name))
        except FitError as error:
            left_out[name] = str(error)
    if not tables:
        raise FitError(
            f"{item}: none of {len(left_out)} has a window. {next(iter(left_out.values()))}"
        )
    table = pd.concat(tables, ignore_index=True)
    return table[["item", *COLUMNS]], left_out


def _largest(orders: Orders, item: str) -> list[str]:
    """The items with the most buyers."""
    lines: Any = orders.lines
    if item not in lines.columns:
        raise ArgumentError(
            f"item: the orders have no column {item!r}. Name it with "
            f"read_orders(source, columns={{{item!r}: ...}})."
        )
    found = to_frame(item_buyers(lines, item=item, most=MAX_ITEMS), ("item", "customers"))
    return [str(name) for name in found["item"]]
