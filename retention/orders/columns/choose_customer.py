"""Which column tells people apart: an id, else an e-mail address or a telephone number."""

from __future__ import annotations

from collections import defaultdict

from retention.orders.columns.choose_column import choose_column
from retention.orders.columns.draft import SHARED, Draft
from retention.orders.columns.reason import COULD_TOO
from retention.texts import text

# Fewer orders in the sample say nothing of who comes back.
ENOUGH_ORDERS = 50


def choose_customer(draft: Draft) -> None:
    """Take the customer's column; refuse one that is another for every order.

    Names are no ids: where e-mail addresses or telephone numbers stand beside them, those are taken.
    """
    if not draft.has("customer_id"):
        return
    problems = len(draft.problems)
    choose_column(draft, "customer_id")
    if draft.column("customer_id") is None:
        _from_contact(draft, problems)
    elif draft.sample[draft.guesses["customer_id"].source_column].name_share > 0.5:
        _instead_of_names(draft)
    _refuse_one_per_order(draft)
    _say_others(draft)


def _say_others(draft: Draft) -> None:
    """Ids by another name that tell other people apart."""
    customer = draft.column("customer_id")
    if customer is None or draft.is_given("customer_id"):
        return
    contacts = [draft.column(name) for name in SHARED]
    others = [theirs for tier in draft.tiers("customer_id") for theirs in tier]
    others = [name for name in others if name not in contacts and _is_other(draft, customer, name)]
    if others and "customer_id" not in draft.rivalled:
        draft.say("customer_id", text(COULD_TOO, column=repr(others[0])))


def _is_other(draft: Draft, customer: str, name: str) -> bool:
    """Whether a column of ids groups the rows otherwise; names of people are no ids."""
    contents = draft.sample[name]
    pairs = set(zip(draft.sample[customer].cells, contents.cells, strict=True))
    is_same = len(pairs) == len({one for one, _ in pairs}) == len({two for _, two in pairs})
    return bool(contents.filled) and contents.name_share <= 0.5 and not is_same


def _from_contact(draft: Draft, problems: int) -> None:
    """An e-mail address or telephone number instead of an id that is missing or empty."""
    best = _best_contact(draft)
    # Two ids that differ stay a problem: the analyst has ids, and knows which.
    is_rival = len(draft.tiers("customer_id")) > 0 and len(draft.problems) > problems
    if best is None or (is_rival and "could be" in draft.problems[-1]):
        return
    del draft.problems[problems:]
    draft.refused.discard("customer_id")
    no_use, none = text("the customer ids are no use"), text("no column of customer ids")
    draft.take("customer_id", best, f"{no_use if is_rival else none}; {_tells_apart(best)}")


def _instead_of_names(draft: Draft) -> None:
    names = draft.guesses["customer_id"].source_column
    best = _best_contact(draft)
    if best is not None and draft.sample[best].fill_share >= 0.5:
        shared = text("{column} holds names, which people share", column=repr(names))
        draft.take("customer_id", best, f"{shared}; {_tells_apart(best)}")
        return
    draft.say("customer_id", text("names: people who share one become one"))


def _tells_apart(source_column: str) -> str:
    return text("{column} tells people apart", column=repr(source_column))


def _best_contact(draft: Draft) -> str | None:
    """The fuller of e-mail and telephone; the e-mail where both are."""
    found = [theirs for name in SHARED if (theirs := draft.column(name)) is not None]
    return max(found, key=lambda theirs: draft.sample[theirs].fill_share, default=None)


def _refuse_one_per_order(draft: Draft) -> None:
    """Some shops give every order a customer id of its own; another column is the person."""
    order, customer = draft.column("order_id"), draft.column("customer_id")
    if order is None or customer is None:
        return
    orders = _values_by_order(draft, order, customer)
    if len(orders) < ENOUGH_ORDERS or len(set().union(*orders.values())) < len(orders):
        return
    better = [
        theirs for theirs in _other_people(draft, customer) if _comes_back(draft, order, theirs)
    ]
    if better:
        del draft.guesses["customer_id"]
        draft.refuse(
            "customer_id",
            f"{customer!r} is another one on each of the {len(orders):,} orders looked at, so nobody "
            f"could come back, but {better[0]!r} returns. Say which is the person: "
            f"columns={{'customer_id': {better[0]!r}}}.",
        )


def _other_people(draft: Draft, customer: str) -> list[str]:
    contact = [theirs for name in SHARED if (theirs := draft.column(name)) is not None]
    known = [theirs for tier in draft.tiers("customer_id") for theirs in tier]
    return [theirs for theirs in (*known, *contact) if theirs != customer]


def _comes_back(draft: Draft, order: str, person: str) -> bool:
    """Whether a column has one value for an order, and the same one on several orders."""
    orders = _values_by_order(draft, order, person)
    people = set().union(*orders.values())
    is_filled = draft.sample[person].fill_share >= 0.8
    one_each = all(len(values) <= 1 for values in orders.values())
    return is_filled and one_each and ENOUGH_ORDERS / 10 < len(people) < 0.98 * len(orders)


def _values_by_order(draft: Draft, order: str, column: str) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    cells = zip(draft.sample[order].cells, draft.sample[column].cells, strict=True)
    for one, value in cells:
        if one is not None and value is not None:
            found[one].add(value)
    return found
