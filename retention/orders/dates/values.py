"""The few different cells that a column of dates comes down to, and how often each occurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from retention.engine.connection import private_connection, store
from retention.engine.frames import to_arrow
from retention.orders.dates.fold import fold

# A date stands in the first ten characters nearly always; what follows is the time, of which only
# the shape matters. That leaves a few thousand different cells of millions.
DATE_LENGTH = 10
SHAPES = 5_000
_DIGITS, _ONES = "023456789", "111111111"


@dataclass(frozen=True, eq=False)
class Values:
    """Different cells of a column (`text`, `count`), stored."""

    rows: Any

    def shapes(self) -> dict[str, int]:
        """The most frequent shapes, cells with 1 for every digit, and how many cells have each.

        A column of free text has more, and none of them of a date.
        """
        counted = self.rows.group_by(shape=_shape(self.rows.text)).agg(
            count=self.rows["count"].sum()
        )
        most = counted.order_by(counted["count"].desc(), "shape").limit(SHAPES)
        return {row["shape"]: int(row["count"]) for row in to_arrow(most).to_pylist()}

    def of_shapes(self, shapes: Sequence[str]) -> Any:
        """The cells that have one of these shapes."""
        return self.rows.filter(_shape(self.rows.text).isin(shapes))


def folded_shapes(shapes: Sequence[str]) -> list[str]:
    """Each shape as it is once its cells are folded."""
    if not shapes:
        return []
    rows = store(pa.table({"place": range(len(shapes)), "shape": shapes}))
    folded = to_arrow(rows.select("place", folded=_shape(fold(rows.shape))).order_by("place"))
    return [str(shape) for shape in folded["folded"].to_pylist()]


def different_values(column: Any, *, is_full: bool) -> Values:
    """The different cells; unless `is_full`, digits after the tenth character are replaced by 1."""
    cells = column.name("text").as_table()
    text = cells.text
    if not is_full:
        text = text.left(DATE_LENGTH).concat(_shape(text.substr(DATE_LENGTH)))
    present = cells.filter(cells.text.re_search(r"\S")).select(text=text)
    counted = present.group_by("text").agg(count=present.count())
    is_ours = column.get_backend() is private_connection()
    return Values(store(counted if is_ours else to_arrow(counted)))


def _shape(text: Any) -> Any:
    return text.translate(_DIGITS, _ONES)
