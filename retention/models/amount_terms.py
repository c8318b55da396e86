"""A spend model as the few numbers by which an engine calculates expected amounts."""

from __future__ import annotations

from typing import Any

import numpy as np

from retention.engine.frames import to_arrow
from retention.engine.scored import AmountTerms, without_amount
from retention.errors import FitError
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.spend import AlikeSpend, GammaSpend, Spend


def amount_terms(spend: Spend) -> AmountTerms:
    """The conditional mean of a distribution of amounts, its limits included.

    Examples
    --------
    >>> amount_terms(GammaSpend(p=2.0, q=3.0, gamma=10.0))
    AmountTerms(amount=20.0, days=2.0, weight=2.0, unknown=10.0)
    """
    mean = spend.population_mean()
    if isinstance(spend, GammaSpend):
        return AmountTerms(spend.p * spend.gamma, spend.q - 1, spend.p, mean)
    if isinstance(spend, AlikeSpend):
        return AmountTerms(mean, 1.0, 0.0, mean)
    return AmountTerms(0.0, 0.0, 1.0, mean)


def refuse_endless(rows: Any, spend_fit: GammaGammaFit) -> None:
    """Refuse customers of whom no finite amount is expected, before anything is written.

    Raises
    ------
    FitError
        Where there are any; only a fit without a finite mean has them, so no other is asked.
    """
    terms = amount_terms(spend_fit.spend)
    if np.isfinite(terms.unknown):
        return
    found = to_arrow(without_amount(rows, terms)).to_pylist()[0]
    if found["endless"]:
        raise FitError(
            f"orders: {found['endless']:,} of {found['customers']:,} customers have no finite "
            "expected amount: the fit's q is at most 1, so a few very large buyers outweigh all "
            "others. See spend_fit.parameters() and orders.headlines. Set extreme buyers aside and "
            "fit again, or leave spend_fit out."
        )
