"""Squared influences of customers, summed by the engine, against one customer after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from numpy.typing import NDArray
from strategies import order_frames, shop_frame

from retention.engine.frames import to_arrow, to_frame
from retention.engine.gap_clusters import clustered_days, clustered_months
from retention.engine.gap_rows import gap_rows
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.periods import day_number

SUMS = ["settled_sq", "cross", "open_sq"]
MONTH = 30


class Gaps:
    """The gaps of some customers, and the curve over all of them, day by day."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.customer, self.days = rows["customer"].to_numpy(), rows["gap_days"].to_numpy()
        self.is_open = rows["is_censored"].to_numpy(bool)
        length = int(self.days.max()) + 1
        at_risk = np.array([(self.days >= day).sum() for day in range(length)], float)
        events = np.bincount(self.days[~self.is_open], minlength=length)
        left = at_risk - events
        zero = np.zeros(length)
        self.hazard = np.divide(events, at_risk * left, out=zero.copy(), where=left > 0).cumsum()
        self.per_event = np.divide(1, left, out=zero.copy(), where=left > 0)

    def squared(self, start: int, end: int) -> float:
        """The sum over customers of their squared influence on the days after `start`, up to `end`."""
        last = np.minimum(self.days, end)
        grown = self.hazard[last] - (self.hazard[start] if start >= 0 else 0.0)
        ended = np.where(self.is_open, 0.0, self.per_event[last])
        influence = np.where(self.days <= end, grown - ended, grown)
        influence = np.where(self.days > start, influence, 0.0)
        return float((pd.Series(influence).groupby(self.customer).sum() ** 2).sum())


def by_the_day(sums: pd.DataFrame, hazard: NDArray[np.float64]) -> NDArray[np.float64]:
    daily = sums.set_index("gap_days")[SUMS].reindex(range(len(hazard)), fill_value=0)
    settled, cross = daily["settled_sq"].cumsum(), daily["cross"].cumsum()
    still_open = daily["open_sq"][::-1].cumsum()[::-1].shift(-1, fill_value=0)
    return (settled + 2 * hazard * cross + hazard**2 * still_open).to_numpy()


def assert_as_brute_force(orders: Orders, by: tuple[str, ...] = (), is_same: bool = False) -> None:
    gaps = gap_rows(orders.orders, as_of_day=day_number(orders.as_of), by=by, is_same=is_same)
    rows = to_arrow(gaps).to_pandas()
    days = to_frame(clustered_days(gaps, by=by), [*by, "gap_days", *SUMS])
    months = clustered_months(gaps, by=by, month_days=MONTH, from_number=1)
    monthly = to_frame(months, [*by, "months_silent", *SUMS])
    assert not rows.empty
    groups = rows.groupby(by[0]) if by else [("", rows)]
    for key, group in groups:
        own = [table[table[by[0]] == key] if by else table for table in (days, monthly)]
        assert_group_as_brute_force(Gaps(group), *own)


def assert_group_as_brute_force(gaps: Gaps, days: pd.DataFrame, months: pd.DataFrame) -> None:
    found = by_the_day(days, gaps.hazard)
    expected = [gaps.squared(-1, day) for day in range(len(found))]
    assert found.tolist() == pytest.approx(expected, abs=1e-12)
    months = months.set_index("months_silent")
    for month in range((len(found) - 1) // MONTH):
        start, end = month * MONTH, (month + 1) * MONTH
        grown = gaps.hazard[end] - gaps.hazard[start]
        settled, cross = months[SUMS[:2]].reindex([month], fill_value=0).iloc[0]
        later = months.loc[months.index > month, "open_sq"].sum()
        squares = settled + 2 * grown * cross + grown**2 * later
        assert squares == pytest.approx(gaps.squared(start, end), abs=1e-12)


# Laws


@given(frame=order_frames())
def test_sums_are_those_of_brute_force(frame: pd.DataFrame) -> None:
    assert_as_brute_force(read_orders(frame))


@pytest.mark.slow
@given(frame=order_frames())
def test_also_by_group(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    assert_as_brute_force(orders, ("product",))
    assert_as_brute_force(orders, ("product",), is_same=True)


@pytest.mark.parametrize("by", [(), ("channel",)])
def test_sums_are_those_of_brute_force_everywhere(by: tuple[str, ...], backend: Any) -> None:
    assert_as_brute_force(backend.orders(shop_frame(customers=40)), by)
