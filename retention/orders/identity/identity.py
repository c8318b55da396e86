"""One person, one id: ids that share an e-mail address or a phone number are merged on request."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Literal

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis import _

from retention.engine.connection import private_connection, store
from retention.engine.frames import to_arrow, to_frame
from retention.errors import ArgumentError, choose, examples
from retention.names import check_columns
from retention.orders.identity.clusters import Clusters, Parties, find_clusters, read_parties
from retention.orders.identity.shared_ids import shared_ids
from retention.orders.identity.values import email_values, phone_values
from retention.orders.lines import read_text
from retention.orders.rules.placeholders import placeholder_ids
from retention.orders.source import open_source

NORMAL = {"email": email_values, "phone": phone_values}
COLUMNS = check_columns(
    (
        "customer_id", "source_ids", "emails", "phones", "lines_without_id", "orders", "lines",
        "first_line_at", "last_line_at",
    )
)  # fmt: skip
_KEYS = ("customer_id", "email", "phone")


def merge_people(
    lines: Any,
    merge_by: Sequence[str],
    *,
    people: pd.DataFrame | None = None,
    placeholders: tuple[str, ...] | Literal["auto"] = "auto",
) -> tuple[Any, pd.DataFrame]:
    """Lines with the person's id as `customer_id`, the source's as `source_customer_id`; the merged.

    The person's id is that of the earliest line, the smallest text among equals. Lines without an id
    (or with a placeholder's) get the person of their e-mail or phone; where nobody there has an id,
    "guest-" and 16 hexadecimal digits of the value's SHA-256: the same in every reading, and no secret
    to someone who can guess the value. The second result has one row per person made of several ids or
    of lines without one, the largest first.

    Raises
    ------
    ArgumentError
        If e-mail or phone stand nowhere, people and orders share no id, or the lines lie in a remote table.
    """
    for name in merge_by:
        choose("merge_by", name, tuple(NORMAL))
    _refuse_remote(lines)
    kinds = tuple(name for name in NORMAL if name in merge_by)
    given = _people_rows(people, kinds)
    _refuse_absent(kinds, lines.columns, given.columns if given is not None else ())
    shared = shared_ids(lines, given) if given is not None else {}
    parties = _parties(lines, given, kinds, placeholder_ids(lines, placeholders))
    answers, counts = _answers(parties, kinds)
    named = parties.inner_join(store(answers), "party")
    merged = store(_replaced(lines, named))
    clusters = _clusters(merged, named)
    clusters.attrs.update(counts, **_not_used(parties, kinds), **shared, merge_by=list(kinds))
    return merged, clusters


def _refuse_remote(lines: Any) -> None:
    if lines.get_backend() is not private_connection():
        raise ArgumentError(
            "merge_by: the orders lie in a remote table, whose ids are not pulled from there. Merge "
            "them in the warehouse (one customer_id per person), or pass a file or DataFrame."
        )


def _refuse_absent(kinds: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> None:
    absent = [kind for kind in kinds if kind not in ours and kind not in theirs]
    if absent:
        raise ArgumentError(
            f"merge_by: {len(absent)} of {len(kinds)} columns to merge by are not there "
            f"({examples(absent)}). See orders.mapping; name them with columns={{"
            f'{absent[0]!r}: "the source\'s name"}}, or pass people= with customer_id and '
            f"{absent[0]}."
        )


def _people_rows(people: pd.DataFrame | None, kinds: Sequence[str]) -> Any:
    if people is None:
        return None
    rows = open_source(people, "people").rows
    if "customer_id" not in rows.columns:
        raise ArgumentError(
            f"people: no column customer_id among {examples(rows.columns)}. Read the table with "
            "read_people() first."
        )
    kept = ["customer_id", *(kind for kind in kinds if kind in rows.columns)]
    return rows.select(**{name: read_text(rows[name]) for name in kept}).distinct()


def _parties(lines: Any, people: Any, kinds: Sequence[str], placeholders: Sequence[str]) -> Any:
    """Distinct (id, e-mail, phone), in the order in which they may name a person."""
    keys = {name: _present(lines, name) for name in _KEYS if name in ("customer_id", *kinds)}
    found = lines.group_by(**keys).agg(
        lines=_.count(),
        first_line_at=_.ordered_at.min(),
        last_line_at=_.ordered_at.max(),
        first_order=_.order_id.min(),
        last_order=_.order_id.max(),
    )
    if people is not None:
        empty = {name: ibis.null(kind) for name, kind in found.schema().items() if name not in keys}
        filled = (
            {name: _present(people, name) for name in keys} | empty | {"lines": ibis.literal(0)}
        )
        found = found.union(people.select(**filled).cast(found.schema()))
    # A list in an expression is compared one by one; a table is looked up.
    listed = store(pa.table({"customer_id": pa.array(placeholders, pa.string())}))
    found = found.left_join(listed.mutate(is_placeholder=True), "customer_id")
    found = found.drop("customer_id_right").mutate(
        id=ibis.ifelse(_.is_placeholder.fill_null(False), ibis.null("string"), _.customer_id),
        has_orders=(_.first_order < _.last_order).fill_null(False),
    )
    found = store(found)
    for kind in kinds:
        values = NORMAL[kind](found[kind]).rename({kind: "text", f"{kind}_value": "value"})
        found = found.left_join(values, kind).drop(f"{kind}_right")
    order = ["first_line_at", "id", *(f"{kind}_value" for kind in kinds)]
    numbered = ibis.row_number().over(
        order_by=[ibis.asc(name, nulls_first=False) for name in order]
    )
    return store(found.mutate(party=numbered))


def _present(rows: Any, name: str) -> Any:
    return rows[name] if name in rows.columns else ibis.null("string")


def _answers(parties: Any, kinds: tuple[str, ...]) -> tuple[pa.Table, dict[str, Any]]:
    """The person of each party; null where nothing says who it was."""
    values = {kind: parties[f"{kind}_value"] for kind in kinds}
    rows = to_arrow(parties.select("party", "id", "has_orders", **values).order_by("party"))
    read = read_parties(rows, kinds)
    clusters = find_clusters(read)
    answers = pa.table({"party": rows["party"], "person": _persons(rows, read, clusters)})
    counts = {f"{kind}s_shared_by_too_many": clusters.shared_by_too_many[kind] for kind in kinds}
    return answers, counts


def _not_used(parties: Any, kinds: Sequence[str]) -> dict[str, int]:
    """E-mails and phones as written that are nobody's own: masked, too short, typed to get past a form."""
    cells = {
        f"{kind}s_not_used": parties[kind].nunique(
            where=parties[f"{kind}_value"].isnull() & (parties[kind].strip() != "")
        )
        for kind in kinds
    }
    row = to_arrow(parties.agg(**cells)).to_pylist()[0]
    return {name: int(count) for name, count in row.items()}


def _persons(rows: pa.Table, parties: Parties, clusters: Clusters) -> pa.Array:
    has_id = parties.ids >= 0
    is_known = has_id | np.logical_or.reduce(list(clusters.used.values()))
    # Rows stand in the order of preference; those with an id come before those without.
    order = np.lexsort((np.arange(len(has_id)), ~has_id))
    order = order[is_known[order]]
    labels, places = np.unique(clusters.labels[order], return_index=True)
    names = _names(rows, clusters, order[places])
    found = np.searchsorted(labels, clusters.labels)
    taken = pa.array(np.where(is_known, found, 0), mask=~is_known)
    return names.take(taken)


def _names(rows: pa.Table, clusters: Clusters, places: Any) -> pa.Array:
    ids = rows["id"].take(pa.array(places)).to_pylist()
    values: list[str | None] = [None] * len(places)
    for kind, used in clusters.used.items():
        theirs = rows[kind].take(pa.array(places)).to_pylist()
        usable = zip(values, theirs, used[places], strict=True)
        values = [value or (own if is_used else None) for value, own, is_used in usable]
    named = [name or _guest(value or "") for name, value in zip(ids, values, strict=True)]
    return pa.array(named, pa.string())


def _guest(value: str) -> str:
    return f"guest-{hashlib.sha256(value.encode()).hexdigest()[:16]}"


def _replaced(lines: Any, named: Any) -> Any:
    """The lines with the person in place of the id; orders without an id of their own follow it."""
    keys = [name for name in _KEYS if name in named.columns and name in lines.columns]
    is_other = named.person.notnull() & ~named.person.identical_to(named.customer_id)
    changed = named.filter(is_other & (named.lines > 0)).select("person", *keys)
    changed = store(changed.rename({f"party_{name}": name for name in keys}))
    same = [lines[name].fill_null("") == changed[f"party_{name}"].fill_null("") for name in keys]
    joined = lines.left_join(changed, same).drop(*(f"party_{name}" for name in keys))
    joined = joined.mutate(
        source_customer_id=joined.customer_id,
        customer_id=ibis.coalesce(joined.person, joined.customer_id),
    ).drop("person")
    own = joined.customer_id.concat("@", joined.ordered_at.strftime("%Y-%m-%d %H:%M:%S"))
    own = ibis.coalesce(own, joined.order_id)
    return joined.mutate(order_id=ibis.ifelse(joined.has_order_id, joined.order_id, own))


def _clusters(merged: Any, named: Any) -> pd.DataFrame:
    bought = named.filter(named.person.notnull() & (named.lines > 0))
    people = bought.group_by(customer_id=bought.person).agg(
        source_ids=bought.id.nunique(),
        lines_without_id=bought.lines.sum(where=bought.id.isnull()).fill_null(0),
        lines=bought.lines.sum(),
        first_line_at=bought.first_line_at.min(),
        last_line_at=bought.last_line_at.max(),
        **{f"{kind}s": _values(bought, kind) for kind in NORMAL},
    )
    listed = store(people.filter((_.source_ids > 1) | (_.lines_without_id > 0)))
    theirs = merged.semi_join(listed, "customer_id").group_by("customer_id")
    counted = listed.left_join(theirs.agg(orders=_.order_id.nunique()), "customer_id")
    largest = [ibis.desc(name) for name in ("source_ids", "lines")]
    return to_frame(counted.order_by(*largest, "customer_id"), COLUMNS)


def _values(parties: Any, kind: str) -> Any:
    name = f"{kind}_value"
    return parties[name].nunique() if name in parties.columns else ibis.literal(0)
