"""Cells grouped by the formats that could read them: 05/04/2024 is one family, 2024-04-05 another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from retention.orders.dates.format import Reading
from retention.orders.dates.patterns import Match, match_shape
from retention.orders.dates.values import DATE_LENGTH, Values, folded_shapes


@dataclass
class Family:
    """Cells that the same formats could read, as `shapes`, with the exact readings by format."""

    formats: tuple[str, ...]
    count: int = 0
    shapes: list[str] = field(default_factory=list)
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    is_cut: bool = False  # the date goes on after the tenth character, so its digits are not known

    def add(self, shape: str, count: int, matches: Sequence[Match]) -> None:
        """Take in the cells of one more shape."""
        self.count += count
        self.shapes.append(shape)
        for match in matches:
            self.is_cut |= match.date_end is None or match.date_end > DATE_LENGTH
            known = self.readings.setdefault(match.date_format, [])
            known += [reading for reading in match.readings if reading not in known]


def families_of(values: Values, formats: Sequence[str]) -> list[Family]:
    """The families of a column, the largest first; shapes that no format reads are left out."""
    shapes = values.shapes()
    matched = {shape: _matches(shape, formats, is_folded=False) for shape in shapes}
    strange = [shape for shape in shapes if not matched[shape]]
    for shape, folded in zip(strange, folded_shapes(strange), strict=True):
        matched[shape] = _matches(folded, formats, is_folded=True)
    found: dict[tuple[str, ...], Family] = {}
    for shape, matches in matched.items():
        if matches:
            key = tuple(match.date_format for match in matches)
            found.setdefault(key, Family(key)).add(shape, shapes[shape], matches)
    return sorted(found.values(), key=lambda family: (-family.count, family.formats))


def _matches(shape: str, formats: Sequence[str], *, is_folded: bool) -> list[Match]:
    found = (match_shape(shape, name, is_folded=is_folded) for name in formats)
    return [match for match in found if match]
