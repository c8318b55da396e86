"""What a column of dates was found to hold: the few exact patterns that read it."""

from __future__ import annotations

from dataclasses import dataclass

# Numbers that stand for moments, under the word that `date_format=` takes: what one unit is in
# microseconds, and the first and last moment that is taken for a date (1990 to 2100).
EXCEL = "excel"
EPOCHS = {
    "epoch_s": 1_000_000.0,
    "epoch_ms": 1_000.0,
    "epoch_us": 1.0,
    "epoch_ns": 0.001,
}
COMPACT = "%Y%m%d"
WORDS = (EXCEL, *EPOCHS)
_UTC = ("Z", "z", "UTC", "GMT", "utc", "gmt")


@dataclass(frozen=True)
class Reading:
    """One exact pattern: a strptime format with its time and separators, or a word of `WORDS`.

    `is_folded`: it applies to the cell after `fold` (names, weekdays, accents, stray blanks).
    `rivals`: other patterns for the same cells, which must give the same moment: nothing yet tells
    them apart, so only a cell for which it does not matter is read.
    """

    pattern: str
    is_folded: bool = False
    rivals: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it reads a count of days or seconds."""
        return self.pattern in WORDS

    @property
    def is_utc(self) -> bool:
        """Whether it reads a moment that says it is one of UTC, so that the day depends on where."""
        return self.pattern in EPOCHS or self.pattern.endswith(_UTC)

    @property
    def has_offset(self) -> bool:
        """Whether the cell carries its own offset from UTC."""
        return "%z" in self.pattern

    @property
    def needs_timezone(self) -> bool:
        """Whether the local day cannot be known without the orders' timezone."""
        return self.is_utc or self.has_offset


@dataclass(frozen=True)
class DateFormat:
    """How a column of dates is read; made of plain texts, so that it can be kept as JSON.

    `text` is what to pass as `date_format=` to repeat the reading exactly; None where the column was
    typed. A column that mixes formats has several in it, with bars between.
    """

    text: str | None
    readings: tuple[Reading, ...] = ()
