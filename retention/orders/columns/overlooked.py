"""Columns of the source that nobody uses, and a word on those that speak of money given back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retention.orders.columns.amounts_of import basis_of
from retention.orders.columns.check_states import RETURNS, counted_rows
from retention.orders.columns.draft import Draft
from retention.orders.columns.guess import Guess
from retention.orders.columns.money_back import REFUNDS
from retention.orders.columns.order_rows import numbers_of
from retention.orders.plain import plain
from retention.texts import text

REASONS = re.compile(r"\b(cancel\w*|refund|return) reason\b|\bly do (huy|tra|hoan)\b")


def say_overlooked(draft: Draft) -> None:
    """Add to the reason of the amount what its money leaves out, as far as headers tell."""
    basis = basis_of(draft)
    if basis is None:
        return
    for name in not_used(draft.sample.names, draft.guesses.values()):
        if "refunded" in draft.refused and (rows := _rows_of_refunds(draft, name)):
            draft.say(basis, _not_taken_off(name, rows, draft.sample.size))
        elif REASONS.search(plain(name)) and draft.sample[name].filled and not _has_state(draft):
            rows = len(draft.sample[name].filled)
            draft.say(basis, _filled(name, rows))
        elif RETURNS.search(plain(name)) and (rows := _rows_that_count(draft, name)):
            draft.say(basis, _filled(name, rows))


def _rows_that_count(draft: Draft, name: str) -> int:
    """Rows that count as purchases, and say something of giving back."""
    cells = draft.sample[name].cells
    return sum(bool(cells[row]) for row in counted_rows(draft))


def _not_taken_off(name: str, rows: int, size: int) -> str:
    return text(
        "{column} is not taken off ({rows} of {all} rows)",
        column=repr(name), rows=f"{rows:,}", all=f"{size:,}",
    )  # fmt: skip


def _filled(name: str, rows: int) -> str:
    return text(
        "{column} is filled on {rows} rows, and they count", column=repr(name), rows=f"{rows:,}"
    )


def not_used(names: Iterable[str], guesses: Iterable[Guess]) -> list[str]:
    """The source's columns that are none of ours."""
    used = {guess.source_column for guess in guesses}
    return [name for name in names if name not in used]


def _rows_of_refunds(draft: Draft, name: str) -> int:
    """Rows with a number other than 0 in a column called refund."""
    if not REFUNDS.search(plain(name)) or draft.sample[name].number_share < 0.5:
        return 0
    return sum(bool(number) for number in numbers_of(draft.sample, name))


def _has_state(draft: Draft) -> bool:
    return draft.column("status") is not None or draft.column("cancelled_at") is not None
