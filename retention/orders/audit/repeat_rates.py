"""The 180-day repeat rate of many readings at once, from the days on which each has a purchase."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.frames import to_arrow
from retention.orders.audit.rule_bits import BIT
from retention.orders.keep import keep

WITHIN_DAYS = 180
Reading = tuple[str, str]


def _several(numbers: Any, count: Any) -> Any:
    """DuckDB gives several of the least; Ibis does not know."""


_least = ibis.udf.agg.builtin(_several, name="min", signature=(("int64", "int64"), "array<int64>"))


def first_days(presence: Any, readings: list[Reading], *, days_repeat: bool) -> Any:
    """Per customer and reading (a column and a rule): `first_i`, and whether they came `back_i`."""
    if not days_repeat and presence.get_backend().name == "duckdb":
        return keep(_from_two_days(presence, readings))
    days = presence.mutate(
        **{f"in_{place}": _is_in(presence, reading) for place, reading in enumerate(readings)}
    )
    firsts = days.group_by("customer_id").agg(
        **{f"first_{i}": days.day.min(where=days[f"in_{i}"]) for i in range(len(readings))}
    )
    both = days.join(firsts, "customer_id")
    return keep(
        both.group_by("customer_id").agg(
            **{f"first_{i}": both[f"first_{i}"].min() for i in range(len(readings))},
            **{f"back_{i}": _is_back(both, i).max() for i in range(len(readings))},
        )
    )


def _from_two_days(presence: Any, readings: list[Reading]) -> Any:
    """The first and second day say it all, without holding every day against the first."""
    every = range(len(readings))
    two = {
        f"two_{i}": _least(
            _is_in(presence, readings[i]).ifelse(presence.day, ibis.null("int64")), 2
        )
        for i in every
    }
    found = presence.group_by("customer_id").agg(**two)
    gaps = {i: found[f"two_{i}"][1] - found[f"two_{i}"][0] for i in every}
    return found.select(
        "customer_id",
        **{f"first_{i}": found[f"two_{i}"][0] for i in every},
        **{f"back_{i}": (gaps[i] <= WITHIN_DAYS).fill_null(False).ifelse(1, 0) for i in every},
    )


def count_back(firsts: Any, readings: list[Reading], *, as_of_day: int) -> list[tuple[int, int]]:
    """Per reading, the customers observed for 180 days, and those of them who came back in time."""
    counts: dict[str, Any] = {}
    for place in range(len(readings)):
        eligible = (as_of_day - firsts[f"first_{place}"] >= WITHIN_DAYS).fill_null(False)
        back = eligible & (firsts[f"back_{place}"] == 1)
        counts |= {f"eligible_{place}": eligible.ifelse(1, 0).sum()}
        counts |= {f"back_{place}": back.ifelse(1, 0).sum()}
    row = to_arrow(firsts.agg(**counts)).to_pylist()[0]
    return [
        (int(row[f"eligible_{place}"] or 0), int(row[f"back_{place}"] or 0))
        for place in range(len(readings))
    ]


def _is_in(presence: Any, reading: Reading) -> Any:
    column, rule = reading
    return (presence[column] & ibis.literal(BIT[rule], "int64")) != 0


def _is_back(days: Any, place: int) -> Any:
    gap = days.day - days[f"first_{place}"]
    return (days[f"in_{place}"] & gap.between(1, WITHIN_DAYS)).fill_null(False).ifelse(1, 0)
