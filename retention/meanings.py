"""What tables of several meanings say: one sentence for each way of counting."""

from __future__ import annotations

COHORT_RETENTION = (
    "Share of the customers first seen in a {period} who bought again in the given later {period}."
)
COHORT_VALUE = (
    "Net amount (refunds booked back) per customer of the cohort, whether they came back or "
    "not, by {period} since the first purchase."
)

# Tables of several meanings say which one they have: cohorts by definition and by how ages are cut,
# values of cohorts by what is measured. A period that is not over has a sentence only where there is one.
MEANINGS: dict[str, str] = {
    "on calendar": COHORT_RETENTION,
    "on calendar, partial": (
        "Share of the customers first seen in a {period} who bought again in the given later "
        "{period}; the {period} that holds the as-of date is partial and not pooled."
    ),
    "on relative": (
        "Share of the customers first seen in a {period} who bought in the given window of {days} "
        "days after their own first purchase; only customers whose window is over count."
    ),
    "on_or_after calendar": (
        "Share of the customers first seen in a {period} who bought in the given later {period} or "
        "in one after it, up to age {max_age}; only cohorts that are complete then."
    ),
    "on_or_after relative": (
        "Share of the customers first seen in a {period} who bought in the given window of {days} "
        "days after their own first purchase or in one after it, up to age {max_age}; only cohorts "
        "that are complete then."
    ),
    "on_or_before calendar": (
        "Share of the customers first seen in a {period} with a second purchase day by the end of "
        "the given {period}, their first one included."
    ),
    "on_or_before calendar, partial": (
        "Share of the customers first seen in a {period} with a second purchase day by the end of "
        "the given {period}, their first one included; the {period} that holds the as-of date is "
        "partial and not pooled."
    ),
    "on_or_before relative": (
        "Share of the customers first seen in a {period} with a second purchase day by the end of "
        "the given window of {days} days after their own first purchase, the first window included; "
        "only customers whose window is over count."
    ),
    "brackets": (
        "Share of the customers first seen in a {period} who bought within the given days after "
        "their own first purchase; only customers whose days are over count."
    ),
    "all who bought": (
        "Estimated share who came back for {returning_to} within the given days of a purchase; those "
        "not yet back count for as long as they were observed (Kaplan-Meier)."
    ),
    "rates of customers": (
        "Repeat rate: customers with two or more purchase days. Loyalty rate: of those, the ones with "
        "{loyal_orders} or more."
    ),
    "rate of people": "Customer rate: customers of all people.",
    "endless value": (
        "Expected margin of all orders to come, without an end, each discounted from the day it comes by "
        "{annual_discount_rate:.0%} a year. Estimates from {model}."
    ),
    "net calendar": COHORT_VALUE,
    "net relative": (
        "Net amount (refunds booked back) per customer of the cohort, whether they came back or "
        "not, by windows of {days} days since their own first purchase; only customers whose window "
        "is over count."
    ),
    "gross calendar": (
        "Gross amount (refunds not subtracted) per customer of the cohort, whether they came back "
        "or not, by {period} since the first purchase."
    ),
    "gross relative": (
        "Gross amount (refunds not subtracted) per customer of the cohort, whether they came back "
        "or not, by windows of {days} days since their own first purchase; only customers whose "
        "window is over count."
    ),
    "margin calendar": (
        "Margin (net amount less the cost of the goods) per customer of the cohort, whether they "
        "came back or not, by {period} since the first purchase."
    ),
    "margin relative": (
        "Margin (net amount less the cost of the goods) per customer of the cohort, whether they "
        "came back or not, by windows of {days} days since their own first purchase; only customers "
        "whose window is over count."
    ),
    "orders calendar": (
        "Orders per customer of the cohort, the first one included, whether they came back or not, "
        "by {period} since the first purchase."
    ),
    "orders relative": (
        "Orders per customer of the cohort, the first one included, whether they came back or not, "
        "by windows of {days} days since their own first purchase; only customers whose window is "
        "over count."
    ),
    "items calendar": (
        "Items (returned ones subtracted) per customer of the cohort, whether they came back or "
        "not, by {period} since the first purchase."
    ),
    "items relative": (
        "Items (returned ones subtracted) per customer of the cohort, whether they came back or "
        "not, by windows of {days} days since their own first purchase; only customers whose window "
        "is over count."
    ),
}
