"""What a table is made of: our columns, their kinds, and the headers that mean them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from retention.orders.plain import plain

Kind = Literal["id", "time", "money", "number", "text"]
Tiers = tuple[tuple[str, ...], ...]
# Units that stand behind the name of an amount: "Tổng tiền (VNĐ)", "Amount spent (USD)".
UNITS = ("vnd", "dong", "d", "usd", "eur", "gbp", "jpy", "thb", "sgd")


@dataclass(frozen=True)
class Field:
    """One of our columns; one that is needed and yet may lack is null where the source has none.

    `headers` come in tiers, written as `plain` writes them: a header of an earlier tier beats one of a
    later tier; within a tier the first is the most usual. Where two columns of the source match one
    tier of a decisive field, they are rivals: either would give another answer.
    """

    name: str
    kind: Kind
    headers: Tiers
    is_needed: bool = False
    is_decisive: bool = False
    may_lack: bool = False

    def rank(self, header: str) -> tuple[int, int] | None:
        """The tier and place of a header among those that mean this column; None if it does not."""
        words = plain(header).split()
        found = self._ranks.get("".join(words))
        if found is None and self.kind == "money" and len(words) > 1 and words[-1] in UNITS:
            found = self._ranks.get("".join(words[:-1]))
        return found

    @cached_property
    def _ranks(self) -> dict[str, tuple[int, int]]:
        """Spaces do not count: `CUSTOMERID` is `customer id`. Our own name comes first."""
        ranks = {
            word.replace(" ", ""): (tier, place)
            for tier, words in enumerate(self.headers)
            for place, word in enumerate(words)
        }
        return ranks | {self.name.replace("_", ""): (-1, 0)}


@dataclass(frozen=True)
class Declaration:
    """The columns of one kind of table; `noun` names the table in messages."""

    noun: str
    fields: tuple[Field, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Our names, in the order of the mapping."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)

    def of_kind(self, *kinds: Kind) -> tuple[str, ...]:
        """Our names of these kinds."""
        return tuple(field.name for field in self.fields if field.kind in kinds)

    def needed(self) -> tuple[str, ...]:
        """Our names that are looked for in cells, too."""
        return tuple(field.name for field in self.fields if field.is_needed)

    def required(self) -> tuple[str, ...]:
        """Our names without which there is no such table."""
        return tuple(name for name in self.needed() if not self.field(name).may_lack)


def declare(
    noun: str,
    kinds: Mapping[str, Kind],
    headers: Mapping[str, Tiers],
    *,
    needed: Iterable[str],
    decisive: Iterable[str],
    may_lack: Iterable[str] = (),
) -> Declaration:
    """A declaration from its word lists."""
    needs, decides, lacks = frozenset(needed), frozenset(decisive), frozenset(may_lack)
    return Declaration(
        noun,
        tuple(
            Field(name, kind, headers[name], name in needs, name in decides, name in lacks)
            for name, kind in kinds.items()
        ),
    )
