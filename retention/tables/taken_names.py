"""Names of groups that a table uses itself."""

from __future__ import annotations

from collections.abc import Iterable

from retention.errors import ArgumentError, examples
from retention.kinds import as_names

# What tables call their own on the way to their result. A test tries every name of the engine.
ON_THE_WAY = frozenset(
    (
        "as_of", "day", "seen", "bought", "customers", "customer", "number", "end_number",
        "day_before", "previous_day", "first_at", "last_at", "is_first", "first_month", "end_month",
        "seen_month", "month_end", "alike", "silence", "y", "y_run", "y_step", "n_run", "n_step",
        "cross_step", "period_number", "period_before", "period_after", "amount_before", "leaving",
        "value_leaving", "customer_id",
    )
)  # fmt: skip


def refuse_taken(by: object, columns: Iterable[str]) -> None:
    """Refuse to group by a name that would stand in the result, or on the way to it, twice.

    Engines do not tell capital letters apart, so neither does this.

    Raises
    ------
    ArgumentError
        If `by` is no name, or one is a column of the table's own.

    Examples
    --------
    >>> refuse_taken("channel", ["stage"])
    """
    names = as_names("by", by)
    own = {name.casefold() for name in columns} | ON_THE_WAY
    taken = [name for name in names if name.casefold() in own]
    if taken:
        raise ArgumentError(
            f"by: {len(taken)} of {len(names)} names mean something else in this table "
            f"({examples(taken)}). Rename them in the source first."
        )
