"""Who is about to leave, in three sentences."""

from __future__ import annotations

import pandas as pd

from retention.charts.number import format_number
from retention.errors import FitError
from retention.models.churn_risk import churn_risk
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.orders.orders import Orders
from retention.tables.customer_summary import customer_summary
from retention.texts import text

# Customers that somebody can call.
CALLS = 50
WORTH_A_CALL = ("medium", "high")


def risk_answer(orders: Orders) -> tuple[str, ...]:
    """How many order soon, how many silence has taken, and where most value is at risk."""
    customers = customer_summary(orders)
    try:
        fit = fit_mbg_nbd(customers)
    except FitError as error:
        unknown = text("Who is about to leave cannot be estimated from these customers.")
        return unknown, str(error), _silence(customers)
    days = orders.choices.horizon_days
    risk = churn_risk(orders, fit, horizon_days=days, spend_fit=_spend(customers))
    return _soon(risk), _taken(risk), _calls(risk, orders)


def _spend(customers: pd.DataFrame) -> GammaGammaFit | None:
    """Who leaves can be said without money; only what goes with them cannot."""
    try:
        return fit_gamma_gamma(customers)
    except FitError:
        return None


def _soon(risk: pd.DataFrame) -> str:
    return text(
        "Customers expected to order in the next {days} days: {some} of {customers}.",
        days=int(risk["horizon_days"].iloc[0]),
        some=format_number(float((1 - risk["p_no_order"]).sum())),
        customers=f"{len(risk):,}",
    )


def _taken(risk: pd.DataFrame) -> str:
    counts = risk["band"].value_counts()
    gone = int(counts.get("gone", 0))
    worth = int(counts.reindex(list(WORTH_A_CALL)).sum())
    if not gone and not worth:
        return text("Silence has taken little of the chance of an order from anybody.")
    return text(
        "Customers from whom silence has taken most of the chance of an order: {gone}; "
        "more than a fifth of it: {worth}; who order as they always did: {rest}.",
        gone=f"{gone:,}",
        worth=f"{worth:,}",
        rest=f"{int(counts.get('low', 0)):,}",
    )


def _calls(risk: pd.DataFrame, orders: Orders) -> str:
    worth = risk.loc[risk["band"].isin(WORTH_A_CALL), "value_at_risk"].dropna()
    if risk["value_at_risk"].isna().all():
        return text("What goes with them is not known: too few customers have amounts to go by.")
    total = float(worth.sum())
    if total <= 0:
        return text("Nobody between as always and gone has value at risk.")
    first = worth.nlargest(CALLS)
    amount = format_number(total, number_format="money", currency=orders.currency)
    return text(
        "Of {amount} at risk with customers who are not gone yet, {share} is with "
        "those who have most ({calls}).",
        amount=f"{amount} {orders.currency}" if orders.currency else amount,
        calls=len(first),
        share=format_number(float(first.sum()) / total, number_format="percent"),
    )


def _silence(customers: pd.DataFrame) -> str:
    return text(
        "Half of the customers have been silent for {days} days or more.",
        days=format_number(float(customers["days_since_last_order"].median())),
    )
