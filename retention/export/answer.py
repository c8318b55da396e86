"""The answer to a notebook's question in three computed sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal, get_args

import pandas as pd

from retention.charts.number import format_number
from retention.charts.share_of_top import share_of_top
from retention.counted_orders import counted_customers, counted_orders
from retention.errors import ArgumentError, FitError, choose
from retention.export.caution import caution
from retention.export.repurchase_answer import repurchase_answer
from retention.export.risk_answer import risk_answer
from retention.models.customer_value import customer_value
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.cohort_value import cohort_value
from retention.tables.customer_summary import customer_summary
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.pooled_retention import pooled_retention
from retention.tables.repurchase_curve import repurchase_curve
from retention.texts import text

Question = Literal["orders", "cohorts", "repurchase", "lifecycle", "risk", "value"]
HORIZON_DAYS = 365
# What has a meaning in Markdown or HTML; a sentence may hold words of the data.
_SIGNS = re.compile(r"[\\`*_\[\]<>&$~|#\n]")


@dataclass(frozen=True)
class Answer:
    """Three sentences; a notebook shows them as a list, a slide takes them one by one."""

    lines: tuple[str, ...]

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- **{_SIGNS.sub(_plain_sign, line)}**" for line in self.lines)

    def _repr_html_(self) -> str:
        items = "".join(f"<li><strong>{escape(line)}</strong></li>" for line in self.lines)
        return f"<ul>{items}</ul>"


def _plain_sign(found: re.Match[str]) -> str:
    return f"&#{ord(found.group())};"


def answer(
    orders: Orders | pd.DataFrame, *, question: Question = "cohorts", as_of: As_of = None
) -> Answer:
    """Answer one of the notebooks' questions from the orders, in three sentences.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    question : {"orders", "cohorts", "repurchase", "lifecycle", "risk", "value"}
        Are the data fit; do customers come back; when; where do they stand; who is about to leave;
        what are they worth.
    as_of : date, default the orders' own

    Returns
    -------
    Answer
        `lines`, three sentences (str), each with numbers computed from these orders.

    Raises
    ------
    ArgumentError
        If the question is not known.

    Notes
    -----
    The trap: a sentence carries no interval wider than it prints; the charts show the rest.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-03-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> answer(orders, question="orders").lines[0]
    'Lines used: 3 of 3 (100.0%); set aside, each with its reason: 0.'
    """
    choose("question", question, get_args(Question))
    return Answer(_QUESTIONS[question](given_orders(orders, as_of)))


def _orders(orders: Orders) -> tuple[str, ...]:
    audit = orders.audit.set_index("rule")
    read, used = int(audit["lines"]["lines_read"]), int(audit["lines"]["lines_used"])
    return (
        text(
            "Lines used: {used} of {read} ({share}); set aside, each with its reason: "
            "{aside}.",
            used=f"{used:,}", read=f"{read:,}", share=_percent(used / read),
            aside=f"{read - used:,}",
        ),
        text(
            "{orders} of {customers}, {start} to {as_of}.",
            orders=counted_orders(orders.counts["orders"]),
            customers=counted_customers(orders.counts["customers"]),
            start=f"{orders.history_start:%Y-%m-%d}", as_of=f"{orders.as_of:%Y-%m-%d}",
        ),
        _strongest_rule(audit),
    )  # fmt: skip


def _strongest_rule(audit: pd.DataFrame) -> str:
    change = (audit["repeat_rate_180_without"] - audit["repeat_rate_180"]).abs()
    if change.isna().all():
        return text("Nobody has been observed for 180 days yet, so rules cannot be weighed.")
    rule = str(change.idxmax())
    if change[rule] == 0:
        return text(
            "No rule changes the 180-day repeat rate, {rate}.",
            rate=_percent(audit["repeat_rate_180"].iloc[0]),
        )
    return text(
        "The rule that matters most is {rule}: without it the 180-day repeat rate would read "
        "{without} instead of {rate}.",
        rule=text(rule.replace("_", " ").capitalize()),
        without=_percent(audit["repeat_rate_180_without"][rule]),
        rate=_percent(audit["repeat_rate_180"][rule]),
    )


def _cohorts(orders: Orders) -> tuple[str, ...]:
    return _coming_back(orders), _month_by_month(orders), _worth_so_far(orders)


def _coming_back(orders: Orders) -> str:
    curve = repurchase_curve(orders)
    curve = curve[curve["order_number"] == 1]
    if curve.empty:
        return text("Too few customers to say when they come back.")
    day = min(90, int(curve["gap_days"].iloc[-1]))
    row = curve[curve["gap_days"] == day].iloc[0]
    return text(
        "{rate} of customers come back within {day} days of their first purchase "
        "(95%: {low} to {high}).",
        rate=_percent(row["p_returned"]), day=day,
        low=_percent(row["low"]), high=_percent(row["high"]),
    )  # fmt: skip


def _month_by_month(orders: Orders) -> str:
    pooled = pooled_retention(cohort_retention(orders)).set_index("age")["retention_rate"]
    later = [age for age in (1, 6, 12) if age in pooled.index]
    if not later:
        return text("No cohort has completed the month after its first one.")
    return text(
        "Of all customers observed that long, {rates} bought in that month after the first.",
        rates=", ".join(
            text("{rate} in month {age}", rate=_percent(pooled[age]), age=age) for age in later
        ),
    )


def _worth_so_far(orders: Orders) -> str:
    if not orders.has_amounts:
        return _no_amounts()
    cells = cohort_value(orders)
    whole = cells[cells["is_complete"] & ~cells["is_burn_in"]]
    if whole.empty:
        return text("No cohort is complete yet, so none has a value so far.")
    age = min(12, int(whole["age"].max()))
    at_age = whole[whole["age"] == age]
    reached = whole[whole["cohort"].isin(at_age["cohort"]) & (whole["age"] <= age)]
    mean = reached["amount"].sum() / at_age["eligible"].sum()
    return text(
        "A customer has spent {amount} by the end of month {age} (cohorts observed that long: "
        "{cohorts}).",
        amount=_money(mean, orders), age=age, cohorts=len(at_age),
    )  # fmt: skip


def _lifecycle(orders: Orders) -> tuple[str, ...]:
    try:
        stages = lifecycle_stages(orders)
    except ArgumentError as error:
        unknown = text("The stages of these customers cannot be told apart by silence.")
        return unknown, str(error), _repeating(orders)
    return _standing(stages["stage"].value_counts()), _thresholds(stages), _repeating(orders)


def _standing(counts: pd.Series) -> str:
    silent = int(counts.reindex(["lapsed_once", "lapsed"]).sum())
    at_risk = int(counts.get("at_risk", 0))
    return text(
        "Customers: {customers}; active: {active}, at risk: {at_risk}, lapsed: "
        "{silent}.",
        customers=f"{counts.sum():,}", at_risk=f"{at_risk:,}",
        active=f"{counts.sum() - silent - at_risk:,}", silent=f"{silent:,}",
    )  # fmt: skip


def _thresholds(stages: pd.DataFrame) -> str:
    first = stages.iloc[0]
    basis = {
        "given": text("as given"),
        "data": text("as the data show"),
        "fallback": text("a fallback: the data identify none"),
    }
    return text(
        "A customer is at risk after {at_risk} days of silence and lapsed after {lapsed} ({basis}).",
        at_risk=first["at_risk_after_days"], lapsed=first["lapsed_after_days"],
        basis=basis[str(first["threshold_basis"])],
    )  # fmt: skip


def _repeating(orders: Orders) -> str:
    repeat = lifecycle_rates(orders).set_index(["name", "basis"]).loc["repeat_rate"]
    if pd.isna(repeat["lifecycle_rate"]["mature"]):
        return text(
            "{rate} of customers have bought on two days or more.",
            rate=_percent(repeat["lifecycle_rate"]["as_written"]),
        )
    return text(
        "{rate} of customers have bought on two days or more ({mature} of those known for a year, "
        "within that year).",
        rate=_percent(repeat["lifecycle_rate"]["as_written"]),
        mature=_percent(repeat["lifecycle_rate"]["mature"]),
    )


def _value(orders: Orders) -> tuple[str, ...]:
    customers = customer_summary(orders)
    try:
        fit = fit_mbg_nbd(customers)
        spend = fit_gamma_gamma(customers)
    except FitError as error:
        unknown = text("The future value of these customers cannot be estimated.")
        return unknown, str(error), _spent_so_far(customers, orders)
    days = orders.choices.horizon_days or HORIZON_DAYS
    value = customer_value(customers, fit, spend, horizon_days=days, with_intervals=False)
    expected = value["expected_value"]
    (top,) = share_of_top(expected, [0.1])
    return (
        text(
            "Expected in the next {days} days from today's customers ({customers}): "
            "{amount}; orders: {orders}.",
            days=days, orders=f"{value['expected_orders'].sum():,.0f}",
            amount=_money(expected.sum(), orders), customers=f"{len(value):,}",
        ),
        text(
            "The tenth of customers with the highest expectation hold {share} of it.",
            share=_percent(top),
        ),
        " ".join(filter(None, [fit.sentence(), caution(orders)])),
    )  # fmt: skip


def _no_amounts() -> str:
    return text("The orders were read without amounts, so what customers spend is not known.")


def _spent_so_far(customers: pd.DataFrame, orders: Orders) -> str:
    if not orders.has_amounts:
        return _no_amounts()
    return text(
        "So far they have spent {amount}.", amount=_money(customers["total_value"].sum(), orders)
    )


_QUESTIONS: dict[str, Callable[[Orders], tuple[str, ...]]] = {
    "orders": _orders,
    "cohorts": _cohorts,
    "repurchase": repurchase_answer,
    "lifecycle": _lifecycle,
    "risk": risk_answer,
    "value": _value,
}


def _percent(share: float) -> str:
    return format_number(share, number_format="percent") or text("unknown")


def _money(amount: float, orders: Orders) -> str:
    number = format_number(amount, number_format="money", currency=orders.currency)
    return f"{number} {orders.currency}" if orders.currency else number
