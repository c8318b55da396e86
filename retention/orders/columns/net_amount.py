"""Amounts are net: held against the discounts beside them, and refused where they are before these."""

from __future__ import annotations

from retention.hidden_ids import example_cells
from retention.orders.columns.amounts_of import amounts_of, basis_of
from retention.orders.columns.counts_once import counts_once
from retention.orders.columns.discounts import discounts_of, is_rate
from retention.orders.columns.draft import Draft
from retention.orders.columns.line_totals import line_totals
from retention.orders.columns.net_proof import GROSS, NetProof
from retention.orders.columns.order_level import level_of
from retention.orders.columns.order_rows import rows_by_order
from retention.orders.columns.reason import after
from retention.texts import text


def check_net(draft: Draft) -> None:
    """Take the order's total after discount where sums prove it; refuse amounts before a discount.

    What the analyst has named is taken as it is said.
    """
    if _is_said(draft):
        return
    if draft.is_given("quantity") and draft.is_given("unit_price"):
        return
    lines, discounts = amounts_of(draft), discounts_of(draft)
    if lines is None or not discounts:
        return
    proof = NetProof(draft, lines, discounts)
    found = proof.net_total()
    if found is not None and _can_count(draft, found[0]):
        _take_total(draft, *found)
    elif reason := _why_net(proof):
        draft.say(basis_of(draft) or "amount", after(discounts[0], reason))
    elif _is_before(draft, proof):
        _refuse(draft, found[0] if found else proof.sum_total(), discounts[0])
    else:
        draft.say("amount", text("taken as after {column}", column=repr(discounts[0])))


def _is_said(draft: Draft) -> bool:
    """Whether the analyst has said what the amount is, as far as that is possible."""
    if draft.amount_of == "order":
        _say_order(draft)
    if draft.is_given("amount"):
        _check_given(draft)
    return draft.is_given("amount") or draft.amount_of == "order"


def _check_given(draft: Draft) -> None:
    """An order's total that stands on every line counts once where that is certain."""
    given = draft.guesses["amount"].source_column
    level = level_of(draft, given)
    if counts_once(draft, given):
        draft.say(
            "amount", text("it repeats the order's total on each of its lines, and counts once")
        )
    elif level == "repeated":
        draft.refuse(
            "amount",
            f"{given!r} looks like the order's total, the same on each of its lines. {_say_whose(draft)}",
        )
    elif level == "perhaps repeated":
        draft.say(
            "amount",
            text(
                "it is the same on every line of an order, and counted once for each line: pass "
                'amount_of="order" if it is the order\'s total'
            ),
        )


def _say_order(draft: Draft) -> None:
    """What was said of the amount has to be possible."""
    if draft.column("order_id") is None or draft.column("amount") is None:
        draft.refuse("amount", 'amount_of="order" needs a column of order ids, and one of amounts.')
    elif draft.is_remote:
        draft.refuse("amount", f"No line of a remote table is the first. {_say_whose(draft)}")
    elif not draft.is_given("amount"):
        draft.say("amount", text("it was said to be the order's total, and counts once"))


def _say_whose(draft: Draft) -> str:
    if draft.is_remote:
        return (
            "Keep one row for each order with a query first, or pass "
            'amount_of="line" if each line has its own.'
        )
    return 'Pass amount_of="order" to count it once, or amount_of="line" if it is the line\'s.'


def _can_count(draft: Draft, total: str) -> bool:
    order = draft.column("order_id")
    if order is None or all(len(rows) == 1 for rows in rows_by_order(draft.sample, order)):
        return True
    return level_of(draft, total) == "once" or counts_once(draft, total)


def _take_total(draft: Draft, total: str, discount: str) -> None:
    columns = {"total": repr(total), "discount": repr(discount)}
    draft.take(
        "amount", total, text("{total} is the sum of the order's lines less {discount}", **columns)
    )
    if counts_once(draft, total):
        draft.say("amount", text("it stands on each line of the order, and counts once"))


def _why_net(proof: NetProof) -> str | None:
    if price := proof.list_price():
        return text("it is taken off from {column}", column=repr(price))
    if total := proof.sum_total():
        return text("the lines add up to {column}", column=repr(total))
    return None


def _is_before(draft: Draft, proof: NetProof) -> bool:
    """Whether nothing is taken off: prices, columns called gross, and quantity x price."""
    amount = draft.column("amount")
    rank = None if amount is None else draft.field("amount").rank(amount)
    if rank is None or rank[0] == GROSS:
        return True
    full = line_totals(draft)
    return full is not None and proof.is_before(full)


def _refuse(draft: Draft, total: str | None, discount: str) -> None:
    amount, price = draft.column("amount"), draft.column("unit_price")
    quantity = draft.column("quantity")
    if amount is None:
        what = f"{quantity!r} x {price!r}"
        paid = f"frame[{quantity!r}] * frame[{price!r}]"
        own = f"{{'quantity': {quantity!r}, 'unit_price': {price!r}}}"
    else:
        what, paid, own = repr(amount), f"frame[{amount!r}]", f"{{'amount': {amount!r}}}"
    cells = [cell for cell in draft.sample[discount].shown if cell.strip("0.,% ")]
    other = f"columns={{'amount': {total!r}}} if that is what was paid; " if total else ""
    draft.refuse(
        "amount",
        f"{what} would be before what {discount!r} takes off ({example_cells(cells)}), and amounts are "
        f"after it. Say what was paid: {other}columns={own} if it is after the discount already; or "
        f"a column of your own{_formula(draft, paid, discount)}, with columns={{'amount': 'paid'}}.",
    )


def _formula(draft: Draft, paid: str, discount: str) -> str:
    """What each line costs in the end, where the discount is of the line."""
    if level_of(draft, discount) != "line":
        return ' called "paid"'
    off = f"frame[{discount!r}]"
    less = f"{paid} * (1 - {off})" if is_rate(draft, discount) else f"{paid} - {off}"
    return f", such as frame['paid'] = {less}"
