"""What speaks against a column of the source that its header makes a candidate."""

from __future__ import annotations

import re

from retention.errors import examples
from retention.orders.columns.contents import Contents
from retention.orders.columns.declaration import Field
from retention.orders.columns.draft import Draft
from retention.orders.columns.order_level import level_of
from retention.orders.plain import plain

# Fewer cells say nothing.
FEW, MANY = 3, 100
BARE = ("ma", "so")
ORDER_CODE = re.compile(r"#\d+|(dh|hd|don|so|ord|order|inv)[-_ ]?\d+")
YES_NO = frozenset(
    ("0", "1", "false", "true", "f", "t", "no", "yes", "n", "y", "không", "chưa", "có", "rồi", "x")
)


def contradiction(draft: Draft, field: Field, source_column: str) -> str | None:
    """Why the cells cannot be ours, as the end of the sentence "'x' ..."; None where they can."""
    contents = draft.sample[source_column]
    if field.name == "cancelled_at":
        return _not_cancelled(contents)
    if not contents.filled:
        return "is empty" if draft.sample.is_all or draft.sample.size >= MANY else None
    if field.kind == "id":
        return _no_ids(field.name, source_column, contents)
    if len(contents.filled) < FEW:
        return None
    if field.kind == "time" and not contents.possible_date_share:
        return f"holds no dates ({examples(contents.shown)})"
    if field.kind in ("money", "number") and contents.number_share < 0.5:
        return f"holds no numbers ({examples(contents.shown)})"
    if field.name in ("discount", "cost"):
        return _not_of_a_line(draft, source_column)
    return _not_contact(field.name, contents)


def _not_of_a_line(draft: Draft, source_column: str) -> str | None:
    """Sums over the lines of an order would count the order's discount several times."""
    if _is_rate(draft.sample[source_column]):
        return "holds rates, not money"
    is_repeated = level_of(draft, source_column) == "repeated"
    return "repeats the order's on each of its lines" if is_repeated else None


def _not_cancelled(contents: Contents) -> str | None:
    """Days, or yes and no; without any, nothing was cancelled so far."""
    is_day = contents.date_share >= 0.9
    is_told = contents.share(lambda cell: cell.lower() in YES_NO) == 1
    is_ours = not contents.filled or is_day or is_told
    return None if is_ours else f"holds neither days nor yes and no ({examples(contents.shown)})"


def _no_ids(name: str, source_column: str, contents: Contents) -> str | None:
    if name == "customer_id":
        return _nested(contents) or _same_everywhere(contents)
    return _no_order_codes(contents) if plain(source_column) in BARE else None


def _no_order_codes(contents: Contents) -> str | None:
    """A bare 'code' may be the code of anything, unless its values say that they are orders."""
    is_order = contents.share(lambda cell: ORDER_CODE.fullmatch(cell.lower())) >= 0.9
    return None if is_order else f"may be the code of anything ({examples(contents.shown)})"


def _nested(contents: Contents) -> str | None:
    is_object = contents.share(lambda cell: cell.startswith(("{", "["))) > 0.5
    return f"holds objects, no ids ({examples(contents.shown)})" if is_object else None


def _same_everywhere(contents: Contents) -> str | None:
    if contents.distinct == 1 and len(contents.filled) >= MANY:
        return f"is the same on every row ({examples(contents.shown)})"
    return None


def _is_rate(contents: Contents) -> bool:
    numbers = contents.numbers
    return all(0 <= number <= 1 for number in numbers) and any(0 < number < 1 for number in numbers)


def _not_contact(name: str, contents: Contents) -> str | None:
    """Columns of another use that bear the same name: a yes or no for e-mails, a rate of exchange."""
    if name == "email" and contents.share(lambda cell: "@" in cell) < 0.5:
        return "holds no e-mail addresses"
    if name == "phone" and contents.share(lambda cell: sum(map(str.isdigit, cell)) >= 7) < 0.5:
        return "holds no telephone numbers"
    if name == "currency" and contents.share(lambda cell: len(cell) <= 4) < 0.5:
        return "holds no currency codes"
    return None
