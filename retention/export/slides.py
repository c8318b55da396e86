"""The slides of a deck while it is made: the file in memory, and what it was made of."""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from retention import texts
from retention.errors import ArgumentError, choose
from retention.export.entry import Entry
from retention.export.layout import choose_frame
from retention.export.template import open_template
from retention.export.update.known_slots import note_slots
from retention.files import atomic_path


class Slides:
    """A presentation that entries are drawn into, each under a slot of its own."""

    def __init__(self, template: str | Path | None, *, language: str | None) -> None:
        if language is not None:
            choose("language", language, texts.languages())
        self._language = language
        self.presentation: Any = open_template(template)
        self.frame = choose_frame(self.presentation)
        if self.frame.oddities:
            layout, found = self.frame.layout.name, "; ".join(self.frame.oddities)
            warnings.warn(
                f"template: its layout {layout!r} is used, but {found}. Boxes and sizes of our own "
                "are used there; look at the slides.",
                stacklevel=3,
            )
        self.entries: dict[str, Entry] = {}

    def __len__(self) -> int:
        return len(self.presentation.slides)

    @property
    def has_contents(self) -> bool:
        """Whether there is more than titles of deck and sections."""
        return any(not entry.family.startswith("deck/") for entry in self.entries.values())

    def target(self, path: str | Path) -> Path:
        """The path to write to, after making sure that it is one and that there is something."""
        if Path(path).suffix.lower() != ".pptx":
            raise ArgumentError(f"path: {str(path)!r} is no deck. Give a name that ends in .pptx.")
        if not self.has_contents:
            raise ArgumentError("deck: 0 contents to save. Add a picture or a table first.")
        return Path(path)

    def speaking(self) -> AbstractContextManager[None]:
        """The language of the deck, or that of the context."""
        return texts.language(self._language) if self._language else nullcontext()

    def draw(self, entry: Entry) -> None:
        """Add the slides of an entry."""
        slot = f"={entry.name}" if entry.name else self._next_slot(entry.family)
        if slot in self.entries:
            raise ArgumentError(
                f"name: {entry.name!r} was given before. Give each content a name of its own."
            )
        entry.make(self.presentation, self.frame, slot, {})
        self.entries[slot] = entry

    def write(self, target: Path, *, title: str) -> Path:
        """Write the file, whole or not at all."""
        note_slots(self.presentation, self.entries)
        properties = self.presentation.core_properties
        properties.title = title
        properties.author = properties.last_modified_by = "retention"
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
        with atomic_path(target) as temporary:
            self.presentation.save(temporary)
        return target

    def _next_slot(self, family: str) -> str:
        """Named ones are not counted, or others would change places when one gets a name."""
        families = [entry.family for entry in self.entries.values() if not entry.name]
        return f"{family}/{families.count(family) + 1}"
