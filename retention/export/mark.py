"""Short marks of texts, by which an edit is seen."""

from __future__ import annotations

import hashlib


def mark(words: str) -> str:
    """A short mark of a text; spaces and line breaks do not count.

    Examples
    --------
    >>> mark("Fewer  come back") == mark("Fewer come back"), len(mark(""))
    (True, 8)
    """
    return hashlib.sha256(" ".join(words.split()).encode("utf-8", "replace")).hexdigest()[:8]
