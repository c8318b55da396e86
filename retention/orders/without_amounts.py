"""Orders that were read without money: what is not known is missing, and never 0."""

from __future__ import annotations

import pandas as pd

from retention.texts import text

_MONEY = ("amount", "average_order_value")
_COUNTS = ("lines", "lines_set_aside", "orders", "customers")


def headlines_without_amounts(headlines: pd.DataFrame) -> pd.DataFrame:
    """The headlines without those about money; who spends most is not known either."""
    is_money = headlines["name"].isin(_MONEY)
    return headlines.assign(
        estimate=headlines["estimate"].mask(is_money), without_top_1=float("nan")
    )


def audit_without_amounts(audit: pd.DataFrame) -> pd.DataFrame:
    """The audit without the lines of amount 0: no amount was read, so none is 0."""
    is_zero = audit["rule"] == "zero_amount"
    counts = {name: audit[name].mask(is_zero, 0) for name in _COUNTS}
    said = text("Not looked at: the orders were read without amounts, as asked for.")
    return audit.assign(
        **counts,
        action=audit["action"].mask(is_zero, said),
        repeat_rate_180_if_set_aside=audit["repeat_rate_180_if_set_aside"].mask(is_zero),
    )
