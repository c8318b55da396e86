"""Results leave the engine with the glossary's dtypes, whatever the engine made of them."""

from __future__ import annotations

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from retention.engine.connection import store
from retention.engine.frames import to_frame
from retention.names import GLOSSARY

COLUMNS = ("customer_id", "frequency", "last_gap_days", "amount", "is_complete", "ordered_at")
ROWS = {
    "customer_id": pa.array(["a", None]),
    "frequency": pa.array([1, 2], pa.int32()),
    "last_gap_days": pa.array([None, 3], pa.int16()),
    "amount": pa.array([1, None], pa.decimal128(18, 4)),
    "is_complete": pa.array([True, False]),
    "ordered_at": pa.array([0, 1_000], pa.timestamp("ns")),
}

# Examples


def test_dtypes_are_those_of_the_glossary() -> None:
    frame = to_frame(store(pa.table(ROWS)), COLUMNS)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        name: GLOSSARY[name].dtype for name in COLUMNS
    }
    assert frame["customer_id"].isna().tolist() == [False, True]
    assert frame["last_gap_days"].tolist() == [pd.NA, 3]
    assert frame["amount"].iloc[0] == 1.0
    assert isinstance(frame.index, pd.RangeIndex)


def test_empty_frames_are_typed_too() -> None:
    table = store(pa.table(ROWS))
    frame = to_frame(table.filter(ibis.literal(False)), COLUMNS)
    assert len(frame) == 0
    assert [str(dtype) for dtype in frame.dtypes] == [GLOSSARY[name].dtype for name in COLUMNS]


def test_unknown_columns_keep_their_kind() -> None:
    rows = {"n": pa.array([1], pa.int8()), "share": pa.array([0.5]), "word": pa.array(["x"])}
    frame = to_frame(store(pa.table(rows)), ("n", "share", "word"))
    assert [str(dtype) for dtype in frame.dtypes] == ["int64", "float64", "str"]


def test_text_stays_text_where_its_name_is_a_number_elsewhere() -> None:
    """An attribute of a shop may be called `active`, or `decile`; the glossary has these as numbers."""
    frame = to_frame(store(pa.table({"active": pa.array(["yes", None])})), ("active",))
    assert GLOSSARY["active"].dtype == "int64"
    assert str(frame["active"].dtype) == "str"
    assert frame["active"].isna().tolist() == [False, True]


def test_money_leaves_as_the_nearest_float() -> None:
    rows = {"amount": pa.array(["0.1234", "1000000000.07"]).cast(pa.decimal128(18, 4))}
    frame = to_frame(store(pa.table(rows)), ("amount",))
    assert frame["amount"].tolist() == [0.1234, 1000000000.07]


# Refusals


def test_missing_numbers_are_no_zeros() -> None:
    table = store(pa.table({"frequency": pa.array([None, 1], pa.int64())}))
    with pytest.raises((ValueError, TypeError), match=r"NA|NaN|null|None"):
        to_frame(table, ("frequency",))
