"""Each person's first touch, with the attributes that it had."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from retention.errors import ArgumentError, examples
from retention.names import MISSING
from retention.tables.require_rows import require_rows

# Names that the columns of a result have, or what it is made of.
OURS = (
    "customer_id", "touched_at", "first_order_at", "gap_days", "is_censored", "customers",
    "days_since_touch", "at_risk", "events", "censored", "p_bought", "low", "high",
)  # fmt: skip


def first_touches(
    touches: pd.DataFrame, as_of: pd.Timestamp, *, by: Sequence[str] = (), each: bool = False
) -> pd.DataFrame:
    """One row per person touched by `as_of`: customer_id (text), touched_at, and the columns `by`.

    Of touches at the same moment, the first by what stands in `by` counts. With `each`, one row per
    person and group of touches.

    Raises
    ------
    ArgumentError
        If it is no DataFrame, columns or ids are missing, or touched_at is no local time.

    Examples
    --------
    >>> touches = pd.DataFrame({"customer_id": [1, 1], "channel": ["ad", "mail"],
    ...     "touched_at": pd.to_datetime(["2024-01-02", "2024-01-01"])})
    >>> first_touches(touches, pd.Timestamp("2024-01-31"), by=["channel"])
      customer_id touched_at channel
    0           1 2024-01-01    mail
    """
    if touches is None:
        raise ArgumentError(
            "touches: there is no table of ad clicks, pages and messages. Export one, read it with "
            "read_touches(), and pass what it returns."
        )
    require_rows("touches", touches, time="touched_at", filled=("customer_id", "touched_at"))
    _check_by(touches, by)
    named = {name: touches[name].astype("str").fillna(MISSING) for name in by}
    rows = touches[["customer_id", "touched_at"]].assign(**named)
    rows["customer_id"] = rows["customer_id"].astype("str")
    rows["touched_at"] = rows["touched_at"].dt.tz_localize(None)
    rows = rows[rows["touched_at"] < as_of + pd.Timedelta(days=1)]
    rows = rows.sort_values(["touched_at", *by], kind="stable")
    unique = ["customer_id", *by] if each else ["customer_id"]
    return rows.drop_duplicates(unique).reset_index(drop=True)


def _check_by(touches: pd.DataFrame, by: Sequence[str]) -> None:
    absent = [name for name in by if name not in touches.columns]
    if absent:
        raise ArgumentError(
            f"by: the touches have no column {examples(absent)}; they have "
            f"{', '.join(map(repr, touches.columns))}."
        )
    taken = [name for name in by if name in OURS]
    if taken:
        raise ArgumentError(
            f"by: {examples(taken)} means something else here. Group by what a touch is: channel, page, "
            "campaign, ..."
        )
