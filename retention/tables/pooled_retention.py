"""One curve from many cohorts: people over people, never a mean of rates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.errors import require_columns
from retention.names import check_columns
from retention.tables.repeatable import repeatable
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    ("age", "cohorts", "eligible", "returned", "retention_rate", "low", "high", "dispersion")
)
NEEDED = ("cohort", "age", "eligible", "returned", "is_complete")
COHORTS_FOR_DISPERSION = 3


@repeatable
def pooled_retention(cells: pd.DataFrame) -> pd.DataFrame:
    """Pool the complete cells of all cohorts that are not flagged as burn-in.

    Parameters
    ----------
    cells : DataFrame as `cohort_retention` returns it

    Returns
    -------
    DataFrame, one row per (group, age)
        by (str, as in `cells`), age (int64, periods; of brackets the first day), cohorts (int64, how
        many are pooled), eligible, returned (int64, customers), retention_rate (float64, 0..1), low,
        high (float64, Wilson 95 % on eligible / max(1, dispersion)), dispersion (float64, Pearson
        chi-square per degree of freedom across the cohorts; 1 below three). Brackets also have
        until_day (int64).

    Raises
    ------
    ArgumentError
        If columns are missing.

    Notes
    -----
    The trap: successive ages pool different cohorts (see `cohorts`), so the curve may rise although
    no cohort does.

    Examples
    --------
    Cohorts of 100 and 10 with 10 and 5 back pool to 15 of 110, not to the mean of 10 % and 50 %:

    >>> import pandas as pd
    >>> cells = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01", "2024-02-01"]), "age": [1, 1],
    ...     "eligible": [100, 10], "returned": [10, 5],
    ...     "is_complete": [True, True], "is_burn_in": [False, False]})
    >>> pooled_retention(cells)[["age", "cohorts", "eligible", "returned", "retention_rate"]].round(4)
       age  cohorts  eligible  returned  retention_rate
    0    1        2       110        15          0.1364
    """
    hint = "Pass what cohort_retention(orders) returns."
    require_columns("cells", cells, NEEDED, hint)
    by = list(cells.columns[: list(cells.columns).index("cohort")])
    used = cells[cells["is_complete"]]
    if "is_burn_in" in cells:
        used = used[~used["is_burn_in"]]
    ends = ["until_day"] if "until_day" in used else []
    pooled = used.groupby([*by, "age", *ends], as_index=False).agg(
        cohorts=("cohort", "nunique"), eligible=("eligible", "sum"), returned=("returned", "sum")
    )
    pooled["retention_rate"] = pooled["returned"] / pooled["eligible"]
    pooled["dispersion"] = _dispersion(used, pooled, [*by, "age"])
    scale = pooled["dispersion"].clip(lower=1)
    pooled["low"], pooled["high"] = wilson_interval(
        pooled["returned"] / scale, pooled["eligible"] / scale
    )
    result = pooled[[*by, *COLUMNS, *ends]]
    result.attrs = {
        **cells.attrs,
        "is_derived": True,
        "definition": "pooled_retention",
    }
    return result


def _dispersion(used: pd.DataFrame, pooled: pd.DataFrame, keys: list[str]) -> pd.Series:
    """Pearson chi-square over cohorts - 1; 1 below three cohorts or where all or nobody returned."""
    cells = used.merge(
        pooled[[*keys, "retention_rate", "cohorts"]], on=keys, suffixes=("", "_pooled")
    )
    rate = cells.filter(like="retention_rate").iloc[:, -1]
    variance = cells["eligible"] * rate * (1 - rate)
    square = (cells["returned"] - cells["eligible"] * rate) ** 2
    chi = (square / variance.where(variance > 0)).groupby([cells[key] for key in keys]).sum()
    spread = pooled.set_index(keys)["retention_rate"]
    is_known = (pooled["cohorts"] >= COHORTS_FOR_DISPERSION).to_numpy() & spread.between(
        0, 1, inclusive="neither"
    ).to_numpy()
    ratio = chi.to_numpy() / np.maximum(pooled["cohorts"].to_numpy() - 1, 1)
    return pd.Series(np.where(is_known, ratio, 1.0), index=pooled.index)
