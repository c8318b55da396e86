"""How far guests could move the repeat rate: bounds that hold for every way to share them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.orders.audit.guests import Known, guest_bounds
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

AS_OF, WITHIN = 30, 5
Days = tuple[int, ...]


def summed_up(people: list[Days]) -> Known:
    """What the bounds are told of known people, each given by their purchase days."""
    firsts = {True: Counter[int](), False: Counter[int]()}
    young = 0
    for days in people:
        if AS_OF - min(days) >= WITHIN:
            firsts[came_back(days)][min(days)] += 1
        else:
            young += 1
    return Known(firsts[True], firsts[False], young)


def came_back(days: Days) -> bool:
    return any(0 < day - min(days) <= WITHIN for day in days)


def rate(people: list[Days]) -> float | None:
    observed = [days for days in people if AS_OF - min(days) >= WITHIN]
    return sum(map(came_back, observed)) / len(observed) if observed else None


def shared_out(people: list[Days], guests: list[int]) -> Iterator[list[Days]]:
    """Every way to give the orders to people, known or not."""
    if not guests:
        yield people
        return
    day, rest = guests[0], guests[1:]
    for place, days in enumerate(people):
        yield from shared_out([*people[:place], (*days, day), *people[place + 1 :]], rest)
    yield from shared_out([*people, (day,)], rest)


# Examples


def test_one_guest_can_be_the_missing_second_order() -> None:
    """One came back, one did not; the guest bought near the first day of the silent one."""
    known = summed_up([(1, 3), (10,)])
    bounds = guest_bounds(known, {12: 1}, as_of_day=AS_OF, within_days=WITHIN)
    assert bounds is not None
    assert bounds.high == 1.0
    assert bounds.low == 1 / 3


def test_an_older_order_makes_a_returner_silent() -> None:
    known = summed_up([(10, 12), (10,)])
    bounds = guest_bounds(known, {1: 1}, as_of_day=AS_OF, within_days=WITHIN)
    assert bounds is not None
    assert bounds.low == 0.0


def test_without_guests_there_is_no_doubt() -> None:
    assert guest_bounds(summed_up([(1, 3), (10,)]), {}, as_of_day=AS_OF, within_days=WITHIN) == (
        0.5,
        0.5,
    )


def test_nobody_is_observed() -> None:
    assert guest_bounds(Known({}, {}, 2), {29: 3}, as_of_day=AS_OF, within_days=WITHIN) is None


def test_the_line_of_the_audit() -> None:
    """a came back, b did not; the guest's order could be b's second."""
    frame = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", None],
            "order_id": ["1", "2", "3", "4"],
            "ordered_at": ["2024-01-01", "2024-02-01", "2024-01-05", "2024-03-01"],
            "amount": [1.0, 2.0, 3.0, 4.0],
        }
    )
    guests = read_orders(frame, as_of="2024-12-31").audit.set_index("rule").loc["guests"]
    assert guests[["lines", "orders", "amount", "lines_set_aside"]].tolist() == [1, 1, 4.0, 0]
    assert "lies between 33.3% and 100.0%" in guests["action"]


# Laws

people_of = st.lists(st.lists(st.integers(0, AS_OF), min_size=1, max_size=3).map(tuple), max_size=3)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@given(people=people_of, data=st.data())
def test_bounds_hold_for_every_way(count: int, people: list[Days], data: st.DataObject) -> None:
    guests = data.draw(st.lists(st.integers(0, AS_OF), min_size=count, max_size=count))
    rates = [found for ways in shared_out(people, guests) if (found := rate(ways)) is not None]
    bounds = guest_bounds(summed_up(people), Counter(guests), as_of_day=AS_OF, within_days=WITHIN)
    if bounds is None:
        assert not rates
        return
    assert bounds.low == pytest.approx(min(rates))
    assert max(rates) <= bounds.high + 1e-12
    assert bounds.high <= 1
