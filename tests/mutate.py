"""Change `tables/` and `models/` in small ways, and see whether the tests notice: `dev.py mutate`.

Mutants are drawn by a seed. Each is tried in a process of its own, forked from one that has the heavy
libraries already, and is imported from memory: no file of the checkout is touched. It is tried against
its own examples and the test file that mirrors it; where there is none, against those of the files that
import it. First the quick tests, then the slow ones. What survives must stand in mutants.toml with a
reason. In the end the tests that let nothing survive are run once unchanged: if they fail then, too,
nothing is known.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import importlib
import importlib.abc
import importlib.util
import json
import math
import os
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from mirrors import REASONS, tests_of
from mutants import ROOT, Mutant, all_mutants

HEAVY = (
    "duckdb",
    "hypothesis",
    "ibis",
    "matplotlib.pyplot",
    "numpy",
    "pandas",
    "pyarrow",
    "pytest",
    "scipy.stats",
)
QUICK, SLOW = "not slow and not service", "slow and not service"
WANTED = 0.8
# Seconds on the clock for one of the processor, where others use it, too, or nothing moves.
WAITS = 20
# Exit statuses of pytest, and what is added to them where only the slow tests failed.
PASSED, NO_TESTS, SLOWLY = 0, 5, 64
# The function of what is changed nowhere, and tried against the quick tests alone.
QUICKLY = "nothing, quickly"
# How tests ended that noticed nothing.
UNNOTICED = ("survived", "no test")


@dataclass(frozen=True)
class Verdict:
    """`seconds` are those of the processor."""

    mutant: Mutant
    is_killed: bool
    seconds: float
    how: str


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module in memory instead of in its file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self.mutant.module:
            return None
        where = str(ROOT / self.mutant.path)
        return importlib.util.spec_from_file_location(name, where, loader=self)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.source, str(ROOT / self.mutant.path), "exec"), module.__dict__)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=120, help="of the processor, for one")
    parser.add_argument("--minutes", type=float, default=60, help="when no further one is begun")
    parser.add_argument("--only", default="", help="files whose path holds this")
    parser.add_argument("--json", type=Path, help="where to write all of it")
    given = parser.parse_args(words)
    drawn = draw(all_mutants(given.only), given.mutants, given.seed)
    warm()
    ends = time.monotonic() + 60 * given.minutes
    verdicts = list(tried(drawn, given.processes, given.seconds, ends))
    status = told(verdicts, len(drawn), given.json)
    return status if are_whole(verdicts, given.processes, given.seconds) else 2


def draw(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """As many as asked for, none twice; for the same seed the same ones, whatever is edited elsewhere."""
    return sorted(mutants, key=lambda one: blake2b(f"{seed} {one.name}".encode()).digest())[:count]


def are_whole(verdicts: Sequence[Verdict], processes: int, seconds: float) -> bool:
    """Whether tests that killed all their mutants pass where nothing is changed."""
    unchanged = doubted(verdicts)
    again = list(tried(unchanged, processes, seconds, math.inf))
    broken = [one.mutant.path for one in again if one.how not in UNNOTICED]
    if broken:
        print(f"{len(broken)} of {len(again)} fail unchanged: {', '.join(broken)}")
    return not broken


def doubted(verdicts: Sequence[Verdict]) -> list[Mutant]:
    """What has to be tried unchanged: a survivor shows already that its tests can pass.

    Tests whose quick ones killed every mutant need not show that the slow ones pass.
    """
    shown = {tests_of(one.mutant.path) for one in verdicts if not one.is_killed}
    killed = [one for one in verdicts if tests_of(one.mutant.path) not in shown]
    paths = {tests_of(one.mutant.path): one.mutant.path for one in killed}
    slowly = {tests_of(one.mutant.path) for one in killed if one.how != "killed"}
    return [
        Mutant(path, 1, "nothing" if files in slowly else QUICKLY, "", "", 0)
        for files, path in paths.items()
    ]


def warm() -> None:
    """What all forks share: imported once, and nothing of ours, which each imports with its change."""
    os.chdir(ROOT)
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    for name in HEAVY:
        importlib.import_module(name)


# The trials


def tried(
    mutants: Sequence[Mutant], processes: int, seconds: float, ends: float
) -> Iterator[Verdict]:
    """Several at a time; each is told as soon as it is known."""
    waiting, running = deque(mutants), {}
    while running or (waiting and time.monotonic() < ends):
        while waiting and len(running) < processes and time.monotonic() < ends:
            mutant = waiting.popleft()
            running[begun(mutant, int(seconds))] = mutant, time.monotonic()
        for number, (mutant, started) in list(running.items()):
            took = time.monotonic() - started
            if (verdict := _ended(number, mutant, took, WAITS * seconds)) is not None:
                del running[number]
                tell(verdict)
                yield verdict
        time.sleep(0.02)


def begun(mutant: Mutant, seconds: int) -> int:
    """The number of a new process that tries the mutant; what runs for ever is ended by the system."""
    number = os.fork()
    if number == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        os._exit(_try(mutant))
    return number


def _ended(number: int, mutant: Mutant, took: float, seconds: float) -> Verdict | None:
    ended, status, used = os.wait4(number, os.WNOHANG)
    if ended:
        code = os.waitstatus_to_exitcode(status)
        how = "killed slowly" if code < 0 or code >= SLOWLY else "killed"
        how = {PASSED: "survived", NO_TESTS: "no test"}.get(code, how)
        return Verdict(mutant, how not in UNNOTICED, used.ru_utime + used.ru_stime, how)
    if took < seconds:
        return None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL)
    _, _, used = os.wait4(number, 0)
    return Verdict(mutant, True, used.ru_utime + used.ru_stime, "killed by time")


def _try(mutant: Mutant) -> int:
    """Exit status of pytest: 0 where every test passed, 5 where there was none."""
    import pytest

    sys.meta_path.insert(0, Changed(mutant))
    files = (mutant.path, *tests_of(mutant.path))
    place = os.open(os.devnull, os.O_WRONLY)
    os.dup2(place, 1)
    os.dup2(place, 2)
    words = [
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--no-header",
        "--assert=plain",
        "--tb=no",
        *files,
    ]
    codes = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in (QUICK,) if mutant.function == QUICKLY else (QUICK, SLOW):
            # pytest imports test files anew only if they are not there.
            for name in [name for name in sys.modules if name.startswith(("tests.", "test_"))]:
                del sys.modules[name]
            codes.append(
                int(pytest.main([*words, "-m", kind, f"--basetemp={folder}/{len(codes)}"]))
            )
            if codes[-1] not in (PASSED, NO_TESTS):
                break
        atexit._run_exitfuncs()
    if codes[-1] not in (PASSED, NO_TESTS):
        return codes[-1] + SLOWLY * (len(codes) - 1)
    return min(codes)


# What is told


def tell(verdict: Verdict) -> None:
    one = verdict.mutant
    print(
        f"{verdict.how:14} {verdict.seconds:5.1f} s  {one.path}:{one.line}  {one.name.split(' ', 1)[1]}",
        flush=True,
    )


def told(verdicts: Sequence[Verdict], drawn: int, file: Path | None) -> int:
    """The share, and each survivor with its reason; 0 if enough were killed and all have one."""
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))["survivors"]
    survivors = [one for one in verdicts if not one.is_killed]
    without = [one for one in survivors if one.mutant.name not in reasons]
    killed = len(verdicts) - len(survivors)
    share = killed / len(verdicts) if verdicts else 0.0
    each = sum(one.seconds for one in verdicts) / max(len(verdicts), 1)
    print(
        f"\n{killed} of {len(verdicts)} killed ({share:.0%}), {each:.1f} s of the processor each; "
        f"{drawn - len(verdicts)} not tried"
    )
    for one in survivors:
        reason = reasons.get(one.mutant.name, "NO REASON")
        print(f"{one.mutant.path}:{one.mutant.line}\n  {one.mutant.name}\n  {reason}")
    if file is not None:
        file.write_text(json.dumps([_row(one) for one in verdicts], indent=1, ensure_ascii=False))
    return 0 if share >= WANTED and not without else 1


def _row(one: Verdict) -> dict[str, object]:
    mutant = one.mutant
    found = {"name": mutant.name, "path": mutant.path, "line": mutant.line, "before": mutant.before}
    return found | {
        "after": mutant.after,
        "is_killed": one.is_killed,
        "how": one.how,
        "seconds": one.seconds,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
