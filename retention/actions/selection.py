"""Rows of a profile that a condition names."""

from __future__ import annotations

import pandas as pd

from retention.actions.condition import Condition
from retention.errors import ArgumentError, require_columns
from retention.hidden_ids import example_cells

HINT = "Pass what customer_profile() returns."
NEEDED = ("customer_id", "stage", "days_since_last_order", "is_opted_out", "messages_30_days")


def selected(profile: pd.DataFrame, where: str) -> pd.Series:
    """Whether each row fulfils the condition, written as for `DataFrame.query`.

    Raises
    ------
    ArgumentError
        If the profile is none, or the condition cannot be read, or is no condition.

    Examples
    --------
    >>> table = pd.DataFrame({"customer_id": ["a", "b"], "stage": ["new", "loyal"],
    ...     "days_since_last_order": [3, 9], "is_opted_out": False, "messages_30_days": 0})
    >>> selected(table, "days_since_last_order > 5").tolist()
    [False, True]
    """
    require_columns("profile", profile, NEEDED, HINT)
    repeated = profile["customer_id"][profile["customer_id"].duplicated()]
    if len(repeated):
        raise ArgumentError(
            f"profile: {len(repeated):,} ids come twice ({example_cells(repeated.unique())}). {HINT}"
        )
    if not isinstance(where, str) or not where.strip():
        raise ArgumentError(
            f"where: {where!r} is no condition. Pass one such as \"stage == 'at_risk' and "
            'expected_value > 200000".'
        )
    try:
        found = Condition(profile).answers(where)
    except Exception as error:
        names = ", ".join(map(str, profile.columns[:12]))
        raise ArgumentError(
            f"where: {where!r} cannot be read ({error}). Compare columns of the profile "
            f"({names}, ...) as in \"band == 'high' and expected_value > 200000\"."
        ) from error
    if not isinstance(found, pd.Series) or not found.dropna().isin([True, False]).all():
        raise ArgumentError(
            f"where: {where!r} is no condition: it does not say yes or no of a customer."
        )
    # Nothing is known of a missing value, so nobody is chosen by one.
    answers: pd.Series = found.fillna(False).astype(bool)
    return answers
