"""How the numbers of one column are written, as decided once for all of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Thousandths = Literal["never", "trimmed", "always"]


@dataclass(frozen=True)
class NumberFormat:
    """What a cell may look like; any other cell is unreadable, never guessed.

    `decimal` is the decimal sign; null where no cell had a separator that could be one, and then no
    cell may. `currency` is the one whose signs may stand beside the figures; null: none may.
    `thousandths` says whether "1.250" may be 1.25 under a decimal point: `trimmed` only without the
    last nought, because numbers that lose their noughts (12.5, 1.255) do not write it.
    """

    decimal: str | None = None
    currency: str | None = None
    thousandths: Thousandths = "never"
