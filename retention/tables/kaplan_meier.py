"""The Kaplan-Meier estimate of "back within d days", for counts of closed and open gaps."""

from __future__ import annotations

import pandas as pd

from retention.tables.survival_curve import daily_counts, survival_curve

MIN_AT_RISK = 10


def kaplan_meier(gaps: pd.DataFrame, *, min_at_risk: int = MIN_AT_RISK) -> pd.DataFrame:
    """Share back by day, one row per day from 0 on, as long as `min_at_risk` are at risk.

    `gaps` has gap_days, is_censored and customers. An event on day d precedes a censoring on day d.
    Limits are Greenwood's on the log-log scale. Columns: gap_days, at_risk, events, censored,
    p_returned, low, high.

    Examples
    --------
    >>> import pandas as pd
    >>> gaps = pd.DataFrame({"gap_days": [1, 2, 2], "is_censored": [False, True, False],
    ...                      "customers": [1, 1, 2]})
    >>> kaplan_meier(gaps, min_at_risk=1)[["gap_days", "at_risk", "events", "p_returned"]]
       gap_days  at_risk  events  p_returned
    0         0        4       0        0.00
    1         1        4       1        0.25
    2         2        3       2        0.75
    """
    return survival_curve(*daily_counts(gaps), min_at_risk=min_at_risk)
