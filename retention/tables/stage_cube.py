"""Customers by end, the stage they were in at the end before, and the one they are in now."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from retention.engine.beside import beside
from retention.engine.customer_keys import with_keys
from retention.engine.end_scale import EndScale
from retention.engine.frames import to_frame
from retention.engine.prospects import prospects
from retention.engine.spells import Spells, spells
from retention.engine.stage_moves import (
    AT_RISK,
    GROWING,
    LAPSED,
    LOYAL,
    MOVES,
    NEW,
    NOBODY,
    NOTHING,
    WON_BACK,
    stage_moves,
)
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.end_dates import end_days
from retention.tables.known_people import known_people
from retention.tables.lapse_thresholds import LapseThresholds
from retention.tables.stage_names import NOT_YET_KNOWN, PLACE, STAGES

# Stages, those not yet known, and at the first end nothing that came before.
FROM, TO = len(STAGES) + 2, len(STAGES) + 1
BEFORE_ALL = FROM - 1
_UNKNOWN, _PROSPECT = PLACE[NOT_YET_KNOWN], PLACE["prospect"]
# The stage of each kind of the engine while it buys: nobody, new, growing, loyal, won back.
_ACTIVE = np.zeros(5, dtype=np.int64)
for _kind, _name in ((NEW, "new"), (GROWING, "growing"), (LOYAL, "loyal"), (WON_BACK, "won_back")):
    _ACTIVE[_kind] = PLACE[_name]
Ints = NDArray[np.int64]


def stage_cube(
    orders: Orders,
    scale: EndScale,
    thresholds: LapseThresholds,
    *,
    loyal: int,
    people: pd.DataFrame | None = None,
) -> Ints:
    """Counts of shape (ends, stages before, stages), in the order of `PLACE`; people once per end.

    At the first end all come from `BEFORE_ALL`. Every sum over the last axis is the stock of the end
    before, but for those who were not known then.
    """
    found = spells(orders.orders, refundable_lines(orders), scale=scale)
    options = {"at_risk": thresholds.at_risk, "lapsed": thresholds.lapsed, "loyal": loyal}
    cube = np.zeros((len(scale.ends), FROM, TO), dtype=np.int64)
    if people is None:
        for part in found.parts():
            _add_moves(cube, to_frame(stage_moves(part, scale=scale, **options), MOVES), scale)
        return cube
    seen = known_people(people, end_days(scale)[-1])
    with beside(orders.orders, _numbered(seen, scale)) as rows:
        for part, theirs in zip(found.parts(), _keyed(rows, found), strict=True):
            moves = stage_moves(part, scale=scale, seen=theirs, **options)
            _add_moves(cube, to_frame(moves, MOVES), scale)
        counted = prospects(rows, found.with_ids(), scale=scale)
        columns = ("seen_number", "bought_number", "people")
        _add_prospects(cube, to_frame(counted, columns), scale)
    return cube


def refundable_lines(orders: Orders) -> Any | None:
    """Lines of which refunds undo orders; none where a refund is money of its own month only."""
    return orders.lines if orders.options.returns == "behaviour" else None


def _numbered(seen: pd.Series, scale: EndScale) -> pa.Table:
    """Ids with the number of the first end at which they were known."""
    days = np.array([day_number(day) for day in seen], dtype=np.int64)
    numbers = scale.first + np.searchsorted(np.array(scale.ends), days)
    ids = pa.array([str(one) for one in seen.index], type=pa.string())
    return pa.table({"customer_id": ids, "seen_number": pa.array(numbers, type=pa.int64())})


def _keyed(rows: Any, found: Spells) -> list[Any]:
    """People by the key that each part of the spells has."""
    plain = with_keys(rows, found.orders)
    return [plain] if found.restated is None else [plain, rows.rename(customer="customer_id")]


def _add_moves(cube: Ints, moves: pd.DataFrame, scale: EndScale) -> None:
    """Every spell at every end that it holds."""
    rows = {name: moves[name].to_numpy() for name in MOVES}
    length = (rows["stop"] - rows["start"]).astype(int)
    place = np.repeat(np.arange(len(moves)), length)
    since = np.arange(len(place)) - np.repeat(np.cumsum(length) - length, length)
    end = rows["start"][place] + since
    now = _stage(rows, place, end)
    before = np.where(since > 0, _stage(rows, place, end - 1), _came_from(rows)[place])
    before = np.where(end == scale.first, BEFORE_ALL, before)
    np.add.at(cube, (end - scale.first, before, now), rows["customers"][place])


def _stage(rows: dict[str, Any], place: Ints, end: Ints) -> Ints:
    """The stage at an end within a spell."""
    silence = (end >= rows["at_risk_from"][place]).astype(np.int64)
    silence = np.where(end >= rows["lapsed_from"][place], LAPSED, silence)
    return _named(rows["kind"][place], silence, rows["was_seen"][place])


def _came_from(rows: dict[str, Any]) -> Ints:
    kind = np.where(rows["kind_before"] == NOTHING, NOBODY, rows["kind_before"])
    return _named(kind, rows["silence_before"], rows["was_seen_before"])


def _named(kind: Ints, silence: Ints, was_seen: Ints) -> Ints:
    stage: Ints = np.where(silence == AT_RISK, PLACE["at_risk"], _ACTIVE[kind])
    lapsed = np.where(kind == NEW, PLACE["lapsed_once"], PLACE["lapsed"])
    stage = np.where(silence == LAPSED, lapsed, stage)
    return np.where(kind == NOBODY, np.where(was_seen == 1, _PROSPECT, _UNKNOWN), stage)


def _add_prospects(cube: Ints, people: pd.DataFrame, scale: EndScale) -> None:
    """People from the end at which they are known to the one at which they have bought."""
    for seen, bought, count in people.itertuples(index=False):
        for end in range(seen, bought):
            before = _UNKNOWN if end == seen else _PROSPECT
            before = BEFORE_ALL if end == scale.first else before
            cube[end - scale.first, before, _PROSPECT] += count
