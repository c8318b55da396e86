"""One of our columns from the headers, held against the cells."""

from __future__ import annotations

from retention.orders.columns.contradiction import contradiction
from retention.orders.columns.draft import Draft, say_which
from retention.orders.columns.reason import by_header
from retention.orders.columns.settle import settle


def choose_column(draft: Draft, name: str) -> None:
    """Take the column of the best tier that its cells do not contradict; refuse rivals.

    A column that is not needed is left out where it is contradicted.
    """
    against: dict[str, str] = {}
    for tier in draft.tiers(name):
        usable = _usable(draft, name, tier, against)
        if usable:
            _take(draft, name, usable, against)
            return
    if against and draft.field(name).is_needed:
        draft.refuse(name, not_ours(name, against))


def not_ours(name: str, against: dict[str, str]) -> str:
    """The problem that every column with a fitting header holds something else."""
    found = "; ".join(f"{theirs!r} {why}" for theirs, why in list(against.items())[:3])
    first = next(iter(against))
    return (
        f"No column holds {name}: by its name {first!r} would, but {found}. Name the right one: "
        f'columns={{{name!r}: "the source\'s name"}}.'
    )


def _usable(draft: Draft, name: str, tier: list[str], against: dict[str, str]) -> list[str]:
    field = draft.field(name)
    reasons = {theirs: contradiction(draft, field, theirs) for theirs in tier}
    against |= {theirs: why for theirs, why in reasons.items() if why}
    return [theirs for theirs, why in reasons.items() if not why]


def _take(draft: Draft, name: str, usable: list[str], against: dict[str, str]) -> None:
    field = draft.field(name)
    rest = "".join(f"; {theirs!r} {why}" for theirs, why in list(against.items())[:1])
    if len(usable) == 1 or not field.is_decisive:
        draft.take(name, usable[0], by_header(name, usable[0], usable[1:]) + rest)
        if len(usable) > 1:
            draft.rivalled.add(name)
        return
    settled = settle(field, usable, draft.sample)
    if settled is None:
        draft.refuse(name, say_which(name, usable))
    else:
        draft.take(name, settled[0], by_header(name, settled[0]) + settled[1] + rest)
