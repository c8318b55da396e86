"""The Gamma-Gamma model of the amount of a purchase day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from retention.errors import FitError
from retention.models.estimates import Quality
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.history import FloatArray
from retention.models.maximum import Maximum, Objective
from retention.models.nested import SUSPECT, WORTH
from retention.models.paid_days import distinct_amounts
from retention.models.rehearsal import highest
from retention.models.saved_fit import as_matrix
from retention.models.spend import AlikeSpend, Amounts, GammaSpend, Spend, SteadySpend

Make = Callable[[FloatArray], Spend]
LIMITS: tuple[tuple[Make, tuple[float, ...]], ...] = (
    (AlikeSpend.at, (0.0, 0.0)),
    (SteadySpend.at, (0.5, 0.0)),
)


def fit_gamma_gamma(customers: pd.DataFrame) -> GammaGammaFit:
    """Fit the Gamma-Gamma model: amounts vary around a mean of each customer's own.

    The trap: it assumes that amounts do not depend on how often somebody buys; `sentence()` says
    how far that holds. First purchases and days of amount 0 or less are left out.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it: `paid_days` and `paid_value` where
        present, else `frequency` and `monetary_value`. A column `customers` says how many customers
        a row stands for.

    Returns
    -------
    GammaGammaFit
        With `.parameters()`, `.summary()`, `.sentence()`, `.population_mean()`,
        `.predict(customers)`. A parameter at its limit is no failure: the nested model is fitted,
        and `limit` in the summary names it.

    Raises
    ------
    ArgumentError
        Where an amount does not fit its count of days.
    FitError
        Where nobody has a paid repeat day, or no maximum exists (all amounts are equal).

    References
    ----------
    Fader, Hardie, Lee (2005), RFM and CLV: using iso-value curves for customer base analysis,
    Journal of Marketing Research 42 (4), 415-430; Fader, Hardie (2013), The Gamma-Gamma model of
    monetary value.

    Examples
    --------
    >>> customers = pd.DataFrame(
    ...     {"frequency": [1, 2, 1, 4, 3], "monetary_value": [10.0, 30.0, 24.0, 12.0, 55.0]}
    ... )
    >>> fit = fit_gamma_gamma(customers)
    >>> fit.summary()[["model", "customers", "is_converged"]]
             model  customers  is_converged
    0  Gamma-Gamma          5          True
    """
    amounts = distinct_amounts(customers)
    if not amounts.customers.sum():
        raise FitError(
            f"customers: none of {len(customers):,} customers has a repeat purchase day with an "
            "amount above 0. See customers['monetary_value']. Pass a longer history, or check the "
            "column of amounts."
        )
    scale = float(np.average(amounts.value, weights=amounts.customers))
    spend, maximum = _fit(replace(amounts, value=amounts.value / scale))
    return as_spend_fit(spend.in_unit(scale), maximum, amounts, scale=scale)


def as_spend_fit(
    spend: Spend, maximum: Maximum, amounts: Amounts, *, scale: float
) -> GammaGammaFit:
    """A distribution in the currency of the input, and the maximum found in units of `scale`.

    Each mean amount is a density in money: the likelihood changes by log(scale) for each.
    """
    jacobian, size = spend.jacobian(), float(amounts.customers.sum())
    return GammaGammaFit(
        spend=spend,
        covariance=as_matrix(jacobian @ maximum.covariance() @ jacobian.T),
        quality=Quality(
            log_likelihood=maximum.value - size * float(np.log(scale)),
            decrement=maximum.decrement,
            customers=size,
            distinct_rows=amounts.value.size,
        ),
        correlation=_correlation(amounts),
        seen=amounts,
    )


def _fit(amounts: Amounts) -> tuple[Spend, Maximum]:
    """The full model, or the smallest nested one that describes the amounts as well."""
    full = _climb(GammaSpend.at, (0.0, 0.5, 0.0), amounts)
    if full[1].is_converged and (np.abs(full[1].coordinates[:2]) < SUSPECT).all():
        return full
    found = [full, *(_climb(make, start, amounts) for make, start in LIMITS)]
    best = max(maximum.value for _, maximum in found)
    good = [
        (spend, maximum)
        for spend, maximum in found
        if maximum.is_converged and maximum.value >= best - WORTH
    ]
    if not good:
        raise FitError(
            f"customers: no maximum of the likelihood for the amounts of "
            f"{amounts.customers.sum():,.0f} customers with paid repeat days "
            f"({np.unique(amounts.value).size:,} distinct mean amounts). See "
            "customers['monetary_value'].describe(). Where all amounts are equal no model is "
            "needed: multiply expected orders by the amount."
        )
    return min(good, key=lambda pair: pair[1].coordinates.size)


def _climb(make: Make, start: tuple[float, ...], amounts: Amounts) -> tuple[Spend, Maximum]:
    """The maximum over one family."""
    sample = amounts.sample()
    rehearsal = _hill(make, sample) if sample else None
    maximum = highest(_hill(make, amounts), [np.array(start)], rehearsal=rehearsal)
    return make(maximum.coordinates), maximum


def _hill(make: Make, amounts: Amounts) -> Objective:
    return lambda point: make(point).log_likelihood(amounts)


def _correlation(amounts: Amounts) -> float:
    """Weighted correlation of paid days and mean amount; 0 where either is constant."""
    spread = np.cov(amounts.days, amounts.value, aweights=amounts.customers, ddof=0)
    product = spread[0, 0] * spread[1, 1]
    return float(spread[0, 1] / np.sqrt(product)) if product > 0 else 0.0
