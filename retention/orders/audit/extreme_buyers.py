"""Extreme buyers: wholesalers, resellers, staff. One of them can be a visible share of a mean."""

from __future__ import annotations

from typing import Any

from retention.engine.frames import to_arrow

AT_LEAST = 50
TIMES_TOP = 10
LEAST_DAYS = 20
SHARE = 0.05


def extreme_buyers(customers: Any) -> Any:
    """Customers far beyond all others, among at least 50 with `amount` and purchase `days`.

    Amount or purchase days above 10 times the 99th percentile (and at least 20 days), or alone at
    least 5 % of all money.
    """
    amount = customers.amount.cast("float64")
    row = to_arrow(
        customers.agg(
            customers=customers.count(),
            total=amount.sum(),
            top_amount=amount.quantile(0.99),
            top_days=customers.days.cast("float64").quantile(0.99),
        )
    ).to_pylist()[0]
    if row["customers"] < AT_LEAST:
        return customers.filter(customers.days < 0)
    by_days = (customers.days > TIMES_TOP * row["top_days"]) & (customers.days >= LEAST_DAYS)
    by_amount = amount > TIMES_TOP * max(row["top_amount"] or 0, 0)
    by_share = amount >= SHARE * max(row["total"] or 0, 0)
    return customers.filter(by_days | ((by_amount | by_share) & (amount > 0)).fill_null(False))
