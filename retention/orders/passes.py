"""From a source to typed lines, in one pass over a large file wherever its sample tells enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retention.engine.connection import store
from retention.orders.formats import Formats, choose_formats
from retention.orders.lines import typed_lines
from retention.orders.problems import Problems
from retention.orders.rules.repeats import with_repeats
from retention.orders.settings import Settings
from retention.orders.source import Source, reading
from retention.orders.unreadable import lost_cells


def read_lines(
    source: Source,
    theirs: Mapping[str, str],
    kept: Sequence[str],
    settings: Settings,
    problems: Problems,
) -> tuple[Any, Formats]:
    """Typed lines with their repetitions marked, and the formats by which they were read."""
    with reading(source):
        is_large = source.sample is not None
        found = _in_one_pass(source, theirs, kept, settings) if is_large else None
        typed, formats = found or _in_two_passes(source, theirs, kept, settings, problems)
    return typed if source.is_remote else with_repeats(typed), formats


def _in_one_pass(
    source: Source, theirs: Mapping[str, str], kept: Sequence[str], settings: Settings
) -> tuple[Any, Formats] | None:
    """Formats from a sample, then every line; None where a line does not keep to them."""
    doubts = Problems("orders", source.name)
    formats = choose_formats(source.sample, theirs, settings, doubts)
    if doubts:
        return None
    typed = _typed(source, source.rows, theirs, kept, formats, settings)
    return None if lost_cells(typed) else (typed, formats)


def _in_two_passes(
    source: Source,
    theirs: Mapping[str, str],
    kept: Sequence[str],
    settings: Settings,
    problems: Problems,
) -> tuple[Any, Formats]:
    """Formats from all cells, then every line."""
    is_large = source.sample is not None
    rows = store(source.rows, f"reading {source.name}") if is_large else source.rows
    formats = choose_formats(rows, theirs, settings, problems)
    return _typed(source, rows, theirs, kept, formats, settings), formats


def _typed(
    source: Source,
    rows: Any,
    theirs: Mapping[str, str],
    kept: Sequence[str],
    formats: Formats,
    settings: Settings,
) -> Any:
    return typed_lines(source, rows, theirs=theirs, kept=kept, formats=formats, settings=settings)
