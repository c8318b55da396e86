"""A text file in another encoding, written again as UTF-8 with composed letters."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from retention.orders.sources.request import Request

LINES = 2**20  # signs of text that are recoded at once


def recode(path: Path, encoding: str, label: str, request: Request) -> Path:
    """Write the text to a temporary file, a piece at a time, and return its path.

    Raises
    ------
    OrdersError
        If bytes of the file have no meaning in `encoding`.
    """
    target = request.new_file(".csv")
    try:
        with (
            path.open(encoding=encoding, newline="") as text,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while lines := text.readlines(LINES):
                # Whole lines: a letter and its mark do not come apart.
                copy.write(unicodedata.normalize("NFC", "".join(lines)))
    except UnicodeError as error:
        where = getattr(error, "start", 0)
        raise request.refusal(
            f"{label} is not {encoding}: byte {where:,} of a piece of it has no meaning there. "
            "Leave out encoding= to have it told from the bytes, or save the file as CSV (UTF-8)."
        ) from error
    return target
