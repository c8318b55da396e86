"""Expected orders and money of all customers, old and new, up to each of several days ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.history import FloatArray, History, IntArray, compress_customers
from retention.models.newcomers import Newcomers
from retention.models.order_fit import OrderFit
from retention.models.outlook import Outlook
from retention.orders.orders import Orders
from retention.tables.season_factors import season_factors

YEAR = pd.Timedelta(days=365)


@dataclass(frozen=True, eq=False)
class Path:
    """One entry a step between the days: what today's customers and those to come will do.

    `doubt` is by how much, as a share, all orders up to each day may differ from what is expected of
    them, `step_doubt` those of each step, as far as customers differ from each other.
    """

    existing_orders: FloatArray
    new_orders: FloatArray
    existing_value: FloatArray
    new_value: FloatArray
    season: FloatArray | None
    doubt: FloatArray
    step_doubt: FloatArray

    @property
    def orders(self) -> FloatArray:
        """Of both."""
        return self.existing_orders + self.new_orders

    @property
    def value(self) -> FloatArray:
        """Of both."""
        return self.existing_value + self.new_value


def forecast_path(
    orders: Orders,
    customers: pd.DataFrame,
    fit: OrderFit,
    spend_fit: GammaGammaFit,
    days: IntArray,
    newcomers: Newcomers,
) -> Path:
    """What is expected of customers between now, the first of the days, the second, ..."""
    history = compress_customers(customers).scaled(fit.time_unit_days)
    spend = spend_fit.predict(customers)["expected_order_value"].to_numpy()
    looks = [fit.outlook(history, horizon_days=int(day)) for day in days]
    existing = np.array([history.customers @ look.expected_orders for look in looks])
    value = np.array([look.expected_orders[history.row] @ spend for look in looks])
    new = newcomers.orders_by(days, fit)
    season = _season(orders, days)
    factor = np.ones(days.size) if season is None else season
    scatter = np.array([_scatter(look, history.frequency) @ history.customers for look in looks])
    unsure = _unsure(fit, history, int(days[-1])) * existing
    steps = [np.diff(each, prepend=0.0) * factor for each in (existing, new, value)]
    return Path(
        existing_orders=steps[0],
        new_orders=steps[1],
        existing_value=steps[2],
        new_value=steps[1] * _value_of_new(customers, orders),
        season=season,
        doubt=np.sqrt(scatter + new + unsure**2) / np.maximum(existing + new, 1.0),
        step_doubt=_step_doubt(existing, new, scatter, unsure),
    )


def _step_doubt(
    existing: FloatArray, new: FloatArray, scatter: FloatArray, unsure: FloatArray
) -> FloatArray:
    own, come, off = (np.diff(each, prepend=0.0) for each in (existing, new, unsure))
    spread = np.maximum(np.diff(scatter, prepend=0.0), own)
    return np.asarray(np.sqrt(spread + come + off**2) / np.maximum(own + come, 1.0))


def _unsure(fit: OrderFit, history: History, horizon_days: int) -> float:
    """By how much, as a share, the orders of all depend on parameters that are not known for sure."""
    horizon = horizon_days / fit.time_unit_days
    looks = [each.outlook(history, horizon=horizon) for each in fit.settings()]
    totals = [history.customers @ look.expected_orders for look in looks]
    return float(np.std(totals) / np.mean(totals))


def _value_of_new(customers: pd.DataFrame, orders: Orders) -> float:
    """Net amount a purchase day of the customers won in the last year; of all, where there are none."""
    recent = customers[customers["first_order_at"] > orders.as_of - YEAR]
    of = recent if len(recent) else customers
    return float(of["total_value"].sum() / of["purchase_days"].sum())


def _season(orders: Orders, days: IntArray) -> FloatArray | None:
    """The mean factor of the days of each step."""
    factors = season_factors(orders)
    if factors is None:
        return None
    every = pd.date_range(orders.as_of + pd.Timedelta(days=1), periods=int(days.max()))
    of_day = factors.loc[every.month].to_numpy(np.float64)
    total = np.concatenate([[0.0], np.cumsum(of_day)])
    return np.diff(total[days], prepend=0.0) / np.diff(days, prepend=0)


def _scatter(look: Outlook, frequency: IntArray) -> FloatArray:
    """About the variance of each customer's orders: the count's own, the rate's, and having left."""
    alive, expected = look.p_alive, look.expected_orders
    active = np.divide(expected, alive, out=np.zeros_like(expected), where=alive > 0)
    own = active + active**2 / (frequency + 1.0)
    return np.asarray(alive * own + alive * (1 - alive) * active**2)
