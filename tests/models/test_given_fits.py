"""Whatever stands in a fit's place is refused by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import retention as rt
from retention.errors import ArgumentError

CUSTOMERS = pd.DataFrame(
    {
        "customer_id": list("abcde"),
        "frequency": [0, 0, 1, 2, 7],
        "recency": [0, 0, 9, 40, 70],
        "T": [80, 60, 70, 75, 72],
        "monetary_value": [None, None, 10.0, 30.0, 24.0],
        "days_since_last_order": [80, 60, 61, 35, 2],
    }
)
ORDERS = pd.DataFrame(
    {"customer_id": ["a"], "ordered_at": [pd.Timestamp("2024-01-01")], "amount": [1.0]}
)
Call = Callable[[Any, Any], object]
# Called with a fit and a spend fit.
ORDER_MODELS: dict[str, Call] = {
    "churn_risk": lambda fit, _: rt.churn_risk(CUSTOMERS, fit, horizon_days=30),
    "customer_value": lambda fit, spend: rt.customer_value(CUSTOMERS, fit, spend),
    "value_of_retention": lambda fit, spend: rt.value_of_retention(CUSTOMERS, fit, spend),
    "forecast": lambda fit, spend: rt.forecast(ORDERS, fit, spend),
    "score_customers": lambda fit, spend: rt.score_customers(ORDERS, fit, spend),
    "customer_profile": lambda fit, spend: rt.customer_profile(ORDERS, fit=fit, spend_fit=spend),
    "next_order_window": lambda fit, _: rt.next_order_window(ORDERS, fit),
    "tracking": lambda fit, _: rt.tracking(ORDERS, fit),
    "alive_history": lambda fit, _: rt.alive_history(ORDERS, fit, customer_id="a"),
    "frequency_fit": lambda fit, _: rt.frequency_fit(CUSTOMERS, fit),
    "recency_frequency": lambda fit, _: rt.recency_frequency(CUSTOMERS, fit),
    "second_opinion": lambda fit, _: rt.second_opinion(fit),
}
WITH_AMOUNTS = ("customer_value", "value_of_retention", "forecast", "score_customers")


@pytest.fixture(scope="module")
def fits() -> tuple[Any, Any]:
    return rt.fit_mbg_nbd(CUSTOMERS), rt.fit_gamma_gamma(CUSTOMERS)


# Refusals


@pytest.mark.parametrize("name", ORDER_MODELS)
@pytest.mark.parametrize("wrong", [None, "x", CUSTOMERS])
def test_no_order_model(name: str, wrong: object, fits: tuple[Any, Any]) -> None:
    with pytest.raises(ArgumentError, match=r"^fit: .* is no fitted order model.*fit_mbg_nbd\("):
        ORDER_MODELS[name](wrong, fits[1])


@pytest.mark.parametrize("name", WITH_AMOUNTS)
def test_fits_in_each_others_place(name: str, fits: tuple[Any, Any]) -> None:
    with pytest.raises(ArgumentError, match=r"^fit: a GammaGammaFit is no fitted order model"):
        ORDER_MODELS[name](fits[1], fits[0])
    with pytest.raises(ArgumentError, match=r"^spend_fit: a BetaGeometricFit is no fitted spend"):
        ORDER_MODELS[name](fits[0], fits[0])


def test_a_spend_fit_can_be_left_out_of_the_risk(fits: tuple[Any, Any]) -> None:
    with pytest.raises(ArgumentError, match=r"^spend_fit: a str is .*, or leave it out\."):
        rt.churn_risk(CUSTOMERS, fits[0], horizon_days=30, spend_fit="x")  # type: ignore[arg-type]
    assert len(rt.churn_risk(CUSTOMERS, fits[0], horizon_days=30)) == len(CUSTOMERS)


@pytest.mark.parametrize("customers", [None, "x", [1], ORDERS["amount"]])
def test_no_table_of_customers(customers: Any) -> None:
    for fit in (rt.fit_mbg_nbd, rt.fit_pareto_nbd, rt.fit_mbg_cnbd_k, rt.fit_gamma_gamma):
        with pytest.raises(ArgumentError, match=r"^customers: .* is no table\."):
            fit(customers)
