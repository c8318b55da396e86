"""Who comes back, when, who is about to leave, and what each customer is worth.

Public names are resolved when first used (PEP 562), so that `import retention` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Module -> the public names that live in it, layer by layer.
_NAMES: dict[str, tuple[str, ...]] = {
    # words
    "retention.session_language": ("set_language", "translated"),
    # engine
    "retention.engine.settings": ("engine_settings",),
    # orders
    "retention.orders.read": ("read_orders",),
    "retention.orders.orders": ("Orders",),
    "retention.orders.people": ("read_people",),
    "retention.orders.touches": ("read_touches",),
    "retention.orders.costs": ("read_costs",),
    "retention.orders.identity.contacts": ("find_contacts",),
    "retention.orders.reconcile.reconcile": ("reconcile",),
    "retention.orders.sample": ("sample_orders", "sample_people"),
    "retention.orders.sample_marketing": ("sample_costs", "sample_touches"),
    "retention.orders.simulate": ("simulate_orders",),
    "retention.orders.simulate_repurchases": ("simulate_repurchases",),
    # tables
    "retention.tables.customer_summary": ("customer_summary",),
    "retention.tables.cohort_retention": ("cohort_retention",),
    "retention.tables.pooled_retention": ("pooled_retention",),
    "retention.tables.cohort_value": ("cohort_value",),
    "retention.tables.compare_groups": ("compare_groups",),
    "retention.tables.decompose_change": ("decompose_change",),
    "retention.tables.year_on_year": ("year_on_year",),
    "retention.tables.seasonality": ("seasonality",),
    "retention.tables.repurchase_intervals": ("repurchase_intervals",),
    "retention.tables.repurchase_curve": ("repurchase_curve",),
    "retention.tables.repurchase_ladder": ("repurchase_ladder",),
    "retention.tables.repurchase_hazard": ("repurchase_hazard",),
    "retention.tables.repurchase_times": ("repurchase_times",),
    "retention.tables.next_product": ("next_product",),
    "retention.tables.time_to_first_order": ("time_to_first_order",),
    "retention.tables.acquisition_payback": ("acquisition_payback",),
    "retention.tables.message_response": ("message_response",),
    "retention.tables.choose_lapse": ("choose_lapse",),
    "retention.tables.lifecycle_stages": ("lifecycle_stages",),
    "retention.tables.lifecycle_rates": ("lifecycle_rates",),
    "retention.tables.stage_counts": ("stage_counts",),
    "retention.tables.stage_flow": ("stage_flow",),
    "retention.tables.stage_movers": ("stage_movers",),
    "retention.tables.stage_profile": ("stage_profile",),
    "retention.tables.way_to_first_order": ("way_to_first_order",),
    "retention.tables.growth_accounting": ("growth_accounting",),
    "retention.tables.rfm": ("rfm",),
    "retention.tables.rfm_cutoffs": ("rfm_cutoffs",),
    "retention.tables.concentration": ("concentration",),
    "retention.tables.lorenz_curve": ("lorenz_curve",),
    # models
    "retention.models.bg_nbd": ("fit_bg_nbd",),
    "retention.models.mbg_nbd": ("fit_mbg_nbd",),
    "retention.models.pareto_nbd": ("fit_pareto_nbd",),
    "retention.models.gamma_gamma": ("fit_gamma_gamma",),
    "retention.models.customer_value": ("customer_value",),
    "retention.models.churn_risk": ("churn_risk",),
    "retention.models.score_customers": ("score_customers",),
    "retention.models.mbg_cnbd_k": ("fit_mbg_cnbd_k",),
    "retention.models.fit_best": ("fit_best",),
    "retention.models.fit_by_group": ("fit_by_group",),
    "retention.models.backtest": ("backtest",),
    "retention.models.calibration": ("calibration",),
    "retention.models.next_order_window": ("next_order_window",),
    "retention.models.forecast": ("forecast",),
    "retention.models.value_of_retention": ("value_of_retention",),
    "retention.models.lifetimes_exchange": ("from_lifetimes",),
    "retention.models.second_opinion": ("second_opinion",),
    "retention.models.frequency_fit": ("frequency_fit",),
    "retention.models.tracking": ("tracking",),
    "retention.models.recency_frequency": ("recency_frequency",),
    "retention.models.alive_history": ("alive_history",),
    # actions
    "retention.actions.customer_profile": ("customer_profile",),
    "retention.actions.audience": ("audience",),
    "retention.actions.plan_audiences": ("plan_audiences", "plan_summary"),
    "retention.actions.assign_holdout": ("assign_holdout",),
    "retention.actions.campaign_lift": ("campaign_lift",),
    "retention.actions.contact_economics": ("contact_economics",),
    # charts
    "retention.charts.picture": ("Picture",),
    "retention.charts.style": ("use_style",),
    "retention.charts.acquisition_payback": (
        "describe_acquisition_payback",
        "plot_acquisition_payback",
    ),
    "retention.charts.audit": ("describe_audit", "plot_audit"),
    "retention.charts.rate_change": ("describe_rate_change", "plot_rate_change"),
    "retention.charts.group_rates": ("describe_group_rates", "plot_group_rates"),
    "retention.charts.backtest": ("describe_backtest", "plot_backtest"),
    "retention.charts.calibration": ("describe_calibration", "plot_calibration"),
    "retention.charts.forecast": ("describe_forecast", "plot_forecast"),
    "retention.charts.value_of_retention": (
        "describe_value_of_retention",
        "plot_value_of_retention",
    ),
    "retention.charts.churn_risk": ("describe_churn_risk", "plot_churn_risk"),
    "retention.charts.alive_history": ("describe_alive_history", "plot_alive_history"),
    "retention.charts.churn_list": ("describe_churn_list", "plot_churn_list"),
    "retention.charts.frequency_fit": ("describe_frequency_fit", "plot_frequency_fit"),
    "retention.charts.recency_frequency": (
        "describe_recency_frequency",
        "plot_recency_frequency",
    ),
    "retention.charts.tracking": ("describe_tracking", "plot_tracking"),
    "retention.charts.campaign_lift": ("describe_campaign_lift", "plot_campaign_lift"),
    "retention.charts.cohort_heatmap": ("describe_cohort_heatmap", "plot_cohort_heatmap"),
    "retention.charts.contact_economics": (
        "describe_contact_economics",
        "plot_contact_economics",
    ),
    "retention.charts.cumulative_value": ("describe_cumulative_value", "plot_cumulative_value"),
    "retention.charts.group_difference": ("describe_group_difference", "plot_group_difference"),
    "retention.charts.year_on_year": ("describe_year_on_year", "plot_year_on_year"),
    "retention.charts.customer_value": ("describe_customer_value", "plot_customer_value"),
    "retention.charts.lapse_tradeoff": ("describe_lapse_tradeoff", "plot_lapse_tradeoff"),
    "retention.charts.layer_cake": ("describe_layer_cake", "plot_layer_cake"),
    "retention.charts.lifecycle_rates": ("describe_lifecycle_rates", "plot_lifecycle_rates"),
    "retention.charts.lifecycle_stages": ("describe_lifecycle_stages", "plot_lifecycle_stages"),
    "retention.charts.stage_counts": ("describe_stage_counts", "plot_stage_counts"),
    "retention.charts.stage_flow": ("describe_stage_flow", "plot_stage_flow"),
    "retention.charts.growth_accounting": (
        "describe_growth_accounting",
        "plot_growth_accounting",
    ),
    "retention.charts.rfm_grid": ("describe_rfm_grid", "plot_rfm_grid"),
    "retention.charts.lorenz_curve": ("describe_lorenz_curve", "plot_lorenz_curve"),
    "retention.charts.rate_history": ("describe_rate_history", "plot_rate_history"),
    "retention.charts.message_response": ("describe_message_response", "plot_message_response"),
    "retention.charts.next_product": ("describe_next_product", "plot_next_product"),
    "retention.charts.purchase_days": ("describe_purchase_days", "plot_purchase_days"),
    "retention.charts.repurchase_curve": ("describe_repurchase_curve", "plot_repurchase_curve"),
    "retention.charts.repurchase_hazard": ("describe_repurchase_hazard", "plot_repurchase_hazard"),
    "retention.charts.repurchase_intervals": (
        "describe_repurchase_intervals",
        "plot_repurchase_intervals",
    ),
    "retention.charts.repurchase_ladder": ("describe_repurchase_ladder", "plot_repurchase_ladder"),
    "retention.charts.time_to_first_order": (
        "describe_time_to_first_order",
        "plot_time_to_first_order",
    ),
    "retention.charts.retention_curves": ("describe_retention_curves", "plot_retention_curves"),
    # export
    "retention.export.deck": ("Deck",),
    "retention.export.write_deck": ("write_deck",),
    "retention.export.since_last_run": ("since_last_run",),
    "retention.export.workbook": ("write_workbook",),
    "retention.export.audience": ("write_audience",),
    "retention.export.report": ("write_report",),
    "retention.export.answer": ("answer",),
    "retention.export.styled": ("styled",),
    # errors
    "retention.errors": (
        "RetentionError",
        "OrdersError",
        "ArgumentError",
        "FitError",
        "ExportError",
        "RoomError",
    ),
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names}
__all__ = tuple(_HOMES)


def __getattr__(name: str) -> Any:
    """Import the module of a public name when the name is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'retention' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
