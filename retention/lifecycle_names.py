"""The columns of the life cycle: silence, stages, moves, growth, scores."""

from __future__ import annotations

from retention.column import BOOL, FLOAT, INT, STR, TIME, Column

LIFECYCLE: dict[str, Column] = {
    # lapse and stages
    "days_silent": Column(INT, "days", "Days since the last purchase day at a month end."),
    "returned_rate": Column(FLOAT, "0..1", "Of those silent so long, the share who bought again."),
    "called_lapsed_but_returned": Column(FLOAT, "0..1", "Share of returners called lapsed."),
    "called_active_but_silent": Column(FLOAT, "0..1", "Share of the silent called active."),
    "is_at_risk_threshold": Column(BOOL, "", "Whether this is the at-risk threshold."),
    "is_lapsed_threshold": Column(BOOL, "", "Whether this is the lapsed threshold."),
    "threshold_basis": Column(STR, "given, data, fallback", "Where the thresholds come from."),
    "stage": Column(STR, "text", "Stage of the life cycle."),
    "group": Column(STR, "text", "Awareness, purchase, growth, loyalty or lost."),
    "at_risk_after_days": Column(INT, "days", "Silence after which a customer is at risk."),
    "lapsed_after_days": Column(INT, "days", "Silence after which a customer is lapsed."),
    "as_of": Column(TIME, "date", "Local date up to which the row is known, included whole."),
    "stage_rate": Column(FLOAT, "0..1", "Share of everybody known on that day."),
    "from_stage": Column(STR, "text", "Stage at the end before, or not_yet_known."),
    "to_stage": Column(STR, "text", "Stage at the end of the period, or not_yet_known."),
    "flow_rate": Column(FLOAT, "0..1", "Share of those in the stage that they come from."),
    # growth accounting
    "active": Column(INT, "customers", "Customers with a purchase day in the period."),
    "new": Column(INT, "customers", "Of those, customers whose first purchase day it is."),
    "retained": Column(INT, "customers", "Of those, customers active in the period before, too."),
    "reactivated": Column(INT, "customers", "Of those, customers active earlier, but not then."),
    "churned": Column(INT, "customers", "Active in the period before, and not in this one."),
    "quick_ratio": Column(FLOAT, "ratio", "New and reactivated over churned."),
    "value_new": Column(FLOAT, "currency", "Money of the new."),
    "value_reactivated": Column(FLOAT, "currency", "Money of the reactivated."),
    "value_expansion": Column(FLOAT, "currency", "What the retained spent more than before."),
    "value_contraction": Column(FLOAT, "currency", "What the retained spent less than before."),
    "value_churned": Column(FLOAT, "currency", "What the churned spent in the period before."),
    "value_retained": Column(FLOAT, "currency", "What the retained spent in both periods."),
    "value_adjustment": Column(FLOAT, "currency", "Money without a purchase day: refunds."),
    "value_quick_ratio": Column(FLOAT, "ratio", "Money gained over money lost."),
    # who is in a stage, and how people came
    "attribute": Column(STR, "text", "Attribute of the first order or of the person."),
    "attribute_value": Column(STR, "text", "Its value; `(missing)` is one, too."),
    "stage_size": Column(INT, "customers", "Everybody in the stage."),
    "value_rate": Column(FLOAT, "0..1", "Share of the stage with that value."),
    "bought": Column(INT, "people", "Of those eligible, people with a first order in time."),
    "bought_rate": Column(FLOAT, "0..1", "Bought over eligible."),
    "median_days": Column(FLOAT, "days", "Median from the touch to the first order in time."),
    "buyers": Column(INT, "customers", "Customers with such a touch before their first order."),
    "way_rate": Column(FLOAT, "0..1", "Of customers who were touched before it, their share."),
    # rfm and concentration
    "cut_off": Column(FLOAT, "as the measure", "A value above it has another score."),
    "r_score": Column(INT, "1..5", "Score of days since the last order; 5 is the latest."),
    "f_score": Column(INT, "1..5", "Score of purchase days; 5 is the most."),
    "m_score": Column(INT, "1..5", "Score of the total value; 5 is the highest."),
    "segment": Column(STR, "text", "Named group of scores."),
    "suggestion": Column(STR, "text", "One thing to do about the group."),
    "top_rate": Column(FLOAT, "0..1", "Share of the customers, from the highest value down."),
    "amount_rate": Column(FLOAT, "0..1", "Their share of the amount of all."),
    "name": Column(STR, "text", "Name of the rate or figure."),
    "basis": Column(STR, "as_written, mature", "Everyone so far, or the first year of the mature."),
    "numerator": Column(INT, "people", "Those who did."),
    "denominator": Column(INT, "people", "Those who could."),
    "lifecycle_rate": Column(FLOAT, "0..1", "Numerator over denominator."),
}
