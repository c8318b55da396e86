"""What every fitted order model can do, so that value and risk take any of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_number
from retention.models.history import FloatArray, History
from retention.models.outlook import Outlook
from retention.models.setting import Setting


class OrderFit(Protocol):
    """A fitted order model. Histories are in the fit's unit of time, horizons in days."""

    @property
    def model(self) -> str:
        """Name of the model."""

    @property
    def time_unit_days(self) -> float:
        """Days in one unit of the fit's time."""

    def sentence(self) -> str:
        """What the fit says, in words."""

    def summary(self) -> pd.DataFrame:
        """One row: likelihood, size, convergence, limit."""

    def predict(self, customers: pd.DataFrame, *, horizon_days: int = 365) -> pd.DataFrame:
        """One row per customer: p_alive, p_order, expected_orders."""

    def outlook(self, history: History, *, horizon_days: int) -> Outlook:
        """The same per distinct history."""

    def discounted_orders(
        self, history: History, *, horizon_days: int | None, annual_discount_rate: float
    ) -> FloatArray:
        """Expected orders per distinct history, each discounted from the day it comes.

        `horizon_days=None` is without an end, and needs a discount rate above 0.
        """

    def settings(self) -> Sequence[Setting]:
        """The model at equally likely parameters around the estimates: what intervals rest on."""

    def usual_gap_days(self, history: History) -> FloatArray:
        """Days between orders of an active customer, per distinct history."""


def check_horizon(horizon_days: int, name: str = "horizon_days") -> int:
    """The horizon as a whole number of days, or a refusal.

    Examples
    --------
    >>> check_horizon(90)
    90
    """
    if type(horizon_days) is not bool:
        require_number(name, horizon_days)
    if type(horizon_days) is bool or not 1 <= horizon_days < np.inf or horizon_days % 1:
        raise ArgumentError(
            f"{name}: {horizon_days!r} is not a whole number of days from 1 on. "
            "Horizons are always in days, whatever the unit of the fit; a year is 365."
        )
    return int(horizon_days)


def check_time_unit(time_unit_days: float) -> float:
    """The days of one unit of time as a float, or a refusal.

    Examples
    --------
    >>> check_time_unit(7)
    7.0
    """
    require_number("time_unit_days", time_unit_days)
    if not 0 < time_unit_days < float("inf"):
        raise ArgumentError(
            f"time_unit_days: {time_unit_days!r} is not a number of days above 0. "
            "Pass 1 for a table in days, 7 for one in weeks."
        )
    return float(time_unit_days)
