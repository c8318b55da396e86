"""Names of groups that the result of a table has already."""

from __future__ import annotations

from collections.abc import Iterable

from retention.errors import ArgumentError, examples

# What the tables of the life cycle call their own on the way.
ON_THE_WAY = ("as_of", "day", "seen", "bought", "customers", "customer", "number", "end_number")


def refuse_taken(by: str | Iterable[str] | None, columns: Iterable[str]) -> None:
    """Refuse to group by a name that would stand in the result twice.

    Raises
    ------
    ArgumentError
        If a name of `by` is a column of the result.

    Examples
    --------
    >>> refuse_taken("channel", ["stage"])
    """
    names = (by,) if isinstance(by, str) else tuple(by or ())
    own = {*columns, *ON_THE_WAY}
    taken = [name for name in names if name in own]
    if taken:
        raise ArgumentError(
            f"by: {len(taken)} of {len(names)} names are columns of the result already "
            f"({examples(taken)}). Rename them in the source first."
        )
