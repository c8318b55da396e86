"""The columns of the source that say what a discount takes off."""

from __future__ import annotations

from retention.orders.columns.draft import Draft
from retention.orders.columns.order_rows import numbers_of


def discounts_of(draft: Draft) -> list[str]:
    """Columns called discount with numbers other than 0; the analyst's own, or none, where said so."""
    if "discount" in draft.refused:
        return []
    field = draft.field("discount")
    named = [name for name in draft.sample.names if field.rank(name) is not None]
    chosen = [draft.guesses["discount"].source_column] if draft.is_given("discount") else named
    return [name for name in chosen if _takes_off(draft, name)]


def is_rate(draft: Draft, discount: str) -> bool:
    """Whether shares or per cent stand in the column, not money."""
    numbers = [abs(number) for number in draft.sample[discount].numbers if number]
    return "%" in discount or all(number < 1 for number in numbers)


def _takes_off(draft: Draft, name: str) -> bool:
    contents = draft.sample[name]
    return contents.number_share >= 0.5 and any(numbers_of(draft.sample, name))
