"""Why a dashboard's figure differs from ours, in one sentence per reason."""

from __future__ import annotations

from retention.texts import text


def explanation(reason: str) -> str:
    """The sentence of a reason: a rule of the audit, or a way of counting."""
    if reason in _counting():
        return _counting()[reason]
    rules = _rules()
    return rules.get(reason, text("Lines that this rule of the audit sets aside."))


def _counting() -> dict[str, str]:
    return {
        "as given": text("The figure of the dashboard."),
        "as given, lines": text("The figure of the dashboard; it comes nearest to counting lines."),
        "as given, net": text(
            "The figure of the dashboard; it comes nearest to sales less what was paid back."
        ),
        "as given, guests": text(
            "The figure of the dashboard; it comes nearest to counting each guest as a customer."
        ),
        "as given, refunds": text(
            "The figure of the dashboard; it comes nearest to counting refunds as orders, too."
        ),
        "as given, adjustments": text(
            "The figure of the dashboard; it comes nearest to counting every order id."
        ),
        "adjustments_as_orders": text(
            "Order ids under which items were taken off for no money, such as write-offs."
        ),
        "refunds_as_orders": text(
            "Order ids with nothing but refunds, such as credit notes; no order was placed."
        ),
        "lines_as_orders": text("An order has several lines, and each was counted."),
        "guests_as_customers": text("Orders without a customer, each counted as one."),
        "day_edges": text("Orders whose day is another one in the dashboard's timezone."),
        "merged_customers": text("Several ids of the source are one person."),
        "order_two_customers": text("One order id with several customers is one order of each."),
        "matched_refund": text(
            "Refunds are booked back to the order that they undo; refunded in full, it is none."
        ),
        "same_day": text("Two orders on one day are one purchase day: nobody came back."),
        "burn_in": text(
            "At the start of the history, older customers look new; they are left out."
        ),
        "unexplained": text("What the lines that were read cannot explain."),
        "ours": text("The figure behind every table here."),
    }


def _rules() -> dict[str, str]:
    return {
        "repeated_header": text("Rows that repeat the header, or describe it: no lines."),
        "footer": text("Notes below the table: no lines."),
        "unreadable_date": text("Lines whose date cannot be read."),
        "unreadable_amount": text("Lines whose amount cannot be read."),
        "impossible_date": text("Lines dated before 1990."),
        "future_date": text("Lines dated after today."),
        "total_row": text("Rows of totals, which count everything twice."),
        "missing_customer": text("Lines without a customer: nobody to follow."),
        "placeholder_customer": text("Lines of an id that stands for nobody, such as a guest's."),
        "overlapping_files": text("Lines that an earlier file holds already."),
        "exact_duplicate": text("Lines that repeat an earlier one whole."),
        "restated": text("Lines that a later file holds with another status."),
        "cancelled": text("Cancelled orders, and those refused on delivery."),
        "returned": text("Orders that were sent back, by their status or by the money given back."),
        "not_completed": text("Pending orders and tests."),
        "zero_amount": text("Orders in which nothing was paid."),
        "non_product": text("Lines for postage, fees and the like."),
        "unmatched_refund": text("Refunds for which no order was found."),
        "after_as_of": text("Lines after the as-of date."),
    }
