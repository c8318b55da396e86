"""The verdict on one family of cells: one format proven, several alike, or no telling."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retention.orders.dates.evidence import Evidence
from retention.orders.dates.families import Family
from retention.orders.dates.format import WORDS, Reading

# Of the cells that only one of two orders can read, a share above this is no slip of the pen.
SLIPS = 0.05


@dataclass(frozen=True, eq=False)
class Proof:
    """The format that reads most of a family, and what speaks against it.

    `unlike`: formats that read everything just as well, and otherwise. `mixed_with`: a format that
    alone reads a good part of the cells. `alike`: formats that give the same moments so far.
    """

    family: Family
    evidence: Evidence
    name: str
    unlike: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    mixed_with: str | None = None

    @property
    def count(self) -> int:
        """Cells read."""
        return self.evidence.count(self.name)

    @property
    def is_number(self) -> bool:
        """Whether the cells are counts of days or seconds."""
        return self.name in WORDS

    @property
    def is_proven(self) -> bool:
        """Whether no other format has as good a claim."""
        return not self.unlike and self.mixed_with is None

    def readings(self) -> list[Reading]:
        """The exact readings, each with the rivals that it has to agree with."""
        known = self.family.readings
        return [
            replace(reading, rivals=tuple(known[name][place].pattern for name in self.alike))
            for place, reading in enumerate(known[self.name])
        ]


def prove(family: Family, evidence: Evidence) -> Proof:
    """Compare the format that reads the most cells with each of its rivals."""
    name = evidence.best()
    rivals = [rival for rival in family.formats if rival != name and evidence.count(rival)]
    open_rivals = [
        rival
        for rival in rivals
        if not evidence.only(name, rival) and not evidence.only(rival, name)
    ]
    mixed = [rival for rival in rivals if _is_mixed(evidence, name, rival)]
    return Proof(
        family,
        evidence,
        name,
        unlike=tuple(rival for rival in open_rivals if evidence.differ(name, rival)),
        alike=tuple(rival for rival in open_rivals if not evidence.differ(name, rival)),
        mixed_with=mixed[0] if mixed else None,
    )


def _is_mixed(evidence: Evidence, name: str, rival: str) -> bool:
    ours, theirs = evidence.only(name, rival), evidence.only(rival, name)
    return name not in WORDS and rival not in WORDS and theirs > SLIPS * (ours + theirs)
