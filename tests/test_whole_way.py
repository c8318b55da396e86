"""Whatever orders there are, each public function gives a result or says why not, without a warning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from strategies import order_frames, refunded_frames

import retention as rt
from retention.errors import RetentionError

pytestmark = pytest.mark.slow

Known = dict[str, Any]
Step = Callable[[Known], Any]
# Name of a function, or of several calls of one, to the call; what an earlier one gave is at hand.
TABLES: dict[str, Step] = {
    "customer_summary": lambda k: rt.customer_summary(k["orders"]),
    "cohort_retention": lambda k: rt.cohort_retention(k["orders"]),
    "cohort_retention by": lambda k: rt.cohort_retention(k["orders"], by="channel", period="week"),
    "pooled_retention": lambda k: rt.pooled_retention(k["cohort_retention"]),
    "cohort_value": lambda k: rt.cohort_value(k["orders"]),
    "compare_groups": lambda k: rt.compare_groups(k["orders"]),
    "decompose_change": lambda k: rt.decompose_change(
        k["orders"], group="2023-03", baseline="2023-02", by="channel"
    ),
    "year_on_year": lambda k: rt.year_on_year(k["cohort_retention"]),
    "seasonality": lambda k: rt.seasonality(k["orders"]),
    "repurchase_intervals": lambda k: rt.repurchase_intervals(k["orders"]),
    "repurchase_curve": lambda k: rt.repurchase_curve(k["orders"]),
    "repurchase_ladder": lambda k: rt.repurchase_ladder(k["orders"]),
    "repurchase_hazard": lambda k: rt.repurchase_hazard(k["orders"]),
    "repurchase_times": lambda k: rt.repurchase_times(k["orders"]),
    "next_product": lambda k: rt.next_product(k["orders"], item="product"),
    "choose_lapse": lambda k: rt.choose_lapse(k["orders"]),
    "lifecycle_stages": lambda k: rt.lifecycle_stages(
        k["orders"], at_risk_after_days=60, lapsed_after_days=120
    ),
    "lifecycle_stages found": lambda k: rt.lifecycle_stages(k["orders"]),
    "lifecycle_rates": lambda k: rt.lifecycle_rates(k["orders"]),
    "stage_counts": lambda k: rt.stage_counts(
        k["orders"], at_risk_after_days=60, lapsed_after_days=120
    ),
    "stage_flow": lambda k: rt.stage_flow(
        k["orders"], at_risk_after_days=60, lapsed_after_days=120
    ),
    "stage_movers": lambda k: rt.stage_movers(
        k["orders"], at_risk_after_days=60, lapsed_after_days=120
    ),
    "stage_profile": lambda k: rt.stage_profile(
        k["orders"], by="channel", at_risk_after_days=60, lapsed_after_days=120
    ),
    "growth_accounting": lambda k: rt.growth_accounting(k["orders"]),
    "rfm": lambda k: rt.rfm(k["orders"]),
    "rfm_cutoffs": lambda k: rt.rfm_cutoffs(k["orders"]),
    "concentration": lambda k: rt.concentration(k["orders"]),
    "lorenz_curve": lambda k: rt.lorenz_curve(k["orders"]),
    "time_to_first_order": lambda k: rt.time_to_first_order(k["orders"], touches=k["touches"]),
    "way_to_first_order": lambda k: rt.way_to_first_order(k["orders"], touches=k["touches"]),
    "acquisition_payback": lambda k: rt.acquisition_payback(
        k["orders"], costs=k["costs"], touches=k["touches"]
    ),
    "message_response": lambda k: rt.message_response(k["orders"], touches=k["touches"]),
}
MODELS: dict[str, Step] = {
    "fit_bg_nbd": lambda k: rt.fit_bg_nbd(k["customer_summary"]),
    "fit_mbg_nbd": lambda k: rt.fit_mbg_nbd(k["customer_summary"]),
    "fit_pareto_nbd": lambda k: rt.fit_pareto_nbd(k["customer_summary"]),
    "fit_mbg_cnbd_k": lambda k: rt.fit_mbg_cnbd_k(k["customer_summary"]),
    "fit_gamma_gamma": lambda k: rt.fit_gamma_gamma(k["customer_summary"]),
    "customer_value": lambda k: rt.customer_value(
        k["customer_summary"], k["fit_mbg_nbd"], k["fit_gamma_gamma"]
    ),
    "churn_risk": lambda k: rt.churn_risk(
        k["orders"], k["fit_mbg_nbd"], spend_fit=k.get("fit_gamma_gamma")
    ),
    "next_order_window": lambda k: rt.next_order_window(k["orders"], k["fit_mbg_nbd"]),
    "score_customers": lambda k: rt.score_customers(k["orders"], k["fit_mbg_nbd"]),
    "backtest": lambda k: rt.backtest(k["orders"], holdout_days=60, cuts=1),
    "calibration": lambda k: rt.calibration(k["orders"], holdout_days=60),
    "forecast": lambda k: rt.forecast(
        k["orders"], k["fit_mbg_nbd"], k["fit_gamma_gamma"], horizon_days=60
    ),
    "value_of_retention": lambda k: rt.value_of_retention(
        k["customer_summary"], k["fit_mbg_nbd"], k["fit_gamma_gamma"]
    ),
    "frequency_fit": lambda k: rt.frequency_fit(k["customer_summary"], k["fit_mbg_nbd"]),
    "tracking": lambda k: rt.tracking(k["orders"], k["fit_mbg_nbd"], fitted_until="2023-09-30"),
    "recency_frequency": lambda k: rt.recency_frequency(k["customer_summary"], k["fit_mbg_nbd"]),
    "alive_history": lambda k: rt.alive_history(k["orders"], k["fit_mbg_nbd"], customer_id="a"),
}
ACTIONS: dict[str, Step] = {
    "customer_profile": lambda k: rt.customer_profile(k["orders"]),
    "customer_profile fitted": lambda k: rt.customer_profile(
        k["orders"], fit=k["fit_mbg_nbd"], spend_fit=k["fit_gamma_gamma"]
    ),
    "audience": lambda k: rt.audience(k["customer_profile"], where="purchase_days > 1"),
    "plan_audiences": lambda k: rt.plan_audiences(
        k["customer_profile"], {"all": "purchase_days > 0"}
    ),
    "plan_summary": lambda k: rt.plan_summary(k["plan_audiences"]),
    "assign_holdout": lambda k: rt.assign_holdout(
        k["customer_summary"], salt="a", planned_at="2023-06-01", share=0.5
    ),
    "campaign_lift": lambda k: rt.campaign_lift(k["orders"], k["assign_holdout"], window_days=30),
    "contact_economics": lambda k: rt.contact_economics(
        k["customer_value"], cost_per_contact=1.0, margin=0.5, uplift=0.1
    ),
}
OUTLETS: dict[str, Step] = {
    **{
        f"answer {one}": lambda k, one=one: rt.answer(k["orders"], question=one)
        for one in ("orders", "cohorts", "repurchase", "lifecycle", "risk", "value")
    },
    "reconcile": lambda k: rt.reconcile(k["orders"], {"orders": 3}),
    "styled": lambda k: rt.styled(k["customer_summary"]).to_html(),
}
STEPS = TABLES | MODELS | ACTIONS | OUTLETS
# The table that a chart is of, where it is not the one of its own name.
CHARTS = {
    "cohort_heatmap": "cohort_retention", "retention_curves": "cohort_retention",
    "cumulative_value": "cohort_value", "layer_cake": "cohort_value",
    "group_difference": "compare_groups", "rate_change": "decompose_change",
    "lapse_tradeoff": "choose_lapse", "purchase_days": "customer_summary", "rfm_grid": "rfm",
    "churn_list": "churn_risk",
}  # fmt: skip
# What takes no orders, or has tests of its own over every shape of them.
ELSEWHERE = {
    "fit_best", "fit_by_group", "second_opinion", "from_lifetimes", "fit_of", "simulate_orders",
    "simulate_repurchases", "find_contacts", "engine_settings", "use_style",
}  # fmt: skip


def walked(frame: pd.DataFrame) -> tuple[Known, dict[str, str]]:
    """What each step gave, and what each that gave nothing said."""
    known: Known = {"touches": touches(frame), "costs": costs()}
    refused: dict[str, str] = {}
    try:
        known["orders"] = rt.read_orders(frame, attributes=["channel"])
    except RetentionError as error:
        return known, {"read_orders": str(error)}
    for name, step in STEPS.items():
        try:
            known[name] = step(known)
        except RetentionError as error:
            refused[name] = str(error)
        except KeyError as error:
            # What it needs was refused before.
            if error.args[0] not in refused:
                raise AssertionError(f"{name}: {error!r}") from error
            refused[name] = f"needs {error.args[0]}"
        except Exception as error:
            raise AssertionError(f"{name}: {type(error).__name__}: {error}") from error
    return known, refused


def touches(frame: pd.DataFrame) -> pd.DataFrame:
    """A click of each customer three days before the first order."""
    first = frame.groupby("customer_id", as_index=False)["ordered_at"].min()
    seen = first["ordered_at"] - pd.Timedelta(days=3)
    return pd.DataFrame(
        {
            "customer_id": first["customer_id"],
            "touched_at": seen,
            "touch": "click",
            "channel": "web",
        }
    )


def costs() -> pd.DataFrame:
    days = pd.date_range("2022-12-01", periods=18, freq="MS").astype("datetime64[us]")
    return pd.DataFrame({"spent_at": days, "channel": "web", "spend": 10.0})


def drawn(known: Mapping[str, Any]) -> None:
    """Every chart of every table that there is."""
    for name in [one for one in rt.__all__ if one.startswith("plot_")]:
        table = known.get(CHARTS.get(name.removeprefix("plot_"), name.removeprefix("plot_")))
        if isinstance(table, pd.DataFrame):
            try:
                getattr(rt, name)(table)
            except RetentionError:
                continue
            except Exception as error:
                raise AssertionError(f"{name}: {type(error).__name__}: {error}") from error
            finally:
                plt.close("all")


@given(order_frames())
def test_a_result_or_a_reason(frame: pd.DataFrame) -> None:
    known, refused = walked(frame)
    assert set(known) | set(refused) >= {"orders"} or "read_orders" in refused
    assert all(reason for reason in refused.values())
    drawn(known)


@given(refunded_frames())
def test_a_result_or_a_reason_with_refunds(frame: pd.DataFrame) -> None:
    _, refused = walked(frame)
    assert all(reason for reason in refused.values())


def test_one_order_and_an_ordinary_shop() -> None:
    """The two ends: of one order little can be said, of a shop everything."""
    one = pd.DataFrame(
        {"customer_id": ["a"], "order_id": ["1"], "ordered_at": [pd.Timestamp("2023-01-05")],
         "amount": [5.0], "product": ["P"], "channel": ["web"]}
    )  # fmt: skip
    known, _ = walked(one)
    assert len(known["customer_summary"]) == 1
    known, refused = walked(
        rt.simulate_orders(customers=400, random_state=1).assign(channel="web", product="P")
    )
    assert set(refused) <= {"decompose_change", "alive_history", "stage_profile"}
    drawn(known)


def test_every_function_is_on_the_way() -> None:
    homes = {name: getattr(rt, name).__module__.split(".")[1] for name in rt.__all__}
    wanted = {name for name, home in homes.items() if home in ("tables", "models", "actions")}
    wanted = {name for name in wanted if name[0].islower()} - ELSEWHERE
    assert wanted - {name.split()[0] for name in STEPS} == set()
