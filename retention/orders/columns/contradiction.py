"""What speaks against a column of the source that its header makes a candidate."""

from __future__ import annotations

from retention.errors import examples
from retention.orders.columns.contents import Contents
from retention.orders.columns.declaration import Field
from retention.orders.columns.draft import Draft
from retention.orders.columns.order_level import level_of

# Fewer cells say nothing.
FEW, MANY = 3, 100


def contradiction(draft: Draft, field: Field, source_column: str) -> str | None:
    """Why the cells cannot be ours, as the end of the sentence "'x' ..."; None where they can."""
    contents = draft.sample[source_column]
    if not contents.filled:
        return "is empty" if draft.sample.is_all or draft.sample.size >= MANY else None
    if field.name == "customer_id":
        return _same_everywhere(contents)
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
