"""Which column is the money of a line: no quantities, no order totals repeated on every line."""

from __future__ import annotations

from retention.hidden_ids import example_cells
from retention.orders.columns.choose_column import not_ours
from retention.orders.columns.contradiction import Contradiction, usable
from retention.orders.columns.counts_once import counts_once
from retention.orders.columns.draft import Draft, say_which
from retention.orders.columns.order_level import Level, level_of
from retention.orders.columns.order_parts import parts_of
from retention.orders.columns.reason import by_header
from retention.orders.columns.settle import settle
from retention.texts import text

HOW = {
    "once": "{column} stands on one line of each order",
    "repeated": "{column} repeats the order's total on each of its lines",
}


def choose_amount(draft: Draft) -> None:
    """Take the amount of a line, or leave it to quantity x unit price; both are chosen before."""
    if not draft.has("amount"):
        return
    against: dict[str, Contradiction] = {}
    tiers = [usable(draft, "amount", tier, against) for tier in draft.tiers("amount")]
    quantity = _move_quantity(draft, tiers)
    levels = {theirs: level_of(draft, theirs) for tier in tiers for theirs in tier}
    if draft.amount_of == "order" and _take_total(draft, tiers, levels):
        return
    of_lines = [[one for one in tier if levels[one] not in HOW] for tier in tiers]
    best = next((tier for tier in of_lines if tier), [])
    totals = {theirs: HOW[level] for theirs, level in levels.items() if level in HOW}
    if best:
        _take(draft, best, levels, quantity + _first(totals))
    elif totals:
        _instead_of_totals(draft, totals, levels)
    elif against and not _is_product(draft):
        draft.refuse("amount", not_ours("amount", against))
    else:
        _from_price(draft)


def _take_total(draft: Draft, tiers: list[list[str]], levels: dict[str, Level]) -> bool:
    """Take the amount that does not change within orders, as it was said that it is theirs."""
    same = [[one for one in tier if levels[one] != "line"] for tier in tiers]
    best = next((tier for tier in (*same, *tiers) if tier), [])
    if not best:
        return False
    settled = (best[0], "") if len(best) == 1 else settle(draft.field("amount"), best, draft.sample)
    if settled is None:
        draft.refuse("amount", say_which("amount", best))
    else:
        draft.take("amount", settled[0], by_header("amount", settled[0]) + settled[1])
    return True


def _move_quantity(draft: Draft, tiers: list[list[str]]) -> str:
    """A column called amount that holds small whole numbers, beside one that holds money."""
    found = [theirs for tier in tiers for theirs in tier]
    price = draft.column("unit_price")
    money = [one for one in (*found, price) if one and not draft.sample[one].is_quantity]
    small = [one for one in found if draft.sample[one].is_quantity]
    if draft.column("quantity") or not money or not small:
        return ""
    quantity = small[0]
    for tier in tiers:
        if quantity in tier:
            tier.remove(quantity)
    draft.refused.discard("quantity")
    small_numbers = text("{column} holds small whole numbers", column=repr(quantity))
    reason = text(
        "contents: {column} holds small whole numbers, {money} holds the money",
        column=repr(quantity), money=repr(money[0]),
    )  # fmt: skip
    draft.take("quantity", quantity, reason)
    return f"; {small_numbers}"


def _first(totals: dict[str, str]) -> str:
    return "".join(f"; {_said(theirs, how)}" for theirs, how in list(totals.items())[:1])


def _said(total: str, how: str) -> str:
    return text(how, column=repr(total))


def _take(draft: Draft, best: list[str], levels: dict[str, Level], rest: str) -> None:
    settled = (best[0], "") if len(best) == 1 else settle(draft.field("amount"), best, draft.sample)
    if settled is None:
        draft.refuse("amount", say_which("amount", best))
    elif levels[settled[0]] == "perhaps repeated":
        draft.refuse("amount", _doubtful(draft, settled[0]))
    else:
        draft.take("amount", settled[0], by_header("amount", settled[0]) + settled[1] + rest)


def _doubtful(draft: Draft, theirs: str) -> str:
    return (
        f"{theirs!r} is the same on every line of each order that has several: probably the order's "
        f'total, which would be counted once for each line. Pass amount_of="order" to count it once for '
        f'each {draft.column("order_id")!r}, or amount_of="line" if it is the line\'s.'
    )


def _is_product(draft: Draft) -> bool:
    return draft.column("quantity") is not None and draft.column("unit_price") is not None


def _instead_of_totals(draft: Draft, totals: dict[str, str], levels: dict[str, Level]) -> None:
    total, how = next(iter(totals.items()))
    if _is_product(draft):
        why = text("the amount is quantity x unit_price, because {why}", why=_said(total, how))
        draft.say("unit_price", why)
    elif levels[total] == "once":
        once = text("it stands on one line of each order, and counts once")
        draft.take("amount", total, f"{by_header('amount', total)}; {once}")
    elif draft.column("unit_price"):
        _take_price(draft, _said(total, how))
    else:
        draft.refuse(
            "amount",
            f"{how.format(column=repr(total))} ({example_cells(draft.sample[total].shown)}): it would be "
            f"counted once for each line. {_way_on(draft, total)}",
        )


def _way_on(draft: Draft, total: str) -> str:
    parts = parts_of(draft, total)
    if parts is not None:
        return f"{parts!r} adds up to it: pass columns={{'amount': {parts!r}}}."
    if counts_once(draft, total):
        return (
            f"To count it once for each {draft.column('order_id')!r}, pass "
            f"columns={{'amount': {total!r}}}; or name a line's amount."
        )
    return (
        f'Pass amount_of="order" to count it once for each {draft.column("order_id")!r}, or name a '
        "line's amount: columns={'amount': \"the source's name\"}."
    )


def _from_price(draft: Draft) -> None:
    """Rows without a quantity are one item each, if no unknown column could be the quantity."""
    if draft.column("unit_price") is None or draft.column("quantity") is not None:
        return
    if not any(draft.sample[theirs].is_quantity for theirs in draft.free("quantity")):
        _take_price(draft, text("no column of quantities"))


def _take_price(draft: Draft, why: str) -> None:
    price = draft.guesses.pop("unit_price").source_column
    one_each = text("each line is one item of {column}", column=repr(price))
    draft.take("amount", price, f"{why}; {one_each}")
