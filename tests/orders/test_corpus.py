"""The corpus: small files of every kind, each read as an analyst would, or refused with advice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from orders.corpus.case import FILES, Case, Reading
from orders.corpus.expected import CASES
from orders.corpus.make_corpus import CONTENTS, make_corpus
from pandas.testing import assert_frame_equal
from strategies import exactly

from retention.errors import OrdersError
from retention.orders.orders import Orders
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

NAMES = [case.name for case in CASES]
BY_NAME = {case.name: case for case in CASES if case.reads}
QUICK = 10  # every so many cases are read in the inner loop, all of them in the whole suite


def some_quick(cases: Mapping[str, Any], share: int = QUICK) -> list[Any]:
    """The cases as parameters, most of them marked as slow: together they take a minute or two."""
    return [
        pytest.param(case, id=name, marks=[pytest.mark.slow] if place % share else [])
        for place, (name, case) in enumerate(cases.items())
    ]


READ = some_quick({case.name: case for case in CASES if case.reads})
REFUSED = some_quick({case.name: case for case in CASES if case.refused})


@cache
def read(name: str) -> Orders:
    """A case as the analyst reads it, once for all tests."""
    case = BY_NAME[name]
    return read_orders(case.path, **case.options)


def require(orders: Orders, expected: Reading) -> None:
    """Everything that the case says, and that no line and no money is lost."""
    got = orders.to_pandas()
    if expected.rows:
        assert written(got, expected) == sorted(map(normal, expected.rows))
    if expected.totals:
        days = [f"{day:%Y-%m-%d}" for day in (orders.history_start, orders.as_of)]
        totals = [len(got), got["customer_id"].nunique(), exactly(got["amount"]).normalize(), *days]
        counted, people, amount, *between = expected.totals.split(" | ")
        assert totals == [int(counted), int(people), Decimal(amount).normalize(), *between]
    require_audit(orders, expected)
    for name, values in expected.values.items():
        assert tuple(sorted(set(got[name].dropna()))) == tuple(sorted(values))
    mapping = dict(zip(orders.mapping["column"], orders.mapping["source_column"], strict=True))
    assert mapping | expected.mapping == mapping


def require_audit(orders: Orders, expected: Reading) -> None:
    audit = orders.audit.set_index("rule")
    aside = audit.drop(index=["lines_read", "lines_used"])
    assert audit.loc["lines_read", "lines"] == expected.lines
    assert audit.loc["lines_used", "lines"] + aside["lines_set_aside"].sum() == expected.lines
    used, all_aside = exactly(orders.to_pandas()["amount"]), exactly(aside["amount_set_aside"])
    assert used + all_aside == exactly(audit.loc[["lines_read"], "amount"])
    set_aside = aside.loc[aside["lines_set_aside"] > 0, "lines_set_aside"]
    assert set_aside.to_dict() == expected.aside
    touched = {rule: int(aside.loc[rule, "lines"]) for rule in expected.touched}
    assert touched == expected.touched


def require_rows(orders: Orders, expected: Reading) -> None:
    assert written(orders.to_pandas(), expected) == sorted(map(normal, expected.rows))


def written(got: pd.DataFrame, expected: Reading) -> list[str]:
    """The orders as the table of the corpus writes them."""
    names = ["customer_id", "order_id", "ordered_at", "amount"]
    rows = got[names].astype({"amount": object}).to_numpy().tolist()
    any_id = {row.split(" | ")[1] for row in expected.rows} == {"*"}
    return sorted(
        normal(f"{customer} | {'*' if any_id else order} | {time} | {round(amount, 4)}")
        for customer, order, time, amount in rows
    )


def normal(row: str) -> str:
    customer, order, time, amount = row.split(" | ")
    return f"{customer} | {order} | {pd.Timestamp(time)} | {Decimal(amount).normalize():f}"


# Examples


@pytest.mark.parametrize("case", READ)
def test_files_are_read(case: Case) -> None:
    assert case.reads
    try:
        orders = read(case.name)
    except OrdersError:
        if not case.or_refused:
            raise
        return
    require(orders, case.reads)


def some(**columns: Any) -> pd.DataFrame:
    """Five orders of three customers, some columns written otherwise."""
    plain = {
        "customer_id": ["007", "012", "007", "345", "012"],
        "order_id": ["A-1", "A-2", "A-3", "A-4", "A-5"],
        "ordered_at": pd.to_datetime(TIMES),
        "amount": [12.5, 99.99, 1250.0, 0.01, 7.0],
    }
    return pd.DataFrame(plain | columns)


TIMES = [
    "2024-01-05 23:30", "2024-01-31 00:00", "2024-02-29 12:00", "2024-03-15 10:30", "2024-03-31 08:00",
]  # fmt: skip
DAYS = pd.Series(pd.to_datetime([time[:10] for time in TIMES]))
EXPECTED = Reading(
    (
        "007 | A-1 | 2024-01-05 23:30 | 12.50",
        "012 | A-2 | 2024-01-31 00:00 | 99.99",
        "007 | A-3 | 2024-02-29 12:00 | 1250",
        "345 | A-4 | 2024-03-15 10:30 | 0.01",
        "012 | A-5 | 2024-03-31 08:00 | 7",
    )
)
AWARE = pd.Series(pd.to_datetime(TIMES)).dt.tz_localize("Asia/Ho_Chi_Minh")
FRAMES: dict[str, Callable[[], Any]] = {
    "object": lambda: some().astype({"customer_id": object, "order_id": object}),
    "string": lambda: some().astype({"customer_id": "string", "order_id": "string"}),
    "nullable": lambda: some().convert_dtypes(),
    "arrow-backed": lambda: some().convert_dtypes(dtype_backend="pyarrow"),
    "categorical": lambda: some().astype({"customer_id": "category", "order_id": "category"}),
    "text dates": lambda: some(ordered_at=TIMES),
    "text dates, arrow-backed": lambda: some(ordered_at=pd.array(TIMES, "string[pyarrow]")),
    "categorical dates": lambda: some(ordered_at=pd.Categorical(TIMES)),
    "datetime objects": lambda: some(ordered_at=pd.Series(list(pd.to_datetime(TIMES)), dtype=object)),
    "decimals": lambda: some(amount=[Decimal(f"{n:.2f}") for n in (12.5, 99.99, 1250, 0.01, 7)]),
    "float32": lambda: some(amount=[12.5, 100, 1250, 1, 7]).astype({"amount": "float32"}),
    "unusual index": lambda: some().set_index(pd.Index([9, 9, 9, 3, 1])),
    "sliced": lambda: pd.concat([some(), some()], ignore_index=True).iloc[5:],
    "polars": lambda: pl.from_pandas(some()),
    "polars lazy": lambda: pl.from_pandas(some()).lazy(),
    "arrow": lambda: pa.Table.from_pandas(some()),
    "arrow batches": lambda: pa.Table.from_pandas(some()).to_reader(max_chunksize=2),
    "ibis memtable": lambda: ibis.memtable(some()),
    "ibis connection": lambda: ibis.duckdb.connect().create_table("orders", some()),
    **{
        f"datetime64[{unit}]": lambda unit=unit: some().astype({"ordered_at": f"datetime64[{unit}]"})
        for unit in ("s", "ms", "us", "ns")
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", some_quick({kind: kind for kind in FRAMES}, 4))
def test_frames_are_read(kind: str) -> None:
    got = read_orders(FRAMES[kind]())
    if kind == "float32":
        assert got.to_pandas()["amount"].tolist() == [12.5, 100.0, 1250.0, 1.0, 7.0]
    else:
        require_rows(got, EXPECTED)


AWARE_FRAMES: dict[str, Callable[[], Any]] = {
    "pandas": lambda: some(ordered_at=AWARE.dt.tz_convert("UTC")),
    "pandas, arrow-backed": lambda: some(ordered_at=AWARE).convert_dtypes(dtype_backend="pyarrow"),
    "pandas objects": lambda: some(ordered_at=pd.Series(list(AWARE), dtype=object)),
    "polars": lambda: pl.from_pandas(some(ordered_at=AWARE)),
    "arrow": lambda: pa.Table.from_pandas(some(ordered_at=AWARE)),
}


@pytest.mark.parametrize("kind", some_quick({kind: kind for kind in AWARE_FRAMES}, 4))
def test_aware_times_become_local(kind: str) -> None:
    with pytest.raises(OrdersError, match="carry an offset"):
        read_orders(AWARE_FRAMES[kind]())
    require_rows(read_orders(AWARE_FRAMES[kind](), timezone="Asia/Ho_Chi_Minh"), EXPECTED)


DAY_FRAMES: dict[str, Callable[[], Any]] = {
    "date objects": lambda: some(ordered_at=[day.date() for day in DAYS]),
    "arrow date32": lambda: some(ordered_at=pd.array(DAYS.dt.date, pd.ArrowDtype(pa.date32()))),
    "polars dates": lambda: pl.from_pandas(some(ordered_at=DAYS)).cast({"ordered_at": pl.Date}),
    "periods": lambda: some(ordered_at=DAYS.dt.to_period("D")),
    "whole numbers": lambda: some(ordered_at=DAYS.dt.strftime("%Y%m%d").astype("int64")),
    "floats with gaps": lambda: some(ordered_at=DAYS.dt.strftime("%Y%m%d").astype("float64")),
}


@pytest.mark.parametrize("kind", some_quick({kind: kind for kind in DAY_FRAMES}, 4))
def test_days_are_read(kind: str) -> None:
    got = read_orders(DAY_FRAMES[kind]()).to_pandas()
    assert got["ordered_at"].tolist() == DAYS.tolist()


IDS: dict[str, tuple[Any, list[str]]] = {
    "int64": ([7, 12, 7, 345, 12], ["7", "12", "7", "345", "12"]),
    "float": ([7.0, 12.0, 7.0, 345.0, 12.0], ["7", "12", "7", "345", "12"]),
    "nullable": (pd.array([7, 12, 7, 345, 12], "Int64"), ["7", "12", "7", "345", "12"]),
    "uint64": (
        np.array([2**64 - 1, 2**64 - 2, 2**63, 2**53 + 1, 1], dtype="uint64"),
        [str(2**64 - 1), str(2**64 - 2), str(2**63), str(2**53 + 1), "1"],
    ),
    "beyond 64 bits": ([2**70, 2**70 + 1, 1, 2, 3], [str(2**70), str(2**70 + 1), "1", "2", "3"]),
    "mixed": ([7, "7", "A7", 7.0, "07"], ["7", "7", "A7", "7", "07"]),
    "bytes-like text": (["7 ", " 7", "7", "x", "X"], ["7", "7", "7", "x", "X"]),
    "booleans": ([True, False, True, False, True], ["True", "False", "True", "False", "True"]),
}


@pytest.mark.parametrize("kind", IDS)
def test_ids_stay_what_they_are(kind: str) -> None:
    ids, expected = IDS[kind]
    got = read_orders(some(customer_id=ids)).to_pandas()
    if kind == "booleans":
        expected = [name.lower() for name in expected]
        assert [name.lower() for name in got["customer_id"]] == expected
    else:
        assert got["customer_id"].tolist() == expected


# Laws


def test_the_script_writes_the_files(tmp_path: Path) -> None:
    make_corpus(tmp_path)
    assert {path.relative_to(FILES).as_posix() for path in FILES.rglob("*.*") if path.is_file()} == {
        *CONTENTS, ".gitattributes",
    }  # fmt: skip
    for name in CONTENTS:
        assert same(FILES / name, tmp_path / name), name


def judged(orders: Orders) -> pd.DataFrame:
    """Every line of the source with the rule that takes it."""
    columns = ["line_number", "customer_id", "amount", "rule"]
    checked: pd.DataFrame = orders.checked.select(*columns).order_by("line_number").execute()
    return checked


def same(one: Path, other: Path) -> bool:
    """Equal to the byte; tables that name the library which wrote them need equal contents only."""
    if one.suffix == ".parquet" and one.read_bytes()[:4] == b"PAR1":
        return bool(pyarrow.parquet.read_table(one).equals(pyarrow.parquet.read_table(other)))
    if one.suffix == ".feather":
        return bool(pyarrow.feather.read_table(one).equals(pyarrow.feather.read_table(other)))
    return one.read_bytes() == other.read_bytes()


def test_the_corpus_is_small_and_wholly_used() -> None:
    assert len(CASES) >= 60
    assert len(set(NAMES)) == len(NAMES)
    assert sum(path.stat().st_size for path in FILES.rglob("*") if path.is_file()) < 400_000
    used = [
        name
        for case in CASES
        for name in ([case.source] if isinstance(case.source, str) else case.source)
    ]
    unused = [name for name in CONTENTS if name not in used and name.split("/")[0] not in used]
    assert unused == []


@pytest.mark.slow
@pytest.mark.parametrize("case", READ)
def test_settings_repeat_the_reading(case: Case) -> None:
    """Which rule takes which line, and what is made of the others: the audit is sums over these."""
    try:
        orders = read(case.name)
    except OrdersError:
        assert case.or_refused
        return
    again = read_orders(case.path, **orders.settings())
    assert_frame_equal(again.to_pandas(), orders.to_pandas())
    assert_frame_equal(judged(again), judged(orders))
    assert again.mapping["source_column"].tolist() == orders.mapping["source_column"].tolist()


# Refusals


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.refused], ids=lambda case: case.name
)
def test_files_are_refused(case: Case) -> None:
    options = {} if case.reads else case.options
    with pytest.raises(OrdersError) as refusal:
        read_orders(case.path, **options)
    message = str(refusal.value)
    assert message.startswith("orders: ")
    for pattern in case.refused:
        assert pattern in message or re.search(pattern, message), message
