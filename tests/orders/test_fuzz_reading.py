"""The fuzzer finds what it should, makes it small, and stops."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from orders import fuzz_cases
from orders.fuzz_cases import FuzzCase, failure_of, random_case
from orders.written_tables import Dialect, random_dialect, random_lines

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

SCRIPT = Path(fuzz_cases.__file__).with_name("fuzz_reading.py")
FILE = FuzzCase("by hand", ".csv", b"customer_id,ordered_at,amount\n1,2024-01-05,3.50\n", {})


def fail_on_hash(path: Path, **_: Any) -> None:
    if b"#" in path.read_bytes():
        raise KeyError("#")
    raise fuzz_cases.RetentionError("refused")


# Examples


def test_what_is_read_well_is_no_finding() -> None:
    assert failure_of(FILE) is None


def test_what_is_refused_is_no_finding() -> None:
    assert failure_of(replace(FILE, content=b"customer_id,amount\n1,3.50\n")) is None


def test_another_exception_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_cases, "read_orders", fail_on_hash)
    case = replace(FILE, content=FILE.content * 20 + b"1,#,3\n" + FILE.content)
    failure = failure_of(case)
    assert failure == "KeyError at ?: '#'"
    assert case.shrunk(failure, time.monotonic() + 10).content == b"#"


def test_a_misreading_is_found() -> None:
    lines = random_lines(Random(1))
    plain = vars(random_dialect(Random(1))) | {
        "encoding": "utf-8", "date_style": "%Y-%m-%d", "has_titles": False, "has_notes": False,
    }  # fmt: skip
    dialect = Dialect(**plain)
    right = FuzzCase("truth", ".csv", dialect.file(lines), dialect.hints, (lines, dialect))
    assert failure_of(right) is None
    wrong = [replace(lines[0], amount=lines[0].amount + Decimal(1)), *lines[1:]]
    assert (failure_of(replace(right, truth=(wrong, dialect))) or "").startswith("misread")


def test_a_seed_repeats_its_case() -> None:
    assert random_case(Random(5)) == random_case(Random(5))
    assert random_case(Random(5)) != random_case(Random(6))


@pytest.mark.slow
def test_it_stops_on_time() -> None:
    started = time.monotonic()
    words = [sys.executable, str(SCRIPT), "--minutes", "0.1", "--seed", "1"]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "cases from seed 1: 0 findings" in run.stdout
    assert run.returncode == 0
    assert time.monotonic() - started < 40
