"""What speaks against a column of the source that its header makes a candidate."""

from __future__ import annotations

import re
from typing import NamedTuple

from retention.hidden_ids import example_cells
from retention.orders.columns.contents import Contents
from retention.orders.columns.declaration import Field
from retention.orders.columns.draft import Draft
from retention.orders.columns.order_level import level_of
from retention.orders.plain import plain
from retention.texts import text

# Fewer cells say nothing.
FEW, MANY = 3, 100
BARE = ("ma", "so")
ORDER_CODE = re.compile(r"#\d+|(dh|hd|don|so|ord|order|inv)[-_ ]?\d+")
YES_NO = frozenset(
    ("0", "1", "false", "true", "f", "t", "no", "yes", "n", "y", "không", "chưa", "có", "rồi", "x")
)

AGAINST = (
    EMPTY := "{column} is empty",
    NO_DATES := "{column} holds no dates ({examples})",
    NO_NUMBERS := "{column} holds no numbers ({examples})",
    RATES := "{column} holds rates, not money",
    REPEATS := "{column} repeats the order's on each of its lines",
    NO_DAYS := "{column} holds neither days nor yes and no ({examples})",
    ANY_CODE := "{column} may be the code of anything ({examples})",
    OBJECTS := "{column} holds objects, no ids ({examples})",
    SAME := "{column} is the same on every row ({examples})",
    NO_EMAILS := "{column} holds no e-mail addresses",
    NO_PHONES := "{column} holds no telephone numbers",
    NO_CURRENCIES := "{column} holds no currency codes",
)


class Contradiction(NamedTuple):
    """What speaks against a column; in reasons it is translated, in errors it is not."""

    column: str
    words: str
    examples: str = ""

    def in_english(self) -> str:
        """For an error."""
        return self.words.format(column=repr(self.column), examples=self.examples)

    def told(self) -> str:
        """For a reason."""
        return text(self.words, column=repr(self.column), examples=self.examples)


def usable(
    draft: Draft, name: str, tier: list[str], against: dict[str, Contradiction]
) -> list[str]:
    """The columns whose cells can be ours; what speaks against the others is added to `against`."""
    field = draft.field(name)
    found = {theirs: _contradiction(draft, field, theirs) for theirs in tier}
    against |= {theirs: why for theirs, why in found.items() if why}
    return [theirs for theirs, why in found.items() if not why]


def _contradiction(draft: Draft, field: Field, source_column: str) -> Contradiction | None:
    words = _against(draft, field, source_column)
    if words is None:
        return None
    shown = draft.sample[source_column].shown
    return Contradiction(source_column, words, example_cells(shown) if shown else "")


def _against(draft: Draft, field: Field, source_column: str) -> str | None:
    contents = draft.sample[source_column]
    if field.name == "cancelled_at":
        return _not_cancelled(contents)
    if not contents.filled:
        return EMPTY if draft.sample.is_all or draft.sample.size >= MANY else None
    if field.kind == "id":
        return _no_ids(field.name, source_column, contents)
    if len(contents.filled) < FEW:
        return None
    if field.kind == "time" and not contents.possible_date_share:
        return NO_DATES
    if field.kind in ("money", "number") and contents.number_share < 0.5:
        return NO_NUMBERS
    if field.name in ("discount", "cost"):
        return _not_of_a_line(draft, source_column)
    return _not_contact(field.name, contents)


def _not_of_a_line(draft: Draft, source_column: str) -> str | None:
    """Sums over the lines of an order would count the order's discount several times."""
    if _is_rate(draft.sample[source_column]):
        return RATES
    is_repeated = level_of(draft, source_column) == "repeated"
    return REPEATS if is_repeated else None


def _not_cancelled(contents: Contents) -> str | None:
    """Days, or yes and no; without any, nothing was cancelled so far."""
    is_day = contents.date_share >= 0.9
    is_told = contents.share(lambda cell: cell.lower() in YES_NO) == 1
    is_ours = not contents.filled or is_day or is_told
    return None if is_ours else NO_DAYS


def _no_ids(name: str, source_column: str, contents: Contents) -> str | None:
    if name == "customer_id":
        return _nested(contents) or _same_everywhere(contents)
    return _no_order_codes(contents) if plain(source_column) in BARE else None


def _no_order_codes(contents: Contents) -> str | None:
    """A bare 'code' may be the code of anything, unless its values say that they are orders."""
    is_order = contents.share(lambda cell: ORDER_CODE.fullmatch(cell.lower())) >= 0.9
    return None if is_order else ANY_CODE


def _nested(contents: Contents) -> str | None:
    is_object = contents.share(lambda cell: cell.startswith(("{", "["))) > 0.5
    return OBJECTS if is_object else None


def _same_everywhere(contents: Contents) -> str | None:
    if contents.distinct == 1 and len(contents.filled) >= MANY:
        return SAME
    return None


def _is_rate(contents: Contents) -> bool:
    numbers = contents.numbers
    return all(0 <= number <= 1 for number in numbers) and any(0 < number < 1 for number in numbers)


def _not_contact(name: str, contents: Contents) -> str | None:
    """Columns of another use that bear the same name: a yes or no for e-mails, a rate of exchange."""
    if name == "email" and contents.share(lambda cell: "@" in cell) < 0.5:
        return NO_EMAILS
    if name == "phone" and contents.share(lambda cell: sum(map(str.isdigit, cell)) >= 7) < 0.5:
        return NO_PHONES
    if name == "currency" and contents.share(lambda cell: len(cell) <= 4) < 0.5:
        return NO_CURRENCIES
    return None
