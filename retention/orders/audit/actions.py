"""What the audit says of each rule: what was done, and what could be done instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retention.orders.audit.filled_actions import filled_action
from retention.orders.settings import Settings
from retention.orders.statuses import NO_STATUS
from retention.texts import text

# What was done with the lines of a rule, or what they are.
SET_ASIDE = {
    "lines_read": "All lines of the source.",
    "repeated_header": (
        "Set aside: the header again, as where files were put together, or a row below it that "
        "describes it."
    ),
    "footer": (
        "Set aside: notes below the table, one cell in a row without date and amount. See "
        "orders.set_aside('footer')."
    ),
    "unreadable_date": (
        "Set aside: not written like the dates that were read, or no day of the calendar, as 31/02. See "
        "orders.set_aside('unreadable_date'); date_format= takes several formats, as in "
        "'%Y-%m-%d | %d/%m/%Y'."
    ),
    "unreadable_amount": (
        "Set aside: no number. See orders.set_aside('unreadable_amount') for what stands there."
    ),
    "impossible_date": "Set aside: before 1990.",
    "future_date": (
        "Set aside: after today. If they have happened, pass as_of= with a day after them."
    ),
    "total_row": (
        "Set aside: rows of totals by the name of their customer or order, without a date by a "
        "name anywhere, or the sum of their order by the name of their product; others of such a "
        "product are kept. See "
        "orders.set_aside('total_row')."
    ),
    "missing_customer": "Set aside: nobody to follow. Repeat rates are about known customers.",
    "placeholder_customer": (
        "Set aside: an id that stands for nobody. Pass placeholder_ids= to name them, "
        "placeholder_ids=[] to keep all."
    ),
    "overlapping_files": (
        "Lines that an earlier file has, too, set aside where there is an order id; orders that "
        "stand in several files with other lines are kept."
    ),
    "exact_duplicate": "Repetitions of a whole line set aside where there is an order id.",
    "restated": (
        "Set aside: a later file has the same line with another status, which counts. Later is "
        "the file whose orders run longer."
    ),
    "cancelled": "Set aside: cancelled or refused on delivery is no purchase.",
    "returned": "Set aside: sent back, as the status or the money given back says.",
    "not_completed": "Set aside: pending or test orders.",
    "zero_amount": "Counted as purchases. Pass zero_amounts='set_aside' to leave them out.",
    "non_product": (
        "Postage, fees and the like, kept. Pass non_products='set_aside' to leave them out."
    ),
    "unmatched_refund": "Set aside: no order found that this refund undoes.",
    "after_as_of": "Not used: after the as-of date.",
    "lines_used": "Lines behind every number.",
}

# Of what is only reported: what was found, or looked for in vain.
REPORTED = {
    "refunded_amount": (
        "Taken off: money given back by a column of its own, from the order's own day on, for its "
        "own day is not known. An order given back whole is set aside as returned. Pass "
        "columns={'refunded': None} if the amounts are after it."
    ),
    "negative_amount": "Refunds, matched or not, and discounts within their order.",
    "quantity_against_amount": "No line has a quantity below 0 and an amount above 0.",
    "customer_from_order": (
        "Kept: lines without a customer took the only one of their order, of the same day or "
        "where money went back."
    ),
    "empty_status": (
        "Counted as completed: lines without a status. statuses={'': 'pending'} says that they "
        "are not."
    ),
    "order_two_states": (
        "Kept: orders in which equal lines, or a sale and its return, have two statuses. If the "
        "lines are steps of one sale, only its last should be in the source; statuses={...} takes "
        "earlier ones for pending. If a line says what came back, write its amount below 0."
    ),
    "similar_ids": (
        "No two ids differ only in letter case, blanks, leading zeros or the country code."
    ),
    "matched_refund": "Booked back to the order it undoes, from its own date on.",
    "lossy_ids": (
        "Kept: ids that look as if a spreadsheet read them as numbers (1.2E+15, 17850.0, lost "
        "zeros). Export them as text again: two customers may have become one."
    ),
    "customer_per_order": "Some customers have several orders, or there are too few.",
    "order_two_dates": (
        "Kept as one order on its first day: its sales lie on two local dates or more."
    ),
    "order_two_customers": (
        "Kept as an order of each customer. Order numbers may begin anew with each shop or year."
    ),
    "burst": (
        "Kept: 20 and more orders at one moment, or of one customer on one day; an import, a "
        "robot, or many people behind one id."
    ),
    "extreme_buyer": (
        "Kept: customers far beyond all others, perhaps wholesale or staff. See "
        "orders.headlines for every headline without the top 1 %."
    ),
    "unreadable_number": (
        "Kept without the number: a quantity, price, discount or cost that cannot be read."
    ),
    "midnight_shift": (
        "Not looked at. Pass timezone= to see which orders would lie on another day if their "
        "times were UTC."
    ),
    "merged_customers": "Lines whose id became another one, by e-mail or phone.",
}


def action(
    rule: str, *, lines: int, options: Settings, found: Mapping[str, str] | None = None
) -> str:
    """One or two sentences in the language of the context.

    `lines` are those that the rule looks at, `found` is what its sentence is filled with. Nobody is
    told to pass what they passed already; what reading found out by itself and what was given in its
    place is said in the same words.
    """
    if rule == "customer_per_order" and lines:
        return _customer_per_order(options)
    if rule == "midnight_shift" and options.timezone:
        return _midnight_shift(lines, options.timezone)
    filled = filled_action(rule, options, found) if found else ""
    return filled or _as_given(rule, options) or text((SET_ASIDE | REPORTED)[rule])


def _customer_per_order(options: Settings) -> str:
    if options.merge_by:
        return text(
            "No customer has two orders, merged by {merge_by}, too: the column is probably an id of "
            "the order. columns={{'customer_id': ...}} takes another one.",
            merge_by=", ".join(options.merge_by),
        )
    return text(
        "No customer has two orders: the column is probably an id of the order. "
        "columns={'customer_id': ...} takes another one; where each guest gets a new id, "
        "merge_by=['email', 'phone'] tells them by these."
    )


def _midnight_shift(lines: int, timezone: str) -> str:
    if not lines:
        return text("No order with a time of day would lie on another day if that time were UTC.")
    return text(
        "Orders that would lie on another day if their times were UTC, not those of {timezone}. "
        "Compare some of orders.set_aside('midnight_shift') with what the shop shows: if the hours "
        "differ, the shop is elsewhere, or the export dropped the offset of its times, which then "
        "should read like 2024-01-31 18:00+00:00.",
        timezone=timezone,
    )


def _as_given(rule: str, options: Settings) -> str:
    """What is said of a rule whose option was given."""
    if rule == "zero_amount" and options.zero_amounts == "set_aside":
        return text("Set aside: orders in which nothing was paid, as asked for.")
    if rule == "non_product" and options.non_products == "set_aside":
        return text("Set aside: postage, fees and the like, as asked for.")
    if rule == "placeholder_customer" and options.placeholder_ids != "auto":
        return _placeholders(options.placeholder_ids)
    if rule == "empty_status" and NO_STATUS in (options.statuses or {}):
        return text("Counted as completed: lines without a status, as asked for.")
    if rule == "matched_refund" and options.returns == "accounting":
        return text("Found to undo an order, and kept in the month of the refund, as asked for.")
    return ""


def _placeholders(named: Sequence[str]) -> str:
    if named:
        return text("Set aside: the ids that were named as standing for nobody.")
    return text("All ids kept, as asked for.")
