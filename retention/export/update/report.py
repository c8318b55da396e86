"""What an update did, slide by slide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from retention.export.update.stamped import Stamped, find_stamped
from retention.names import check_columns
from retention.texts import text

COLUMNS = check_columns(("slide", "title", "action", "remark"))


class Report:
    """Collects what to tell about each slide while a deck is updated."""

    def __init__(self) -> None:
        self._remarks: dict[int, list[str]] = {}
        self._added: set[int] = set()

    def note(self, one: Stamped, remarks: Sequence[str]) -> None:
        """A shape was refreshed, with these remarks."""
        self._remarks.setdefault(one.slide.slide_id, []).extend(remarks)

    def add(self, slide: Any) -> None:
        """A slide is new."""
        self._added.add(slide.slide_id)

    def frame(self, presentation: Any, removed: Sequence[str]) -> pd.DataFrame:
        """One row per slide, then one for each content that stays out because it was removed."""
        ours = {one.slide.slide_id for one in find_stamped(presentation)}
        rows: list[tuple[int | None, str, str, str]] = []
        for number, slide in enumerate(presentation.slides, start=1):
            action = self._action(slide.slide_id, ours)
            remarks = dict.fromkeys(self._remarks.get(slide.slide_id, ()))
            rows.append((number, _title(slide), action, "; ".join(remarks)))
        left_out = text("removed by hand: left out")
        rows += [(None, heading, left_out, "") for heading in removed]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        return frame.astype({"slide": "Int64", "title": "str", "action": "str", "remark": "str"})

    def _action(self, slide: int, ours: set[int]) -> str:
        if slide in self._added:
            return text("added")
        if slide in self._remarks:
            return text("updated")
        return text("not in the new numbers") if slide in ours else text("not ours")


def _title(slide: Any) -> str:
    title = slide.shapes.title
    words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    found = title.text_frame.text if title is not None else next(iter(words), "")
    return " ".join(found.split())
