"""Limits of the parameters of amounts from the likelihood itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError
from retention.models.history import FloatArray
from retention.models.profile_ends import profile_ends
from retention.models.surface import Surface


def spend_profile(fit: Any) -> pd.DataFrame:
    """The table of `fit.profile` of a fit of amounts.

    Raises
    ------
    ArgumentError
        Where the fit was read from text, which holds no customers.
    """
    if fit.seen is None:
        raise ArgumentError(
            "fit: it holds none of the amounts that it was fitted to, because it was read from text. "
            "Fit again, or see the limits of fit.parameters()."
        )
    scale = float(np.average(fit.seen.value, weights=fit.seen.customers))
    amounts = replace(fit.seen, value=fit.seen.value / scale)
    spend = fit.spend.in_unit(1 / scale)
    values = np.array([getattr(spend, name) for name in spend.names])
    # Coordinates of the search are sums of the parameters' logarithms, the same ones everywhere.
    slopes = np.linalg.inv(spend.jacobian() / values[:, None])

    def surface(point: FloatArray) -> Surface:
        found = type(spend)(*np.exp(point).tolist()).log_likelihood(amounts)
        bent = slopes.T @ found.hessian @ slopes
        return Surface(found.value, slopes.T @ found.gradient, bent)

    table: pd.DataFrame = fit.parameters()[["parameter", "estimate"]]
    for name, limit in zip(("low", "high"), profile_ends(surface, np.log(values)), strict=True):
        table[name] = np.exp(limit) * (table["estimate"] / values)
    return table
