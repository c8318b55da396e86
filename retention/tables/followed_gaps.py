"""The gaps that a table of repurchases is about."""

from __future__ import annotations

from typing import Any, Literal

from retention.engine.gap_rows import gap_rows
from retention.errors import ArgumentError, choose
from retention.orders.orders import Orders
from retention.periods import day_number

ReturningTo = Literal["anything", "same"]


def followed_gaps(
    orders: Orders, by: tuple[str, ...], returning_to: ReturningTo = "anything"
) -> Any:
    """Gaps between purchase days as rows of the engine; "same": of those that share `by` with the first.

    Raises
    ------
    ArgumentError
        If "same" has no attribute to go by.

    Examples
    --------
    >>> followed_gaps(None, (), "same")
    Traceback (most recent call last):
    ...
    retention.errors.ArgumentError: returning_to: "same" as what? Name it, as in by="category".
    """
    choose("returning_to", returning_to, ("anything", "same"))
    if returning_to == "same" and not by:
        raise ArgumentError('returning_to: "same" as what? Name it, as in by="category".')
    return gap_rows(
        orders.orders,
        as_of_day=day_number(orders.as_of),
        by=by,
        is_same=returning_to == "same",
    )
