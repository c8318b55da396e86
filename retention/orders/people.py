"""People, buyers or not: who could have become a customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from retention.engine.frames import to_frame
from retention.errors import OrdersError, examples
from retention.orders.dates import read_dates
from retention.orders.lines import read_text
from retention.orders.mapping import SYNONYMS, plain
from retention.orders.source import open_source

HEADERS: dict[str, tuple[str, ...]] = {
    "customer_id": (*SYNONYMS["customer_id"], "person id", "lead id", "mql id", "id"),
    "first_seen_at": (
        "first seen at", "first seen", "first contact date", "registered at", "signup date",
        "sign up date", "created at", "date", "ngay dang ky", "ngay tao", "lan dau ghe tham",
    ),
}  # fmt: skip


def read_people(
    source: object,
    *,
    columns: Mapping[str, str] | None = None,
    timezone: str | None = None,
    date_format: str | None = None,
) -> pd.DataFrame:
    """Read a table of people: one row each, with the day they were first seen.

    Parameters
    ----------
    source : path, DataFrame or Ibis table
    columns : mapping, our name (customer_id, first_seen_at) to the source's
    timezone : str
        Needed where the times carry an offset.
    date_format : str
        For dates that can be read in two ways.

    Returns
    -------
    DataFrame, one row per person, in the source's order
        customer_id (str), first_seen_at (datetime64[us], local), then the other columns (str).

    Raises
    ------
    OrdersError
        If a column is not found, an id is missing or occurs twice, or a date cannot be read.

    Notes
    -----
    The trap: a list of newsletter readers is not a list of all visitors; the customer rate is a share
    of this list and of nothing else.

    Examples
    --------
    >>> import pandas as pd
    >>> read_people(pd.DataFrame({"user_id": ["01", "02"], "Ngày đăng ký": ["31/01/2024"] * 2}))
      customer_id first_seen_at
    0          01    2024-01-31
    1          02    2024-01-31
    """
    opened = open_source(source, noun="people")
    present = list(opened.rows.columns)
    found = {ours: _find(ours, present, columns or {}, opened.name) for ours in HEADERS}
    others = [name for name in present if name not in found.values()]
    dates = read_dates(
        opened.rows[found["first_seen_at"]],
        timezone=timezone,
        date_format=date_format,
        noun="people",
    )
    rows = opened.rows.select(
        customer_id=read_text(opened.rows[found["customer_id"]]),
        first_seen_at=dates,
        **{name: opened.rows[name].cast("string") for name in others},
    )
    return _checked(to_frame(rows, ("customer_id", "first_seen_at", *others)))


def _find(ours: str, present: list[str], given: Mapping[str, str], where: str) -> str:
    if ours in given and given[ours] in present:
        return given[ours]
    ranks = {word: rank for rank, word in enumerate((plain(ours), *HEADERS[ours]))}
    found = sorted(
        (name for name in present if plain(name) in ranks), key=lambda n: ranks[plain(n)]
    )
    if not found:
        raise OrdersError(
            f"people: no column found for {ours!r} among the {len(present)} of {where} "
            f'({examples(present)}). Name it: columns={{{ours!r}: "the source\'s name"}}.'
        )
    return found[0]


def _checked(people: pd.DataFrame) -> pd.DataFrame:
    problems = [
        _problem(people, people["customer_id"].isna(), "have no id", "Leave them out first."),
        _problem(
            people,
            people["customer_id"].duplicated(),
            "repeat an id",
            "Keep the first row of each.",
        ),
        _problem(
            people,
            people["first_seen_at"].isna(),
            "have no readable first_seen_at",
            'Pass date_format="%d/%m/%Y" if the day comes first.',
        ),
    ]
    found = [problem for problem in problems if problem]
    if found:
        raise OrdersError("people: " + " ".join(found))
    return people


def _problem(people: pd.DataFrame, is_bad: Any, what: str, advice: str) -> str:
    count = int(is_bad.sum())
    if not count:
        return ""
    ids = people.loc[is_bad, "customer_id"].fillna("")
    return f"{count:,} of {len(people):,} rows {what} ({examples(ids)}). {advice}"
