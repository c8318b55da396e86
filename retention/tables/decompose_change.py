"""Why a blended rate changed: the segments' own rates, or who was in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_columns, require_number
from retention.names import GLOSSARY, check_columns
from retention.tables.cohort_names import cohorts_named
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "eligible_before", "eligible_after", "weight_before", "weight_after",
        "retention_rate_before", "retention_rate_after", "within_change", "mix_change", "change",
    )
)  # fmt: skip
NEEDED = ("cohort", "age", "eligible", "returned", "is_complete")


@repeatable
def decompose_change(
    cells: pd.DataFrame, *, before: str | Sequence[str], after: str | Sequence[str], age: int = 1
) -> pd.DataFrame:
    """Split the change of the blended retention rate into the segments' own and that of the mix.

    Parameters
    ----------
    cells : DataFrame as `cohort_retention(orders, by=...)` returns it
        Its groups are the segments.
    before, after : str or list of str
        Names of cohorts: "2024-03", "2024-Q1", "2024-W09", "2024" (all that begin then).
    age : int
        The age at which they are compared; of brackets, the first day.

    Returns
    -------
    DataFrame, one row per segment
        by (str), eligible_before, eligible_after (int64, customers), weight_before, weight_after
        (float64, 0..1, the segment's share of them), retention_rate_before, retention_rate_after
        (float64, 0..1; null where the segment is absent), within_change (float64, mean weight x
        change of the rate), mix_change (float64, change of the weight x (mean rate of the segment -
        mean of the blended rates)), change (float64, their sum). The columns' sums are the parts and
        the whole of the change of the blended rate, exactly.

    Raises
    ------
    ArgumentError
        If the cells have no groups, a name is of no cohort, or a cohort is not complete at that age.

    Notes
    -----
    The trap: every segment can improve while the blended rate falls, where the mix moves to segments
    that return less. A segment that is absent on one side is all mix.

    Examples
    --------
    The channels are as good as before; more customers come from the weaker one:

    >>> import pandas as pd
    >>> cells = pd.DataFrame({
    ...     "channel": ["web", "shop"] * 2, "age": 1, "is_complete": True,
    ...     "cohort": pd.to_datetime(["2024-01-01"] * 2 + ["2024-02-01"] * 2),
    ...     "eligible": [50, 50, 90, 10], "returned": [10, 20, 18, 4]})
    >>> parts = decompose_change(cells, before="2024-01", after="2024-02")
    >>> parts[["channel", "weight_before", "weight_after", "within_change", "mix_change"]].round(3)
      channel  weight_before  weight_after  within_change  mix_change
    0    shop            0.5           0.1            0.0      -0.056
    1     web            0.5           0.9            0.0      -0.024
    """
    hint = "Pass what cohort_retention(orders, by=...) returns."
    require_columns("cells", cells, NEEDED, hint)
    by = list(cells.columns[: list(cells.columns).index("cohort")])
    if not by:
        raise ArgumentError(f"cells: the table has no groups, so there is no mix. {hint}")
    require_number("age", age, is_whole=True)
    sides = [
        _side(cells, names, argument, by, age)
        for names, argument in ((before, "before"), (after, "after"))
    ]
    both = sides[0].add_suffix("_before").join(sides[1].add_suffix("_after"), how="outer")
    # A segment without customers on one side has none there.
    parts = _parts(both.fillna(0).astype("int64")).reset_index()
    result = parts[[*by, *COLUMNS]].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    result.attrs = {
        **cells.attrs,
        "is_derived": True,
        "definition": "decompose_change",
        "words": {
            **cells.attrs.get("words", {}),
            "before": _words(before), "after": _words(after), "age": int(age),
        },
    }  # fmt: skip
    return result


def _side(
    cells: pd.DataFrame, names: str | Sequence[str], argument: str, by: list[str], age: int
) -> pd.DataFrame:
    """Customers by segment, of the named cohorts at the age."""
    cohorts = cohorts_named(cells["cohort"], names, argument)
    side = cells[cells["cohort"].isin(cohorts) & (cells["age"] == age)]
    whole = side.groupby("cohort")["is_complete"].all()
    late = [cohort for cohort in cohorts if not bool(whole.get(cohort, False))]
    if late:
        raise ArgumentError(
            f"{argument}: {len(late)} of {len(cohorts)} cohorts are not complete at age {age!r} "
            f"(the first begins on {late[0]:%Y-%m-%d}). Choose a smaller age or earlier cohorts."
        )
    return pd.DataFrame(side.groupby(by)[["eligible", "returned"]].sum())


def _parts(both: pd.DataFrame) -> pd.DataFrame:
    n0, n1 = both["eligible_before"], both["eligible_after"]
    w0, w1 = n0 / n0.sum(), n1 / n1.sum()
    r0, r1 = both["returned_before"] / n0.where(n0 > 0), both["returned_after"] / n1.where(n1 > 0)
    blended = (both["returned_before"].sum() / n0.sum(), both["returned_after"].sum() / n1.sum())
    # Absent on one side: no change of its own, whatever its rate would have been.
    old, new = r0.fillna(r1), r1.fillna(r0)
    within = (w0 + w1) / 2 * (new - old)
    mix = (w1 - w0) * ((old + new) / 2 - float(np.mean(blended)))
    return both.assign(
        weight_before=w0,
        weight_after=w1,
        retention_rate_before=r0,
        retention_rate_after=r1,
        within_change=within,
        mix_change=mix,
        change=within + mix,
    )


def _words(names: str | Sequence[str]) -> str:
    return names if isinstance(names, str) else ", ".join(names)
