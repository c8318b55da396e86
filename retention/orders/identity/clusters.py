"""Who is one person: parties that share an e-mail address or a phone number, directly or by others.

A value that too many share says nothing about who they are: a shop's own number, typed where the
customer gave none; the address that a marketplace puts in; a front desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# Nobody keeps more accounts, phones or addresses than this; a family's or an office's are fewer, too.
MOST = 5
# Ids that ordered once may be a guest's, a new one at each checkout; so many are nobody's.
MOST_IDS = 100


@dataclass(frozen=True)
class Parties:
    """Rows of (id, values) in the order of preference, as codes from 0; -1 is missing."""

    ids: Codes
    values: dict[str, Codes]
    is_account: Flags


@dataclass(frozen=True)
class Clusters:
    """`labels`: one number per row, equal for one person. `used`: links that were used, by kind."""

    labels: Codes
    used: dict[str, Flags]
    shared_by_too_many: dict[str, int]


def read_parties(rows: pa.Table, kinds: tuple[str, ...]) -> Parties:
    """Codes of the columns `id` and `kinds`; an account is an id with two orders or more."""
    ids = _codes(rows["id"])
    is_account = np.zeros(ids.max(initial=-1) + 1, dtype=bool)
    repeats = np.asarray(rows["has_orders"].fill_null(False)).astype(bool) & (ids >= 0)
    is_account[ids[repeats]] = True
    return Parties(ids, {kind: _codes(rows[kind]) for kind in kinds}, is_account)


def find_clusters(parties: Parties) -> Clusters:
    """Connected components over the values that can be one person's own."""
    count = len(parties.ids)
    named = parties.ids.max(initial=-1) + 1
    # A row without an id stands for itself.
    nodes = np.where(parties.ids >= 0, parties.ids, named + np.arange(count))
    used: dict[str, Flags] = {}
    shared: dict[str, int] = {}
    ends: list[Codes] = []
    offset = named + count
    for kind, values in parties.values.items():
        crowded = _crowded(parties, kind, nodes)
        shared[kind] = int(crowded.sum())
        used[kind] = _usable(values, crowded) & ~_has_many(nodes, values)
        ends.append(np.where(used[kind], values + offset, -1))
        offset += values.max(initial=-1) + 1
    starts = np.concatenate([nodes for _ in ends])
    links = np.concatenate(ends)
    kept = links >= 0
    graph = coo_array((np.ones(kept.sum(), bool), (starts[kept], links[kept])), (offset, offset))
    _, labels = connected_components(graph, directed=False)
    return Clusters(labels[nodes].astype(np.int64), used, shared)


def _crowded(parties: Parties, kind: str, nodes: Codes) -> Flags:
    """Values of a kind that too many share, by accounts, by ids, or by the other kind's values."""
    values = parties.values[kind]
    size = values.max(initial=-1) + 1
    has_id = parties.ids >= 0
    accounts = has_id.copy()
    accounts[has_id] = parties.is_account[parties.ids[has_id]]
    crowded = _partners(values, nodes, accounts, size) > MOST
    crowded |= _partners(values, nodes, has_id, size) > MOST_IDS
    for other, theirs in parties.values.items():
        if other != kind:
            crowded |= _partners(values, theirs, theirs >= 0, size) > MOST
    return crowded


def _partners(values: Codes, others: Codes, chosen: Flags, size: int) -> Codes:
    """How many different others each value stands beside."""
    chosen = chosen & (values >= 0)
    base = others.max(initial=0) + 1
    # Sorted, not hashed as np.unique would: ten times quicker on a million pairs.
    pairs = np.sort(values[chosen] * base + others[chosen])
    is_new = np.diff(pairs, prepend=-1) > 0
    return np.bincount(pairs[is_new] // base, minlength=size).astype(np.int64)


def _has_many(nodes: Codes, values: Codes) -> Flags:
    """Rows of ids with too many values: an office, a shop, or someone who sends gifts."""
    partners = _partners(nodes, values, values >= 0, int(nodes.max(initial=-1)) + 1)
    many: Flags = partners[nodes] > MOST
    return many


def _usable(values: Codes, crowded: Flags) -> Flags:
    usable = values >= 0
    usable[usable] = ~crowded[values[usable]]
    return usable


def _codes(column: Any) -> Codes:
    """Equal texts, equal numbers; missing is -1."""
    encoded = column.combine_chunks().dictionary_encode()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    return np.asarray(encoded.indices.fill_null(-1)).astype(np.int64)
