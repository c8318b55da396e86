"""Errors say what is wrong, show at most three examples, and how to go on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from retention.errors import (
    ArgumentError,
    ExportError,
    FitError,
    OrdersError,
    RetentionError,
    RoomError,
    choose,
    examples,
    require_columns,
    require_number,
    shown,
)

FRAME = pd.DataFrame({"a": range(9)})

# Examples


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OrdersError, ValueError),
        (ArgumentError, ValueError),
        (FitError, RuntimeError),
        (ExportError, OSError),
        (RoomError, MemoryError),
    ],
)
def test_each_error_is_ours_and_a_usual_one(error: type[Exception], kind: type[Exception]) -> None:
    assert issubclass(error, RetentionError)
    assert issubclass(error, kind)


def test_never_more_than_three_examples() -> None:
    assert examples(iter("abcd")) == "'a', 'b', 'c'"
    assert examples([1, None]) == "'1', 'None'"
    assert examples([]) == "none"


def test_what_is_there_passes() -> None:
    choose("period", "day", ("day", "week"))
    require_columns("orders", pd.DataFrame(columns=["a", "b"]), ["b"], "")


# Refusals


def test_no_option() -> None:
    with pytest.raises(ArgumentError, match=r"^period: 'x' is not one of 'day', 'week'\.$"):
        choose("period", "x", ("day", "week"))


def test_missing_columns() -> None:
    with pytest.raises(
        ArgumentError,
        match=r"^people: 1 of 2 needed columns are missing \('b'\); it has 'a', 'c', 'd' and more. Do so.$",
    ):
        require_columns("people", pd.DataFrame(columns=list("acde")), "ab", "Do so.")


@pytest.mark.parametrize("table", [None, [1], "x", pd.Series([1], name="a"), {"a": [1]}])
def test_what_is_no_table(table: object) -> None:
    with pytest.raises(ArgumentError, match=r"^people: .* is no table\. Do so\.$"):
        require_columns("people", table, ["a"], "Do so.")


@pytest.mark.parametrize("value", [FRAME, FRAME.to_numpy(), FRAME["a"], [], None])
def test_a_table_is_no_option(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^period: .* is not one of 'day', 'week'\.$") as found:
        choose("period", value, ("day", "week"))
    assert "\n" not in str(found.value)


def test_what_would_fill_a_page_is_shown_by_its_kind() -> None:
    assert shown(FRAME) == "a DataFrame"
    assert shown("x" * 99) == f"'{'x' * 57}...'"
    assert shown([1, 2]) == "[1, 2]"


@pytest.mark.parametrize("value", [None, "x", True, 2.5])
def test_what_is_no_whole_number(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"days: .* is not a whole number"):
        require_number("days", value, is_whole=True)


def test_numbers_of_any_library_are_numbers() -> None:
    require_number("days", np.int64(3), is_whole=True)
    require_number("share", np.float64(0.3))
