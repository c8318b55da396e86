"""What every fit of an order model has, whatever the model: its tables, and what it predicts.

A model says how customers behave at its parameters (`Conduct`), which limits hold, and what it found
in words; the rest is here once.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_number
from retention.models.alive_ahead import alive_ahead
from retention.models.card import fit_card
from retention.models.estimates import Matrix, Quality, parameter_table, summary_table
from retention.models.history import FloatArray, History, IntArray
from retention.models.lifetimes_fitter import lifetimes_fitter
from retention.models.limits import limit_name
from retention.models.nearby import nearby
from retention.models.new_customers import expected_new_orders
from retention.models.order_fit import check_horizon
from retention.models.outlook import Outlook
from retention.models.predicted import predicted_orders
from retention.models.profile_limits import profile_table
from retention.models.purchase_rate import PurchaseRate
from retention.models.setting import Setting
from retention.models.simulated_histories import simulated_customers
from retention.models.surface import Surface

DAYS_A_YEAR = 365.25


class Conduct(Setting, Protocol):
    """What customers do at given parameters; all times in the fit's unit."""

    def outlook(self, history: History, *, horizon: float) -> Outlook:
        """Active, at least one order, and orders within the horizon, of each history."""

    def p_alive_ahead(self, history: History, *, horizon: float) -> FloatArray:
        """Chance to be active a horizon after T."""

    def discounted_orders(self, history: History, *, horizon: float, delta: float) -> FloatArray:
        """Orders within the horizon, each worth exp(-delta u) when it comes after a time u."""

    def count_chances(self, *, horizon: float, most: int) -> FloatArray:
        """Chances that a new customer makes 0, 1, ... `most` repeat orders within the horizon."""


@dataclass(frozen=True)
class FittedOrders(ABC):
    """A fitted order model, or the nested model at which it arrived.

    Attributes
    ----------
    model
        Name of the model.
    rate, dropout
        How often customers buy while active, and how they leave; in the unit of the input.
    covariance
        Of the parameters, in the order of `parameters()`.
    quality
        Log-likelihood, Newton decrement and size.
    seen
        The distinct histories that it was fitted to, for `second_opinion`; not saved.
    time_unit_days
        Days in one unit of the input's time.
    """

    kind: ClassVar[str]

    model: str
    rate: PurchaseRate
    dropout: Any
    covariance: Matrix
    quality: Quality
    time_unit_days: float = 1.0
    seen: History | None = field(default=None, compare=False, repr=False)

    @property
    @abstractmethod
    def _behaviour(self) -> Conduct:
        """How customers behave at the estimates."""

    @abstractmethod
    def likelihood(self, rate: PurchaseRate, dropout: Any, history: History) -> Surface:
        """What histories are worth at other parameters of the same model."""

    @abstractmethod
    def draw(self, T: FloatArray, random: np.random.Generator) -> tuple[IntArray, FloatArray]:
        """Frequency and recency of a made-up customer for each age, in the fit's unit of time."""

    @abstractmethod
    def sentence(self) -> str:
        """What the fit says in words, with what a limit means where there is one."""

    def settings(self) -> tuple[Conduct, ...]:
        """The model at equally likely parameters around the estimates: what intervals rest on."""
        around = nearby(self.rate, self.dropout, self.covariance)
        return tuple(replace(self, rate=r, dropout=d)._behaviour for r, d in around)

    @property
    def _limit(self) -> str:
        return limit_name(self.rate.family, self.dropout.family)

    @property
    def _named(self) -> dict[str, float]:
        parts: tuple[Any, ...] = (self.rate, self.dropout)
        return {name: float(getattr(part, name)) for part in parts for name in part.names}

    def parameters(self) -> pd.DataFrame:
        """Estimates with standard errors and 95 % limits, in the unit of the input.

        Returns
        -------
        pandas.DataFrame
            Grain: parameter (r, alpha, then a, b or s, beta; at a limit: rate, p, share or mu).
            Columns: parameter (str), estimate, std_error, low, high (float64).
        """
        named = self._named
        estimates = np.array(list(named.values()))
        return parameter_table(list(named), estimates, self.covariance, shares=("p", "share"))

    def summary(self) -> pd.DataFrame:
        """One row about the fit; `limit` is empty unless a parameter ran to its end.

        Returns
        -------
        pandas.DataFrame
            Grain: the fit. Columns: model, limit (str), log_likelihood, aic, bic, decrement
            (float64, nats), customers, distinct_rows (int64), is_converged (bool), time_unit_days
            (float64, days).
        """
        return summary_table(
            self.model,
            self.quality,
            free=len(self._named),
            limit=self._limit,
            time_unit_days=self.time_unit_days,
        )

    def _repr_html_(self) -> str:
        return fit_card(self.sentence(), self.parameters())

    def predict(self, customers: pd.DataFrame, *, horizon_days: int = 365) -> pd.DataFrame:
        """Each customer's chance to be active and to order, and the orders to expect.

        Parameters
        ----------
        customers
            As for the fit, in the fit's unit of time, with `customer_id`; others than those of the
            fit are welcome.
        horizon_days
            How far to look ahead from each customer's T, in days whatever the unit of the fit.

        Returns
        -------
        pandas.DataFrame
            Grain: customer, in the order of the table. Columns: customer_id (str), p_alive,
            p_order (float64, 0..1), expected_orders (float64, purchase days within the horizon),
            orders_low, orders_high (int64, purchase days: 90 % of such customers end between).

        Raises
        ------
        ArgumentError
            Where the table or the horizon cannot be used.
        """
        return predicted_orders(self, customers, horizon_days=horizon_days)

    def outlook(self, history: History, *, horizon_days: int) -> Outlook:
        """`predict` per distinct history, in the fit's unit of time."""
        horizon = check_horizon(horizon_days) / self.time_unit_days
        return self._behaviour.outlook(history, horizon=horizon)

    def alive(self, history: History, *, horizon_days: int) -> tuple[FloatArray, FloatArray]:
        """Chance to be active per distinct history, today and a horizon ahead."""
        horizon = check_horizon(horizon_days) / self.time_unit_days
        behaviour = self._behaviour
        return behaviour.p_alive(history), behaviour.p_alive_ahead(history, horizon=horizon)

    def alive_ahead(self, customers: pd.DataFrame, *, horizon_days: int = 365) -> pd.DataFrame:
        """Each customer's chance to be active, today and `horizon_days` from now.

        Returns
        -------
        pandas.DataFrame
            Grain: customer, in the order of the table. Columns: customer_id (str), p_alive,
            p_alive_ahead (float64, 0..1).
        """
        return alive_ahead(self, customers, horizon_days=horizon_days)

    def simulate(self, customers: pd.DataFrame, *, random_state: int = 0) -> pd.DataFrame:
        """Histories of made-up customers of the same ages, who behave as the fit says.

        Returns
        -------
        pandas.DataFrame
            Grain: customer, in the order of the table. Columns: customer_id (str), frequency
            (int64), recency, T (float64, in the fit's unit of time, not in whole days).
        """
        return simulated_customers(self, customers, random_state=random_state)

    def profile(self) -> pd.DataFrame:
        """Estimates with 95 % limits that follow the likelihood, where Wald's are symmetric.

        Returns
        -------
        pandas.DataFrame
            Grain: parameter. Columns: parameter (str), estimate, low, high (float64, in the unit
            of the input; 0 or infinity where the likelihood rules nothing out on that side).
        """
        return profile_table(self)

    def discounted_orders(
        self, history: History, *, horizon_days: int | None, annual_discount_rate: float
    ) -> FloatArray:
        """Expected orders per distinct history, each discounted from the day it comes.

        `horizon_days=None` is without an end, and needs a discount rate above 0.
        """
        if horizon_days is None and not annual_discount_rate > 0:
            raise ArgumentError(
                f"annual_discount_rate: {annual_discount_rate!r} over an unlimited horizon is an "
                "endless sum. Pass a rate above 0, or a horizon_days."
            )
        days = np.inf if horizon_days is None else check_horizon(horizon_days)
        horizon = days / self.time_unit_days
        delta = np.log1p(annual_discount_rate) / DAYS_A_YEAR * self.time_unit_days
        return self._behaviour.discounted_orders(history, horizon=horizon, delta=float(delta))

    def usual_gap_days(self, history: History) -> FloatArray:
        """Days between orders of an active customer, per distinct history."""
        return self.rate.usual_gap(history.frequency, history.T) * self.time_unit_days

    def expected_new_orders(self, *, horizon_days: Sequence[int]) -> pd.DataFrame:
        """Repeat orders to expect from a customer who has just bought for the first time.

        Returns
        -------
        pandas.DataFrame
            Grain: horizon, in days since the first purchase. Columns: horizon_days (int64, days),
            expected_orders (float64, repeat purchase days, the first purchase not counted).
        """
        return expected_new_orders(self, horizon_days)

    def order_counts(self, *, horizon_days: int = 365, most: int = 20) -> pd.DataFrame:
        """Chances that a new customer makes 0 to `most` repeat orders within the horizon.

        Returns
        -------
        pandas.DataFrame
            Grain: count; more is possible, so the chances may sum to less than 1. Columns: orders
            (int64, repeat purchase days), p_orders (float64, 0..1).
        """
        require_number("most", most, is_whole=True)
        if most < 0:
            raise ArgumentError(f"most: {most} is below 0. Pass the largest count to tell of.")
        horizon = check_horizon(horizon_days) / self.time_unit_days
        chances = self._behaviour.count_chances(horizon=horizon, most=most)
        return pd.DataFrame({"orders": np.arange(most + 1), "p_orders": chances})

    def to_json(self) -> str:
        """The fit as JSON text, without any customer; `from_json` reads it back."""
        return json.dumps(
            {
                "kind": self.kind,
                "model": self.model,
                "rate": {"family": self.rate.family, **vars(self.rate)},
                "dropout": {"family": self.dropout.family, **vars(self.dropout)},
                "covariance": self.covariance,
                "quality": self.quality._asdict(),
                "time_unit_days": self.time_unit_days,
            }
        )

    def to_lifetimes(self) -> Any:
        """A fitter of the `lifetimes` package with these parameters, which predicts the same.

        Returns
        -------
        lifetimes.BetaGeoFitter, ModifiedBetaGeoFitter or ParetoNBDFitter
            Parameters in the unit of the input; no data in it.

        Raises
        ------
        ArgumentError
            Where the fit lies at a limit, for which `lifetimes` has no parameters.
        """
        if self._limit:
            raise ArgumentError(
                f"fit: it lies at a limit, {self._limit!r}, for which lifetimes has no parameters. "
                "See fit.parameters(). Predict with fit.predict(customers) instead."
            )
        return lifetimes_fitter(self.model, self._named, self.covariance)
