"""The definition sentences of stages, moves, growth and scores, for `texts.DEFINITIONS`."""

from __future__ import annotations

LIFECYCLE_DEFINITIONS: dict[str, str] = {
    "stage_counts": (
        "Customers by stage at the end of each {period}, as known then: at risk after "
        "{at_risk_after_days}, lapsed after {lapsed_after_days} days (thresholds: {threshold_basis})."
    ),
    "stage_flow": (
        "Moves between the ends of two periods, everybody classified from what was known then: at "
        "risk after {at_risk_after_days}, lapsed after {lapsed_after_days} days (thresholds: "
        "{threshold_basis})."
    ),
    "stage_movers": (
        "Customers whose stage is not that of {since}: at risk after {at_risk_after_days}, lapsed after "
        "{lapsed_after_days} days (thresholds: {threshold_basis})."
    ),
    "growth_accounting": (
        "Active: with a purchase in the {period}. New, retained (active in the {period} before) or "
        "reactivated; churned: active in the {period} before and not in this one. Net amounts."
    ),
    "rfm": (
        "Scores from 1 to 5 by days since the last purchase, purchase days and total net amount; "
        "segments by the first two. Equal customers have equal scores."
    ),
    "rfm_cutoffs": (
        "The values below or at which 20, 40, 60 and 80 % of the customers lie; of purchase days 1, 2 "
        "and 4 where more than 40 % have the same number."
    ),
    "concentration": (
        "Share of the net amount of all customers with an amount above 0 that the top of them brought in."
    ),
    "stage_profile": (
        "Who the customers of each stage are: the share with the given {by}, over the same share of "
        "everybody; 1: as everybody."
    ),
    "way_to_first_order": (
        "Of the people whose first touch with the given {by} lies at least {within_days} days back and "
        "before their first order, the share who made it by then."
    ),
}
