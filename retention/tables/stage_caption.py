"""The caption of stages over time: between which ends, with which thresholds."""

from __future__ import annotations

import pandas as pd

from retention.engine.end_scale import EndScale
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.end_dates import end_days
from retention.tables.lapse_thresholds import LapseThresholds


def stage_caption(
    table: pd.DataFrame,
    name: str,
    orders: Orders,
    scale: EndScale,
    thresholds: LapseThresholds,
    *,
    customers: int,
    loyal_orders: int,
) -> pd.DataFrame:
    """The table with its caption; of a list of days, the days are in it, and no period is."""
    days = [f"{day:%Y-%m-%d}" for day in end_days(scale)]
    asked = {"as_of": days} if scale.period is None else {"period": scale.period}
    table = caption(
        table, name, orders, customers=customers, **asked,
        at_risk_after_days=thresholds.at_risk, lapsed_after_days=thresholds.lapsed,
        loyal_orders=loyal_orders,
    )  # fmt: skip
    table.attrs["parameters"]["threshold_basis"] = thresholds.basis
    table.attrs["as_of"] = days[-1]
    if scale.period is None:
        table.attrs["words"] = {"period": "period"}
    return table
