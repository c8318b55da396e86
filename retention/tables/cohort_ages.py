"""What a caller says about ages, as the engine's scale: calendar periods, windows of days, brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from retention.engine.age_scale import AgeScale
from retention.errors import ArgumentError, choose, shown
from retention.orders.orders import Orders
from retention.periods import PERIOD_DAYS, PERIODS, Period, day_number, period_number

Alignment = Literal["calendar", "relative"]
Definition = Literal["on", "on_or_after", "on_or_before", "brackets"]
# Days 1 to 30, 31 to 60, 61 to 90, 91 to 180, 181 to 365: the first day itself is left out.
BRACKETS = (1, 31, 61, 91, 181, 366)


def age_scale(
    orders: Orders, *, period: Period, alignment: Alignment, edges: tuple[int, ...] | None = None
) -> AgeScale:
    """The scale of a table of cohorts.

    Raises
    ------
    ArgumentError
        If the period or the alignment is not known.
    """
    choose("period", period, PERIODS)
    choose("alignment", alignment, get_args(Alignment))
    week_start = orders.options.week_start
    return AgeScale(
        period=period,
        week_start=week_start,
        as_of_day=day_number(orders.as_of),
        as_of_number=period_number(orders.as_of, period, week_start),
        step=PERIOD_DAYS[period] if alignment == "relative" else None,
        edges=edges,
    )


def definition_of(
    definition: Definition | Sequence[int],
) -> tuple[Definition, tuple[int, ...] | None]:
    """The definition by name, and the edges of its brackets; a list of days is brackets of one's own.

    Raises
    ------
    ArgumentError
        If the name is not known, or the days do not rise.
    """
    if isinstance(definition, str):
        choose("definition", definition, get_args(Definition))
        return definition, BRACKETS if definition == "brackets" else None
    edges = tuple(definition) if isinstance(definition, Iterable) else ()
    if not _rise(edges):
        raise ArgumentError(
            f"definition: {shown(definition)} are no brackets. Give at least two whole numbers of days "
            "from 0 on, each above the one before: [1, 31, 61] is days 1 to 30 and 31 to 60."
        )
    return "brackets", tuple(int(edge) for edge in edges)


def _rise(edges: tuple[object, ...]) -> bool:
    """Whether they are two or more whole numbers from 0 on, each above the one before."""
    whole = [int(edge) for edge in edges if isinstance(edge, (int, np.integer))]
    are_whole = len(whole) == len(edges) > 1
    return are_whole and whole[0] >= 0 and all(a < b for a, b in pairwise(whole))
