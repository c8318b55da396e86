"""How much a workbook would take in memory, told from its parts before any of it is opened.

The reader keeps a sheet as a full rectangle, so that one cell in the last corner makes of a small file
more than any machine has; and what it unpacks it does not count.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers.expat import ExpatError

from retention.orders.sources.open_document_extent import OpenDocumentExtent
from retention.orders.sources.packed import BROKEN, CHUNK, most_unpacked
from retention.orders.sources.request import Request
from retention.orders.sources.sheet_extent import SheetExtent

MOST_CELLS = 100_000_000  # what the reader itself takes of sheets of LibreOffice: 3 GB


def refuse_oversized(path: Path, label: str, request: Request) -> None:
    """Refuse a workbook that unpacks to far too much, or one of whose sheets reaches far too wide.

    Raises
    ------
    OrdersError
        If it does, or a part of it is damaged.
    """
    if not zipfile.is_zipfile(path):
        return  # The older kind is not packed.
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path, label, request)
    except (*BROKEN, ExpatError, NotImplementedError, RuntimeError) as error:
        raise request.refusal(
            f"{label} could not be unpacked ({str(error).strip() or 'it ends too early'}). Copy or "
            "download it again."
        ) from error


def _check(archive: zipfile.ZipFile, path: Path, label: str, request: Request) -> None:
    left = most = most_unpacked(path)
    for part in archive.infolist():
        # Read to its end: what the list of parts says of their sizes may be a lie.
        rows, columns, size = _measured(archive, part, left)
        left -= size
        if left < 0:
            raise request.refusal(
                f"{label} unpacks to more than {most / 2**30:,.1f} GB, from "
                f"{path.stat().st_size / 2**20:,.1f} MB. If it is right, save its table as CSV (UTF-8)."
            )
        if rows * columns > MOST_CELLS:
            raise request.refusal(
                f"{label} has a sheet of {rows:,} rows and {columns:,} columns ({part.filename}), "
                f"{rows * columns:,} cells; up to {MOST_CELLS:,} are read. Something may stand far "
                "from the table: go to the sheet's last cell (Ctrl+End), delete what is there, or "
                "save the table as CSV (UTF-8)."
            )


def _measured(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> tuple[int, int, int]:
    """The last row and column of a sheet (0 of other parts), and the bytes; no more than `left`."""
    extents: list[SheetExtent | OpenDocumentExtent] = [SheetExtent()]
    extents += [OpenDocumentExtent()] if part.filename == "content.xml" else []
    size = 0
    with archive.open(part) as packed:
        while (chunk := packed.read(CHUNK)) and size <= left:
            size += len(chunk)
            for extent in extents:
                extent.feed(chunk)
    widest = max(extents, key=lambda extent: extent.rows * extent.columns)
    return widest.rows, widest.columns, size
