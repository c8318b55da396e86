"""A column of its own for money given back: taken off the amounts, unless these are after it already."""

from __future__ import annotations

import re

from retention.hidden_ids import example_cells
from retention.orders.columns.amounts_of import amounts_of, basis_of
from retention.orders.columns.draft import Draft
from retention.orders.columns.order_level import level_of
from retention.orders.columns.order_parts import CENT
from retention.orders.columns.order_rows import numbers_of, rows_by_order
from retention.orders.columns.reason import after
from retention.orders.plain import plain
from retention.orders.status_words import state_of
from retention.texts import text

REFUNDS = re.compile(
    r"\brefund|\breturned\b|\breturn (qty|quantity|amount|value)\b|\bchargeback|"
    r"\bhoan (tien|tra|hang)\b|\btien hoan\b|\btra (lai|hang)\b|\b(gia tri|so luong|sl|tien) tra\b"
)
_NET = re.compile(r"\bnet\b|\bthuan\b|\bafter (refunds?|returns?)\b")
_SMALL = 10  # numbers up to it are counts or marks, beside amounts that are greater
_YES = frozenset(("yes", "y", "true", "t", "x", "có", "rồi", "đã hoàn", "đã hoàn tiền", "đã trả"))
_LEAVE = "columns={'refunded': None} if the amounts are after it, or it is not to be taken off"


def check_money_back(draft: Draft) -> None:
    """Take the column of refunds; refuse what speaks of refunds and cannot be taken off."""
    basis = basis_of(draft)
    if basis is None or "refunded" in draft.refused:
        draft.guesses.pop("refunded", None)
        return
    if draft.is_given("refunded"):
        _refuse_unclear(draft, draft.guesses["refunded"].source_column)
        _refuse_remote(draft)
        return
    column = draft.column("refunded")
    if column is not None and (reason := _why_after(draft, column)):
        draft.guesses.pop("refunded")
        draft.say(basis, after(column, reason))
    elif column is not None and _is_no_money(draft, column):
        draft.guesses.pop("refunded")
        if _counting(draft, _rows(draft, column) or _rows_of_yes(draft, column)):
            _refuse(draft, column)
    elif column is not None:
        _refuse_emptied(draft, column)
        _refuse_unclear(draft, column)
        _refuse_remote(draft)
    else:
        _look_for_others(draft)


def _look_for_others(draft: Draft) -> None:
    used = {guess.source_column for guess in draft.guesses.values()}
    for name in draft.sample.names:
        is_free = name not in used and REFUNDS.search(plain(name))
        rows = _rows(draft, name) or _rows_of_yes(draft, name) if is_free else []
        if _counting(draft, rows) and not _is_called_net(name):
            _refuse(draft, name)
            return


def _rows_of_yes(draft: Draft, name: str) -> list[int]:
    cells = draft.sample[name].cells
    return [row for row, cell in enumerate(cells) if cell and cell.lower() in _YES]


def _counting(draft: Draft, rows: list[int]) -> list[int]:
    """Those of the rows that a status does not take out anyway."""
    status = draft.column("status")
    if status is None:
        return rows
    cells = draft.sample[status].cells
    return [row for row in rows if state_of(cells[row] or "") in (None, "completed")]


def _rows(draft: Draft, name: str) -> list[int]:
    """Rows with a number other than 0."""
    if draft.sample[name].number_share < 0.5:
        return []
    return [row for row, number in enumerate(numbers_of(draft.sample, name)) if number]


def _is_called_net(name: str) -> bool:
    return bool(_NET.search(plain(name)))


def _why_after(draft: Draft, column: str) -> str | None:
    """What shows that the money was taken off before: a name, or the column from which it was."""
    amount = draft.column("amount")
    if amount is None:
        return None
    if _is_called_net(amount):
        return text("by its name {column} is net", column=repr(amount))
    rows, back = _rows(draft, column), numbers_of(draft.sample, column)
    net = numbers_of(draft.sample, amount)
    for name in draft.sample.names:
        full = numbers_of(draft.sample, name) if name not in (amount, column) else []
        if full and rows and all(_is_less(full[row], back[row], net[row]) for row in rows):
            return text("it is taken off from {column}", column=repr(name))
    return None


def _is_less(full: float | None, back: float | None, net: float | None) -> bool:
    if full is None or back is None or net is None:
        return False
    return abs(full - abs(back) - net) <= CENT


def _is_no_money(draft: Draft, column: str) -> bool:
    """Words, numbers of items, or a mark for yes, where the amounts are other numbers."""
    if draft.sample[column].filled and draft.sample[column].number_share < 0.5:
        return True
    back = numbers_of(draft.sample, column)
    small = [back[row] for row in _rows(draft, column)]
    amounts = [abs(amount) for amount in amounts_of(draft) or [] if amount]
    is_small = all(number == int(number) and abs(number) <= _SMALL for number in small if number)
    return bool(small) and is_small and bool(amounts) and max(amounts) > _SMALL


def _refuse(draft: Draft, name: str) -> None:
    rows = _rows(draft, name) or _rows_of_yes(draft, name)
    shown = [draft.sample[name].cells[row] for row in rows]
    draft.refuse(
        "refunded",
        f"{name!r} speaks of what was given back on {len(rows):,} of {draft.sample.size:,} rows "
        f"({example_cells(dict.fromkeys(shown))}), and is no money that could be taken off. Put the money "
        f"into a column of its own, with columns={{'refunded': ...}}; or pass {_LEAVE}.",
    )


def _refuse_emptied(draft: Draft, column: str) -> None:
    """Amounts of 0 where money was given back are what is left of it."""
    amounts, back = amounts_of(draft) or [], numbers_of(draft.sample, column)
    rows = [row for row in _rows(draft, column) if back[row] and amounts[row] == 0]
    if rows:
        draft.refuse(
            "refunded",
            f"the amount is 0 on {len(rows):,} rows with a number in {column!r}: it may be what is left "
            f"after refunds. Pass columns={{'refunded': {column!r}}} to take them off, or {_LEAVE}.",
        )


def _refuse_unclear(draft: Draft, column: str) -> None:
    """One number on all lines of an order may be each line's, or the order's and count once."""
    order, amounts = draft.column("order_id"), amounts_of(draft) or []
    if order is None or level_of(draft, column) != "line" or draft.amount_of == "order":
        return
    back = numbers_of(draft.sample, column)
    unclear = [
        rows
        for rows in rows_by_order(draft.sample, order)
        if len(rows) > 1
        and len({back[row] for row in rows}) == 1
        and back[rows[0]]
        and any(back[row] != amounts[row] for row in rows)
    ]
    if unclear:
        names = [draft.sample[order].cells[rows[0]] for rows in unclear]
        draft.refuse(
            "refunded",
            f"{column!r} is the same on all lines of {len(unclear):,} orders ({example_cells(names)}): it "
            "may be each line's, or the order's. Leave it on the first line of an order only, if it is the "
            f"order's; or pass {_LEAVE}.",
        )


def _refuse_remote(draft: Draft) -> None:
    if draft.is_remote:
        column = draft.column("refunded")
        draft.refuse(
            "refunded",
            f"{column!r} is not taken off in a remote table. Take it off with a query first, such as "
            f"table.mutate(paid=table.amount - table[{column!r}]); or pass {_LEAVE}.",
        )
