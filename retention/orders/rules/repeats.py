"""Lines that repeat an earlier line: found by a number made of all cells, so that it costs one pass."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.connection import store
from retention.engine.frames import to_arrow

SAME = ("line_hash", "customer_id", "order_id", "ordered_at", "amount")


def line_hash(rows: Any) -> Any:
    """A number for all cells of a line; its number and its file are not in it."""
    places = ("line_number", "source_file")
    cells = {name: rows[name] for name in rows.columns if name.casefold() not in places}
    return ibis.struct(cells).hash()


def with_repeats(typed: Any) -> Any:
    """Adds `is_repeat` (of a line of the same file) and, with several files, `is_overlap`.

    The n-th occurrence in a file overlaps the n-th occurrence in an earlier file.
    """
    again = _repeats(typed)
    flags = [name for name in again.columns if name != "line_number"]
    if to_arrow(again.count().as_table())[0][0].as_py() == 0:
        return typed.mutate(**dict.fromkeys(flags, ibis.literal(False))).drop("line_hash")
    joined = typed.left_join(again, "line_number").drop("line_number_right", "line_hash")
    return joined.mutate(**{name: joined[name].fill_null(False) for name in flags})


def _repeats(typed: Any) -> Any:
    """The lines that repeat another one, numbered only among those whose hash occurs twice."""
    # Sorting is faster than grouping where nearly every line is a group of its own.
    hashes = typed.select(
        "line_hash", before=typed.line_hash.lag().over(ibis.window(order_by="line_hash"))
    )
    twice = store(hashes.filter(hashes.line_hash == hashes.before).select("line_hash").distinct())
    candidates = typed.semi_join(twice, "line_hash")
    files = [name for name in ("source_file",) if name in typed.columns]
    in_file = ibis.window(group_by=[*SAME, *files], order_by="line_number")
    placed = candidates.select("line_number", *SAME, place=ibis.row_number().over(in_file))
    flags = {"is_repeat": placed.place > 0}
    if files:
        across = ibis.window(group_by=[*SAME, "place"], order_by="line_number")
        flags["is_overlap"] = ibis.row_number().over(across) > 0
    flagged = placed.select("line_number", **flags)
    touched = flagged.is_repeat | flagged.is_overlap if files else flagged.is_repeat
    return store(flagged.filter(touched))
