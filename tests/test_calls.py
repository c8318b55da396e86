"""The call under a table makes the same table again, with every option that was chosen."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pandas as pd
import pytest
from strategies import shop_frame

import retention

LAYERS = ("retention.tables.", "retention.models.", "retention.actions.")
FUNCTIONS = [
    name
    for name in retention.__all__
    if getattr(retention, name).__module__.startswith(LAYERS)
    and not name.startswith(("fit_", "from_"))
]
# Options that are tables, fits or files: the call names them, it does not write them.
NAMED = {"people", "touches", "cutoffs", "newer", "earlier", "customers", "spend_fit", "to"}
UNTIL = {"as_of": "2023-12-01"}
LAPSE = {"at_risk_after_days": 40, "lapsed_after_days": 80}
STAGES = {**UNTIL, **LAPSE, "loyal_orders": 4, "people": "people"}
# What each function is given first, and a value of each of its options that is not the default.
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "customer_summary": ("orders", {**UNTIL, "by": "channel"}),
    "cohort_retention": (
        "orders",
        {**UNTIL, "period": "quarter", "by": ["channel"], "alignment": "relative",
         "definition": "on_or_after", "max_age": 1},
    ),
    "pooled_retention": ("cells", {}),
    "cohort_value": (
        "orders",
        {**UNTIL, "period": "week", "by": "channel", "alignment": "relative",
         "measure": "gross", "max_age": 5},
    ),
    "compare_groups": (
        "orders",
        {**UNTIL, "group": "web", "baseline": ["shop"], "by": "channel", "period": "quarter",
         "within_days": [20, 40]},
    ),
    "decompose_change": ("cells", {"before": "2023-Q1", "after": ["2023-Q2"], "age": 2}),
    "year_on_year": ("cells", {}),
    "seasonality": ("orders", UNTIL),
    "repurchase_intervals": ("orders", {**UNTIL, "by": "channel"}),
    "repurchase_curve": (
        "orders",
        {**UNTIL, "by": "channel", "returning_to": "same", "reach_days": 90,
         "within_days": 60, "min_at_risk": 3},
    ),
    "repurchase_ladder": (
        "orders", {**UNTIL, "by": "channel", "returning_to": "same", "reach_days": 90},
    ),
    "repurchase_hazard": (
        "orders", {**UNTIL, "by": "channel", "returning_to": "same", "min_at_risk": 3},
    ),
    "repurchase_times": ("orders", {**UNTIL, "min_at_risk": 3}),
    "next_product": (
        "orders", {**UNTIL, "item": "category", "within_days": 60, "max_items": 2},
    ),
    "time_to_first_order": (
        "orders", {**UNTIL, "touches": "touches", "by": "channel", "min_at_risk": 3},
    ),
    "acquisition_payback": (
        "orders",
        {**UNTIL, "costs": "costs", "margin": 0.4, "touches": "touches", "by": "channel",
         "period": "quarter"},
    ),
    "message_response": (
        "orders",
        {**UNTIL, "touches": "touches", "touch": "message_opened", "by": None,
         "within_days": 20, "window_days": 60},
    ),
    "choose_lapse": (
        "orders", {**UNTIL, "by": "channel", "return_window": 60, "max_return_rate": 0.2},
    ),
    "lifecycle_stages": ("orders", {**STAGES, "by": "channel"}),
    "lifecycle_rates": (
        "orders",
        {**UNTIL, "period": "quarter", "by": "channel", "people": "people", "loyal_orders": 4},
    ),
    "stage_counts": ("orders", {**STAGES, "period": "quarter"}),
    "stage_flow": (
        "orders",
        {**STAGES, "period": "week", "as_of": [pd.Timestamp("2023-08-01"), "2023-12-01"]},
    ),
    "stage_movers": ("orders", {**STAGES, "since": pd.Timestamp("2023-09-01")}),
    "stage_profile": (
        "orders", {**UNTIL, **LAPSE, "by": ["channel"], "people": "people", "top": 2},
    ),
    "way_to_first_order": (
        "orders", {**UNTIL, "touches": "touches", "by": "channel", "within_days": 9},
    ),
    "growth_accounting": ("orders", {**UNTIL, "period": "quarter", "by": "channel"}),
    "rfm": ("orders", {**UNTIL, "cutoffs": "cutoffs"}),
    "rfm_cutoffs": ("orders", UNTIL),
    "concentration": ("orders", {**UNTIL, "top_rates": (0.2, 0.5)}),
    "lorenz_curve": ("orders", UNTIL),
    "customer_value": (
        "customers, fit, spend_fit",
        {"horizon_days": pd.Timestamp("2025-12-31"), "annual_discount_rate": 0.2, "margin": 0.3,
         "with_intervals": False},
    ),
    "churn_risk": ("orders, fit", {"horizon_days": 44, "spend_fit": "spend_fit"}),
    "score_customers": (
        "orders, fit, spend_fit",
        {**UNTIL, "horizon_days": 44, "annual_discount_rate": 0.2, "margin": 0.3},
    ),
    "backtest": ("orders", {**UNTIL, "models": ["bg_nbd"], "holdout_days": 60, "cuts": 1}),
    "calibration": (
        "orders", {**UNTIL, "model": "bg_nbd", "holdout_days": 60, "cut": "2023-09-01"},
    ),
    "next_order_window": ("orders, fit", {**UNTIL, "probability": 0.5, "item": "category"}),
    "forecast": ("orders, fit, spend_fit", {"horizon_days": "2025-12-31", "new_customers": 9.5}),
    "value_of_retention": (
        "customers, fit, spend_fit",
        {"points": range(3), "margin": 0.3, "annual_discount_rate": np.float64(0.2)},
    ),
    "second_opinion": ("fit", {"horizon_days": 44}),
    "frequency_fit": ("customers, fit", {"most": 3}),
    "tracking": ("orders, fit", {**UNTIL, "period": "week", "fitted_until": "2023-09-01"}),
    "recency_frequency": ("customers, fit", {"horizon_days": 44}),
    "alive_history": ("orders, fit", {"customer_id": "c001"}),
    "customer_profile": (
        "orders",
        {"fit": "fit", "spend_fit": "spend_fit", "people": "people", "touches": "touches",
         "horizon_days": 44, "consent": "may_write"},
    ),
    "audience": (
        "profile", {"where": "purchase_days > 1", "name": "again", "max_messages": 1},
    ),
    "plan_audiences": (
        "profile",
        {"audiences": {"again": "purchase_days > 1", "once": "purchase_days == 1"},
         "share": 0.2, "max_messages": 1},
    ),
    "plan_summary": ("plan", {"split": "split"}),
    "assign_holdout": (
        "profile",
        {"salt": "tet", "planned_at": "2025-10-01", "share": 0.3, "value": "purchase_days",
         "bands": 2, "by": "stage", "earlier": "earlier"},
    ),
    "campaign_lift": (
        "orders, assigned",
        {**UNTIL, "window_days": 90, "by": "stage", "permutations": 99, "random_state": 3},
    ),
    "contact_economics": (
        "profile",
        {"cost_per_contact": 0.5, "margin": 0.4, "uplift": 0.1, "uplift_low": 0.05,
         "uplift_high": 0.2, "value": "total_value"},
    ),
}  # fmt: skip


def touches() -> pd.DataFrame:
    """Messages to customers and to others through the year."""
    random = np.random.default_rng(5)
    count = 400
    return pd.DataFrame(
        {
            "customer_id": [f"c{number:03d}" for number in random.integers(0, 90, count)],
            "touched_at": pd.Timestamp("2023-01-01")
            + pd.to_timedelta(random.integers(0, 330 * 24, count), unit="h"),
            "touch": random.choice(["message_sent", "message_opened"], count),
            "channel": random.choice(["shop", "web"], count),
        }
    )


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    """Everything that a call may mention."""
    found: dict[str, Any] = {name: getattr(retention, name) for name in FUNCTIONS}
    year = shop_frame(customers=80)
    later = year.assign(ordered_at=year["ordered_at"] + pd.DateOffset(years=1))
    later = later.assign(customer_id="x" + later["customer_id"], order_id="x" + later["order_id"])
    frame = pd.concat([year, later], ignore_index=True)
    product = np.arange(len(frame)) % 3
    frame = frame.assign(product=product.astype(str), category=(product % 2).astype(str))
    orders = retention.read_orders(frame, attributes=["channel"])
    customers = retention.customer_summary(orders)
    others = retention.customer_summary(retention.simulate_orders(customers=300, random_state=1))
    fit, spend_fit = retention.fit_mbg_nbd(others), retention.fit_gamma_gamma(others)
    people = pd.DataFrame({"customer_id": [f"c{n:03d}" for n in range(90)], "may_write": "yes"})
    people["first_seen_at"] = pd.Timestamp("2023-01-01")
    profile = retention.customer_profile(orders, fit=fit, spend_fit=spend_fit, people=people)
    profile = profile[profile["purchase_days"] > 0].reset_index(drop=True)
    drawn = {"salt": "mid", "planned_at": "2023-09-01", "value": "purchase_days", "by": "stage"}
    days = pd.date_range("2023-01-01", periods=12, freq="MS")
    return found | {
        "orders": orders, "customers": customers, "fit": fit, "spend_fit": spend_fit,
        "people": people, "touches": touches(), "profile": profile,
        "costs": pd.DataFrame({"spent_at": days, "spend": 9.0, "channel": ["web", "shop"] * 6}),
        "cells": retention.cohort_retention(orders, by="channel", period="quarter"),
        "cutoffs": retention.rfm_cutoffs(orders, as_of="2023-10-01"),
        "plan": retention.plan_audiences(profile, {"all": "purchase_days > 0"}),
        "earlier": retention.assign_holdout(profile.head(9), share=0.4, **drawn),
        "split": retention.assign_holdout(profile, share=0.4, **drawn),
        "assigned": retention.assign_holdout(profile, share=0.4, **drawn),
    }  # fmt: skip


def test_every_option_of_every_function_is_asked_for() -> None:
    assert sorted(ASKED) == sorted(FUNCTIONS)
    left_out = {
        name: [
            option
            for option, parameter in inspect.signature(getattr(retention, name)).parameters.items()
            if parameter.default is not inspect.Parameter.empty and option not in {*options, *NAMED}
        ]
        for name, (_, options) in ASKED.items()
    }
    assert {name: options for name, options in left_out.items() if options} == {}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_call_makes_the_table_again(name: str, known: dict[str, Any]) -> None:
    first, options = ASKED[name]
    given = [known[each] for each in first.split(", ")]
    chosen = {key: known[key] if key == value else value for key, value in options.items()}
    table = known[name](*given, **chosen)
    named = zip(inspect.signature(known[name]).parameters, given, strict=False)
    again = eval(table.attrs["call"], known | dict(named))
    pd.testing.assert_frame_equal(table, again)
    assert table.attrs["call"] == again.attrs["call"]
