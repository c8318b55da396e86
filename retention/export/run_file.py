"""The numbers of each run of the report, in a JSON file beside it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from retention.errors import ArgumentError
from retention.files import atomic_path

RUNS = "runs"


class Run(NamedTuple):
    """What one run told: its last day, the currency of its amounts, and figure by figure."""

    as_of: str
    currency: str | None
    numbers: Mapping[str, float | None]


def read_runs(path: Path) -> list[Run]:
    """The runs kept there, none if there is no file.

    Raises
    ------
    ArgumentError
        If it is no such file, or cannot be read.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [_run(each) for each in content[RUNS]]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ArgumentError(
            f"{path}: cannot be read ({error.strerror}). Give the .json file of the runs, or a new name."
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ArgumentError(
            f"{path}: not what a run of the report has written ({type(error).__name__}: {error}). "
            "Move it away to begin anew, or give another folder."
        ) from error


def write_run(run: Run, path: Path) -> None:
    """Add a run, in place of an earlier one of the same day and currency; whole or not at all.

    Raises
    ------
    ArgumentError, ExportError
        If what is there was not written by a run, or cannot be replaced.
    """
    others = [each for each in read_runs(path) if each[:2] != run[:2]]
    kept = sorted([*others, run], key=lambda each: each.as_of)
    content = {RUNS: [_plain(each) for each in kept]}
    with atomic_path(path) as temporary:
        temporary.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _run(said: Any) -> Run:
    numbers = {str(name): _number(value) for name, value in dict(said["numbers"]).items()}
    return Run(str(said["as_of"]), said["currency"], numbers)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _plain(run: Run) -> dict[str, Any]:
    """JSON has no NaN."""
    numbers = {
        name: value if value is not None and math.isfinite(value) else None
        for name, value in run.numbers.items()
    }
    return {**run._asdict(), "numbers": numbers}
