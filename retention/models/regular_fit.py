"""The fit of MBG/CNBD-k, the model of regular buyers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from retention.models.beta_geometric_fit import DROPOUTS
from retention.models.dropout import Dropout
from retention.models.fitted_orders import FittedOrders
from retention.models.history import FloatArray, History, IntArray
from retention.models.limits import limit_sentence
from retention.models.outlook import new_customer
from retention.models.purchase_rate import PurchaseRate
from retention.models.regular_likelihood import regular_likelihood
from retention.models.regular_outlook import RegularBehaviour
from retention.models.restored_fit import restored_fields
from retention.models.simulated_histories import simulated_histories
from retention.models.surface import Surface
from retention.texts import text


@dataclass(frozen=True)
class RegularFit(FittedOrders):
    """A fitted MBG/CNBD-k model, or the nested model at which it arrived.

    Attributes
    ----------
    model
        "MBG/CNBD-2" for k = 2.
    rate, dropout
        How often events come of which every k-th is an order, and how customers leave; in the unit
        of the input.
    covariance
        Of the parameters, in the order of `parameters()`.
    quality
        Log-likelihood, Newton decrement and size.
    time_unit_days
        Days in one unit of the input's time.
    k
        Regularity: 1 is buying at random, more is ever more like clockwork.
    """

    kind: ClassVar[str] = "retention MBG/CNBD-k fit 1"

    dropout: Dropout
    k: int = 1

    @property
    def _behaviour(self) -> RegularBehaviour:
        return RegularBehaviour(self.rate, self.dropout, self.k)

    def likelihood(self, rate: PurchaseRate, dropout: Dropout, history: History) -> Surface:
        """What histories are worth at other parameters, but for what the gaps alone add."""
        return regular_likelihood(rate, dropout, history, k=self.k)

    def draw(self, T: FloatArray, random: np.random.Generator) -> tuple[IntArray, FloatArray]:
        """Frequency and recency of a made-up customer for each age, in the fit's unit of time."""
        return simulated_histories(
            self.rate, self.dropout, T, first_chances=1, random=random, k=self.k
        )

    def usual_gap_days(self, history: History) -> FloatArray:
        """Days between orders of an active customer, per distinct history: k events."""
        events = self.rate.usual_gap(self.k * history.frequency, history.T)
        return np.asarray(self.k * events * self.time_unit_days)

    def sentence(self) -> str:
        """What the fit says in words, with what a limit means where there is one."""
        share = 100 * self.dropout.mean()
        said = text(
            "{model}, fitted to {customers} customers: at the mean rate an active customer buys "
            "every {gap} days, {how}, and on average {share}% leave for good after a purchase.",
            model=self.model,
            customers=f"{self.quality.customers:,.0f}",
            gap=f"{self.usual_gap_days(new_customer())[0]:,.1f}",
            how=text("at random") if self.k == 1 else text("more evenly than at random"),
            share=f"{share:.1f}" if share == 0 or share >= 0.1 else text("less than 0.1"),
        )
        limit = limit_sentence(
            self.rate.family, self.dropout.family, mean_dropout=self.dropout.mean()
        )
        return f"{said} {limit}" if limit else said

    def to_json(self) -> str:
        """The fit as JSON text, without any customer; `from_json` reads it back."""
        return json.dumps(json.loads(super().to_json()) | {"k": self.k})

    @classmethod
    def from_json(cls, saved: str) -> RegularFit:
        """The fit that `to_json` wrote, equal to the last digit.

        Raises
        ------
        ArgumentError
            Where the text is something else.
        """
        return cls(**restored_fields(saved, cls.kind, DROPOUTS, ("k",)))
