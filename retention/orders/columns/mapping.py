"""Which column is which: from headers and cells, with the reason; refused when unsure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from retention.errors import OrdersError, examples
from retention.orders.columns.check_states import check_states
from retention.orders.columns.choose_amount import choose_amount
from retention.orders.columns.choose_column import choose_column
from retention.orders.columns.choose_customer import choose_customer
from retention.orders.columns.declaration import Declaration
from retention.orders.columns.declarations import ORDERS
from retention.orders.columns.draft import Draft
from retention.orders.columns.exports import export_columns
from retention.orders.columns.guess import Guess as Guess
from retention.orders.columns.money_back import check_money_back
from retention.orders.columns.net_amount import check_net
from retention.orders.columns.overlooked import say_overlooked
from retention.orders.columns.shape import shape_problem
from retention.orders.columns.suggestion import did_you_mean, take_from_contents
from retention.orders.plain import plain as plain
from retention.orders.source import Source
from retention.texts import text

SYNONYMS = ORDERS.names
NUMBERS = ORDERS.of_kind("money", "number")
# What others rest on comes first.
FIRST = ("order_id", "email", "phone")
LAST = ("quantity", "unit_price", "amount", "discount", "refunded", "cost", "margin")


def map_columns(
    source: Source,
    declaration: Declaration = ORDERS,
    columns: Mapping[str, str | None] | None = None,
    *,
    amount_of: str = "auto",
) -> list[Guess]:
    """The source's column for each of ours, with the reason; one given as None is not looked for.

    `amount_of` says whether an amount is its line's, or its order's ("auto": as the cells tell).

    Raises
    ------
    OrdersError
        If a needed column is not found, two columns could be it, or the table is of another kind. All
        such problems at once.
    """
    said = {ours: _as_read(theirs, source) for ours, theirs in (columns or {}).items()}
    _check_given(said, source, declaration)
    given = {ours: theirs for ours, theirs in said.items() if theirs}
    draft = Draft(source, declaration, given)
    draft.refused |= set(said) - set(given)
    draft.amount_of = amount_of
    _choose(draft)
    found = [*draft.problems, *_missing(draft)]
    if declaration is ORDERS and not _is_given(given):
        shape = shape_problem(draft)
        found = [shape] if shape else found
    if found:
        raise OrdersError(f"{declaration.noun}: {source.name} cannot be mapped. " + " ".join(found))
    return draft.mapping()


def _as_read(theirs: str | None, source: Source) -> str | None:
    """Files are read with tidy headers: one space between words, accents composed."""
    if not theirs or theirs in source.rows.columns:
        return theirs
    tidy = " ".join(unicodedata.normalize("NFC", theirs).split())
    return tidy if tidy in source.rows.columns else theirs


def _is_given(given: Mapping[str, str]) -> bool:
    """Whether the analyst has said it all: then the shape of the table is their choice."""
    return {"customer_id", "ordered_at"} <= given.keys() and _has_amount(given)


def _has_amount(mapped: Mapping[str, object]) -> bool:
    return "amount" in mapped or {"quantity", "unit_price"} <= mapped.keys()


def _choose(draft: Draft) -> None:
    if draft.declaration is ORDERS:
        _take_export(draft)
    for name in FIRST:
        _choose_one(draft, name)
    choose_customer(draft)
    between = [name for name in draft.declaration.names if name not in LAST]
    for name in (*between, *LAST):
        _choose_one(draft, name)
    for name in draft.declaration.needed():
        take_from_contents(draft, name)
    if draft.declaration is ORDERS:
        check_net(draft)
        check_money_back(draft)
        check_states(draft)
        say_overlooked(draft)
        _say_what_an_order_is(draft)


def _say_what_an_order_is(draft: Draft) -> None:
    """Without order ids, where it puts several rows together."""
    customer, time = draft.column("customer_id"), draft.column("ordered_at")
    if customer is None or time is None or draft.column("order_id") is not None:
        return
    rows = zip(draft.sample[customer].cells, draft.sample[time].cells, strict=True)
    known = [row for row in rows if None not in row]
    if len(set(known)) < len(known):
        draft.say(
            "ordered_at", text("no order id: rows of one customer and one time are one order")
        )


def _take_export(draft: Draft) -> None:
    for ours, (theirs, reason) in export_columns(draft.sample.names).items():
        if draft.has(ours):
            draft.take(ours, theirs, reason)


def _choose_one(draft: Draft, name: str) -> None:
    if not draft.has(name):
        return
    if name == "amount":
        choose_amount(draft)
    else:
        choose_column(draft, name)


def _missing(draft: Draft) -> list[str]:
    needed = [name for name in draft.declaration.required() if draft.has(name)]
    if draft.has("amount") and not _has_amount(draft.guesses):
        take_from_contents(draft, "amount")
        needed += ["amount"] if draft.has("amount") else []
    if not needed:
        return []
    present = draft.sample.names
    return [
        f"No column found for {examples(needed)} among its {len(present)} ({_listed(present)})."
        f"{did_you_mean(draft, needed)} Name them: "
        f'columns={{{needed[0]!r}: "the source\'s name"}}.{_without_amounts(needed)}'
    ]


def _without_amounts(needed: list[str]) -> str:
    """A list of purchases without money is of use, too."""
    if needed != ["amount"]:
        return ""
    return (
        ' If the source has no amounts, pass columns={"amount": None}: all that counts purchases '
        "still holds."
    )


def _listed(present: Sequence[str]) -> str:
    return examples(present) + (", ..." if len(present) > 3 else "")


def _shown(present: Sequence[str]) -> str:
    """All of them where that is a line or two: somebody looks for the right one."""
    return examples(present, 20) + (" and more" if len(present) > 20 else "")


def _check_given(given: Mapping[str, str | None], source: Source, declaration: Declaration) -> None:
    noun, present = declaration.noun, list(source.rows.columns)
    unknown = [name for name in given if name not in declaration.names]
    if unknown:
        further = (
            "keep further columns with attributes=[...]"
            if declaration is ORDERS
            else ("further columns are kept under their own names")
        )
        raise OrdersError(
            f"{noun}: columns= names {len(unknown)} unknown columns ({examples(unknown)}). The keys are "
            f"{', '.join(declaration.names)}; {further}."
        )
    nowhere = [ours for ours in declaration.required() if ours in given and not given[ours]]
    if nowhere:
        raise OrdersError(
            f"{noun}: columns= says that there is no {examples(nowhere)}, and nothing can be read "
            "without. Name the source's column for it."
        )
    absent = [name for name in given.values() if name and name not in present]
    if absent:
        raise OrdersError(
            f"{noun}: {source.name} has no column {examples(absent)}. It has {_shown(present)}."
        )
