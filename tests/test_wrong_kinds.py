"""A slip of the arguments is refused by name: nothing of another kind fails somewhere inside."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from test_whole_way import CHARTS, walked

import retention as rt
from retention.errors import RetentionError

pytestmark = pytest.mark.slow

Arguments = dict[str, Any]
# What stands in the place of each argument in turn, beside an `Orders` and a fit.
WRONG = {"None": None, "3": 3, "[]": [], "'x'": "x", "an empty table": pd.DataFrame()}
# Parameters that take what an earlier step of the way gave.
FROM = {
    "customers": "customer_summary", "fit": "fit_mbg_nbd", "spend_fit": "fit_gamma_gamma",
    "cells": "cohort_retention", "profile": "customer_profile", "plan": "plan_audiences",
    "assigned": "assign_holdout", "orders": "orders", "touches": "touches", "costs": "costs",
    "source": "frame",
}  # fmt: skip
STAGES: Arguments = {"at_risk_after_days": 60, "lapsed_after_days": 120}
# Further arguments without a default, or such that the call is a short one.
GIVEN: dict[str, Arguments] = {
    "set_language": {"language": "en"},
    "translated": {"sentence": "Customers"},
    "read_people": {"source": pd.DataFrame({"customer_id": ["a"], "first_seen_at": "2024-01-31"})},
    "read_touches": {"source": pd.DataFrame({"customer_id": ["a"], "touched_at": "2024-01-31"})},
    "read_costs": {"source": pd.DataFrame({"spent_at": ["2024-01-31"], "spend": 5.0})},
    "reconcile": {"figures": {"orders": 3}},
    "simulate_orders": {"customers": 5, "days": 30},
    "simulate_repurchases": {"customers": 5},
    "decompose_change": {"before": "2023-02", "after": "2023-03"},
    "acquisition_payback": {"margin": 0.5},
    "stage_profile": {"by": "channel"},
    "way_to_first_order": {"by": "touch"},
    "fit_by_group": {"by": "stage"},
    "fit_best": {"models": ["mbg_nbd"], "cuts": 1},
    "backtest": {"models": ["mbg_nbd"], "cuts": 1},
    "stage_counts": STAGES,
    "stage_flow": STAGES,
    "stage_movers": STAGES,
    "from_lifetimes": {"fitter": None},
    "audience": {"where": "purchase_days > 1"},
    "plan_audiences": {"audiences": {"all": "purchase_days > 1"}},
    "assign_holdout": {"salt": "a", "planned_at": "2023-06-01", "share": 0.5},
    "campaign_lift": {"permutations": 9},
    "contact_economics": {"cost_per_contact": 1.0, "margin": 0.5, "uplift": 0.1},
    "write_deck": {"deck": rt.Deck(title="A"), "path": "a.pptx"},
    "since_last_run": {"path": "runs.json"},
    "write_workbook": {"tables": {"a": pd.DataFrame({"a": [1]})}, "path": "a.xlsx"},
    "write_audience": {"audience": pd.DataFrame({"customer_id": ["a"]}), "path": "a.csv"},
    "write_report": {"source": "none.csv", "folder": "report"},
    "styled": {"table": pd.DataFrame({"a": [1]})},
}
# `customers` of these has the columns of a table that comes later on the way.
VALUED = ("assign_holdout", "contact_economics")
# What a message calls an argument by, where it is not the argument's own name.
CALLED = {"source": ("orders", "people", "touches", "costs")}
FUNCTIONS = [
    name
    for name in rt.__all__
    if inspect.isfunction(getattr(rt, name)) and not name.startswith(("plot_", "describe_"))
]
DESCRIBED = [name for name in rt.__all__ if name.startswith("describe_")]
METHODS = ("predict", "alive_ahead", "simulate", "expected_new_orders", "order_counts", "from_json")


@pytest.fixture(scope="module")
def known() -> Arguments:
    frame = rt.simulate_orders(customers=60, days=400, random_state=1)
    frame["channel"] = ["web", "shop"] * (len(frame) // 2) + ["web"] * (len(frame) % 2)
    found, _ = walked(frame.assign(product="P"))
    return found | {"frame": frame, "audit": found["orders"].audit}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files go to a folder of their own, and no language or figure stays."""
    monkeypatch.chdir(tmp_path)
    yield
    rt.set_language(None)
    plt.close("all")


def arguments(name: str, known: Arguments) -> Arguments:
    """A call that is in order, but for what the orders are too few for."""
    needed = [
        each.name
        for each in inspect.signature(getattr(rt, name)).parameters.values()
        if each.default is each.empty and each.name in FROM
    ]
    given = {each: known.get(FROM[each]) for each in needed} | GIVEN.get(name, {})
    if name in VALUED:
        given["customers"] = known["customer_value"]
    if name == "alive_history":
        given["customer_id"] = known["customer_summary"]["customer_id"][0]
    if name == "decompose_change":
        given["cells"] = known["cohorts of channels"]
    return given


def wrong_calls(function: Any, given: Arguments, known: Arguments) -> list[str]:
    """What failed from the inside, or was refused without a name, argument by argument."""
    others = {"an Orders": known["orders"], "a fit": known["fit_mbg_nbd"]}
    # What is wrong with the call as it is, is told whatever else is.
    asked = refusal(function, given)
    broken = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        for kind, wrong in (WRONG | others).items():
            if parameter.default is not parameter.empty and parameter.default is wrong:
                continue
            said = problem(function, given | {parameter.name: wrong}, parameter.name)
            is_told = said and said != f"unnamed: {asked}"
            broken += [f"{parameter.name}={kind}: {said}"] if is_told else []
    return broken


def refusal(function: Any, given: Arguments) -> str:
    try:
        function(**given)
    except RetentionError as error:
        return str(error)
    return ""


def problem(function: Any, given: Arguments, name: str) -> str:
    """Empty where the call is answered, or refused by the argument's name."""
    try:
        function(**given)
    except RetentionError as error:
        # The name of a column that is not there is said as well as the argument that named it.
        names = (name, *CALLED.get(name, ()), "needed columns are missing ('x')")
        return "" if any(each in str(error) for each in names) else f"unnamed: {error}"
    except Exception as error:  # noqa: BLE001 whatever it is, all are told at the end
        return f"{type(error).__name__}: {error}"
    return ""


# Refusals


@pytest.mark.parametrize("name", FUNCTIONS)
def test_another_kind_is_refused_by_name(name: str, known: Arguments) -> None:
    assert wrong_calls(getattr(rt, name), arguments(name, known), known) == []


@pytest.mark.parametrize("name", DESCRIBED)
def test_of_charts_too(name: str, known: Arguments, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = name.removeprefix("describe_")
    monkeypatch.setitem(CALLED, "table", (CHARTS.get(topic, topic), "a table", "rows"))
    table = known.get(CHARTS.get(topic, topic))
    assert wrong_calls(getattr(rt, name), {"table": table}, known) == []


def test_of_the_axes_of_a_chart(known: Arguments) -> None:
    for wrong in (3, [], "x", pd.DataFrame()):
        assert (
            problem(rt.plot_lorenz_curve, {"table": known["lorenz_curve"], "ax": wrong}, "ax") == ""
        )


@pytest.mark.parametrize("kind", ["fit_mbg_nbd", "fit_pareto_nbd", "fit_gamma_gamma"])
def test_of_fits_too(kind: str, known: Arguments) -> None:
    fit = known[kind]
    given = {"customers": known["customer_summary"], "saved": fit.to_json()}
    for name in (each for each in METHODS if hasattr(fit, each)):
        method = getattr(fit, name)
        given["horizon_days"] = [30] if name == "expected_new_orders" else 30
        own = [each for each in inspect.signature(method).parameters if each in given]
        assert wrong_calls(method, {each: given[each] for each in own}, known) == []
