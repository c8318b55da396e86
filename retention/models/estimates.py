"""The two tables that every fit has: its parameters, and one row about the fit itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from retention.models.history import FloatArray
from retention.models.maximum import TOLERANCE
from retention.names import check_columns

PARAMETER_COLUMNS = check_columns(("parameter", "estimate", "std_error", "low", "high"))
SUMMARY_COLUMNS = check_columns(
    (
        "model",
        "log_likelihood",
        "aic",
        "bic",
        "customers",
        "distinct_rows",
        "is_converged",
        "decrement",
        "limit",
        "time_unit_days",
    )
)
# 97.5 % point of the normal distribution.
WIDE = 1.959963984540054

Matrix = tuple[tuple[float, ...], ...]


class Quality(NamedTuple):
    """How well a fit describes its customers, and whether it is a maximum."""

    log_likelihood: float
    decrement: float
    customers: float
    distinct_rows: int

    @property
    def is_converged(self) -> bool:
        """Whether another Newton step would add nothing worth having."""
        return bool(self.decrement < TOLERANCE)


def parameter_table(
    names: Sequence[str], estimates: FloatArray, covariance: Matrix, *, shares: Sequence[str] = ()
) -> pd.DataFrame:
    """One row per parameter, with 95 % limits that stay where the parameter can be.

    Parameters
    ----------
    names, estimates, covariance
        What was estimated, in one order.
    shares
        Names of the parameters that lie between 0 and 1; the others are above 0.

    Returns
    -------
    pandas.DataFrame
        Grain: parameter. Columns: parameter (str), estimate, std_error (float64, in the unit of the
        input), low, high (float64; Wald limits of the logarithm, of the log odds for a share).

    Examples
    --------
    >>> parameter_table(["r"], np.array([2.0]), ((0.04,),)).round(3)
      parameter  estimate  std_error    low   high
    0         r       2.0        0.2  1.644  2.433
    """
    errors = np.sqrt(np.diag(np.reshape(covariance, (len(names), len(names)))))
    rest = np.where(np.isin(list(names), list(shares)), 1.0 - estimates, 1.0)
    shift = np.exp(WIDE * errors / (estimates * rest))
    low = np.where(rest < 1.0, estimates / (estimates + rest * shift), estimates / shift)
    high = np.where(rest < 1.0, estimates / (estimates + rest / shift), estimates * shift)
    columns = (pd.array(list(names), dtype="str"), estimates, errors, low, high)
    return pd.DataFrame(dict(zip(PARAMETER_COLUMNS, columns, strict=True)))


def summary_table(
    model: str, quality: Quality, *, free: int, limit: str, time_unit_days: float
) -> pd.DataFrame:
    """One row about a fit.

    Parameters
    ----------
    model
        Name of the model.
    quality
        Log-likelihood, Newton decrement and size.
    free
        Number of free parameters.
    limit
        The nested model at the boundary, empty if none.
    time_unit_days
        Days in one unit of the input's time.

    Returns
    -------
    pandas.DataFrame
        Grain: the fit. Columns: model, limit (str), log_likelihood, aic, bic, decrement (float64,
        nats, total over customers, in the unit of the input), customers, distinct_rows (int64),
        is_converged (bool), time_unit_days (float64, days).

    Examples
    --------
    >>> quality = Quality(-10.0, 0.0, 5, 4)
    >>> summary_table("NBD", quality, free=2, limit="", time_unit_days=1.0).loc[0, "aic"]
    np.float64(24.0)
    """
    deviance = -2.0 * quality.log_likelihood
    row = (
        model,
        quality.log_likelihood,
        deviance + 2.0 * free,
        deviance + free * np.log(quality.customers),
        round(quality.customers),
        quality.distinct_rows,
        quality.is_converged,
        quality.decrement,
        limit,
        time_unit_days,
    )
    return pd.DataFrame([row], columns=list(SUMMARY_COLUMNS))
