"""What the cells say where no header does: taken where only one column can be meant, else suggested."""

from __future__ import annotations

from collections.abc import Callable

from retention.errors import examples
from retention.orders.columns.contents import Contents
from retention.orders.columns.draft import Draft
from retention.orders.plain import plain
from retention.texts import text

# Dates of something else than the order.
OTHER_DATES = frozenset(
    (
        "birth", "birthday", "dob", "sinh", "ship", "shipped", "shipping", "delivery", "delivered",
        "deliver", "giao", "nhan", "updated", "update", "modified", "expiry", "expires",
        "expiration", "due", "return", "returned", "refund", "refunded", "cancel", "cancelled",
        "huy", "het", "han", "cap", "nhat", "won", "lost", "closed", "last",
    )
)  # fmt: skip
Shape = Callable[[Contents], bool]
# What tells a column by its cells alone, and what only makes it worth a question.
SURE: dict[str, Shape] = {
    "time": lambda contents: contents.date_share >= 0.95,
    "id": lambda contents: contents.email_share >= 0.9,
    "money": lambda contents: contents.sign_share >= 0.9,
}
POSSIBLE: dict[str, Shape] = {
    "time": lambda contents: contents.possible_date_share >= 0.9,
    "id": lambda contents: contents.distinct >= 2 and contents.number_share < 1,
    "money": lambda contents: contents.number_share >= 0.9 and not contents.is_quantity,
}
ONLY = {
    "time": "contents: the only column of dates",
    "id": "contents: the only column of e-mail addresses",
    "money": "contents: the only column of amounts with a currency",
}


def take_from_contents(draft: Draft, name: str) -> None:
    """Take the only column whose cells are clearly ours, if there is just one."""
    kind = draft.field(name).kind
    if kind not in SURE or not draft.has(name):
        return
    found = _shaped(draft, name, SURE[kind])
    if len(found) == 1:
        draft.take(name, found[0], text(ONLY[kind]))
        draft.by_contents.add(name)


def did_you_mean(draft: Draft, names: list[str]) -> str:
    """A question for the error, naming up to three columns that could be the first missing one."""
    kind = draft.field(names[0]).kind
    if kind not in POSSIBLE:
        return ""
    found = _shaped(draft, names[0], POSSIBLE[kind])
    return f" Did you mean {examples(found)}?" if found else ""


def _shaped(draft: Draft, name: str, shape: Shape) -> list[str]:
    """Free columns of that shape, half of them filled, whose headers mean nothing else."""
    fields = [field for field in draft.declaration.fields if field.name != name]
    unknown = [
        theirs for theirs in draft.free(name) if all(field.rank(theirs) is None for field in fields)
    ]
    if draft.field(name).kind == "time":
        unknown = [theirs for theirs in unknown if not OTHER_DATES & set(plain(theirs).split())]
    return [
        theirs
        for theirs in unknown
        if draft.sample[theirs].fill_share >= 0.5 and shape(draft.sample[theirs])
    ]
