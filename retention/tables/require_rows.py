"""Tables beside the orders: whether their rows say who, when and how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from retention.errors import ArgumentError, require_columns
from retention.hidden_ids import example_cells


def require_rows(
    noun: str, table: pd.DataFrame, *, time: str, filled: Sequence[str], others: Sequence[str] = ()
) -> None:
    """Refuse a table whose column `time` holds no times, or that lacks a value in those of `filled`.

    Raises
    ------
    ArgumentError
        With all of these problems; or if it is no DataFrame, or lacks a column.

    Examples
    --------
    >>> require_rows("costs", pd.DataFrame({"spent_at": pd.to_datetime(["2024-01-01"]), "spend": 3.0}),
    ...     time="spent_at", filled=("spent_at", "spend"))
    """
    hint = f"Pass what read_{noun}() returns."
    require_columns(noun, table, (*filled, *others), hint)
    problems = [*_no_times(noun, table, time), *_missing(noun, table, filled)]
    if problems:
        raise ArgumentError(f"{noun}: {' '.join(problems)} {hint}")


def _no_times(noun: str, table: pd.DataFrame, time: str) -> Iterator[str]:
    """What a column holds that is none of times, whether or not it can be read as such."""
    column = table[time]
    if column.dtype.kind != "M":
        yield (
            f"{time} holds {column.dtype} in {len(table):,} rows, no local times "
            f"({example_cells(column.dropna().unique())}); see {noun}[{time!r}]."
        )


def _missing(noun: str, table: pd.DataFrame, filled: Sequence[str]) -> Iterator[str]:
    for name in filled:
        is_open = table[name].isna()
        if is_open.any():
            yield (
                f"{int(is_open.sum()):,} of {len(table):,} rows have no {name}; see "
                f"{noun}[{noun}[{name!r}].isna()]."
            )
