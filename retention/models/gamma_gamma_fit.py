"""The fit of the Gamma-Gamma model of amounts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, FitError, require_columns
from retention.models.card import fit_card
from retention.models.estimates import Matrix, Quality, parameter_table, summary_table
from retention.models.lifetimes_fitter import lifetimes_fitter
from retention.models.paid_days import paid_days
from retention.models.saved_fit import read_fit
from retention.models.saved_part import saved_doubt, saved_part
from retention.models.spend import AlikeSpend, Amounts, GammaSpend, Spend, SteadySpend
from retention.models.spend_limits import spend_profile
from retention.names import check_columns
from retention.texts import text

COLUMNS = check_columns(("customer_id", "expected_order_value"))
KIND = "retention spend fit 1"
LIMITS = {
    "alike": "everyone alike",
    "steady": "each customer always spends the same",
}
SENTENCES = {
    "alike": "Customers do not differ in what they spend: everyone is expected to spend the mean.",
    "steady": "Each customer's own mean says it all; nothing is drawn to the common one.",
}
_FAMILIES: dict[str, Any] = {"gamma": GammaSpend, "alike": AlikeSpend, "steady": SteadySpend}


@dataclass(frozen=True)
class GammaGammaFit:
    """A fitted Gamma-Gamma model, or the nested model at which it arrived.

    Attributes
    ----------
    spend
        How amounts differ within and between customers, in the currency of the input.
    covariance
        Of the parameters, in the order of `parameters()`.
    quality
        Log-likelihood, Newton decrement and size: customers with a paid repeat day.
    correlation
        Between paid days and mean amount. The model assumes none: it cannot see that frequent
        buyers spend more or less.
    seen
        The distinct amounts that it was fitted to, for `second_opinion`; not saved.
    """

    spend: Spend
    covariance: Matrix
    quality: Quality
    correlation: float
    model: str = "Gamma-Gamma"
    seen: Amounts | None = field(default=None, compare=False, repr=False)

    @property
    def _named(self) -> dict[str, float]:
        return {name: float(getattr(self.spend, name)) for name in self.spend.names}

    def parameters(self) -> pd.DataFrame:
        """Estimates with standard errors and 95 % limits, in the currency of the input.

        Returns
        -------
        pandas.DataFrame
            Grain: parameter (p, q, gamma; at a limit: p, mean or q, scale). Columns: parameter
            (str), estimate, std_error, low, high (float64).
        """
        named = self._named
        return parameter_table(list(named), np.array(list(named.values())), self.covariance)

    def profile(self) -> pd.DataFrame:
        """Estimates with 95 % limits that follow the likelihood, one-sided where it is.

        Returns
        -------
        pandas.DataFrame
            Grain: parameter. Columns: parameter (str), estimate, low, high (float64); 0 or infinity
            where the amounts rule out nothing on that side.
        """
        return spend_profile(self)

    def summary(self) -> pd.DataFrame:
        """One row about the fit; `limit` is empty unless a parameter ran to its end.

        Returns
        -------
        pandas.DataFrame
            Grain: the fit. Columns as those of an order fit; time_unit_days is 1.
        """
        limit = LIMITS.get(self.spend.family, "")
        return summary_table(
            self.model,
            self.quality,
            free=len(self._named),
            limit=text(limit) if limit else "",
            time_unit_days=1.0,
        )

    def population_mean(self) -> float:
        """Expected amount of a customer without a paid repeat day; infinite for q up to 1."""
        return self.spend.population_mean()

    def sentence(self) -> str:
        """What the fit says in words, with its assumption and the limit where there is one."""
        mean = self.population_mean()
        said = text(
            "Gamma-Gamma, fitted to {customers} customers with paid repeat days: a purchase day is "
            "expected to bring {mean}. It assumes that amounts do not depend on how often somebody "
            "buys; the correlation here is {correlation}.",
            customers=f"{self.quality.customers:,.0f}",
            mean=_money(mean) if np.isfinite(mean) else text("an amount without a finite mean"),
            correlation=f"{self.correlation:.2f}",
        )
        limit = SENTENCES.get(self.spend.family)
        return f"{said} {text(limit)}" if limit else said

    def _repr_html_(self) -> str:
        return fit_card(self.sentence(), self.parameters())

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """Each customer's expected amount per purchase day.

        The customer's own mean, drawn towards the population's: the more, the fewer days it rests
        on. A customer without a paid repeat day is given the population's mean.

        Parameters
        ----------
        customers
            As for the fit, with `customer_id`; others than those of the fit are welcome.

        Returns
        -------
        pandas.DataFrame
            Grain: customer, in the order of the table. Columns: customer_id (str),
            expected_order_value (float64, currency per purchase day).

        Raises
        ------
        FitError
            Where a customer's expected amount is infinite (q at most 1).
        """
        require_columns(
            "customers", customers, ("customer_id",), "Ids are needed to say who is who."
        )
        paid = paid_days(customers)
        value = self.spend.conditional_mean(
            paid["paid_days"].to_numpy(), paid["paid_value"].to_numpy()
        )
        endless = ~np.isfinite(value)
        if endless.any():
            raise FitError(
                f"customers: {endless.sum():,} of {len(value):,} customers have no finite expected "
                f"amount: the fit's q is {self._named['q']:.3g}, and up to 1 a few very large "
                "buyers outweigh all others. See customers.nlargest(3, 'total_value'). Set extreme "
                "buyers aside, or predict only customers with several paid repeat days."
            )
        table = pd.DataFrame(
            {
                "customer_id": customers["customer_id"].astype("str").array,
                "expected_order_value": value,
            }
        )
        table.attrs = {
            "parameters": {"model": self.model},
            "as_of": customers.attrs.get("as_of"),
            "customers": len(table),
            "call": "fit.predict(customers)",
        }
        return table

    def to_json(self) -> str:
        """The fit as JSON text, without any customer; `from_json` reads it back."""
        return json.dumps(
            {
                "kind": KIND,
                "spend": {"family": self.spend.family, **vars(self.spend)},
                "covariance": self.covariance,
                "quality": self.quality._asdict(),
                "correlation": self.correlation,
            }
        )

    @classmethod
    def from_json(cls, saved: str) -> GammaGammaFit:
        """The fit that `to_json` wrote, equal to the last digit.

        Raises
        ------
        ArgumentError
            Where the text is something else.
        """
        with read_fit(saved, KIND) as found:
            spend = saved_part(found["spend"], _FAMILIES)
            covariance, quality = saved_doubt(found, spend)
            return cls(spend, covariance, quality, correlation=float(found["correlation"]))

    def to_lifetimes(self) -> Any:
        """A `lifetimes.GammaGammaFitter` with these parameters (v is gamma); no data in it.

        Raises
        ------
        ArgumentError
            Where the fit lies at a limit, for which `lifetimes` has no parameters.
        """
        if not isinstance(self.spend, GammaSpend):
            raise ArgumentError(
                f"fit: it lies at a limit, {LIMITS[self.spend.family]!r}, for which lifetimes has no "
                "parameters. See fit.parameters(). Predict with fit.predict(customers) instead."
            )
        named = {"p": self.spend.p, "q": self.spend.q, "v": self.spend.gamma}
        return lifetimes_fitter(self.model, named, self.covariance)


def _money(amount: float) -> str:
    """In hundredths as long as they matter: the fit does not know the currency."""
    return f"{amount:,.0f}" if amount >= 1000 else f"{amount:,.2f}"
