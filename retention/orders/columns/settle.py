"""Two columns with equally good headers: taken where both would give the same answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retention.orders.columns.contents import Sample, as_number
from retention.orders.columns.declaration import Field
from retention.texts import text

TIME = re.compile(r"[t\s]*\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([ap]\.?m\.?|z|[+-]\d{2}:?\d{2})?")
Cells = Sequence[str | None]
SAME, SAME_GROUPS = "{column} holds the same", "{column} tells the same apart"


def settle(field: Field, names: list[str], sample: Sample) -> tuple[str, str] | None:
    """The one to take, and why the others do not matter; None where they would matter."""
    if field.kind == "time":
        return _finest(names, sample)
    are_same, told = {
        "id": (_same_groups, SAME_GROUPS),
        "text": (_same_texts, SAME),
    }.get(field.kind, (_same_numbers, SAME))
    first, *others = names
    if all(are_same(sample[first].cells, sample[other].cells) for other in others):
        return first, "; " + text(told, column=repr(others[0]))
    return None


def _finest(names: list[str], sample: Sample) -> tuple[str, str] | None:
    """Of columns with the same day on every row the one with a time of day."""
    days = [[_day(cell) for cell in sample[name].cells] for name in names]
    if any(other != days[0] for other in days[1:]):
        return None
    best = max(names, key=lambda name: sum(map(_has_time, sample[name].filled)))
    other = next(name for name in names if name != best)
    return best, "; " + text("{column} has the same days", column=repr(other))


def _day(cell: str | None) -> list[str] | None:
    """The parts of a date in any order, without the time: 12/14/2024 is 2024-12-14 here."""
    if cell is None:
        return None
    parts = re.findall(r"\d+|[^\W\d_]+", TIME.sub("", cell.lower()))
    return sorted(part.lstrip("0") for part in parts)


def _has_time(cell: str) -> bool:
    return ":" in cell and not re.search(r"[ T]0{1,2}:00(:00(\.0+)?)?$", cell)


def _same_groups(first: Cells, other: Cells) -> bool:
    """Whether both columns tell the same rows apart: `order_id` beside `order_number`."""
    pairs = set(zip(first, other, strict=True))
    return len(pairs) == len({one for one, _ in pairs}) == len({two for _, two in pairs})


def _same_texts(first: Cells, other: Cells) -> bool:
    return list(first) == list(other)


def _same_numbers(first: Cells, other: Cells) -> bool:
    return list(map(_number, first)) == list(map(_number, other))


def _number(cell: str | None) -> float | None:
    return None if cell is None else as_number(cell)
