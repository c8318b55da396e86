"""The rows of the sample that belong to one order, and the numbers that stand on them."""

from __future__ import annotations

from collections import defaultdict

from retention.orders.columns.contents import Sample, as_number


def rows_by_order(sample: Sample, column: str) -> list[list[int]]:
    """The rows of each order; rows without an order id belong to none.

    Where the source goes on after the sample, so may the order of its last row: that one is left out.
    """
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for place, cell in enumerate(sample[column].cells):
        if cell is not None:
            rows[cell].append(place)
    if not sample.is_all:
        rows.pop(sample[column].cells[-1] or "", None)
    return list(rows.values())


def numbers_of(sample: Sample, column: str) -> list[float | None]:
    """The number in each cell of a column; None where there is none."""
    return [None if cell is None else as_number(cell) for cell in sample[column].cells]
