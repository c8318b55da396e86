"""What a case of the corpus is: a source, how to read it, and what has to come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILES = Path(__file__).with_name("files")


@dataclass(frozen=True)
class Reading:
    """What an analyst would get by hand.

    `rows` has one text per order: "customer | order | time | amount"; an order id `*` may be anything.
    For longer tables `totals` has "orders | customers | amount | first day | last day" instead.
    `aside` has the lines that each rule sets aside, and no rule besides; `touched` what others touch.
    """

    rows: tuple[str, ...] = ()
    lines: int = 5
    totals: str = ""
    aside: Mapping[str, int] = field(default_factory=dict)
    touched: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A file, folder, glob or list in `files`; what it is refused with, or how it reads.

    With both, it is refused as it stands, and read with the options. `or_refused`: a refusal would do,
    another reading would not.
    """

    source: str | tuple[str, ...]
    reads: Reading | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    or_refused: bool = False

    @property
    def path(self) -> str | list[str]:
        if isinstance(self.source, tuple):
            return [str(FILES / name) for name in self.source]
        return str(FILES / self.source)

    @property
    def name(self) -> str:
        words = self.source if isinstance(self.source, str) else "+".join(self.source)
        return " ".join((words, *(f"{key}={value}" for key, value in self.options.items())))


def rows(
    ids: tuple[str, ...],
    customers: tuple[str, ...],
    times: tuple[str, ...],
    amounts: tuple[str, ...],
) -> tuple[str, ...]:
    """The orders, one text each."""
    columns = zip(customers, ids, times, amounts, strict=True)
    return tuple(" | ".join(row) for row in columns)
