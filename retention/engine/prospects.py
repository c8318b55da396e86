"""When people were first seen, and when they first bought: who is known and has not bought."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.end_scale import EndScale


def prospects(seen: Any, spells: list[Any], *, scale: EndScale) -> Any:
    """People by the end at which they were first seen and the one at which they first bought.

    Who never bought has the number after the last. `seen`: customer_id, seen_number. `spells`: rows by
    `customer_id`.
    """
    firsts = [rows.select("customer_id", "start") for rows in spells]
    both = firsts[0] if len(firsts) == 1 else firsts[0].union(firsts[1])
    first = both.group_by("customer_id").agg(bought_number=_.start.min())
    people = seen.left_join(first, "customer_id")
    people = people.mutate(bought_number=people.bought_number.fill_null(scale.last + 1))
    return people.group_by("seen_number", "bought_number").agg(people=_.count())
