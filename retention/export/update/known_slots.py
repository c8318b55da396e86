"""Which contents a deck was written with, so that one which somebody removed stays out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from retention.export.mark import mark
from retention.export.stamp import stamp_shape
from retention.export.update.stamped import Stamped, find_stamped

# Letters of the mark of a slot; the list stands on each content, because any slide may be taken out.
_LETTERS = 4


def read_slots(old: Sequence[Stamped]) -> frozenset[str]:
    """Marks of the slots that a deck was written with.

    Parameters
    ----------
    old
        The shapes of ours in the deck.

    Returns
    -------
    frozenset of str
        Compare with the beginning of `mark(slot)`.
    """
    lists = {one.stamp.deck for one in old}
    return frozenset(
        words[start : start + _LETTERS]
        for words in lists
        for start in range(0, len(words), _LETTERS)
    )


def note_slots(presentation: Any, slots: Iterable[str]) -> None:
    """Write on each content which contents the deck was written with, in place.

    Parameters
    ----------
    presentation
        A python-pptx presentation.
    slots
        Those of the contents that are in it now; those that were once are kept.
    """
    every = find_stamped(presentation)
    known = read_slots(every) | {mark(slot)[:_LETTERS] for slot in slots}
    words = "".join(sorted(known))
    for one in every:
        if one.is_content or one.stamp.key == "deck":
            name = one.shape.name
            stamp_shape(one.shape, replace(one.stamp, deck=words), alt_text=one.alt_text)
            one.shape.name = name
