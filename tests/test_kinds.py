"""Arguments of another kind are refused by name, before anything is asked of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.kinds import as_names, as_numbers, as_path, as_seed, require_mapping, require_text

FRAME = pd.DataFrame({"a": [1]})

# Examples


def test_what_is_right_passes() -> None:
    require_text("salt", "tet")
    require_mapping("columns", {"a": "b"}, "")
    assert as_names("by", None) == as_names("by", []) == ()
    assert as_names("by", "a") == as_names("by", ["a"]) == ("a",)
    assert as_numbers("points", np.array([1, 2])) == [1, 2]
    assert as_seed(0) == as_seed(np.int64(0)) == 0
    assert as_path("path", "a.csv") == as_path("path", Path("a.csv")) == Path("a.csv")


# Refusals


@pytest.mark.parametrize("value", [3, ["a", 3], FRAME, {"a": 1}, FRAME["a"]])
def test_no_names(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^by: .* is neither a name nor a list of names\."):
        as_names("by", value)


@pytest.mark.parametrize("value", [0.1, None, "12"])
def test_no_list(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^points: .* is no list\. Write points=\[\.\.\.\]\."):
        as_numbers("points", value)


@pytest.mark.parametrize("value", [["x"], FRAME, [1.5]])
def test_a_list_of_something_else(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^points: .* is not a whole number"):
        as_numbers("points", value, is_whole=True)


@pytest.mark.parametrize("value", [None, "x", -1, 1.5, FRAME])
def test_no_seed(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^random_state: "):
        as_seed(value)


@pytest.mark.parametrize("value", [None, 3, [], FRAME])
def test_no_text_no_mapping_no_path(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^salt: .* is no text\. Name it\."):
        require_text("salt", value, hint="Name it.")
    with pytest.raises(ArgumentError, match=r"^columns: .* is no mapping\. Write one\."):
        require_mapping("columns", value, "Write one.")
    with pytest.raises(ArgumentError, match=r"^path: .* is no path\."):
        as_path("path", value)
