"""Files of any kind, packed or not, opened one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from retention.orders.sources.columnar import open_columnar
from retention.orders.sources.json_rows import open_json
from retention.orders.sources.kind import find_kind
from retention.orders.sources.packed import unpack
from retention.orders.sources.part import Part
from retention.orders.sources.request import Request
from retention.orders.sources.text_file import open_text
from retention.orders.sources.workbook import open_workbook

PACKED = ("zip", "gzip", "bzip2", "xz", "zstd")


def open_files(files: Sequence[Path], labels: Sequence[str], request: Request) -> list[Part]:
    """The parts of all files, each with a label of its own.

    Raises
    ------
    OrdersError
        If one of them is not there, or no table.
    """
    opened = [
        (label, _opened(path, label, request)) for path, label in zip(files, labels, strict=True)
    ]
    if len(opened) == 1:
        return opened[0][1]
    return [
        replace(part, label=label if len(parts) == 1 else f"{label}: {part.label}")
        for label, parts in opened
        for part in parts
    ]


def _opened(path: Path, label: str, request: Request, *, is_own: bool = False) -> list[Part]:
    """A packed file may hold several; packed files inside packed ones are opened once."""
    kind = find_kind(path, label, request)
    if kind in PACKED:
        if is_own:
            raise request.refusal(
                f"{label} is packed twice. Unpack it and give the path of the table."
            )
        inner = unpack(path, kind, label, request)
        return [one for own, name in inner for one in _opened(own, name, request, is_own=True)]
    if kind == "workbook":
        return open_workbook(path, label, request)
    if kind == "text":
        return [open_text(path, label, request, is_own=is_own)]
    if kind == "json":
        return [open_json(path, label, request)]
    return [open_columnar(path, label, request, is_own=is_own)]
