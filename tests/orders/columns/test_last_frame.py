"""A frame is read once, and again when anything in it was changed."""

from __future__ import annotations

import gc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from strategies import lines

from retention.engine.connection import private_connection
from retention.orders.columns import last_frame as module
from retention.orders.columns.given import given_orders
from retention.orders.columns.last_frame import LastFrame, content_of
from retention.orders.orders import Orders


def a_frame(**columns: Any) -> pd.DataFrame:
    return lines("ab", ["2024-01-01", "2024-02-01"], amount=[1.0, 2.0], State="HN", **columns)


class Counted:
    """Reads, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Orders:
        self.times += 1
        return object()  # type: ignore[return-value]


def kept() -> int:
    gc.collect()
    query = "select count(*) from information_schema.tables"
    return int(private_connection().con.execute(query).fetchone()[0])


# Examples


def test_what_is_asked_again_is_not_read_again() -> None:
    frame = a_frame()
    assert given_orders(frame) is given_orders(frame)
    assert given_orders(frame, "2024-03-01").as_of == pd.Timestamp("2024-03-01")


CHANGES: dict[str, Callable[[pd.DataFrame], object]] = {
    "a cell": lambda frame: frame.__setitem__("amount", [1.0, 3.0]),
    "a text": lambda frame: frame.__setitem__("State", ["HN", "SG"]),
    "a name": lambda frame: setattr(frame, "columns", [*frame.columns[:-1], "City"]),
    "a type": lambda frame: frame.__setitem__("amount", [1, 2]),
    "the order of rows": lambda frame: frame.__setitem__(
        list(frame), frame[::-1].reset_index(drop=True)
    ),
    "a row more": lambda frame: frame.loc.__setitem__(2, frame.loc[0]),
    "a column more": lambda frame: frame.__setitem__("product", "x"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_is_read_again(name: str) -> None:
    last, read, frame = LastFrame(), Counted(), a_frame()
    last.orders(frame, "", read)
    CHANGES[name](frame)
    last.orders(frame, "", read)
    last.orders(frame, "", read)
    assert read.times == 2


def test_what_else_was_asked_is_read_again() -> None:
    last, read, frame = LastFrame(), Counted(), a_frame()
    for asked in ("", "", "2024-03-01"):
        last.orders(frame, asked, read)
    assert read.times == 2


def test_orders_go_with_their_frame() -> None:
    before, frame = kept(), a_frame()
    given_orders(frame)
    assert kept() > before
    del frame
    assert kept() == before


def test_another_frame_takes_the_place_of_the_first() -> None:
    last, read, one, two = LastFrame(), Counted(), a_frame(), a_frame()
    for frame in (one, two, two, one):
        last.orders(frame, "", read)
    assert read.times == 3


# What cannot be told apart for sure is read each time.


@pytest.mark.parametrize("cells", [[1, "1"], [Decimal(1), Decimal(2)], [["a"], "b"]])
def test_objects_that_look_alike(cells: list[Any]) -> None:
    assert content_of(a_frame(product=pd.Series(cells, dtype=object)), "") is None


def test_large_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    frame = a_frame()
    assert content_of(frame, "") is not None
    assert content_of(pd.concat([frame, frame]), "") is None
