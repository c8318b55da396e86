"""What each rule changes: the repeat rate as it is, with a rule off, with what it touches set aside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from ibis import _

from retention.engine.frames import to_arrow
from retention.engine.order_grain import Returns, orders_from_lines
from retention.engine.purchase_days import purchase_days
from retention.engine.repeat_counts import repeat_counts
from retention.orders.audit.guests import Known
from retention.orders.audit.marked import Marked
from retention.orders.audit.presence import presence
from retention.orders.audit.repeat_rates import WITHIN_DAYS, Reading, count_back, first_days
from retention.periods import day_number

# Rules whose lines could have been used: only for these can we say what it is to have them off.
OFF = (
    "impossible_date", "total_row", "placeholder_customer", "overlapping_files", "exact_duplicate",
    "restated", "cancelled", "returned", "not_completed", "zero_amount", "non_product",
    "unmatched_refund", "matched_refund",
)  # fmt: skip
# Rules that keep lines which could be set aside.
ASIDE = (
    "total_row", "overlapping_files", "exact_duplicate", "zero_amount", "non_product",
    "negative_amount", "quantity_against_amount", "customer_from_order", "empty_status",
    "order_two_states", "lossy_ids", "similar_ids", "order_two_dates", "order_two_customers",
    "burst", "extreme_buyer", "unreadable_number",
)  # fmt: skip
AS_IT_IS: Reading = ("off", "lines_used")


@dataclass(frozen=True, eq=False)
class Effects:
    """All readings of one audit: rules that took or moved lines, and rules that touch lines in use."""

    marked: Marked
    as_of: pd.Timestamp
    returns: Returns
    took: Collection[str]
    touched: Collection[str]

    def of(self, rule: str) -> dict[str, float]:
        """The rate as it is, with the rule off, and with the lines that it keeps set aside."""
        rate, unknown = self.rate(*self._counts[AS_IT_IS]), float("nan")
        off, aside = ("off", rule), ("aside", rule)
        without = rate if rule in (*OFF, "merged_customers") else unknown
        if rule in OFF and off in self._counts:
            without = self.rate(*self._counts[off])
        if rule == "merged_customers" and rule in self.touched:
            without = self.rate(*self._unmerged)
        return {
            "repeat_rate_180": rate,
            "repeat_rate_180_without": without,
            "repeat_rate_180_if_set_aside": (
                self.rate(*self._counts[aside]) if aside in self._counts else unknown
            ),
        }

    @staticmethod
    def rate(eligible: int, returned: int) -> float:
        """The share of those observed 180 days who came back; unknown where nobody is."""
        return returned / eligible if eligible else float("nan")

    @cached_property
    def known(self) -> Known:
        """Customers by the day of their first purchase, for the bounds of the guests."""
        firsts = self._firsts.filter(self._firsts.first_0.notnull())
        found = firsts.group_by(day=firsts.first_0, back=firsts.back_0).agg(customers=_.count())
        rows = to_arrow(found).to_pylist()
        latest = day_number(self.as_of) - WITHIN_DAYS
        observed = [row for row in rows if row["day"] <= latest]
        return Known(
            {row["day"]: row["customers"] for row in observed if row["back"]},
            {row["day"]: row["customers"] for row in observed if not row["back"]},
            sum(row["customers"] for row in rows if row["day"] > latest),
        )

    @cached_property
    def together(self) -> tuple[int, int]:
        """The counts with similar ids as one person, made anew for these customers only."""
        lines = self.marked.lines.filter(self.marked.lines.rule.isnull())
        theirs = lines.inner_join(self.marked.customers.similar, "customer_id")
        before = self._count(theirs)
        after = self._count(theirs.mutate(customer_id=theirs.person))
        eligible, returned = self._counts[AS_IT_IS]
        return eligible - before[0] + after[0], returned - before[1] + after[1]

    @cached_property
    def _readings(self) -> list[Reading]:
        off = [("off", rule) for rule in OFF if rule in self.took]
        return [AS_IT_IS, *off, *(("aside", rule) for rule in ASIDE if rule in self.touched)]

    @cached_property
    def _firsts(self) -> Any:
        rows = presence(
            self.marked, readings=self._readings, as_of=self.as_of, returns=self.returns
        )
        return first_days(rows, self._readings, days_repeat=self.marked.involved is not None)

    @cached_property
    def _counts(self) -> dict[Reading, tuple[int, int]]:
        counts = count_back(self._firsts, self._readings, as_of_day=day_number(self.as_of))
        return dict(zip(self._readings, counts, strict=True))

    @cached_property
    def _unmerged(self) -> tuple[int, int]:
        """The counts with the ids of the source, made anew for merged customers only."""
        lines = self.marked.lines
        used = lines.filter(lines.rule.isnull())
        merged = used.filter(
            used.source_customer_id.isnull() | (used.source_customer_id != used.customer_id)
        )
        theirs = used.semi_join(merged.select("customer_id").distinct(), "customer_id")
        before = self._count(theirs)
        apart = theirs.filter(theirs.source_customer_id.notnull())
        after = self._count(apart.mutate(customer_id=apart.source_customer_id))
        eligible, returned = self._counts[AS_IT_IS]
        return eligible - before[0] + after[0], returned - before[1] + after[1]

    def _count(self, lines: Any) -> tuple[int, int]:
        orders = orders_from_lines(lines, as_of=self.as_of, attributes=(), returns=self.returns)
        days = purchase_days(orders)
        counts = repeat_counts(days, as_of_day=day_number(self.as_of), within_days=WITHIN_DAYS)
        row = to_arrow(counts).to_pylist()[0]
        return int(row["eligible"]), int(row["returned"])
