"""In which encoding a text file is, told from its bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from retention.errors import ArgumentError, examples
from retention.orders.sources.legacy import choose_legacy
from retention.orders.sources.request import Request

CHUNK = 2**20
PROVEN = 2**26  # bytes that are proven to be UTF-8; beyond them the engine does it while reading
LETTERS = 2**18  # bytes of lines beyond ASCII that tell an older encoding
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8"),
)


def find_encoding(path: Path, label: str, request: Request) -> str:
    """The name of a codec of Python's; the one asked for, if any was.

    Raises
    ------
    OrdersError
        If it is no text, or in an encoding that cannot be told.
    """
    if request.encoding is not None:
        return _known(request.encoding)
    with path.open("rb") as handle:
        head = handle.read(CHUNK)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return _wide(head, label, request)
    wrong = _first_wrong_byte(path)
    return "utf-8" if wrong is None else legacy_encoding(path, wrong, label, request)


def legacy_encoding(path: Path, wrong: int, label: str, request: Request) -> str:
    """The encoding of a file whose byte `wrong` is not UTF-8, told from its words.

    Raises
    ------
    OrdersError
        If they fit neither encoding, or the file is UTF-8 but for a few bytes.
    """
    lines = _high_lines(path)
    if _is_mostly_utf8(lines):
        raise request.refusal(
            f"{label} is UTF-8 but for some bytes (the first is byte {wrong:,}): pieces of several "
            "files may have been put together. Export it again as CSV (UTF-8)."
        )
    name = choose_legacy(lines)
    if name is None:
        raise request.refusal(
            f"{label} is not UTF-8 (byte {wrong:,}), and its words do not tell what else it is "
            f"({_readings(lines)}). In Excel choose 'CSV UTF-8' when saving, or say what it is, "
            'such as encoding="cp1258".'
        )
    return name


def _known(name: str) -> str:
    try:
        "".encode(name)
        is_utf8 = codecs.lookup(name).name in ("utf-8", "utf-8-sig")
    except (LookupError, ValueError) as error:  # Some are there to fail.
        raise ArgumentError(
            f"encoding: {name!r} is not known. Some that are: 'utf-8', 'utf-16', 'cp1252' "
            "(Western Windows), 'cp1258' (Vietnamese Windows)."
        ) from error
    return "utf-8" if is_utf8 else name


def _wide(head: bytes, label: str, request: Request) -> str:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) > 8 and min(even, odd) * 10 < max(even, odd) and max(even, odd) * 5 > len(head):
        return "utf-16-le" if odd > even else "utf-16-be"
    raise request.refusal(f"{label} is not a text file. Save it as CSV (UTF-8) and read that.")


def _first_wrong_byte(path: Path) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen, chunk = 0, b"."
    with path.open("rb") as handle:
        while chunk and seen < PROVEN:
            chunk = handle.read(CHUNK)
            kept = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return seen - kept + error.start
            seen += len(chunk)
    return None


def _high_lines(path: Path) -> bytes:
    """The first lines with bytes beyond ASCII."""
    found: list[bytes] = []
    size = 0
    with path.open("rb") as handle:
        while size < LETTERS and (chunk := handle.read(CHUNK)):
            if chunk.isascii():
                continue
            lines = [
                line for line in (chunk + handle.readline()).splitlines() if not line.isascii()
            ]
            found += lines
            size += sum(map(len, lines))
    return b"\n".join(found)[: 2 * LETTERS]


def _is_mostly_utf8(lines: bytes) -> bool:
    text = lines.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    return sum(not sign.isascii() for sign in text) - wrong > wrong


def _readings(lines: bytes) -> str:
    """The first word that the encodings read differently; the first of all where none is."""
    words = re.findall(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*", lines) or [b""]
    readings = ([_read(word[:30], name) for name in ("cp1252", "cp1258")] for word in words)
    western, vietnamese = next(
        (pair for pair in readings if pair[0] != pair[1]), [_read(words[0][:30], "cp1252")] * 2
    )
    if western == vietnamese:
        return f"{examples([western])} in cp1252, and the same in cp1258"
    return f"{examples([western])} in cp1252, {examples([vietnamese])} in cp1258"


def _read(word: bytes, encoding: str) -> str:
    return unicodedata.normalize("NFC", word.decode(encoding, errors="replace"))
