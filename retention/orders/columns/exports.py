"""Exports of shop systems that call a column by a name which means something else elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from retention.orders.plain import plain
from retention.texts import text


class Export(NamedTuple):
    """An export, the headers by which it is known, its misleading ones, and misleading statuses."""

    name: str
    known_by: frozenset[str]
    columns: dict[str, str]
    states: Mapping[str, str] = MappingProxyType({})


# An order is processing in WooCommerce from its payment until it is sent.
PAID = {"processing": "completed"}
EXPORTS = (
    Export(
        "Shopify's order export",
        frozenset(("name", "financial status", "lineitem name")),
        {"order_id": "name"},
    ),
    Export(
        "Shopify's order export",
        frozenset(("name", "financial status", "created at", "total")),
        {"order_id": "name"},
    ),
    Export(
        "Magento's order grid",
        frozenset(("id", "purchase date", "grand total base")),
        {"order_id": "id", "channel": "purchase point"},
    ),
    Export(
        "KiotViet's report of customers (whose other sums are the customer's)",
        frozenset(("ma kh", "ma giao dich", "doanh thu theo giao dich")),
        {"amount": "doanh thu theo giao dich"},
    ),
    Export(
        "Olist (whose customer_id is another one for every order)",
        frozenset(("customer id", "customer unique id")),
        {"customer_id": "customer unique id"},
    ),
    Export(
        "WooCommerce's export",
        frozenset(("order number", "order status", "payment method title")),
        {},
        PAID,
    ),
    Export(
        "WooCommerce's export",
        frozenset(("order number", "order total", "cart discount", "customer user")),
        {},
        PAID,
    ),
    Export("WooCommerce's analytics", frozenset(("n revenue", "customer type")), {}, PAID),
)


def export_columns(headers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """For a known export: our name to the source's column and the reason; empty otherwise."""
    by_word = {plain(header): header for header in headers}
    for export in EXPORTS:
        if export.known_by <= by_word.keys():
            return {
                ours: (by_word[word], _called(export.name, by_word[word]))
                for ours, word in export.columns.items()
                if word in by_word
            }
    return {}


def _called(export: str, header: str) -> str:
    return text("{export} calls it {header}", export=export, header=repr(header))


def export_states(headers: Iterable[str]) -> dict[str, str]:
    """For a known export: its status texts that mean something else elsewhere, and their meaning."""
    words = set(map(plain, headers))
    return {
        word: state
        for export in EXPORTS
        if export.known_by <= words
        for word, state in export.states.items()
    }
