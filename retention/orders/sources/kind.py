"""What kind of file lies there: told from its first bytes, its name only helps."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from retention.orders.sources.request import Request

Kind = Literal["text", "workbook", "parquet", "arrow", "json", "zip", "gzip", "bzip2", "xz", "zstd"]

TEXTS = (".csv", ".tsv", ".tab", ".txt", ".psv")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PARQUETS = (".parquet", ".pq")
ARROWS = (".feather", ".arrow", ".ipc")
JSONS = (".json", ".jsonl", ".ndjson")
PACKED = (".gz", ".zip", ".zst", ".bz2", ".xz")
ENDINGS = (*TEXTS, *WORKBOOKS, *PARQUETS, *ARROWS, *JSONS, *PACKED)

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"FEA1", "arrow"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
)
_NAMED: tuple[tuple[tuple[str, ...], Kind], ...] = (
    (TEXTS, "text"),
    (WORKBOOKS, "workbook"),
    (PARQUETS, "parquet"),
    (ARROWS, "arrow"),
    (JSONS, "json"),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml")


def find_kind(path: Path, label: str, request: Request) -> Kind:
    """The kind of a file that can be read and is not empty.

    Raises
    ------
    OrdersError
        If it is missing, empty, may not be read, or of a kind that is not read here.
    """
    head = _head(path, label, request)
    ending = path.suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(_PAGES):
        raise request.refusal(
            f"{label} is a web page, whatever its name says ({start[:20].decode('latin-1')!r}). Open "
            "it in Excel and save it as Excel workbook (xlsx) or CSV (UTF-8)."
        )
    for mark, kind in _STARTS:
        if head.startswith(mark):
            return kind
    if head.startswith(b"PK") and zipfile.is_zipfile(path):
        return "workbook" if _is_workbook(path) else "zip"
    for endings, kind in _NAMED:
        if ending in endings:
            # Many shops name a table of text .xls, so that Excel opens it.
            return "text" if kind == "workbook" and _is_text(head) else kind
    raise _unknown(label, ending, request)


def is_named_as_table(path: Path) -> bool:
    """Whether the name ends as those of tables do; lock files and hidden ones do not count."""
    return path.suffix.lower() in ENDINGS and not path.name.startswith((".", "_", "~$"))


def _head(path: Path, label: str, request: Request) -> bytes:
    try:
        with path.open("rb") as handle:
            head = handle.read(4096)
    except PermissionError as error:
        raise request.refusal(
            f"{path} may not be read (no permission). Ask its owner, close it in Excel, or copy it "
            "to a folder of yours."
        ) from error
    if not head.strip(b"\xef\xbb\xbf \r\n\t\x00"):
        raise request.refusal(f"{label} is empty. Export it again.")
    return head


def _is_text(head: bytes) -> bool:
    return (b"\0" not in head and not head.startswith(b"PK")) or head[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    )


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False  # unpacking it says what is wrong
    return bool({"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & names)


def _unknown(label: str, ending: str, request: Request) -> Exception:
    if ending in (".gz", ".zip", ".zst", ".bz2", ".xz"):
        return request.refusal(
            f"{label} could not be unpacked: it is damaged, or no {ending} file. Copy or download it "
            "again."
        )
    return request.refusal(
        f"{label} is not a kind of file that is read here ({', '.join(ENDINGS)}). Save it as CSV "
        "(UTF-8), Excel or Parquet, or read it with pandas and pass the DataFrame."
    )
