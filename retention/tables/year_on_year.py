"""Each cohort beside the one of the year before: what is left when the season is the same."""

from __future__ import annotations

import pandas as pd

from retention.errors import require_columns
from retention.names import GLOSSARY, check_columns
from retention.tables.difference import difference, share
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "cohort", "cohort_before", "age", "eligible", "eligible_before", "retention_rate",
        "retention_rate_before", "difference", "low", "high",
    )
)  # fmt: skip
NEEDED = ("cohort", "age", "eligible", "returned", "is_complete")
WEEKS = pd.Timedelta(days=364)


@repeatable
def year_on_year(cells: pd.DataFrame) -> pd.DataFrame:
    """Pair every cohort with the one that began a year before, at the same age.

    Parameters
    ----------
    cells : DataFrame as `cohort_retention` returns it

    Returns
    -------
    DataFrame, one row per (group, cohort, age) that is complete in both years
        by (str, as in `cells`), cohort, cohort_before (datetime64[us]; of weeks, 52 weeks before),
        age (int64, periods; 0 is left out where everybody is there by definition), eligible,
        eligible_before (int64, customers), retention_rate, retention_rate_before (float64, 0..1),
        difference (float64, this year less the last), low, high (float64, Newcombe 95 %).

    Raises
    ------
    ArgumentError
        If columns are missing.

    Notes
    -----
    The trap: the month before is another season; the same month of the year before is not, but the
    lunar new year moves between January and February. Cohorts flagged as burn-in are left out.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions.

    Examples
    --------
    >>> import pandas as pd
    >>> cells = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2023-03-01", "2024-03-01", "2024-04-01"]), "age": 1,
    ...     "eligible": [100, 40, 60], "returned": [25, 20, 12], "is_complete": True})
    >>> year_on_year(cells)[["cohort", "cohort_before", "age", "difference"]]
          cohort cohort_before  age  difference
    0 2024-03-01    2023-03-01    1        0.25
    """
    hint = "Pass what cohort_retention(orders) returns."
    require_columns("cells", cells, NEEDED, hint)
    by = list(cells.columns[: list(cells.columns).index("cohort")])
    kept = cells[cells["is_complete"].astype(bool)]
    if "is_burn_in" in kept:
        kept = kept[~kept["is_burn_in"].astype(bool)]
    kept = kept[(kept["age"] > 0) | (kept["returned"] < kept["eligible"])]
    pairs = _pairs(kept[[*by, "cohort", "age", "eligible", "returned"]], by)
    now = share(pairs["returned"], pairs["eligible"])
    before = share(pairs["returned_before"], pairs["eligible_before"])
    gap = difference(now, before)
    pairs = pairs.assign(
        retention_rate=now.value, retention_rate_before=before.value,
        difference=gap.value, low=gap.low, high=gap.high,
    )  # fmt: skip
    result = pairs[[*by, *COLUMNS]].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    result.attrs = {
        **cells.attrs,
        "is_derived": True,
        "definition": "year_on_year",
    }
    return result


def _pairs(cells: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Rows with those of the cohort one year before, where there is one."""
    cohort_before = _year_before(cells["cohort"]).astype("datetime64[us]")
    earlier = cells.rename(
        columns={name: f"{name}_before" for name in ("cohort", "eligible", "returned")}
    )
    earlier = earlier.astype({"cohort_before": "datetime64[us]"})
    both = cells.assign(cohort_before=cohort_before).merge(
        earlier, on=[*by, "cohort_before", "age"]
    )
    return both.sort_values([*by, "cohort", "age"], ignore_index=True)


def _year_before(cohorts: pd.Series) -> pd.Series:
    """52 weeks before where all cohorts begin on one weekday, else the same date."""
    starts = cohorts.drop_duplicates()
    are_weeks = len(starts) > 1 and len(starts.dt.day_of_week.unique()) == 1
    shifted: pd.Series = cohorts - (WEEKS if are_weeks else pd.DateOffset(years=1))
    return shifted
