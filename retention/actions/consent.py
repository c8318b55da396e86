"""Who may be contacted, by a column in which people wrote yes or no in words of their own."""

from __future__ import annotations

import pandas as pd

from retention.errors import ArgumentError, examples
from retention.orders.plain import plain

YES = frozenset(
    (
        "yes", "y", "true", "t", "1", "1 0", "x", "on", "ok", "agreed", "accepted", "allowed", "granted",
        "given", "opted in", "opt in", "subscribed", "co", "dong y", "da dong y", "dang ky",
        "da dang ky", "cho phep",
    )
)  # fmt: skip
# Whoever has not answered has not said yes.
NO = frozenset(
    (
        "", "no", "n", "false", "f", "0", "0 0", "off", "none", "na", "n a", "nan", "null", "unknown",
        "pending", "never", "stop", "denied", "declined", "refused", "rejected", "revoked", "withdrawn",
        "blocked", "not given", "not allowed", "opted out", "opt out", "unsubscribed", "unsubscribe",
        "not subscribed", "never subscribed", "khong", "khong dong y", "chua", "chua dong y", "tu choi",
        "da tu choi", "huy dang ky", "da huy dang ky", "khong cho phep", "chua dang ky", "khong ro",
    )
)  # fmt: skip


def opted_out(said: pd.Series) -> pd.Series:
    """Whether each has not said yes; a word that is neither is never taken for one.

    Raises
    ------
    ArgumentError
        If some wrote what is neither yes nor no.

    Examples
    --------
    >>> opted_out(pd.Series(["Yes", "từ chối", None, "Opt-out"])).tolist()
    [False, True, True, True]
    """
    if said.dtype == "bool":
        return ~said
    words = said.astype("object").where(said.notna(), "").astype("str").map(plain)
    unclear = said[~words.isin(YES | NO)]
    if len(unclear):
        raise ArgumentError(
            f"consent: {len(unclear):,} of {len(said):,} people have what is neither yes nor no in "
            f"{said.name!r} ({examples(unclear.unique())}). Look at people[{said.name!r}].value_counts(), "
            "and name a column of yes and no."
        )
    return ~words.isin(YES)
