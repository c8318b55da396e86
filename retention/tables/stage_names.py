"""The stages of the life cycle, in the order in which they are told."""

from __future__ import annotations

STAGES = ("prospect", "new", "growing", "loyal", "at_risk", "won_back", "lapsed_once", "lapsed")
# The group of each stage, but for customers at risk: theirs is that of the stage they would be in.
GROUPS = ("awareness", "purchase", "growth", "loyalty", "", "growth", "lost", "lost")
# Where somebody comes from who has not been seen at the end before.
NOT_YET_KNOWN = "not_yet_known"
PLACE = {name: place for place, name in enumerate((*STAGES, NOT_YET_KNOWN))}
LOYAL_ORDERS = 3
