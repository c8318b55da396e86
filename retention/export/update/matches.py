"""Which content of the new deck is which of the old one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retention.export.entry import VAGUE, Entry
from retention.export.update.stamped import Stamped

_AS_OF = re.compile(r"as_of=('[^']*'|\"[^\"]*\"|[^,)]*)")


@dataclass(frozen=True)
class Content:
    """A content as it is known again: its slot, call without dates, and heading."""

    slot: str
    call: str
    heading: str

    @property
    def family(self) -> str:
        """Function and kind; empty for one that the user named."""
        return "" if self.slot.startswith("=") else self.slot.rpartition("/")[0]


def match_entries(entries: Mapping[str, Entry], old: Sequence[Stamped]) -> dict[str, str]:
    """The slot in the old deck of each content of the new one that is there.

    Parameters
    ----------
    entries
        Slot in the new deck -> content.
    old
        The shapes of ours in the old deck.

    Returns
    -------
    dict
        New slot -> old slot; contents that cannot be told apart are left out.

    Notes
    -----
    The trap: the only one of its function and kind is taken for the same, whatever its call; several
    are told apart by call and heading, then by order if there are as many as before.
    """
    before = _contents(old)
    after = [Content(slot, _timeless(entry.call), entry.heading) for slot, entry in entries.items()]
    named = {content.slot for content in before if not content.family}
    found = {c.slot: c.slot for c in after if not c.family and c.slot in named}
    for family in dict.fromkeys(content.family for content in after if content.family):
        ours = [content for content in after if content.family == family]
        theirs = [content for content in before if content.family == family]
        found |= _matched(ours, theirs, is_vague=_is_vague(family))
    return found


def _contents(old: Sequence[Stamped]) -> list[Content]:
    """The contents of the old deck, by slot in their first order."""
    parts: dict[str, dict[str, Stamped]] = defaultdict(dict)
    for one in old:
        parts[one.stamp.slot].setdefault(one.stamp.part, one)
    found = []
    for slot in sorted(parts, key=_order):
        stamps = [one.stamp for one in parts[slot].values() if one.is_content]
        stamps.sort(key=lambda stamp: stamp.part)
        call = "; ".join(stamp.call for stamp in stamps)
        found.append(Content(slot, _timeless(call), "; ".join(s.heading for s in stamps)))
    return found


def _order(slot: str) -> tuple[str, int]:
    family, _, number = slot.rpartition("/")
    return family, int(number) if number.isdigit() else 0


def _timeless(call: str) -> str:
    """A call without its dates, which differ every month."""
    return _AS_OF.sub("as_of", call)


def _is_vague(family: str) -> bool:
    return any(part.partition("/")[0] in VAGUE for part in family.split("+"))


def _matched(ours: list[Content], theirs: list[Content], *, is_vague: bool) -> dict[str, str]:
    if len(ours) == len(theirs) == 1 and not is_vague:
        return {ours[0].slot: theirs[0].slot}
    found: dict[str, str] = {}
    for key in (_by_both, _by_heading):
        for value in dict.fromkeys(key(content) for content in ours):
            mine = [c for c in ours if key(c) == value and c.slot not in found]
            yours = [c for c in theirs if key(c) == value and c.slot not in found.values()]
            if len(mine) == len(yours):
                pairs = zip(mine, yours, strict=True)
                found |= {one.slot: other.slot for one, other in pairs}
    return found


def _by_both(content: Content) -> tuple[str, str]:
    return content.call, content.heading


def _by_heading(content: Content) -> tuple[str, str]:
    return "", content.heading
