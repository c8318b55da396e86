"""What stands in a notebook in place of a result that the data do not allow."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Self

from IPython.core.getipython import get_ipython
from IPython.display import display

from retention.errors import RetentionError
from retention.texts import text

# A frame and no colour of its own, so that it can be read on a light and on a dark page.
CARD = "border-left: 4px solid #D55E00; padding: 2px 12px; margin: 6px 0; max-width: 60em"


class Unanswered:
    """A refusal in place of a result: it is shown as a card, and what is asked of it is unanswered, too.

    So `cells.query("age == 1")` of cells that could not be counted is the same refusal again, and the
    reader sees the one sentence that explains it rather than an error about a missing name.
    """

    def __init__(self, asked: str, error: RetentionError) -> None:
        self._asked = asked
        self._message = str(error)
        self._shown_in: set[int] = set()

    def show(self) -> Self:
        """Show the card: in full where it was refused, one line in later cells, nothing twice."""
        if _cell() not in self._shown_in:
            page = self._reminder() if self._shown_in else self._card()
            display({"text/html": page, "text/plain": repr(self)}, raw=True)  # type: ignore[no-untyped-call]
            self._shown_in.add(_cell())
        return self

    def _ipython_display_(self) -> None:
        self.show()

    def _card(self) -> str:
        title = escape(text("This cannot be answered with these data."))
        source = escape(text("Said by {name}.", name=f"rt.{self._asked}"))
        return (
            f'<div style="{CARD}"><p><strong>{title}</strong></p><p>{escape(self._message)}</p>'
            f'<p style="opacity: 0.75"><small>{source}</small></p></div>'
        )

    def _reminder(self) -> str:
        said = text(
            "Not answered either: it rests on {name}, which was refused above.",
            name=f"rt.{self._asked}",
        )
        return f'<div style="{CARD}"><p>{escape(said)}</p></div>'

    def __repr__(self) -> str:
        return f"{text('This cannot be answered with these data.')} {self._message}"

    def __str__(self) -> str:
        """What `print` says of it: nothing below its card."""
        return "" if _cell() in self._shown_in else repr(self)

    def __getattr__(self, name: str) -> Self:
        # Other packages ask for names with underscores to find out what they were given.
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self

    def __call__(self, *_: Any, **__: Any) -> Self:
        """Whatever would be done with the result is not done."""
        return self

    def __getitem__(self, key: Any) -> Self:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def _same(self, *_: Any) -> Self:
        return self

    __and__ = __or__ = __invert__ = __add__ = __sub__ = __mul__ = __truediv__ = _same
    __lt__ = __le__ = __gt__ = __ge__ = _same


def _cell() -> int:
    """The number of the cell that runs; 0 outside of notebooks."""
    shell = get_ipython()
    return shell.execution_count if shell else 0
