"""Both arms of a split side by side, stratum by stratum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.actions.assign_holdout import HOLDOUT

Floats = NDArray[np.float64]
LEAST = 2  # members of an arm in a stratum: one alone says nothing of the scatter


@dataclass(frozen=True, eq=False)
class Stratum:
    """What came of the customers of one band of value, and what had been expected of them."""

    is_held: NDArray[np.bool_]
    orders: Floats
    amount: Floats
    prediction: Floats


def strata_of(rows: pd.DataFrame) -> list[Stratum]:
    """The strata by band; a band with fewer than two in an arm joins its lower neighbour.

    Empty where even all bands together have fewer.
    """
    groups: list[pd.DataFrame] = []
    for _, band in rows.groupby("value_band"):
        if groups and not (_is_enough(groups[-1]) and _is_enough(band)):
            groups[-1] = pd.concat([groups[-1], band])
        else:
            groups.append(band)
    return [_stratum(group) for group in groups] if all(map(_is_enough, groups)) else []


def weights_of(strata: list[Stratum]) -> Floats:
    """Each stratum's share of all that were assigned."""
    sizes = np.array([len(one.is_held) for one in strata], dtype=float)
    weights: Floats = sizes / sizes.sum()
    return weights


def _is_enough(rows: pd.DataFrame) -> bool:
    held = int((rows["arm"] == HOLDOUT).sum())
    return min(held, len(rows) - held) >= LEAST


def _stratum(rows: pd.DataFrame) -> Stratum:
    # By id, so that a permutation draws the same whatever the order of the rows.
    rows = rows.sort_values("customer_id")
    return Stratum(
        is_held=np.asarray(rows["arm"] == HOLDOUT, dtype=np.bool_),
        orders=np.asarray(rows["purchase_days"] > 0, dtype=np.float64),
        amount=rows["amount"].to_numpy(np.float64),
        prediction=rows["prediction"].to_numpy(np.float64),
    )
