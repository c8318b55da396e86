"""The fit of the Pareto/NBD model of repeat orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from retention.models.attrition import Attrition, GammaAttrition, SameAttrition
from retention.models.dropout_limits import SplitDropout, SureDropout
from retention.models.fitted_orders import DAYS_A_YEAR, Conduct, FittedOrders
from retention.models.history import FloatArray, History, IntArray
from retention.models.limits import limit_sentence
from retention.models.outlook import Behaviour, new_customer
from retention.models.pareto_likelihood import pareto_likelihood
from retention.models.pareto_outlook import ParetoBehaviour
from retention.models.purchase_rate import PurchaseRate
from retention.models.restored_fit import restored_fields
from retention.models.simulated_histories import simulated_histories
from retention.models.surface import Surface
from retention.texts import text

_LEAVINGS: dict[str, Any] = {
    "gamma": GammaAttrition,
    "same": SameAttrition,
    "split": SplitDropout,
    "none": SureDropout,
}


@dataclass(frozen=True)
class ParetoFit(FittedOrders):
    """A fitted Pareto/NBD model, or the nested model at which it arrived.

    Attributes
    ----------
    model
        "Pareto/NBD".
    rate, dropout
        How often customers buy while active, and how they leave: at a hazard of their own; at a
        limit at one hazard, a share of them at once, or nobody. In the unit of the input.
    covariance
        Of the parameters, in the order of `parameters()`.
    quality
        Log-likelihood, Newton decrement and size.
    time_unit_days
        Days in one unit of the input's time.
    """

    kind: ClassVar[str] = "retention Pareto/NBD fit 1"

    dropout: Attrition | SplitDropout | SureDropout

    @property
    def _behaviour(self) -> Conduct:
        if isinstance(self.dropout, (SplitDropout, SureDropout)):
            return Behaviour(self.rate, self.dropout, 1)
        return ParetoBehaviour(self.rate, self.dropout)

    def likelihood(self, rate: PurchaseRate, dropout: Any, history: History) -> Surface:
        """What histories are worth at other parameters of the same model."""
        return pareto_likelihood(rate, dropout, history)

    def draw(self, T: FloatArray, random: np.random.Generator) -> tuple[IntArray, FloatArray]:
        """Frequency and recency of a made-up customer for each age, in the fit's unit of time."""
        return simulated_histories(self.rate, self.dropout, T, first_chances=1, random=random)

    def sentence(self) -> str:
        """What the fit says in words, with what a limit means where there is one."""
        left = 1.0 - self._active_after_a_year()
        said = text(
            "{model}, fitted to {customers} customers: at the mean rate an active customer buys "
            "every {gap} days, and {share}% leave for good within a year of the first purchase.",
            model=self.model,
            customers=f"{self.quality.customers:,.0f}",
            gap=f"{self.usual_gap_days(new_customer())[0]:,.1f}",
            share=f"{100 * left:.1f}" if left == 0 or left >= 0.001 else text("less than 0.1"),
        )
        limit = limit_sentence(self.rate.family, self.dropout.family, mean_dropout=left)
        return f"{said} {limit}" if limit else said

    def _active_after_a_year(self) -> float:
        """Share of new customers who are active then."""
        horizon = DAYS_A_YEAR / self.time_unit_days
        return float(self._behaviour.p_alive_ahead(new_customer(), horizon=horizon)[0])

    @classmethod
    def from_json(cls, saved: str) -> ParetoFit:
        """The fit that `to_json` wrote, equal to the last digit.

        Raises
        ------
        ArgumentError
            Where the text is something else.
        """
        return cls(**restored_fields(saved, cls.kind, _LEAVINGS))
