"""Which further columns of the source are kept for `by=`, and which names are taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retention.errors import OrdersError, examples
from retention.orders.columns.declarations import ORDERS

# Columns that the engine adds beside the attributes, while counting or in a result. Engines do not
# tell capital letters apart, so neither does this list.
TAKEN = frozenset(
    (
        "source_file", "computed_once", "taken",
        "line_number", "line_state", "rule", "is_line", "is_lost", "is_repeat", "has_order_id",
        "date_found", "amount_found", "number_found", "has_unreadable_number", "line_hash",
        "source_customer_id", "is_overlap", "is_placeholder", "is_non_product", "is_future",
        "is_free", "marks", "customer_marks", "all_marks", "touched", "aside",
        "booked_order_id", "is_refund", "is_purchase", "has_refund", "is_used_up",
        "gross_amount", "reach", "next_age", "unknown", "until_day", "paid", "net", "measure",
        "cumulative_average_order_value", "month_number", "side", "cohort_before", "difference",
        "eligible_before", "eligible_after", "weight_before", "weight_after",
        "retention_rate_before", "retention_rate_after", "within_change", "mix_change", "change",
        "day", "number", "next_day", "period", "cohort_number", "is_active", "first_day", "last_day",
        "repeat_amount", "paid_amount", "customer", "bought", "start", "stop",
        "orders", "purchase_days", "frequency", "recency", "t", "monetary_value",
        "average_order_value", "total_value", "first_order_at", "last_order_at",
        "days_since_last_order", "paid_days", "paid_value", "last_gap_days", "log_gaps",
        "cohort", "age", "cohort_size", "cohorts", "eligible", "returned", "retention_rate", "low",
        "high", "dispersion", "is_complete", "is_burn_in", "amount_per_customer",
        "cumulative_amount_per_customer", "order_number", "gap_days", "is_censored", "customers",
        "at_risk", "events", "censored", "p_returned", "naive_rate", "since_first", "months_silent",
        "within_days", "repurchase_rate", "median_gap_days", "settled", "still_open", "settled_sq",
        "cross", "open_sq", "hazard", "hazard_step", "per_event", "ended",
    )
)  # fmt: skip
# Of our own columns, those that cannot be named to keep them as text: they are there already, as
# ids, dates and numbers.
NEVER = ("customer_id", "order_id", "ordered_at", *ORDERS.of_kind("money", "number"))


def further_columns(
    wanted: Sequence[str], present: Iterable[str], ours: Iterable[str], where: str
) -> list[str]:
    """The columns to keep under their own names, besides those mapped to `ours`.

    Raises
    ------
    OrdersError
        If a column is not there, or its name is taken.
    """
    found, mapped = list(present), set(ours)
    absent = [name for name in wanted if name not in found and name not in mapped]
    if absent:
        raise OrdersError(
            f"orders: attributes= names {len(absent)} columns that {where} does not have "
            f"({examples(absent)}). It has {examples(found)}, ..."
        )
    kept = [name for name in wanted if name not in mapped]
    taken = [name for name in wanted if name in NEVER or (name in kept and is_taken(name))]
    if taken:
        raise OrdersError(
            f"orders: attributes= names {len(taken)} columns whose names mean something else here "
            f"({examples(taken)}). Rename them in the source first, or use the column that "
            "orders.mapping shows."
        )
    return kept


def is_taken(name: str) -> bool:
    """Whether an attribute of this name would meet a column of our own."""
    return name.casefold() in TAKEN or name.casefold() in ORDERS.names
