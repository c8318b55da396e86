"""What may be replaced: files that were written here before, and never what is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from retention.errors import ExportError, OrdersError, examples
from retention.files import at_home
from retention.orders.orders import Orders
from retention.orders.sources.paths import find_files
from retention.orders.sources.request import Request


def refuse_sources(orders: Orders, targets: Iterable[Path]) -> None:
    """Refuse to write over a file that the orders, or what goes with them, were made from.

    Raises
    ------
    ExportError
        If a target is one of them, under whatever name.
    """
    read = [path for path in _read(orders) if path.exists()]
    lost = [path for path in targets if path.exists() and any(map(path.samefile, read))]
    if lost:
        raise ExportError(
            f"{lost[0].parent}: {len(lost)} of the files to be written are files that are read "
            f"({examples(path.name for path in lost)}), and would be lost. Nothing was written. "
            "Choose another folder or name with -o."
        )


def refuse_others(folder: Path, notebooks: Iterable[str], settings: str) -> None:
    """Refuse a folder with notebooks or settings of somebody's own, which a report would replace.

    A report's notebooks say that they were run by one; its settings lie beside them.

    Raises
    ------
    ExportError
        If there is one.
    """
    there = [path for path in (folder / f"{name}.ipynb" for name in notebooks) if path.exists()]
    others = [path for path in there if not _is_of_a_report(path)]
    toml = folder / settings
    if toml.exists() and (others or not any(map(_is_of_a_report, folder.glob("*.ipynb")))):
        others.append(toml)
    if others:
        raise ExportError(
            f"{folder}: {len(others)} of the files there were not written by a report "
            f"({examples(path.name for path in others)}), and one would replace them. Nothing was "
            f"written. Choose another folder with -o, such as {folder / 'report'}."
        )


def _read(orders: Orders) -> Iterator[Path]:
    chosen = orders.choices
    for one in (orders.people, chosen.touches, chosen.template):
        if isinstance(one, (str, Path)):
            yield at_home(one)
    if isinstance(orders.origin, (str, Path, list, tuple)):
        with suppress(OrdersError):  # It has gone since, or was never a path.
            yield from find_files(orders.origin, Request("orders", Path()))


def _is_of_a_report(notebook: Path) -> bool:
    with suppress(OSError, ValueError, RecursionError, TypeError, KeyError):
        return "papermill" in json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
    return False
