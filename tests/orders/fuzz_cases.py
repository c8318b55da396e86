"""Random cases for the fuzzer: files of the corpus made worse, and tables whose truth is known."""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from orders.corpus.case import FILES
from orders.corpus.expected import CASES
from orders.written_tables import (
    Dialect,
    Line,
    random_dialect,
    random_lines,
    read_back,
    true_orders,
)

from retention.errors import RetentionError
from retention.orders.read import read_orders

SLOW_SECONDS = 20.0
NASTY = (
    "", " ", "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "\0", "\ufeff", "\u202e007", "NaN", "inf", "-inf",
    "1e400", "-0", "9" * 40, "0.00000000001", "99999999999999.99999", "31/02/2024", "0000-00-00",
    "2024-13-45", "9999-12-31", "1,2,3", "1.2.3", '"', '""', "'", "\\", "\\N", "null", "#N/A",
    "#REF!", "true", "đ", "𝒳𝒴", "a\u0301\u0301\u0301", "٣٤٥", "½", "1_000", "0x10", "1e5", "--5", "(5",
    "5)", "$", "₫", "2024-01-05T25:61:61", "24:00", "1/1/1", "now", "today", "epoch", "infinity",
    "%s%n", "{}", "<b>", "; DROP TABLE orders", "\r", "\u2028", "x" * 5000,
)  # fmt: skip
OPTIONS: tuple[Mapping[str, Any], ...] = (
    {}, {}, {}, {"unreadable": "set_aside"}, {"date_format": "%d/%m/%Y", "unreadable": "set_aside"},
    {"decimal": ",", "unreadable": "set_aside"}, {"currency": "VND"}, {"timezone": "Asia/Ho_Chi_Minh"},
    {"zero_amounts": "set_aside", "non_products": "set_aside"}, {"returns": "accounting"},
    {"as_of": "2024-02-15", "history_start": "2024-01-01"}, {"merge_by": ["email", "phone"]},
)  # fmt: skip
FILED = (case.source for case in CASES if isinstance(case.source, str))
SOURCES = sorted({name for name in FILED if (FILES / name).is_file()})
TEXTS = [name for name in SOURCES if Path(name).suffix in (".csv", ".tsv", ".txt", ".jsonl")]


@dataclass(frozen=True)
class FuzzCase:
    """A file with its options, and what it should say where that is known."""

    origin: str
    suffix: str
    content: bytes
    options: Mapping[str, Any]
    truth: tuple[Sequence[Line], Dialect] | None = field(default=None, repr=False)

    def kept(self, folder: Path, seed: int) -> Path:
        path = folder / f"{seed}{self.suffix}"
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content)
        return path

    def shrunk(self, failure: str, until: float) -> FuzzCase:
        """The case with as few lines as still fail in the same way."""
        kind = failure.split(":")[0]
        if self.truth:
            return self._with_fewer_orders(kind, until)
        lines = _fewer(self, self.content.split(b"\n"), b"\n", kind, until)
        content = b"\n".join(lines)
        letters = [content[place : place + 1] for place in range(len(content))]
        return replace(self, content=b"".join(_fewer(self, letters, b"", kind, until)))

    def _with_fewer_orders(self, kind: str, until: float) -> FuzzCase:
        assert self.truth
        best, (lines, dialect) = self, self.truth
        place = len(lines) - 1
        while place >= 0 and time.monotonic() < until:
            fewer = [*lines[:place], *lines[place + 1 :]]
            case = replace(best, content=dialect.file(fewer), truth=(fewer, dialect))
            if len(fewer) and (failure_of(case) or "").split(":")[0] == kind:
                best, lines = case, fewer
            place -= 1
        return best


def _fewer(
    case: FuzzCase, parts: list[bytes], separator: bytes, kind: str, until: float
) -> list[bytes]:
    """As few of the parts as still fail, left out in ever smaller chunks."""
    size = len(parts) // 2
    while size and time.monotonic() < until:
        place = 0
        while place < len(parts) and time.monotonic() < until:
            fewer = parts[:place] + parts[place + size :]
            found = failure_of(replace(case, content=separator.join(fewer))) or ""
            if found.split(":")[0] == kind:
                parts = fewer
            else:
                place += size
        size //= 2
    return parts


def failure_of(case: FuzzCase) -> str | None:
    """What is wrong with the reading of a case; None where it is read well, or refused."""
    started = time.monotonic()
    caught, wrong = Caught(), None
    with tempfile.TemporaryDirectory() as folder, caught:
        wrong = _misread(read_orders(case.kept(Path(folder), 0), **case.options), case)
    if isinstance(caught.error, RetentionError):
        wrong = _wrongly_refused(str(caught.error), case)
    elif caught.error:
        kind, message = type(caught.error).__name__, str(caught.error)[:300]
        wrong = f"{kind} at {_place(caught.error)}: {message}"
    took = time.monotonic() - started
    return wrong or (f"slow: {took:.0f} s" if took > SLOW_SECONDS else None)


def _wrongly_refused(refusal: str, case: FuzzCase) -> str | None:
    """Where the formats were said, and the bytes are Unicode, there is nothing to refuse."""
    if case.truth and case.options and case.truth[1].encoding != "windows-1258":
        return f"refused although the formats were said: {refusal[:300]}"
    return "a refusal of many pages" if len(refusal) > 4000 else None


class Caught:
    """Keeps whatever exception comes out of its block: any of them is what is looked for."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> Caught:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None


def _place(error: BaseException) -> str:
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "retention" in frame.filename
    ]
    return f"{Path(own[-1].filename).name} {own[-1].name}" if own else "?"


def _misread(orders: Any, case: FuzzCase) -> str | None:
    audit = orders.audit.set_index("rule")
    aside = audit.drop(index=["lines_read", "lines_used"])["lines_set_aside"].sum()
    if audit.loc["lines_read", "lines"] != audit.loc["lines_used", "lines"] + aside:
        return "lines lost: lines in are not lines used and set aside"
    got = orders.to_pandas()
    if got["customer_id"].isna().any() or got["ordered_at"].isna().any():
        return "missing values in orders that are used"
    if case.truth is None:
        return None
    lines, dialect = case.truth
    read, true = read_back(got, dialect), true_orders(lines, dialect)
    wrong = [
        f"{row[:4]} for {right}" for row, right in zip(read, true, strict=False) if row != right
    ]
    if wrong or len(read) != len(true):
        return f"misread: {len(read)} orders for {len(true)}, {wrong[:2]}"
    return None


def random_case(random: Random) -> FuzzCase:
    if random.random() < 0.4:
        return _true_case(random)
    name = random.choice(SOURCES if random.random() < 0.3 else TEXTS)
    content = (FILES / name).read_bytes()
    for _ in range(random.randint(1, 4)):
        content = random.choice(MUTATIONS)(content, random)
    suffix = "".join(Path(name).suffixes)
    if random.random() < 0.05:
        suffix = random.choice((".csv", ".xlsx", ".parquet", ".json", ".zip", ".xls", ".ods", ""))
    return FuzzCase(name, suffix, content, random.choice(OPTIONS))


def _true_case(random: Random) -> FuzzCase:
    lines, dialect = random_lines(random), random_dialect(random)
    options = dialect.hints if random.random() < 0.5 else {}
    return FuzzCase(f"{dialect}", ".csv", dialect.file(lines), options, (lines, dialect))


Mutation = Callable[[bytes, Random], bytes]


def _flip(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 20)) if changed else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _double_piece(content: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] * random.choice((1, 2, 50)) + content[end:]


def _insert(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    word = random.choice(
        (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"\r", b"\n\n", b",,,,", b'"""')
    )
    return content[:place] + word * random.choice((1, 1, 100)) + content[place:]


def _mix_encodings(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    place = random.randrange(len(lines))
    encoding = random.choice(("utf-16-le", "cp1252", "cp1258", "latin-1"))
    text = lines[place].decode("utf-8", "replace") + random.choice(("", "é", "Đặng", "€"))
    lines[place] = text.encode(encoding, "replace")
    return b"\n".join(lines)


def _recode(content: bytes, random: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(
        random.choice(("utf-16", "utf-16-le", "utf-16-be", "cp1258", "utf-32")), "replace"
    )


def _cells(content: bytes, change: Callable[[list[list[str]]], None]) -> bytes:
    """Change the table as cells, split at its likeliest separator."""
    text = content.decode("utf-8", "surrogateescape")
    separator = max(",;\t|", key=text.count)
    rows = [line.split(separator) for line in text.split("\n")]
    change(rows)
    joined = "\n".join(separator.join(row) for row in rows)
    return joined.encode("utf-8", "surrogateescape")


def _nasty_cells(content: bytes, random: Random) -> bytes:
    def change(rows: list[list[str]]) -> None:
        for _ in range(random.choice((1, 1, 2, 8))):
            row = random.choice(rows)
            row[random.randrange(len(row))] = random.choice(NASTY)

    return _cells(content, change)


def _nasty_column(content: bytes, random: Random) -> bytes:
    place, value = random.randrange(6), random.choice(NASTY)

    def change(rows: list[list[str]]) -> None:
        for row in rows[1:]:
            if place < len(row):
                row[place] = value

    return _cells(content, change)


def _columns(content: bytes, random: Random) -> bytes:
    """A column doubled, dropped, renamed or moved to the end."""
    place, deed = random.randrange(6), random.randrange(4)
    name = random.choice(
        ("amount", "customer_id", "order_id", "ngày", "total", "", "1", "line_number")
    )

    def change(rows: list[list[str]]) -> None:
        for row in rows:
            if place < len(row):
                cell = row.pop(place) if deed in (1, 3) else row[place]
                row.extend([cell] * (deed != 1 and deed != 2))
        if deed == 2 and place < len(rows[0]):
            rows[0][place] = name

    return _cells(content, change)


def _rows(content: bytes, random: Random) -> bytes:
    """Rows shuffled, or repeated many times, the header too."""
    lines = content.split(b"\n")
    if random.random() < 0.5:
        random.shuffle(lines)
        return b"\n".join(lines)
    return b"\n".join([lines[0], *lines[1:] * random.choice((2, 30))])


def _huge_cell(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    piece = random.choice((b"x", b"9", b",", b'"', b"(", "ạ".encode())) * random.choice(
        (5_000, 300_000)
    )
    return content[:place] + piece + content[place:]


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _cut, _double_piece, _insert, _mix_encodings, _recode, _nasty_cells, _nasty_cells,
    _nasty_cells, _nasty_column, _columns, _columns, _rows, _huge_cell,
)  # fmt: skip
