"""Packed files: unpacked into the temporary folder, up to a limit."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyarrow as pa

from retention.errors import examples
from retention.orders.sources.kind import Kind, is_named_as_table
from retention.orders.sources.request import Request

CHUNK = 2**20
FREE = 2**30  # bytes that are unpacked whatever the packed size
RATIO = 200  # beyond them, how many times the packed size a table may have
LIMIT = 20 * 2**30


def unpack(path: Path, kind: Kind, label: str, request: Request) -> list[tuple[Path, str]]:
    """The files in it, unpacked, each with what to call it.

    Raises
    ------
    OrdersError
        If it is damaged, protected by a password, holds no table, or unpacks to far too much.
    """
    try:
        if kind == "zip":
            return _unpack_zip(path, label, request)
        name = path.name if path.suffix.lower() not in _ENDINGS else path.stem
        ending = Path(name).suffix or ".csv"
        with _OPEN[kind](path) as packed:
            return [(_copy(packed, ending, path, label, request), label)]
    except BROKEN as error:
        raise request.refusal(
            f"{label} could not be unpacked ({str(error).strip() or 'it ends too early'}). Copy or "
            "download it again."
        ) from error


def most_unpacked(path: Path) -> int:
    """Bytes to which a packed file may unpack."""
    return min(LIMIT, max(FREE, RATIO * path.stat().st_size))


def _zstd(path: Path) -> Any:
    return pa.CompressedInputStream(pa.OSFile(str(path)), "zstd")


# Each library says in its own way that what it reads is not what it was written as.
BROKEN = (
    OSError, EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, pa.ArrowException,
)  # fmt: skip
_ENDINGS = (".gz", ".bz2", ".xz", ".zst")
_OPEN: dict[Kind, Callable[[Path], Any]] = {
    "gzip": gzip.open,
    "bzip2": bz2.open,
    "xz": lzma.open,
    "zstd": _zstd,
}


def _unpack_zip(path: Path, label: str, request: Request) -> list[tuple[Path, str]]:
    with zipfile.ZipFile(path) as archive:
        files = [one for one in archive.infolist() if not one.is_dir()]
        tables = [one for one in files if _is_table(one.filename)]
        if not tables:
            found = examples(one.filename for one in files)
            raise request.refusal(
                f"{label} holds no table among its {len(files)} files ({found}). Unpack it and give "
                "the path of the table."
            )
        if any(one.flag_bits & 1 for one in tables):
            raise request.refusal(
                f"{label} is protected by a password. Unpack it and give the path of the table."
            )
        return [_member(archive, one, path, label, request) for one in tables]


def _is_table(name: str) -> bool:
    member = PurePosixPath(name.replace("\\", "/"))
    is_hidden = member.name.startswith(".") or "__MACOSX" in member.parts
    return is_named_as_table(Path(member.name)) and not is_hidden


def _member(
    archive: zipfile.ZipFile, one: zipfile.ZipInfo, path: Path, label: str, request: Request
) -> tuple[Path, str]:
    # The member's own path is never used: it may point out of the folder.
    with archive.open(one) as packed:
        ending = PurePosixPath(one.filename).suffix.lower()
        return _copy(packed, ending, path, label, request), one.filename


def _copy(packed: IO[bytes], ending: str, path: Path, label: str, request: Request) -> Path:
    target = request.new_file(ending)
    most = most_unpacked(path)
    size = 0
    with target.open("wb") as copy:
        while chunk := packed.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise request.refusal(
                    f"{label} unpacks to more than {most / 2**30:,.1f} GB, from "
                    f"{path.stat().st_size / 2**20:,.1f} MB. If it is right, unpack it yourself and "
                    "give the path of the table."
                )
            copy.write(chunk)
    return target
