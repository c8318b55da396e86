"""What stands around a chart: footer, as-of date, call and currency, from a table's `attrs`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import pandas as pd

from retention.errors import ArgumentError, require_columns
from retention.texts import footer


class Caption(TypedDict):
    """The fields of a `Picture` that every chart takes from its table's `attrs`."""

    key: str
    footer: str
    as_of: str | None
    call: str
    currency: str | None


def caption(table: pd.DataFrame, *, key: str, meaning: str = "") -> Caption:
    """Footer, as-of date, call and currency of a table.

    Parameters
    ----------
    table : DataFrame
        A table of this package; without `attrs` the caption is empty.
    key : str
        Name of the function that makes such a table, where `attrs` do not say.
    meaning : str
        Which of several sentences the footer says, where the chart shows a part of the table.

    Returns
    -------
    Caption
        Keyword arguments of a `Picture`.

    Notes
    -----
    pandas loses `attrs` in merges: the chart is then right, but without its footer.

    Examples
    --------
    >>> caption(pd.DataFrame({"age": [0]}), key="cohort_value")["key"]
    'cohort_value'
    """
    attrs = {str(name): value for name, value in table.attrs.items()}
    attrs |= {"meaning": meaning} if meaning and attrs.get("definition") else {}
    return Caption(
        key=str(attrs.get("definition", key)),
        footer=footer(attrs),
        as_of=attrs.get("as_of"),
        call=str(attrs.get("call", "")),
        currency=attrs.get("currency"),
    )


def check_table(
    table: pd.DataFrame, *, name: str, columns: Sequence[str], unique: Sequence[str] = ()
) -> None:
    """Refuse what is no table, lacks a column, is empty, or holds several groups at once.

    Parameters
    ----------
    table : DataFrame
        What was given to a chart.
    name : str
        Name of the function that makes such a table.
    columns : sequence of str
        Columns that the chart reads.
    unique : sequence of str
        Columns that together name a row.

    Raises
    ------
    ArgumentError
        With the count, examples, and how to go on.

    Examples
    --------
    >>> check_table(pd.DataFrame({"age": [0, 1]}), name="cohort_value", columns=["age"])
    """
    hint = f"Pass the table that {name}(...) returns."
    require_columns(name, table, columns, hint)
    if table.empty:
        raise ArgumentError(
            f"{name}: the table has 0 rows, so there is nothing to draw. "
            "Check the filter before this chart, or pass a later as_of."
        )
    repeated = int(table.duplicated(list(unique)).sum()) if unique else 0
    if repeated:
        raise ArgumentError(
            f"{name}: {repeated} of {len(table)} rows repeat the same {' and '.join(unique)}. "
            "One chart shows one group: filter the table first, "
            'for example table[table["channel"] == "web"].'
        )
