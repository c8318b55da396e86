"""A second column that says what became of an order: refused where it takes back what the first says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retention.errors import examples
from retention.orders.columns.amounts_of import amounts_of
from retention.orders.columns.draft import Draft
from retention.orders.plain import plain
from retention.orders.status_words import state_of

UNDONE = ("cancelled", "returned", "refused")
# Columns that call some rows sales and others returns.
KINDS = frozenset(
    (
        "type", "transaction type", "order type", "record type", "line type", "kind", "loai",
        "loai giao dich", "loai don", "loai don hang", "loai chung tu", "loai phieu",
    )
)  # fmt: skip
# Columns of what became of a request to give back, beside the status of the order.
RETURNS = re.compile(
    r"^(cancell?ation )?(return|refund)( refund)? (type|status)$|^(loai|trang thai) (tra|hoan) (hang|tien)\b"
)
GRANTED = frozenset(
    (
        "da chap thuan yeu cau", "da chap nhan yeu cau", "yeu cau duoc chap thuan",
        "yeu cau duoc chap nhan", "da chap thuan", "approved", "accepted", "request approved",
        "request accepted", "return refund", "return and refund", "refund only", "return only",
        "tra hang hoan tien", "chi hoan tien",
    )
)  # fmt: skip
COMBINE = "or put both into one column of your own"


def check_states(draft: Draft) -> None:
    """Refuse rows that count by their status, and are cancelled or returned by another column."""
    if draft.is_given("status") or "status" in draft.refused:
        return
    status = draft.column("status")
    counted = counted_rows(draft)
    for other in _others(draft, status):
        cells = draft.sample[other].cells
        undone = [row for row in counted if _is_undone(other, cells[row])]
        if undone:
            words = dict.fromkeys(cells[row] for row in undone)
            draft.refuse("status", _problem(draft, status, other, len(undone), words))
            return


def counted_rows(draft: Draft) -> list[int]:
    """Rows that count: completed or without a status, and of money that is not given back."""
    status = draft.column("status")
    amounts = amounts_of(draft) or [1.0] * draft.sample.size
    paid = [row for row, amount in enumerate(amounts) if amount is None or amount > 0]
    if status is None:
        return paid
    cells = draft.sample[status].cells
    return [row for row in paid if cells[row] is None or state_of(cells[row] or "") == "completed"]


def _others(draft: Draft, status: str | None) -> list[str]:
    field = draft.field("status")
    used = {guess.source_column for guess in draft.guesses.values()}
    free = [name for name in draft.sample.names if name != status and name not in used]
    is_state = {name: field.rank(name) is not None or plain(name) in KINDS for name in free}
    return [name for name in free if is_state[name] or RETURNS.search(plain(name))]


def _is_undone(other: str, cell: str | None) -> bool:
    """Cancelled or given back; a request to give back may be cancelled itself."""
    if not cell:
        return False
    if RETURNS.search(plain(other)):
        return plain(cell) in GRANTED or state_of(cell) == "returned"
    return state_of(cell) in UNDONE


def _says_nothing_else(draft: Draft, other: str, count: int) -> bool:
    """Whether each row that counts and has something there was given back: then it can cancel them."""
    cells = draft.sample[other].cells
    is_free = draft.column("cancelled_at") is None and "cancelled_at" not in draft.refused
    return is_free and sum(bool(cells[row]) for row in counted_rows(draft)) == count


def _problem(
    draft: Draft, status: str | None, other: str, count: int, words: Iterable[object]
) -> str:
    rows = f"{other!r} says {examples(words)} on {count:,} of {draft.sample.size:,} rows"
    if status is None:
        return (
            f"{rows} with money that is not negative: they would count as purchases. Pass "
            f"columns={{'status': {other!r}}} to leave them out, or {{'status': None}} to count them."
        )
    if RETURNS.search(plain(other)):
        out = (
            f"pass columns={{'cancelled_at': {other!r}}}"
            if _says_nothing_else(draft, other, count)
            else "put both into one column of your own"
        )
        return (
            f"{rows} that count by {status!r}. Pass columns={{'status': {status!r}}} to count them; to "
            f"leave them out, {out}."
        )
    return (
        f"{rows} that count by {status!r}. Say which holds: columns={{'status': {other!r}}} or "
        f"{{'status': {status!r}}}, {COMBINE}."
    )
