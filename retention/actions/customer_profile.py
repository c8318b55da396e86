"""Everything that is known and expected of each customer, in one wide row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.actions.consent import opted_out
from retention.actions.contact_history import contact_history
from retention.actions.suggested_items import suggested_items
from retention.errors import ArgumentError, examples, require_columns
from retention.models.churn_risk import churn_risk
from retention.models.customer_value import customer_value
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.given_fits import require_fit, require_spend_fit
from retention.models.next_order_window import next_order_window
from retention.models.order_fit import OrderFit
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.customer_summary import customer_summary
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.repeatable import repeatable
from retention.tables.rfm import rfm
from retention.tables.undated_people import with_undated_note

COLUMNS = check_columns(
    (
        "customer_id", "stage", "group", "purchase_days", "days_since_last_order", "total_value",
        "average_order_value", "first_order_at", "last_order_at", "r_score", "f_score", "m_score",
        "segment", "p_no_order", "band", "value_at_risk", "risk_reason", "expected_orders",
        "expected_value", "p_again", "due_from", "due_at", "due_until", "last_item", "next_item",
        "next_rate", "lift", "eligible", "messages_30_days", "answers", "last_answer_channel",
        "wish_list", "is_opted_out",
    )
)  # fmt: skip
ITEMS = ("product", "category")


@repeatable
def customer_profile(
    orders: Orders | pd.DataFrame,
    *,
    fit: OrderFit,
    spend_fit: GammaGammaFit | None = None,
    people: pd.DataFrame | None = None,
    touches: pd.DataFrame | None = None,
    horizon_days: int = 90,
    consent: str | None = None,
) -> pd.DataFrame:
    """One wide row per person: stage, scores, risk, value, due days, next product, contacts.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    fit, spend_fit
        A fitted order model and a fitted `fit_gamma_gamma` of these customers; without the latter
        there is no value_at_risk and no expected_value.
    people : DataFrame as `read_people` returns it
        Adds people who have not bought (prospects), and all its columns.
    touches : DataFrame as `read_touches` returns it
        Adds what was sent, answered and wished for.
    horizon_days : int, days
        How far risk and value look ahead.
    consent : str
        Column of `people` that says whether they may be contacted: yes or no, in English or Vietnamese.
        Whoever has not said yes is opted out.

    Returns
    -------
    DataFrame, one row per person, by customer_id
        customer_id, stage, group (str, see `lifecycle_stages`), purchase_days (int64),
        days_since_last_order (Int64), total_value, average_order_value (float64, currency),
        first_order_at, last_order_at (datetime64[us]), r_score, f_score, m_score (Int64, 1..5), segment
        (str, see `rfm`), p_no_order (float64, 0..1), band (str), value_at_risk (float64, currency),
        risk_reason (str, see `churn_risk`), expected_orders (float64, purchase days), expected_value
        (float64, currency), p_again (float64, 0..1), due_from, due_at, due_until (datetime64[us], see
        `next_order_window`), last_item, next_item (str, product or category), next_rate (float64, 0..1),
        lift (float64), eligible (Int64, customers behind the suggestion), messages_30_days, answers
        (int64), last_answer_channel, wish_list (str, wished for and not bought since), is_opted_out (bool);
        then the columns of `people` under their own names. Of prospects, what only buyers have is null.

    Raises
    ------
    ArgumentError
        If `consent` is no column of the people or holds what is neither yes nor no, or a table is none
        of ours.

    Notes
    -----
    The trap: a wide row looks like knowledge of a person. Chances and amounts are expectations, right
    over many; see `churn_risk` and `customer_value` for their limits.

    Examples
    --------
    >>> from retention import customer_summary, fit_mbg_nbd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["an", "an", "an", "ba", "ba", "co"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-21", "2024-03-31"]
    ...                                  + ["2024-01-01", "2024-01-21", "2024-02-10"]),
    ...     "amount": [9.0, 5.0, 7.0, 3.0, 8.0, 6.0]})
    >>> profile = customer_profile(orders, fit=fit_mbg_nbd(customer_summary(orders)), horizon_days=90)

    Three repeat purchases in 230 days of customers who are alike: 90 * 3 / 230 more in 90 days.

    >>> profile[["customer_id", "purchase_days", "total_value", "expected_orders"]].round(2)
      customer_id  purchase_days  total_value  expected_orders
    0          an              3         21.0             1.17
    1          ba              2         11.0             1.17
    2          co              1          6.0             1.17
    """
    require_fit(fit)
    require_spend_fit(spend_fit, is_optional=True)
    given = given_orders(orders)
    _check_consent(people, consent)
    customers = customer_summary(given)
    table = lifecycle_stages(given, people=people).set_index("customer_id")[["stage", "group"]]
    for part in _parts(given, customers, fit, spend_fit, horizon_days):
        table = table.join(part)
    table = table.join(_contacts(touches, given, table.index))
    if people is not None:
        table = table.join(_own_columns(people, table.columns))
    table["is_opted_out"] = _is_opted_out(table, consent)
    table = _typed(table.reset_index())
    table = caption(
        table, "customer_profile", given, customers=len(table), horizon_days=horizon_days,
        model=fit.model,
    )  # fmt: skip
    return with_undated_note(table, people)


def _check_consent(people: pd.DataFrame | None, consent: str | None) -> None:
    if consent is None:
        return
    if people is None:
        raise ArgumentError(f"consent: {consent!r} is a column of people, and none were given.")
    hint = "Name the column of people that says who may be contacted."
    require_columns("people", people, (consent,), hint)


def _parts(
    orders: Orders,
    customers: pd.DataFrame,
    fit: OrderFit,
    spend_fit: GammaGammaFit | None,
    horizon: int,
) -> list[pd.DataFrame]:
    """What only buyers have, indexed by customer_id."""
    risk = churn_risk(customers, fit, horizon_days=horizon, spend_fit=spend_fit)
    parts = {
        "summary": customers,
        "rfm": rfm(orders)[["customer_id", "r_score", "f_score", "m_score", "segment"]],
        "risk": risk.rename(columns={"reason": "risk_reason"}),
        "value": _value(customers, fit, spend_fit, horizon),
        "window": next_order_window(orders, fit),
    }
    found = [_own(table) for table in parts.values()]
    item = next((name for name in ITEMS if name in orders.attributes), None)
    return _without_repeats([*found, *([suggested_items(orders, item)] if item else [])])


def _value(
    customers: pd.DataFrame, fit: OrderFit, spend_fit: GammaGammaFit | None, horizon: int
) -> pd.DataFrame:
    """Orders to expect, and money where amounts are known."""
    if spend_fit is None:
        return fit.predict(customers, horizon_days=horizon)[["customer_id", "expected_orders"]]
    value = customer_value(customers, fit, spend_fit, horizon_days=horizon, with_intervals=False)
    return value[["customer_id", "expected_orders", "expected_value"]]


def _own(table: pd.DataFrame) -> pd.DataFrame:
    indexed = table.set_index("customer_id")
    return indexed[[name for name in indexed.columns if name in COLUMNS]]


def _without_repeats(parts: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Each column from the first part that has it."""
    seen: set[str] = set()
    kept = []
    for part in parts:
        own = [name for name in part.columns if name not in seen]
        seen |= set(own)
        kept.append(part[own])
    return kept


def _contacts(touches: pd.DataFrame | None, orders: Orders, ids: pd.Index) -> pd.DataFrame:
    if touches is None:
        return pd.DataFrame(index=ids)
    table = contact_history(touches, orders).reindex(ids)
    counts = ["messages_30_days", "answers"]
    return table.fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, "int64"))


def _own_columns(people: pd.DataFrame, taken: pd.Index) -> pd.DataFrame:
    """The people's columns, those of the first row of each."""
    rows = people.assign(customer_id=people["customer_id"].astype("str"))
    rows = rows.drop_duplicates("customer_id").set_index("customer_id")
    clash = [name for name in rows.columns if name in taken or name in COLUMNS]
    if clash:
        raise ArgumentError(
            f"people: {len(clash)} columns have names of the profile's own ({examples(clash)}). Rename "
            "them first."
        )
    return rows


def _is_opted_out(table: pd.DataFrame, consent: str | None) -> pd.Series:
    """Nobody where no column says so; where one does, whoever has not said yes."""
    return pd.Series(False, index=table.index) if consent is None else opted_out(table[consent])


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Our columns in their order, missing ones null, then the others."""
    for name in COLUMNS:
        if name not in table:
            table[name] = np.nan
    others = [name for name in table.columns if name not in COLUMNS]
    table = table.sort_values("customer_id", ignore_index=True)[[*COLUMNS, *others]]
    table["purchase_days"] = table["purchase_days"].fillna(0)
    return table.astype({name: _kind(name, table[name]) for name in COLUMNS})


def _kind(name: str, column: pd.Series) -> str:
    kind = GLOSSARY[name].dtype
    return "Int64" if kind == "int64" and column.isna().any() else kind
