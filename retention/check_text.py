"""What `retention check` says: what was understood, what is left out, and what that changes."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from retention.charts.number import format_number
from retention.command_words import command_words, settings_hint
from retention.orders.orders import Orders
from retention.text_table import text_table
from retention.texts import text

# Rules about the orders as a whole: their sentence is always told.
WHOLE = ("guests", "history_start", "left_truncation", "partial_last_period", "stale_as_of")
RATES = ("repeat_rate_180", "repeat_rate_180_without", "repeat_rate_180_if_set_aside")
SHOWN_PEOPLE = 5


def check_text(orders: Orders, *, width: int = 96) -> str:
    """Columns, the rules that touch something with their effects, and the headlines."""
    audit = orders.audit
    whole = audit["rule"].isin(WHOLE)
    touched = audit[(audit["lines"] > 0) & ~whole]
    parts = [
        [repr(orders)],
        text_table((text("column"), text("in the source"), text("why")), _mapping(orders), width),
        *_not_used(orders, width),
        text_table(_header(orders), _lines(touched, orders.currency), width),
        _legend(width),
        _actions(pd.concat([touched.iloc[1:-1], audit[whole]]), width),
        *_merged(orders, width),
        text_table(
            (text("headline"), text("all"), text("without top 1 %")), _headlines(orders), width
        ),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def _mapping(orders: Orders) -> list[list[str]]:
    return [
        [command_words(str(cell)) for cell in row] for row in orders.mapping.itertuples(index=False)
    ]


def _not_used(orders: Orders, width: int) -> Iterator[list[str]]:
    names = orders.mapping.attrs.get("not_used", [])
    if names:
        told = text("Not used: {columns}.", columns=", ".join(map(repr, names)))
        yield textwrap.wrap(told, width, subsequent_indent="  ")


def _header(orders: Orders) -> tuple[str, ...]:
    money = text("{currency} aside", currency=orders.currency or text("amount"))
    return (text("rule"), text("lines"), text("aside"), money, text("back"), text("without"),
            text("if aside"))  # fmt: skip


def _lines(audit: pd.DataFrame, currency: str | None) -> list[list[str]]:
    return [
        [
            str(row["rule"]),
            format_number(row["lines"]),
            format_number(row["lines_set_aside"]),
            format_number(row["amount_set_aside"], number_format="money", currency=currency),
            *(format_number(row[name], number_format="percent") for name in RATES),
        ]
        for row in audit.to_dict("records")
    ]


def _legend(width: int) -> list[str]:
    return textwrap.wrap(
        text(
            "aside: what the rule set aside. back: customers back within 180 days, as the rules are; "
            "without: with this rule off; if aside: with the lines that it reports set aside, too."
        ),
        width,
    )


def _actions(rows: pd.DataFrame, width: int) -> list[str]:
    told = dict(zip(rows["rule"], rows["action"], strict=True))
    said = [f"{rule}: {command_words(action)}" for rule, action in told.items()]
    hint = settings_hint(" ".join(told.values()))
    return [
        line
        for sentence in [*said, hint]
        for line in textwrap.wrap(sentence, width, subsequent_indent="  ")
    ]


def _merged(orders: Orders, width: int) -> Iterator[list[str]]:
    """The people made of the most ids; nothing where no merging was asked for."""
    if orders.identity is None:
        return
    people = f"{len(orders.identity):,}"
    yield textwrap.wrap(text("People who stand for several ids, or for lines without one: {people}.",
                             people=people), width)  # fmt: skip
    yield from (textwrap.wrap(said, width) for said in _matched(orders.identity.attrs))
    largest = orders.identity.head(SHOWN_PEOPLE)[["customer_id", "source_ids", "orders"]]
    if len(largest):
        rows = [[str(cell) for cell in row] for row in largest.itertuples(index=False)]
        yield text_table((text("person"), text("ids"), text("orders")), rows, width)


def _matched(counts: Mapping[Hashable, Any]) -> Iterator[str]:
    """How much of what people could have been told by was of use."""
    if "ids_in_people" in counts:
        yield text("Ids of the orders that are in the table of people: {shared} of {ids}.",
                   shared=f"{counts['ids_in_people']:,}", ids=f"{counts['ids_in_orders']:,}")  # fmt: skip
    for kind in ("emails", "phones"):
        if counts.get(f"{kind}_not_used"):
            yield text("Nobody's own (masked, or placeholders), so that they tell nothing: {kind}, "
                       "{count}.",
                       count=f"{counts[f'{kind}_not_used']:,}", kind=text(kind))  # fmt: skip


def _headlines(orders: Orders) -> list[list[str]]:
    return [
        [row["name"], *(figure_text(row["name"], row[column], orders.currency)
                        for column in ("estimate", "without_top_1"))]
        for row in orders.headlines.to_dict("records")
    ]  # fmt: skip


def figure_text(name: str, value: float, currency: str | None) -> str:
    """A headline in its unit; empty where there is none."""
    if value != value:
        return ""
    if name in ("amount", "average_order_value"):
        return format_number(value, number_format="money", currency=currency)
    if name.startswith("repeat_rate"):
        return format_number(value, number_format="percent")
    return format_number(value, number_format="decimal" if value % 1 else "integer")
