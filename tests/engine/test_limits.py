"""Limits as people say them: understood, or refused by the name under which they were given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retention.engine.limits import NAMES, checked_limits, environment_limits
from retention.errors import ArgumentError


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(f"RETENTION_{name.upper()}", raising=False)


# examples


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("4GB", "4000000000B"),
        (" 4 gb ", "4000000000B"),
        ("4GiB", "4294967296B"),
        ("0.5GB", "500000000B"),
        ("100MB", "100000000B"),
        ("1TB", "1000000000000B"),
        ("50%", "50.0%"),
        ("12.5 %", "12.5%"),
        ("100%", "100.0%"),
    ],
)
def test_amounts_of_memory(given: str, meant: str) -> None:
    assert checked_limits({"memory_limit": given}) == {"memory_limit": meant}


def test_what_is_not_given_is_not_set(tmp_path: Path) -> None:
    assert checked_limits(dict.fromkeys(NAMES)) == {}
    assert environment_limits() == {}
    assert checked_limits({"threads": 3, "spill_folder": str(tmp_path)}) == {
        "threads": 3,
        "spill_folder": tmp_path,
    }


def test_the_environment_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETENTION_MEMORY_LIMIT", "2GB")
    monkeypatch.setenv("RETENTION_THREADS", " 3 ")
    monkeypatch.setenv("RETENTION_SPILL_FOLDER", str(tmp_path))
    given = {"memory_limit": "2GB", "threads": 3, "spill_folder": tmp_path}
    assert environment_limits() == checked_limits(given)
    monkeypatch.setenv("RETENTION_THREADS", "")
    assert "threads" not in environment_limits()


def test_a_folder_may_be_named_by_a_number_or_from_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2024").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("RETENTION_SPILL_FOLDER", "2024")
    assert environment_limits() == {"spill_folder": tmp_path / "2024"}
    assert checked_limits({"spill_folder": "~/2024"}) == environment_limits()


# refusals


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("memory_limit", "lots", r"'lots' is not an amount of memory. Give one such as \"4GB\""),
        ("memory_limit", "4000", r"'4000' is not an amount of memory"),
        ("memory_limit", "-1GB", r"'-1GB' is not an amount of memory"),
        ("memory_limit", "0%", r"'0%' is not between 0 % and 100 %"),
        ("memory_limit", "150%", r"'150%' is not between 0 % and 100 %"),
        ("memory_limit", "1MB", r"'1MB' is too little to work with. Give at least \"100MB\""),
        ("threads", "four", r"'four' is not a whole number"),
        ("threads", "1.5", r"'1.5' is not a whole number"),
        ("threads", "0", r"0 is not between 1 and 512"),
        ("threads", "100000", r"100000 is not between 1 and 512"),
        ("spill_folder", "none/there", r"there is no folder 'none/there'. Make it first"),
    ],
)
def test_what_cannot_be_meant(
    name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = f"RETENTION_{name.upper()}"
    monkeypatch.setenv(variable, value)
    with pytest.raises(ArgumentError, match=f"{variable}: {message}"):
        environment_limits()
    given = int(value) if name == "threads" and value.isdecimal() else value
    with pytest.raises(ArgumentError, match=f"^{name}: {message}"):
        checked_limits({name: given})


@pytest.mark.parametrize(
    ("name", "value"), [("memory_limit", 4), ("threads", True), ("threads", 2.5)]
)
def test_other_kinds(name: str, value: Any) -> None:
    with pytest.raises(ArgumentError, match=rf"{name}: {value} is not an? "):
        checked_limits({name: value})
