"""A deck that has no slide for what could not be answered."""

from __future__ import annotations

from typing import Any, Self

from retention.export.deck import Deck as PlainDeck
from retention.unanswered import Unanswered


class Deck(PlainDeck):
    """`retention.Deck` for notebooks: a manager is not shown what the data do not answer."""

    def add(self, content: Any, **words: Any) -> Self:
        """Add a slide as `retention.Deck.add` does, unless there is nothing to put on it."""
        if isinstance(content, Unanswered):
            content.show()
            return self
        said = {name: word for name, word in words.items() if not isinstance(word, Unanswered)}
        return super().add(content, **said)
