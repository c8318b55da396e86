"""Whether customers of different groups buy and leave differently: a fit for each, and a test."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd
from scipy.special import chdtrc

from retention.errors import ArgumentError, FitError, choose, require_columns
from retention.kinds import require_text
from retention.models.fitted_orders import FittedOrders
from retention.models.order_models import FITS, ModelName
from retention.names import GLOSSARY, MISSING, OTHER
from retention.texts import text

SMALLEST = 100  # customers; of fewer, four parameters say nothing
SURE = 0.05


@dataclass(frozen=True, eq=False)
class GroupedFit:
    """The same order model fitted to each group, and to all together.

    Attributes
    ----------
    by
        The column that names the groups.
    fits
        A fitted order model for each group, the largest first; small groups share "(other)".
    pooled
        The model of all customers.
    """

    by: str
    fits: dict[str, FittedOrders]
    pooled: FittedOrders

    def test(self) -> pd.DataFrame:
        """The likelihood-ratio test of one model for all against one for each group.

        Returns
        -------
        pandas.DataFrame
            One row: model (str), groups (int64), log_likelihood, pooled_log_likelihood, statistic
            (float64, nats; twice their difference), degrees (int64), p_value (float64, 0..1; small
            where groups differ).
        """
        apart = sum(fit.quality.log_likelihood for fit in self.fits.values())
        degrees = sum(len(fit.parameters()) for fit in self.fits.values()) - len(
            self.pooled.parameters()
        )
        statistic = max(0.0, 2 * (apart - self.pooled.quality.log_likelihood))
        table = pd.DataFrame(
            {
                "model": [self.pooled.model],
                "groups": [len(self.fits)],
                "log_likelihood": [apart],
                "pooled_log_likelihood": [self.pooled.quality.log_likelihood],
                "statistic": [statistic],
                "degrees": [degrees],
                "p_value": [float(chdtrc(degrees, statistic)) if degrees > 0 else 1.0],
            }
        )
        return table.astype({name: GLOSSARY[name].dtype for name in table.columns})

    def summary(self) -> pd.DataFrame:
        """One row a group: how many customers, how often they buy, what to expect of a new one.

        Returns
        -------
        pandas.DataFrame
            Columns: group_name (str), then those of a fit's own summary, and expected_orders (float64,
            repeat purchase days of a new customer within 365 days).
        """
        rows = [
            fit.summary().assign(
                group_name=name,
                expected_orders=fit.expected_new_orders(horizon_days=[365])["expected_orders"][0],
            )
            for name, fit in self.fits.items()
        ]
        table = pd.concat(rows, ignore_index=True)
        return table[["group_name", *(name for name in table.columns if name != "group_name")]]

    def predict(self, customers: pd.DataFrame, *, horizon_days: int = 365) -> pd.DataFrame:
        """`fit.predict` of each customer's own group, in the order of the table.

        Raises
        ------
        ArgumentError
            Where the column of the groups is missing.
        """
        customers = customers.reset_index(drop=True)
        names = _names(customers, self.by)
        known = [name if name in self.fits else OTHER for name in names]
        parts: list[pd.DataFrame] = []
        for name, rows in names.groupby(known).groups.items():
            fit = self.fits[str(name)] if name in self.fits else self.pooled
            said = fit.predict(customers.loc[rows], horizon_days=horizon_days)
            parts.append(said.set_axis(rows))
        return pd.concat(parts).sort_index()

    def sentence(self) -> str:
        """Whether the groups differ, in words."""
        found = self.test().iloc[0]
        year = self.summary().set_index("group_name")["expected_orders"]
        words = {
            "by": self.by, "p_value": f"{found['p_value']:.2g}", "most": str(year.idxmax()),
            "most_orders": f"{year.max():.2f}", "least": str(year.idxmin()),
            "least_orders": f"{year.min():.2f}",
        }  # fmt: skip
        if found["p_value"] >= SURE:
            return text(
                "By {by}, customers do not differ clearly in how they buy and leave (likelihood ratio, "
                "p = {p_value}): use one model for all.",
                **words,
            )
        return text(
            "By {by}, customers buy and leave differently (likelihood ratio, p = {p_value}): of a new "
            "customer, {most_orders} repeat orders are expected in a year with {most}, {least_orders} "
            "with {least}.",
            **words,
        )


def fit_by_group(customers: pd.DataFrame, *, by: str, model: ModelName = "mbg_nbd") -> GroupedFit:
    """Fit an order model to each group of customers, and test whether that is worth it.

    The trap: groups that differ are not groups that can be changed; the channel that brings loyal
    customers may just reach those who would be loyal anyway.

    Parameters
    ----------
    customers
        As `customer_summary(orders, by=...)` returns it, times in days.
    by
        The column that names the groups, such as "channel" or "category" of the first order.
    model
        "mbg_nbd", "bg_nbd", "pareto_nbd" or "mbg_cnbd_k".

    Returns
    -------
    GroupedFit
        With `.test()`, `.summary()`, `.sentence()` and `.predict(customers)`. Groups of fewer than 100
        customers, or without a second purchase, are one: "(other)".

    Raises
    ------
    ArgumentError
        Where the column is missing, or fewer than two groups are large enough.
    FitError
        Where the model of all cannot be fitted.

    References
    ----------
    Fader, Hardie (2007), Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models.

    Examples
    --------
    >>> from retention import simulate_orders, customer_summary
    >>> customers = customer_summary(simulate_orders(customers=400, days=365, random_state=1))
    >>> halves = customers.assign(channel=["web", "shop"] * (len(customers) // 2))
    >>> bool(fit_by_group(halves, by="channel").test()["p_value"][0] > 0.01)
    True
    """
    require_text("by", by, hint="Name the column of the groups.")
    choose("model", model, tuple(FITS))
    _, fit = FITS[model]
    pooled, names = fit(customers), _names(customers, by)
    sizes = names.value_counts()
    fits = _fits(customers, names, fit)
    if len(fits) < 2:
        raise ArgumentError(
            f"by: {len(fits)} of {sizes.size} groups of {by!r} have {SMALLEST} customers and a second "
            f"purchase ({', '.join(map(str, sizes.index[:3]))}). Name a column with larger groups."
        )
    return GroupedFit(by, fits, pooled)


def _fits(
    customers: pd.DataFrame, names: pd.Series, fit: Callable[[pd.DataFrame], FittedOrders]
) -> dict[str, FittedOrders]:
    """One for each large group in which somebody came back, and one for the rest."""
    fits: dict[str, FittedOrders] = {}
    sizes = names.value_counts()
    for name in map(str, sizes.index[sizes >= SMALLEST]):
        with suppress(FitError):
            fits[name] = fit(customers[names == name])
    rest = ~names.isin(list(fits))
    if not rest.any():
        return fits
    if rest.sum() >= SMALLEST:
        with suppress(FitError):
            return fits | {OTHER: fit(customers[rest])}
    if not fits:
        return fits
    # Too few, or too much alike, for a model of their own: they join the smallest group that has one.
    smallest = min(fits, key=lambda name: int(sizes[name]))
    del fits[smallest]
    return fits | {OTHER: fit(customers[rest | (names == smallest)])}


def _names(customers: pd.DataFrame, by: str) -> pd.Series:
    hint = f"customer_summary(orders, by={by!r}) has it, if the orders have such an attribute."
    require_columns("customers", customers, (by,), hint)
    return customers[by].astype("object").where(customers[by].notna(), MISSING).astype("str")
