"""The mapping while it is being made: what is settled, what is free, and what is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from retention.errors import examples
from retention.orders.columns.contents import Sample
from retention.orders.columns.declaration import Declaration, Field
from retention.orders.columns.guess import Guess
from retention.orders.source import Source
from retention.texts import text

# Their column may stand for the customer, too.
SHARED = ("email", "phone")


class Draft:
    """Guesses so far, with the sample that they rest on."""

    def __init__(self, source: Source, declaration: Declaration, given: Mapping[str, str]) -> None:
        self.declaration = declaration
        self.where = source.name
        self.is_remote = source.is_remote
        self.sample = Sample(source)
        said = text("given in columns=")
        self.guesses = {ours: Guess(ours, theirs, said) for ours, theirs in given.items()}
        # Of the guesses those that are none, that rest on the cells alone, and whose reason names
        # another column that could be the same of ours.
        self.given, self.by_contents, self.rivalled = set(given), set[str](), set[str]()
        self.problems: list[str] = []
        self.refused: set[str] = set()
        self.amount_of = "auto"

    def field(self, name: str) -> Field:
        """The declaration's field of that name."""
        return self.declaration.field(name)

    def has(self, name: str) -> bool:
        """Whether the column is one of this kind of table, and not settled or refused yet."""
        known = name in self.declaration.names
        return known and name not in self.guesses and name not in self.refused

    def take(self, name: str, source_column: str, reason: str) -> None:
        """Settle a column."""
        self.guesses[name] = Guess(name, source_column, reason)
        self.given.discard(name)

    def say(self, name: str, more: str) -> None:
        """Add to the reason of a settled column."""
        guess = self.guesses[name]
        self.guesses[name] = guess._replace(reason=f"{guess.reason}; {more}")

    def is_given(self, name: str) -> bool:
        """Whether the analyst has named the column."""
        return name in self.guesses and name in self.given

    def refuse(self, name: str, problem: str) -> None:
        """Note what is wrong with a column; it is not called missing besides."""
        self.problems.append(problem)
        self.refused.add(name)

    def column(self, name: str) -> str | None:
        """The source's column for ours, as far as it is settled."""
        return self.guesses[name].source_column if name in self.guesses else None

    def free(self, name: str) -> list[str]:
        """The source's columns that ours could still be."""
        sharing = (*SHARED, "customer_id") if name in SHARED else ()
        used = {guess.source_column for ours, guess in self.guesses.items() if ours not in sharing}
        return [theirs for theirs in self.sample.names if theirs not in used]

    def tiers(self, name: str) -> list[list[str]]:
        """The source's columns whose headers mean ours, best tier first, each in its order."""
        ranked = [(self.field(name).rank(theirs), theirs) for theirs in self.free(name)]
        known = sorted((rank, theirs) for rank, theirs in ranked if rank is not None)
        tiers = sorted({tier for (tier, _), _ in known})
        return [[theirs for (own, _), theirs in known if own == tier] for tier in tiers]

    def mapping(self) -> list[Guess]:
        """The guesses in the order of the declaration."""
        return [self.guesses[name] for name in self.declaration.names if name in self.guesses]


def say_which(name: str, found: Collection[str]) -> str:
    """The problem that two columns could be ours."""
    first = next(iter(found))
    return (
        f"{len(found)} columns could be {name} ({examples(found)}): say which, "
        f"columns={{{name!r}: {first!r}}}."
    )
