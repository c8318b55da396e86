"""The fit of a beta-geometric order model: BG/NBD and MBG/NBD differ in one number only.

In BG/NBD a customer can leave at each repeat purchase, in MBG/NBD at the first one too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from retention.models.dropout import BetaDropout, Dropout
from retention.models.dropout_limits import SameDropout, SplitDropout, SureDropout
from retention.models.fitted_orders import FittedOrders
from retention.models.history import FloatArray, History, IntArray
from retention.models.likelihood import order_likelihood
from retention.models.limits import limit_sentence
from retention.models.outlook import Behaviour, new_customer
from retention.models.purchase_rate import PurchaseRate
from retention.models.restored_fit import restored_fields
from retention.models.simulated_histories import simulated_histories
from retention.models.surface import Surface
from retention.texts import text

FIRST_CHANCES = {"BG/NBD": 0, "MBG/NBD": 1}

DROPOUTS: dict[str, Any] = {
    "beta": BetaDropout,
    "same": SameDropout,
    "split": SplitDropout,
    "none": SureDropout,
    "all": SureDropout,
}


@dataclass(frozen=True)
class BetaGeometricFit(FittedOrders):
    """A fitted BG/NBD or MBG/NBD model, or the nested model at which it arrived.

    Attributes
    ----------
    model
        "BG/NBD" or "MBG/NBD".
    rate, dropout
        How often customers buy while active, and how they leave; in the unit of the input.
    covariance
        Of the parameters, in the order of `parameters()`.
    quality
        Log-likelihood, Newton decrement and size.
    time_unit_days
        Days in one unit of the input's time.
    """

    kind: ClassVar[str] = "retention order fit 1"

    dropout: Dropout

    @property
    def _behaviour(self) -> Behaviour:
        return Behaviour(self.rate, self.dropout, FIRST_CHANCES[self.model])

    def likelihood(self, rate: PurchaseRate, dropout: Dropout, history: History) -> Surface:
        """What histories are worth at other parameters of the same model."""
        return order_likelihood(rate, dropout, history, first_chances=FIRST_CHANCES[self.model])

    def draw(self, T: FloatArray, random: np.random.Generator) -> tuple[IntArray, FloatArray]:
        """Frequency and recency of a made-up customer for each age, in the fit's unit of time."""
        chances = FIRST_CHANCES[self.model]
        return simulated_histories(self.rate, self.dropout, T, first_chances=chances, random=random)

    def sentence(self) -> str:
        """What the fit says in words, with what a limit means where there is one."""
        share = 100 * self.dropout.mean()
        said = text(
            "{model}, fitted to {customers} customers: at the mean rate an active customer buys "
            "every {gap} days, and on average {share}% leave for good after a purchase.",
            model=self.model,
            customers=f"{self.quality.customers:,.0f}",
            gap=f"{self.usual_gap_days(new_customer())[0]:,.1f}",
            share=f"{share:.1f}" if share == 0 or share >= 0.1 else text("less than 0.1"),
        )
        limit = limit_sentence(
            self.rate.family, self.dropout.family, mean_dropout=self.dropout.mean()
        )
        return f"{said} {limit}" if limit else said

    @classmethod
    def from_json(cls, saved: str) -> BetaGeometricFit:
        """The fit that `to_json` wrote, equal to the last digit.

        Raises
        ------
        ArgumentError
            Where the text is something else.
        """
        return cls(**restored_fields(saved, cls.kind, DROPOUTS))
