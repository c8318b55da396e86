"""How stages are called on charts: in full, and short enough for the head of a column."""

from __future__ import annotations

from collections.abc import Iterable

from retention.errors import ArgumentError, examples
from retention.texts import text

# In the order of a life.
STAGES: dict[str, tuple[str, str]] = {
    "prospect": ("Prospect", "Prospect"),
    "new": ("New", "New"),
    "growing": ("Growing", "Growing"),
    "loyal": ("Loyal", "Loyal"),
    "at_risk": ("At risk", "At risk"),
    "won_back": ("Won back", "Won back"),
    "lapsed_once": ("Lapsed after one purchase", "Lapsed (1)"),
    "lapsed": ("Lapsed", "Lapsed"),
}
NOT_YET_KNOWN = "not_yet_known"


def known_stages(table: str, found: Iterable[str]) -> list[str]:
    """The stages that occur, in the order of a life, those not yet known at the end.

    Raises
    ------
    ArgumentError
        If one is unknown.
    """
    there = set(found)
    order = [*STAGES, NOT_YET_KNOWN]
    unknown = sorted(there - set(order))
    if unknown:
        raise ArgumentError(
            f"{table}: {len(unknown)} of {len(there)} stages are unknown ({examples(unknown)}). "
            f"Pass the table that {table}(...) returns."
        )
    return [stage for stage in order if stage in there]


def stage_word(stage: str, *, is_short: bool = False) -> str:
    """A stage in words."""
    if stage == NOT_YET_KNOWN:
        return text("Not known") if is_short else text("Not yet known")
    return text(STAGES[stage][is_short])
