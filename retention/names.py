"""The glossary: every column that a table of this package may have, with dtype, unit and meaning.

A test refuses a table whose columns are not all here. One word, one meaning.
"""

from __future__ import annotations

from retention.column import BOOL as _BOOL
from retention.column import FLOAT as _FLOAT
from retention.column import INT as _INT
from retention.column import NULL_INT as _NULL_INT
from retention.column import STR as _STR
from retention.column import TIME as _TIME
from retention.column import Column
from retention.estimate_names import ESTIMATES
from retention.lifecycle_names import LIFECYCLE

# The group of those whose attribute is missing.
MISSING = "(missing)"
# That of the rare ones taken together.
OTHER = "(other)"

GLOSSARY: dict[str, Column] = {
    # orders
    "line_number": Column(_NULL_INT, "1..", "Row of the source, counted from 1; null if remote."),
    "customer_id": Column(_STR, "text", "Who bought; text, so that 007 stays 007."),
    "order_id": Column(_STR, "text", "Which order; its lines are one order of one customer."),
    "ordered_at": Column(
        _TIME, "local time", "When the order was placed, in the orders' timezone."
    ),
    "amount": Column(_FLOAT, "currency", "Net amount: what was paid less what was paid back."),
    "quantity": Column(_FLOAT, "items", "Number of items."),
    "unit_price": Column(_FLOAT, "currency", "Price of one item."),
    "product": Column(_STR, "text", "Product of the line."),
    "category": Column(_STR, "text", "Category of the product."),
    "channel": Column(_STR, "text", "Channel through which the order came."),
    "status": Column(_STR, "text", "Status of the order as the source words it."),
    "coupon": Column(_STR, "text", "Coupon used."),
    "discount": Column(_FLOAT, "currency", "Amount taken off by a discount."),
    "refunded": Column(_FLOAT, "currency", "Money given back, by a column of its own."),
    "province": Column(_STR, "text", "Province of the sample shop's customer."),
    "cost": Column(_FLOAT, "currency", "What the goods cost the shop."),
    "margin": Column(_FLOAT, "currency", "What is left of the amount after the cost."),
    "email": Column(_STR, "text", "E-mail address, as the source has it."),
    "phone": Column(_STR, "text", "Telephone number, as the source has it."),
    "currency": Column(_STR, "text", "Currency that the source names."),
    "is_purchase": Column(
        _BOOL, "", "Whether the order counts: not cancelled, not refunded in full."
    ),
    # people
    "first_seen_at": Column(_TIME, "local time", "When the person was first seen, buyer or not."),
    # touches and costs
    "touched_at": Column(_TIME, "local time", "When the person was touched."),
    "touch": Column(_STR, "text", "Kind of touch: ad click, page view, message sent, ..."),
    "campaign": Column(_STR, "text", "Campaign that the touch or the spend belongs to."),
    "page": Column(_STR, "text", "Page that was seen."),
    "spent_at": Column(_TIME, "date", "Day on which the money was spent."),
    "spend": Column(_FLOAT, "currency", "Money spent on advertising."),
    # audit
    "rule": Column(_STR, "text", "The rule of the audit."),
    "lines": Column(_INT, "lines", "Lines that the rule touches."),
    "lines_set_aside": Column(_INT, "lines", "Lines that the rule is the first to set aside."),
    "orders": Column(_INT, "orders", "Number of orders."),
    "customers": Column(_INT, "customers", "Number of customers."),
    "amount_set_aside": Column(_FLOAT, "currency", "Amount of the lines set aside by the rule."),
    "action": Column(_STR, "text", "What was done, and what could be done instead."),
    "repeat_rate_180": Column(
        _FLOAT, "0..1", "Share of customers back within 180 days, all rules on."
    ),
    "repeat_rate_180_without": Column(_FLOAT, "0..1", "The same with this rule off."),
    "repeat_rate_180_if_set_aside": Column(
        _FLOAT, "0..1", "The same with the lines that the rule touches and keeps set aside."
    ),
    "without_top_1": Column(
        _FLOAT, "as the estimate", "The same without the 1 % of customers with the largest amounts."
    ),
    # merged people
    "source_ids": Column(_INT, "ids", "Ids of the source that are this one person."),
    "emails": Column(_INT, "values", "Different e-mail addresses noted for the person."),
    "phones": Column(_INT, "values", "Different phone numbers noted for the person."),
    "lines_without_id": Column(
        _INT, "lines", "Lines without an id, given to the person by e-mail or phone."
    ),
    "first_line_at": Column(_TIME, "local time", "First line of the person, used or not."),
    "last_line_at": Column(_TIME, "local time", "Last line of the person, used or not."),
    # figures that a row may be about, beside orders, customers, amount and others from here
    "revenue": Column(_FLOAT, "currency", "What was sold, as the figure of a dashboard."),
    "new_customers": Column(_INT, "customers", "Customers whose first order lies in the period."),
    "returning_customers": Column(
        _INT, "customers", "Customers with an order in the period that is not their first."
    ),
    "purchase_days_per_customer": Column(_FLOAT, "days", "Mean number of purchase days."),
    # runs of the report
    "before": Column(_FLOAT, "as the figure", "The figure as the last run told it."),
    "now": Column(_FLOAT, "as the figure", "The figure as of today's orders."),
    # reconciliation
    "figure": Column(_STR, "text", "Which figure is explained, or estimated."),
    "reason": Column(_STR, "text", "Why: what figures differ by, or what a risk rests on."),
    "running": Column(_FLOAT, "as the figure", "The figure after this and all earlier steps."),
    "explanation": Column(_STR, "text", "What the step is, in one sentence."),
    # one row per customer
    "purchase_days": Column(_INT, "days", "Days with at least one purchase."),
    "frequency": Column(_INT, "days", "Repeat purchase days: purchase days less the first."),
    "recency": Column(_INT, "days", "Age at the last purchase day: last less first (t_x)."),
    "T": Column(_INT, "days", "Age at the as-of date: as-of less first purchase day."),
    "monetary_value": Column(_FLOAT, "currency", "Mean net amount per repeat purchase day."),
    "average_order_value": Column(_FLOAT, "currency", "Mean net amount per order, first included."),
    "total_value": Column(_FLOAT, "currency", "Sum of net amounts."),
    "first_order_at": Column(_TIME, "local time", "First order that counts."),
    "last_order_at": Column(_TIME, "local time", "Last order that counts."),
    "days_since_last_order": Column(_INT, "days", "As-of date less last purchase day."),
    "paid_days": Column(_INT, "days", "Repeat purchase days with an amount above 0."),
    "paid_value": Column(_FLOAT, "currency", "Mean net amount per paid repeat purchase day."),
    "last_gap_days": Column(
        _NULL_INT, "days", "Last closed gap: last purchase day less the one before."
    ),
    "log_gaps": Column(_FLOAT, "model", "Sum of the natural logs of the gaps in days."),
    # cohorts
    "cohort": Column(_TIME, "date", "First day of the period of the first purchase."),
    "age": Column(
        _INT, "periods", "Whole periods since the cohort's own; of brackets, their first day."
    ),
    "until_day": Column(_INT, "days", "First day after the bracket that begins with the age."),
    "cohort_size": Column(_INT, "customers", "Customers of the cohort."),
    "cohorts": Column(_INT, "cohorts", "Cohorts pooled at this age."),
    "eligible": Column(_INT, "customers", "Those who could have done it by then."),
    "returned": Column(_INT, "customers", "Of those, customers who did."),
    "retention_rate": Column(_FLOAT, "0..1", "Returned over eligible."),
    "low": Column(_FLOAT, "as the estimate", "Lower 95 % limit."),
    "high": Column(_FLOAT, "as the estimate", "Upper 95 % limit."),
    "dispersion": Column(
        _FLOAT, ">= 0", "Pearson chi-square per degree of freedom across cohorts."
    ),
    "is_complete": Column(
        _BOOL, "", "Whether the whole period lies before the end of the as-of date."
    ),
    "is_burn_in": Column(
        _BOOL, "", "Cohort that probably holds older customers; left out of pools."
    ),
    "measure": Column(
        _STR,
        "net, gross, ...",
        "What is measured: an amount of cohorts, a difference of groups, or what is scored.",
    ),
    "amount_per_customer": Column(
        _FLOAT, "currency", "Amount at this age over eligible customers; of orders, their number."
    ),
    "cumulative_amount_per_customer": Column(
        _FLOAT, "currency", "The same, summed up to this age."
    ),
    "cumulative_average_order_value": Column(
        _FLOAT, "currency", "Net amount over orders, both summed up to this age."
    ),
    # groups and changes
    "at": Column(
        _INT,
        "periods or days",
        "Age, or days since the first purchase, at which groups are compared.",
    ),
    "mean_days_to_return": Column(
        _FLOAT, "days", "Mean days until the second purchase day, counting at most so many."
    ),
    "group_name": Column(_STR, "text", "The cohorts or customers that are compared."),
    "baseline_name": Column(_STR, "text", "The cohorts or customers that they are compared with."),
    "eligible_baseline": Column(_INT, "customers", "The same as eligible, in the baseline."),
    "in_group": Column(
        _FLOAT, "0..1 or days", "The share, or the mean number of days, in the group."
    ),
    "in_baseline": Column(_FLOAT, "0..1 or days", "The same in the baseline."),
    "difference": Column(
        _FLOAT, "as the estimate", "The group less the baseline, or now less before."
    ),
    "cohort_before": Column(_TIME, "date", "First day of the cohort one year before."),
    "eligible_before": Column(_INT, "customers", "Eligible customers before the change."),
    "eligible_after": Column(_INT, "customers", "Eligible customers after it."),
    "weight_before": Column(_FLOAT, "0..1", "Share of the segment in the eligible before."),
    "weight_after": Column(_FLOAT, "0..1", "Share of the segment in the eligible after."),
    "retention_rate_before": Column(
        _FLOAT, "0..1", "Retention rate before; null without customers."
    ),
    "retention_rate_after": Column(_FLOAT, "0..1", "Retention rate after; null without customers."),
    "within_change": Column(
        _FLOAT, "-1..1", "Part of the change that comes from the segment's own rate."
    ),
    "mix_change": Column(
        _FLOAT, "-1..1", "Part of the change that comes from the segment's weight."
    ),
    "change": Column(_FLOAT, "-1..1", "Both parts; their sum is the change of the blended rate."),
    # seasons
    "period": Column(_TIME, "date", "First day of the period."),
    "year_mean": Column(_FLOAT, "orders", "Mean of the twelve months around this one."),
    "peak_ratio": Column(_FLOAT, "ratio", "The month's orders over that mean."),
    "is_peak": Column(_BOOL, "", "Whether the ratio is above 1.5."),
    "orders_year_before": Column(_NULL_INT, "orders", "Orders of the same month one year before."),
    "has_lunar_new_year": Column(_BOOL, "", "Whether the lunar new year's day lies in the month."),
    # gaps
    "order_number": Column(_INT, "0..", "Purchase the gap starts from; 0 pools all."),
    "gap_days": Column(_INT, "days", "Days between two successive purchase days."),
    "is_censored": Column(_BOOL, "", "Whether the gap was still open at the as-of date."),
    "at_risk": Column(_INT, "customers", "Those still observed for whom it has not happened yet."),
    "events": Column(_INT, "customers", "Those for whom it happened on this day."),
    "censored": Column(_INT, "customers", "Those whose observation ended on this day."),
    "p_returned": Column(_FLOAT, "0..1", "Estimated share back by then."),
    "naive_rate": Column(
        _FLOAT, "0..1", "Share back so far, all others counted as lost: what not to use."
    ),
    "within_days": Column(_INT, "days", "How soon after the purchase before."),
    "repurchase_rate": Column(
        _FLOAT, "0..1", "Of those eligible, the share with the next purchase."
    ),
    "median_gap_days": Column(
        _NULL_INT, "days", "Least day by which half of those are back who are back in the window."
    ),
    "months_silent": Column(_INT, "months", "Months of 30 days since the last purchase day."),
    "days_since_touch": Column(_INT, "days", "Days since the first touch."),
    "p_bought": Column(_FLOAT, "0..1", "Estimated share with a first purchase by then."),
    # what is bought next
    "item": Column(_STR, "text", "Product, category, ... of the earlier purchase."),
    "next_item": Column(_STR, "text", "The same of the purchase that followed."),
    "next_rate": Column(_FLOAT, "0..1", "Of those eligible, the share who bought it next."),
    "overall_rate": Column(_FLOAT, "0..1", "The same share of everybody."),
    "lift": Column(_FLOAT, "ratio", "Next rate over the overall rate; 1: as everybody."),
    # right beside naive
    "value": Column(_FLOAT, "as the figure", "The estimate from the curve; null: not reached."),
    "answer": Column(_STR, "text", "The estimate in words, or that it is not reached."),
    "naive_value": Column(_FLOAT, "as the figure", "What not to use: open gaps left out or lost."),
    "naive_answer": Column(_STR, "text", "The naive value in words: what not to say."),
    **LIFECYCLE,
    # decks
    "slide": Column(_NULL_INT, "1..", "Place of the slide in the deck; null for one left out."),
    "title": Column(_STR, "text", "What stands above the slide."),
    "remark": Column(_STR, "text", "Which edits were kept, and what else to look at."),
}
GLOSSARY |= {name: Column(*entry) for name, entry in ESTIMATES.items()}


def check_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The same columns, after making sure that the glossary knows them all."""
    unknown = [name for name in columns if name not in GLOSSARY]
    if unknown:
        raise KeyError(f"not in the glossary: {unknown}")
    return columns
