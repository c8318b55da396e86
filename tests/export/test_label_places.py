from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from retention.export.box import INCH, Box
from retention.export.fit import fitted_size, text_width
from retention.export.label_places import Point, Rectangle, free_side, label_area
from retention.export.scale import tick_step, value_scale
from retention.export.textbox import TITLE, size_for

ROOM = Rectangle(-500.0, -500.0, 500.0, 500.0)
RIGHT = label_area(Point(0, 0), "here", size=10, side="right")
LEFT = label_area(Point(0, 0), "here", size=10, side="left")


# examples


def test_a_free_label_goes_to_the_first_side() -> None:
    assert free_side({"right": RIGHT, "left": LEFT}, taken=[], lines=[], bounds=ROOM) == "right"


def test_a_line_a_label_or_the_edge_sends_it_to_the_next_side() -> None:
    areas = {"right": RIGHT, "left": LEFT}
    crossing = [Point(10, -50), Point(10, 50)]
    assert free_side(areas, taken=[], lines=[crossing], bounds=ROOM) == "left"
    assert free_side(areas, taken=[RIGHT], lines=[], bounds=ROOM) == "left"
    narrow = Rectangle(-500.0, -500.0, 3.0, 500.0)
    assert free_side(areas, taken=[], lines=[], bounds=narrow) == "left"
    assert free_side({"right": RIGHT}, taken=[], lines=[crossing], bounds=ROOM) is None


def test_a_title_gets_smaller_rather_than_leave_one_word_on_a_second_line() -> None:
    title = "Net amount in 2025-12: 168 m VND, 36% of it from customers won before 2025"
    box = Box(0, 0, round(12.13 * INCH), round(0.92 * INCH))
    size = size_for(title, box, TITLE, name="title")
    assert text_width(title, size=size, is_bold=True) <= box.points[0]
    # Several words on the second line are no reason.
    assert size_for(title + " and even earlier than that", box, TITLE, name="title") > size
    assert size_for("Short", box, TITLE, name="title") == 28


# laws


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e9, 1e12, allow_nan=False), min_size=1, max_size=9))
def test_a_scale_holds_zero_and_all_values_in_few_steps(values: list[float]) -> None:
    scale = value_scale(values)
    slack = 1e-6 * (scale.top - scale.bottom)
    assert scale.bottom <= 0 <= scale.top
    assert scale.bottom - slack <= min(values)
    assert max(values) <= scale.top + slack
    assert (scale.top - scale.bottom) / scale.step <= 8 + 1e-6


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 2000), st.integers(1, 20))
def test_there_are_never_more_ticks_than_wanted(count: int, most: int) -> None:
    assert count / tick_step(count, most=most) <= most


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=300), st.integers(60, 900), st.integers(20, 300))
def test_a_fitted_text_has_room(text: str, width: int, height: int) -> None:
    size = fitted_size(text, width=width, height=height, largest=28, smallest=8)
    if size is not None:
        assert text_width(text.replace("\n", ""), size=size) * size * 1.2 <= width * height * 1.01
