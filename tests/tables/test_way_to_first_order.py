"""What people saw before they first bought."""

from __future__ import annotations

import pandas as pd
import pytest
from strategies import lines

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.way_to_first_order import way_to_first_order
from retention.tables.wilson import wilson_interval

ORDERS = lines("abcd", ["2024-01-10", "2024-02-20", "2024-01-01", "2024-01-05"])


def touched(people: str, days: list[str], pages: list[str | None]) -> pd.DataFrame:
    frame = pd.DataFrame({"customer_id": list(people), "page": pages})
    return frame.assign(touched_at=pd.to_datetime(days))


TOUCHES = touched(
    "aaabcex",
    [
        "2024-01-01",
        "2024-01-02",
        "2024-01-09",
        "2024-01-01",
        "2024-01-02",
        "2024-01-03",
        "2024-02-28",
    ],
    ["home", "tea", "home", "home", "tea", "tea", "home"],
)


# Examples


def test_by_hand() -> None:
    """a: both, in time; b: home, late; c: only after the first order; e: never; x: too lately seen."""
    table = way_to_first_order(ORDERS, touches=TOUCHES, as_of="2024-03-01").set_index("page")
    assert table[["eligible", "bought", "buyers"]].T.to_dict("list") == {
        "home": [2, 1, 2],
        "tea": [2, 1, 1],
    }
    assert table["median_days"].to_dict() == {"home": 9.0, "tea": 8.0}
    # Of all touched before: a, b, e have had thirty days; a was in time; buyers are a and b.
    assert table["overall_rate"].tolist() == pytest.approx([1 / 3] * 2)
    assert table["way_rate"].to_dict() == {"home": 1.0, "tea": 0.5}
    assert table["bought_rate"].to_dict() == {"home": 0.5, "tea": 0.5}
    assert table.attrs["words"] == {"by": "page"}
    assert table.attrs["call"] == "way_to_first_order(orders, touches=touches, as_of='2024-03-01')"
    low, high = wilson_interval([1], [2])
    assert table.loc["tea", ["low", "high"]].tolist() == [low[0], high[0]]


def test_touches_that_lack_what_is_asked_for_are_no_group() -> None:
    touches = touched("ab", ["2024-01-01"] * 2, ["home", None])
    table = way_to_first_order(ORDERS, touches=touches, as_of="2024-03-01")
    assert table["page"].tolist() == ["home"]
    both = way_to_first_order(
        ORDERS, touches=touches.assign(touch="view"), by=["touch", "page"], as_of="2024-03-01"
    )
    assert both[["touch", "page"]].to_numpy().tolist() == [["view", "(missing)"], ["view", "home"]]


# Laws


def test_what_comes_after_as_of_changes_nothing() -> None:
    orders = read_orders(ORDERS, as_of="2024-03-01")
    early = ORDERS[ORDERS["ordered_at"] <= "2024-02-05"]
    cut = way_to_first_order(orders, touches=TOUCHES, as_of="2024-02-05")
    seen = TOUCHES[TOUCHES["touched_at"] <= "2024-02-05"]
    alone = way_to_first_order(early, touches=seen, as_of="2024-02-05")
    pd.testing.assert_frame_equal(cut, alone)


# Refusals


def test_arguments_out_of_range() -> None:
    with pytest.raises(ArgumentError, match="by: the touches have no column 'colour'"):
        way_to_first_order(ORDERS, touches=TOUCHES, by="colour")
    with pytest.raises(ArgumentError, match="within_days: 0 is not a number of days"):
        way_to_first_order(ORDERS, touches=TOUCHES, within_days=0)
    with pytest.raises(ArgumentError, match="by: no column of the touches is named"):
        way_to_first_order(ORDERS, touches=TOUCHES, by=[])
    with pytest.raises(ArgumentError, match=r"by: 1 of 1 names mean .*\('eligible'\)\. Rename"):
        way_to_first_order(ORDERS, touches=TOUCHES.assign(eligible="x"), by="eligible")
