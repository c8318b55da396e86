"""What the `lifetimes` package says of the same customers, beside what we say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError
from retention.models.fitted_orders import FittedOrders
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.given_fits import require_fit
from retention.models.history import FloatArray, History, compress_customers
from retention.models.lifetimes_refit import refit_orders, refit_spend
from retention.models.order_fit import check_horizon
from retention.models.paid_days import distinct_amounts
from retention.models.spend import Amounts
from retention.names import check_columns
from retention.tables.repeatable import repeatable
from retention.texts import text

COLUMNS = check_columns(
    ("figure", "estimate", "std_error", "lifetimes_estimate", "difference", "is_agreed")
)
# Parameters agree within this share of their standard error, sums within this share of themselves.
OF_ERROR, OF_SUM = 0.2, 0.01
YEAR = 365


@repeatable
def second_opinion(
    fit: FittedOrders | GammaGammaFit,
    *,
    customers: pd.DataFrame | None = None,
    horizon_days: int = YEAR,
) -> pd.DataFrame:
    """Fit the same customers with the `lifetimes` package, and put both results side by side.

    The trap: agreement says that both found the same best parameters, not that the model is right.
    Where they differ, look at `is_converged` first: `lifetimes` stops early, or refuses, on some tables.

    Parameters
    ----------
    fit
        A fitted BG/NBD, MBG/NBD, Pareto/NBD or Gamma-Gamma model. Pareto/NBD takes `lifetimes` minutes
        from some ten thousand customers on.
    customers
        The table of the fit, in its unit of time; by default what the fit remembers of it, which is
        lost when a fit is saved.
    horizon_days
        How far ahead orders are summed; without meaning for Gamma-Gamma.

    Returns
    -------
    pandas.DataFrame
        Grain: figure. Columns: figure (str: each parameter, then expected_orders of all customers, or
        expected_order_value, their mean), estimate (float64, ours), std_error (float64, null for a
        sum or mean), lifetimes_estimate (float64, null where it has none), difference (float64, theirs
        less ours), is_agreed (bool: within a fifth of the standard error, or within 1 %).
        `attrs["sentence"]` says it in words.

    Raises
    ------
    ArgumentError
        Where the fit lies at a limit, or does not remember its customers.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 3, 9, 8], "recency": [0, 9, 20, 90, 30], "T": [80, 70, 75, 92, 95]}
    ... )
    >>> second_opinion(fit_mbg_nbd(customers))["figure"].tolist()
    ['r', 'alpha', 'a', 'b', 'expected_orders']
    """
    require_fit(fit, ability="to_lifetimes")
    horizon = check_horizon(horizon_days)
    named = fit.parameters().set_index("parameter")
    if isinstance(fit, GammaGammaFit):
        amounts = fit.seen if customers is None else distinct_amounts(customers)
        theirs, problem = refit_spend(fit, _known(amounts))
        ours = named["estimate"].to_dict() | {"expected_order_value": _mean(fit, _known(amounts))}
    else:
        history = fit.seen if customers is None else compress_customers(customers)
        theirs, problem = refit_orders(fit, _known(history), horizon_days=horizon)
        ours = named["estimate"].to_dict() | {
            "expected_orders": _sum(fit, _known(history), horizon)
        }
    table = _beside(ours, named["std_error"].to_dict(), theirs)
    table.attrs = {
        "definition": "second_opinion",
        "parameters": {"model": fit.model, "horizon_days": horizon},
        "sentence": _sentence(fit.model, table, problem),
    }
    return table


def _known(seen: Any) -> Any:
    """What the fit was fitted to, or a refusal."""
    if seen is None:
        raise ArgumentError(
            "fit: 1 fit does not remember its customers, as those read from a file do not. Pass "
            "customers=customer_summary(orders) too."
        )
    return seen


def _sum(fit: FittedOrders, history: History, horizon_days: int) -> float:
    outlook = fit.outlook(history, horizon_days=horizon_days)
    return float(history.customers @ outlook.expected_orders)


def _mean(fit: GammaGammaFit, amounts: Amounts) -> float:
    each: FloatArray = fit.spend.conditional_mean(amounts.days, amounts.value)
    return float(np.average(each, weights=amounts.customers))


def _beside(
    ours: dict[Any, float], errors: dict[Any, float], theirs: dict[str, float]
) -> pd.DataFrame:
    """Both estimates, and whether they are the same for all that matters."""
    names = list(ours)
    estimate = np.array([ours[name] for name in names])
    other = np.array([theirs.get(name, np.nan) for name in names])
    error = np.array([errors.get(name, np.nan) for name in names])
    room = np.where(np.isnan(error), OF_SUM * np.abs(estimate), OF_ERROR * error)
    table = {
        "figure": pd.array(names, dtype="str"),
        "estimate": estimate,
        "std_error": error,
        "lifetimes_estimate": other,
        "difference": other - estimate,
        "is_agreed": np.abs(other - estimate) <= room,
    }
    return pd.DataFrame(table)[list(COLUMNS)]


def _sentence(model: str, table: pd.DataFrame, problem: str) -> str:
    """What the table says."""
    if problem:
        return text("{model}: lifetimes has no answer ({problem}).", model=model, problem=problem)
    wrong = table.loc[~table["is_agreed"], "figure"].tolist()
    if not wrong:
        return text("{model}: lifetimes agrees, in all {figures} figures.", model=model,
                    figures=len(table))  # fmt: skip
    return text(
        "{model}: lifetimes disagrees in {wrong} of {figures} figures: {names}.",
        model=model,
        wrong=len(wrong),
        figures=len(table),
        names=", ".join(wrong),
    )
