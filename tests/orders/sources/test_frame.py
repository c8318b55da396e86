"""pandas, Polars and Arrow: every dtype as exact as it came."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import private_connection
from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.orders.source import open_source

JAN, FEB = dt.datetime(2024, 1, 31, 10), dt.datetime(2024, 2, 1)


def values(source: object) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = to_arrow(open_source(source).rows).to_pydict()
    return found


# Examples

COLUMNS: dict[str, tuple[Any, list[Any]]] = {
    "text": (["007", None], ["007", None]),
    "string": (pd.array(["007", None], dtype="string"), ["007", None]),
    "decomposed": (["a\u0303", "b"], ["ã", "b"]),
    "mixed ids": (["007", 8.0], ["007", "8"]),
    "floats": ([17850.0, None], [17850.0, None]),
    "nullable": (pd.array([2**63 - 1, None], dtype="Int64"), [2**63 - 1, None]),
    "unsigned": (pd.Series([2**64 - 1, 1], dtype="uint64"), [2**64 - 1, 1]),
    "beyond 64 bits": ([2**70, 1], [str(2**70), "1"]),
    "boolean": ([True, False], [True, False]),
    "category": (pd.Categorical(["x", None]), ["x", None]),
    "category of floats": (pd.Categorical([1.5, 2.5]), [1.5, 2.5]),
    "decimals": ([Decimal("1.50"), None], [Decimal("1.50"), None]),
    "long decimals": ([Decimal("1e50"), Decimal(1)], ["1E+50", "1"]),
    "moments": ([JAN, FEB], [JAN, FEB]),
    "days and moments": ([dt.date(2024, 1, 31), FEB], [dt.datetime(2024, 1, 31), FEB]),
    "far days": ([dt.date(9999, 12, 31), None], [dt.datetime(9999, 12, 31), None]),
    "timestamps": (pd.Series([pd.Timestamp(JAN), pd.NaT], dtype=object), [JAN, None]),
    "seconds": (pd.to_datetime([JAN, FEB]).as_unit("s"), [JAN, FEB]),
    "nanoseconds": (pd.to_datetime([JAN, FEB]).as_unit("ns"), [JAN, FEB]),
    "periods": (pd.period_range("2024-01", "2024-02", freq="M"), [dt.datetime(2024, 1, 1), FEB]),
    "arrow": (pd.array(["007", None], dtype=pd.ArrowDtype(pa.string())), ["007", None]),
    "arrow dictionary": (
        pd.array(["a", "b"], dtype=pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string()))),
        ["a", "b"],
    ),
    "sparse": (pd.arrays.SparseArray([1, 0]), [1, 0]),
    "intervals": (pd.interval_range(0, 2), ["(0, 1]", "(1, 2]"]),
    "complex": ([1j, 2], ["1j", "(2+0j)"]),
    "bytes": ([b"007", None], ["007", None]),
    "bytes that are no text": ([b"\xff", b"\xfe"], ["\\xff", "\\xfe"]),
    "lists": ([[1], None], ["[1]", None]),
    "nothing": ([None, None], [None, None]),
}


@pytest.mark.parametrize("case", COLUMNS)
def test_pandas(case: str) -> None:
    given_values, expected = COLUMNS[case]
    frame = pd.DataFrame({"a": given_values, "b": ["x", "y"]})
    before = frame.copy(deep=True)
    assert values(frame) == {"a": expected, "b": ["x", "y"]}
    pd.testing.assert_frame_equal(frame, before)


def test_aware_times() -> None:
    aware = pd.to_datetime(["2024-01-31 10:00+07:00", None])
    assert values(pd.DataFrame({"a": aware}))["a"][0].isoformat() == "2024-01-31T03:00:00+00:00"
    mixed = [pd.Timestamp("2024-01-31 10:00+07:00"), pd.Timestamp("2024-01-31 10:00+08:00")]
    found = values(pd.DataFrame({"a": pd.Series(mixed, dtype=object)}))["a"]
    assert found == ["2024-01-31 10:00:00+07:00", "2024-01-31 10:00:00+08:00"]


def test_an_index_with_a_name_is_a_column() -> None:
    frame = pd.DataFrame({"id": ["1", "2"], "amount": [1, 2], "day": ["x", "y"]})
    assert list(values(frame.set_index("id"))) == ["id", "amount", "day"]
    assert list(values(frame.set_index(["id", "day"]))) == ["id", "day", "amount"]
    assert list(values(frame.set_index("id", drop=False))) == ["id", "amount", "day"]
    assert list(values(frame.set_index(pd.Index([5, 5])))) == ["id", "amount", "day"]


def test_polars() -> None:
    frame = pl.DataFrame(
        {
            "id": ["007", None],
            "when": [JAN, None],
            "day": [dt.date(2024, 1, 31), None],
            "kind": pl.Series(["a", None], dtype=pl.Categorical),
            "shop": pl.Series(["a", "b"], dtype=pl.Enum(["a", "b"])),
            "amount": pl.Series([Decimal("1.5"), None]),
            "long": pl.Series([2**64 - 1, 1], dtype=pl.UInt64),
            "silence": [dt.timedelta(1), None],
            "tags": [["x"], ["y"]],
            "empty": [None, None],
        }
    )
    expected = {
        "id": ["007", None],
        "when": [JAN, None],
        "day": [dt.date(2024, 1, 31), None],
        "kind": ["a", None],
        "shop": ["a", "b"],
        "amount": [Decimal("1.5"), None],
        "long": [2**64 - 1, 1],
        "silence": ["1 day, 0:00:00", None],
        "tags": ["['x']", "['y']"],
        "empty": [None, None],
    }
    assert values(frame) == expected
    assert values(frame.lazy()) == expected


def test_arrow() -> None:
    table = pa.table({"id": pa.array(["a", "b"]).dictionary_encode(), "n": [1, 2]})
    expected = {"id": ["a", "b"], "n": [1, 2]}
    assert values(table) == expected
    assert values(table.to_reader()) == expected
    assert values(table.to_batches()[0]) == expected
    assert open_source(table).name == "the Table"


def test_tables_of_the_private_connection_are_not_remote() -> None:
    stored = open_source(pd.DataFrame({"a": [1]})).rows
    assert stored.get_backend() is private_connection()
    assert not open_source(stored).is_remote


# Laws

ANY = st.one_of(
    st.none(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=4),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.datetimes(min_value=dt.datetime(1700, 1, 1)),
    st.dates(min_value=dt.date(1700, 1, 1)),
)


@given(st.lists(ANY, min_size=1, max_size=6))
def test_any_objects_are_kept(cells: list[Any]) -> None:
    frame = pd.DataFrame({"a": pd.Series(cells, dtype=object)})
    found = values(frame)["a"]
    assert [cell is None for cell in found] == [cell is None for cell in cells]


# Refusals


@pytest.mark.parametrize(
    ("source", "match"),
    [
        (pd.DataFrame({"a": []}), "the DataFrame has no rows. Check the filter"),
        (pl.DataFrame({"a": []}), "the DataFrame has no rows. Check the filter"),
        (pa.table({"a": []}), "the Table has no rows. Check the filter"),
        (pa.table([[1], [2]], ["a", "A"]), r"2 columns share a name \('a', 'A'"),
        (
            pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")])),
            r"the DataFrame has columns of 2 levels .* Make them one: frame.columns = ",
        ),
        (5, "cannot read a int. Give a path to a CSV, Excel, Parquet or JSON file"),
    ],
)
def test_refusals(source: object, match: str) -> None:
    with pytest.raises(OrdersError, match=match):
        open_source(source)


def test_half_a_sign_is_shown_by_its_number() -> None:
    columns = pd.Index(["id", "x\udfff"], dtype=object)
    frame = pd.DataFrame([["a\ud800", 1], ["a\ud801", 1], [None, 1]], columns=columns, dtype=object)
    rows = to_arrow(open_source(frame).rows)
    assert rows.column_names == ["id", "x\\udfff"]
    assert rows["id"].to_pylist() == ["a\\ud800", "a\\ud801", None]
