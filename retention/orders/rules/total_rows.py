"""Rows of totals among the lines ("Tổng cộng", "Grand total"): counted, all money would count twice.

A customer or an order of such a name is none. A product may be called so: there the amount has to be
the sum of the other lines of its order. A row without a date is one wherever the name stands in it
(see `report_rows`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
from ibis import _

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.rules.total_words import is_total_word, may_be_total

_IDS = ("customer_id", "order_id")
_ORDER = ["customer_id", "order_id"]


def with_totals(lines: Any, *, texts: Mapping[str, Any], keeps_ids: bool, is_remote: bool) -> Any:
    """Adds `is_total` (it is called so) and `is_sum` (it is one for certain).

    With `keeps_ids`, a customer of such a name was said to be one. `texts`: the `distinct_texts` of
    the columns for which they are there.
    """
    found = {
        name: _total_texts(texts.get(name, lines), name)
        for name in (*_IDS, "product")
        if name in lines.columns
    }
    marked = _with_named_totals(lines, found, keeps_ids=keeps_ids, is_remote=is_remote)
    if "report_row" not in lines.columns:
        return marked
    undated = (marked.report_row == "total_row").fill_null(False)
    return marked.mutate(is_total=marked.is_total | undated, is_sum=marked.is_sum | undated)


def _with_named_totals(
    lines: Any, found: Mapping[str, list[str]], *, keeps_ids: bool, is_remote: bool
) -> Any:
    if not any(found.values()):
        return lines.mutate(is_total=ibis.literal(False), is_sum=ibis.literal(False))
    called = {name: _among(lines, name, found.get(name, [])) for name in (*_IDS, "product")}
    is_id = called["order_id"] if keeps_ids else called["customer_id"] | called["order_id"]
    is_total = called["customer_id"] | called["order_id"] | called["product"]
    marked = lines.mutate(is_total=is_total, is_sum=is_id, is_total_product=called["product"])
    if found.get("product"):
        marked = (_sums_on_the_engine if is_remote else _sums)(marked)
    return marked.drop("is_total_product")


def _total_texts(lines: Any, column: str) -> list[str]:
    texts = lines.filter(may_be_total(lines[column])).select(column).distinct()
    return sorted(filter(is_total_word, to_arrow(texts)[column].to_pylist()))


def _among(lines: Any, column: str, texts: list[str]) -> Any:
    return lines[column].isin(texts).fill_null(False) if texts else ibis.literal(False)


def _sums(marked: Any) -> Any:
    """Products that are called totals, and are the sum of the rest of their order."""
    totals = marked.filter(marked.is_total_product).select("line_number", *_ORDER, "amount")
    others = marked.filter(~marked.is_total_product).semi_join(totals, _ORDER)
    sums = others.group_by(*_ORDER).agg(rest=_.amount.sum())
    found = totals.join(sums, [*_ORDER]).filter(_.amount == _.rest).select("line_number")
    joined = marked.left_join(store(found).mutate(is_rest=True), "line_number")
    joined = joined.mutate(is_sum=joined.is_sum | joined.is_rest.fill_null(False))
    return joined.drop("is_rest", "line_number_right")


def _sums_on_the_engine(marked: Any) -> Any:
    rest = ibis.ifelse(marked.is_total_product, None, marked.amount)
    rest = rest.sum().over(ibis.window(group_by=_ORDER))
    is_rest = marked.is_total_product & (marked.amount == rest).fill_null(False)
    return marked.mutate(is_sum=marked.is_sum | is_rest)
