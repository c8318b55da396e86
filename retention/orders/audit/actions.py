"""What the audit says of each rule: what was done, and what could be done instead."""

from __future__ import annotations

from retention.texts import text


def action(rule: str, *, set_aside: int, kept: int) -> str:
    """One or two sentences in the language of the context."""
    if rule == "zero_amount" and set_aside:
        return text("Set aside: orders in which nothing was paid, as asked for.")
    if rule == "non_product" and set_aside:
        return text("Set aside: postage, fees and the like, as asked for.")
    if rule == "customer_per_order" and kept:
        return text(
            "No customer has two orders: the column is probably an id of the order. Pass "
            "columns={'customer_id': ...} to take another one."
        )
    return _set_aside(rule) or _reported(rule)


def _set_aside(rule: str) -> str:
    return {
        "lines_read": text("All lines of the source."),
        "unreadable_date": text("Set aside. Pass date_format= if the day comes first."),
        "unreadable_amount": text("Set aside. Pass decimal= if the comma is the decimal sign."),
        "impossible_date": text("Set aside: before 1990."),
        "future_date": text(
            "Set aside: after today. Pass as_of= to name the last day yourself instead."
        ),
        "missing_customer": text(
            "Set aside: nobody to follow. Repeat rates are about known customers."
        ),
        "placeholder_customer": text(
            "Set aside: an id that stands for nobody. Pass placeholder_ids= to name them, "
            "placeholder_ids=[] to keep all."
        ),
        "overlapping_files": text(
            "Lines that an earlier file has, too, set aside where there is an order id; orders that "
            "stand in several files with other lines are kept."
        ),
        "exact_duplicate": text(
            "Repetitions of a whole line set aside where there is an order id."
        ),
        "cancelled": text("Set aside: cancelled or refused on delivery is no purchase."),
        "returned": text("Set aside: the status says that the order was sent back."),
        "not_completed": text("Set aside: pending or test orders."),
        "zero_amount": text(
            "Counted as purchases. Pass zero_amounts='set_aside' to leave them out."
        ),
        "non_product": text(
            "Postage, fees and the like, kept. Pass non_products='set_aside' to leave them out."
        ),
        "unmatched_refund": text("Set aside: no order found that this refund undoes."),
        "after_as_of": text("Not used: after the as-of date."),
        "lines_used": text("Lines behind every number."),
    }.get(rule, "")


def _reported(rule: str) -> str:
    return {
        "negative_amount": text("Refunds, matched or not, and discounts within their order."),
        "matched_refund": text("Booked back to the order it undoes, from its own date on."),
        "lossy_ids": text(
            "Kept: ids that look as if a spreadsheet read them as numbers (1.2E+15, 17850.0, lost "
            "zeros). Export them as text again: two customers may have become one."
        ),
        "customer_per_order": text("Some customers have several orders, or there are too few."),
        "order_two_dates": text(
            "Kept as one order on its first day: its sales lie on two local dates."
        ),
        "order_two_customers": text(
            "Kept as an order of each customer. Order numbers may begin anew with each shop or year."
        ),
        "burst": text(
            "Kept: 20 and more orders at one moment, or of one customer on one day; an import, a "
            "robot, or many people behind one id."
        ),
        "extreme_buyer": text(
            "Kept: customers far beyond all others, perhaps wholesale or staff. See "
            "orders.headlines for every headline without the top 1 %."
        ),
        "unreadable_number": text(
            "Kept without the number: a quantity, price, discount or cost that cannot be read."
        ),
        "midnight_shift": text(
            "Orders that would lie on another day if the times are not local. Pass timezone= if "
            "they carry no offset and were noted elsewhere."
        ),
        "merged_customers": text("Lines whose id became another one, by e-mail or phone."),
    }[rule]
