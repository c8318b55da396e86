"""Conditions over columns: what they mean, and that no word of them is run."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.actions.condition import Condition

TABLE = pd.DataFrame(
    {
        "days": [3.0, None, 9.0],
        "stage": ["new", "loyal", None],
        "last": pd.to_datetime(["2024-01-01", "2024-02-01", None]),
        "band": pd.Categorical(["low", "high", "low"], ["low", "high"], ordered=True),
        "first channel": ["a", "b", "c"],
        "is_known": [True, False, True],
    }
)


def answers(where: str, table: pd.DataFrame = TABLE) -> list[bool | None]:
    found = Condition(table).answers(where)
    return [None if pd.isna(each) else bool(each) for each in found]


# Examples


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("days > 3", [False, None, True]),
        ("not days > 3", [True, None, False]),
        ("days != 3", [False, None, True]),
        ("3 <= days < 9", [True, None, False]),
        ("-days < -3", [False, None, True]),
        ("days * 2 > days.mean()", [False, None, True]),
        ("days.isna()", [False, True, False]),
        ("stage in ['new', 'gone']", [True, False, None]),
        ("stage not in ('new',)", [False, True, None]),
        ("stage != ['new']", [False, True, None]),
        ("stage.str.contains('ya')", [False, True, None]),
        ("last >= '2024-01-15'", [False, True, None]),
        ("last in ['2024-01-01']", [True, False, None]),
        ("last.dt.month == 2", [False, True, None]),
        ("band > 'low'", [False, True, False]),
        ("`first channel` == 'b'", [False, True, False]),
        ("stage == '`first channel`'", [False, False, None]),
        ("is_known and days > 3", [False, False, True]),
        ("~is_known | (stage == 'new')", [True, True, None]),
        ("is_known\n  or days == 0", [True, None, True]),
    ],
)
def test_what_a_condition_says(where: str, expected: list[bool | None]) -> None:
    found = answers(where)
    # What pandas knows of texts that are missing changed with its versions.
    assert [a == e or e is None for a, e in zip(found, expected, strict=True)] == [True] * 3


@pytest.mark.parametrize("compared", ["<", "<=", ">", ">=", "==", "!="])
@given(days=st.lists(st.integers(-3, 3), min_size=1), limit=st.integers(-3, 3))
def test_numbers_are_compared_as_pandas_does(compared: str, days: list[int], limit: int) -> None:
    table = pd.DataFrame({"days": days})
    where = f"days {compared} {limit}"
    assert answers(where, table) == table.eval(where).tolist()


# Refusals


@pytest.mark.parametrize(
    "where",
    [
        "__import__('os').getcwd()",
        "stage.items.__func__.__globals__['sys'].exit()",
        "days.to_csv('a.csv')",
        "days.pipe(print)",
        "days.map(str)",
        "stage.str.replace('a', 'b') == 'b'",
        "days.__class__",
        "days.isna",
        "days.dt",
        "(lambda: days > 3)()",
        "[each for each in days]",
        "f'{days}' == '3'",
        "days ** 99 > 3",
        "days.quantile(q=0.5) > 3",
        "days[0] > 3",
        "days if is_known else days",
        "stage == '`' or days.to_csv('a.csv') or stage == '`'",
    ],
)
def test_what_is_not_allowed(where: str) -> None:
    with pytest.raises(ValueError, match="is not allowed here"):
        Condition(TABLE).answers(where)


@pytest.mark.parametrize(
    ("where", "match"),
    [
        ("stage ==", "invalid syntax"),
        ("days = 3", "invalid syntax"),
        ("age > 3", "there is no column 'age'"),
        ("`no such` > 3", "there is no column 'no such'"),
        ("'a' * 1000000000 == stage", "'a' is no number"),
        ("[1] * 1000000000 == stage", "is no number"),
        ("days and is_known", "'days' is no column of yes and no"),
        ("1 < 2", "is no column of yes and no"),
        ("days is None", "'is' nowhere"),
        ("'new' in stage", "between a column and a list"),
        ("days > 'x'", "comparison"),
        ("last > '01/02/2024'", "can be 1 February or 2 January"),
    ],
)
def test_what_cannot_be_read(where: str, match: str) -> None:
    errors: Any = (ValueError, TypeError)
    with pytest.raises(errors, match=match):
        Condition(TABLE).answers(where)


def test_nothing_that_is_written_leaves_a_trace(tmp_path: Any) -> None:
    target = tmp_path / "a.csv"
    with pytest.raises(ValueError, match="not allowed"):
        Condition(TABLE).answers(f"days.to_csv({str(target)!r})")
    assert not target.exists()
