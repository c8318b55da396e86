"""What the cells of one family prove about the order of day, month and year in them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import ibis

from retention.engine.frames import to_arrow
from retention.orders.dates.families import Family
from retention.orders.dates.format import DateFormat
from retention.orders.dates.parse import parse_dates
from retention.orders.dates.values import Values

MIDDLE = 12  # a number above it is no month


class Evidence:
    """How many cells each format of a family reads, and how many only one of two, or both, reads."""

    def __init__(self, formats: tuple[str, ...], counts: Mapping[str, Any], rows: Any) -> None:
        self.formats = formats
        self._counts, self._rows = counts, rows

    def count(self, name: str) -> int:
        """Cells that the format reads."""
        return int(self._counts[f"count {name}"] or 0)

    def has_small_days_only(self, name: str) -> bool:
        """Whether no day of the month is above 12, so that each could be a month."""
        return not self._counts[f"above {name}"]

    def span(self, name: str) -> tuple[datetime, datetime]:
        """The first and last moment read."""
        return self._counts[f"first {name}"], self._counts[f"last {name}"]

    def best(self) -> str:
        """The format that reads the most cells; of equals, the first."""
        return max(self.formats, key=self.count)

    def only(self, one: str, other: str) -> int:
        """Cells that `one` reads and `other` does not."""
        return int(self._counts[f"only {one} not {other}"] or 0)

    def differ(self, one: str, other: str) -> int:
        """Cells that both read, to different moments."""
        return int(self._counts[f"differ {one} {other}"] or 0)

    def example(self, one: str, other: str) -> tuple[str, datetime, datetime]:
        """The first cell that both read, to different moments."""
        found = self._rows.filter(self._rows[one] != self._rows[other]).order_by("text").limit(1)
        row = to_arrow(found.select("text", one, other)).to_pylist()[0]
        return row["text"], row[one], row[other]


def gather(values: Values, family: Family) -> Evidence:
    """Read the family's cells by each of its formats, in one query."""
    cells = values.of_shapes(family.shapes)
    moments = {
        name: parse_dates(cells.text, DateFormat(None, tuple(readings)), timezone="UTC")
        for name, readings in family.readings.items()
    }
    rows = cells.mutate(**moments)
    counts: dict[str, Any] = {}
    for name in family.formats:
        moment = rows[name]
        counts[f"count {name}"] = _sum(rows, moment.notnull())
        counts[f"above {name}"] = _sum(rows, moment.day() > MIDDLE)
        counts |= {f"first {name}": moment.min(), f"last {name}": moment.max()}
    for one, other in itertools.permutations(family.formats, 2):
        counts[f"only {one} not {other}"] = _sum(rows, rows[one].notnull() & rows[other].isnull())
        counts[f"differ {one} {other}"] = _sum(rows, rows[one] != rows[other])
    return Evidence(family.formats, to_arrow(rows.agg(**counts)).to_pylist()[0], rows)


def _sum(rows: Any, condition: Any) -> Any:
    return ibis.ifelse(condition, rows["count"], 0).sum()
