"""One of our columns from the headers, held against the cells."""

from __future__ import annotations

from retention.orders.columns.contradiction import Contradiction, usable
from retention.orders.columns.draft import Draft, say_which
from retention.orders.columns.reason import by_header
from retention.orders.columns.settle import settle


def choose_column(draft: Draft, name: str) -> None:
    """Take the column of the best tier that its cells do not contradict; refuse rivals.

    A column that is not needed is left out where it is contradicted.
    """
    against: dict[str, Contradiction] = {}
    for tier in draft.tiers(name):
        left = usable(draft, name, tier, against)
        if left:
            _take(draft, name, left, against)
            return
    if against and name in draft.declaration.required():
        draft.refuse(name, not_ours(name, against))


def not_ours(name: str, against: dict[str, Contradiction]) -> str:
    """The problem that every column with a fitting header holds something else."""
    found = "; ".join(each.in_english() for each in list(against.values())[:3])
    first = next(iter(against))
    return (
        f"No column holds {name}: by its name {first!r} would, but {found}. Name the right one: "
        f'columns={{{name!r}: "the source\'s name"}}.'
    )


def _take(draft: Draft, name: str, left: list[str], against: dict[str, Contradiction]) -> None:
    field = draft.field(name)
    rest = "".join(f"; {each.told()}" for each in list(against.values())[:1])
    if len(left) == 1 or not field.is_decisive:
        draft.take(name, left[0], by_header(name, left[0], left[1:]) + rest)
        if len(left) > 1:
            draft.rivalled.add(name)
        return
    settled = settle(field, left, draft.sample)
    if settled is None:
        draft.refuse(name, say_which(name, left))
    else:
        draft.take(name, settled[0], by_header(name, settled[0]) + settled[1] + rest)
