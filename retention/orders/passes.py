"""From a source to typed lines, in one pass over a large file wherever its sample tells enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.formats import Formats, choose_formats
from retention.orders.lines import typed_lines
from retention.orders.problems import Problems
from retention.orders.repeated_header import without_headers
from retention.orders.report_rows import with_report_rows
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
    """Formats from a sample, then every line; None where a line does not keep to them, or has no date."""
    doubts = Problems("orders", source.name)
    formats = choose_formats(source.sample, theirs, settings, doubts)
    if doubts:
        return None
    typed = _typed(source, source.rows, theirs, kept, formats, settings)
    is_whole = not lost_cells(typed) and _has_dates(typed)
    return (typed, formats) if is_whole else None


def _has_dates(typed: Any) -> bool:
    undated = typed.filter(typed.ordered_at.isnull()).select("line_number").limit(1)
    return not to_arrow(undated).num_rows


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
    formats = _formats(source, rows, theirs, settings, problems)
    typed = _typed(source, rows, theirs, kept, formats, settings)
    return typed if source.is_remote else with_report_rows(typed, rows, theirs), formats


def _formats(
    source: Source, rows: Any, theirs: Mapping[str, str], settings: Settings, problems: Problems
) -> Formats:
    """The formats; where they cannot be told, those of the cells without headers that come again."""
    doubts = Problems("orders", source.name)
    formats = choose_formats(rows, theirs, settings, doubts)
    cells = without_headers(rows, theirs) if doubts and not source.is_remote else rows
    if cells is not rows:
        return choose_formats(cells, theirs, settings, problems)
    problems.add(doubts)
    return formats


def _typed(
    source: Source,
    rows: Any,
    theirs: Mapping[str, str],
    kept: Sequence[str],
    formats: Formats,
    settings: Settings,
) -> Any:
    return typed_lines(source, rows, theirs=theirs, kept=kept, formats=formats, settings=settings)
