"""Look for files that crash the reader, hang it, or are misread: `dev.py fuzz --minutes 10`.

A worker reads one random case after another; this process watches it, and goes on where it hung or
died. Every finding is printed with its seed and the smallest file that shows it.
"""

from __future__ import annotations

import argparse
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path
from random import Random
from typing import IO, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from orders.fuzz_cases import FuzzCase, failure_of, random_case

LIMIT_SECONDS = 30.0
CASES_PER_WORKER = 150
SHRINK_SECONDS = 20.0


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=None, help="where to begin; default: the clock")
    parser.add_argument("--only", action="store_true", help="the case of --seed alone")
    parser.add_argument("--folder", type=Path, default=None, help="where findings are kept")
    parser.add_argument("--worker", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    seed = int(time.time()) * 1000 if given.seed is None else given.seed
    folder = given.folder or Path(tempfile.mkdtemp(prefix="retention-fuzz-"))
    if given.worker:
        return work(seed, given.worker, folder)
    if given.only:
        return look(seed, folder)
    return watch(seed, time.monotonic() + given.minutes * 60, folder)


# The process that watches


def watch(seed: int, until: float, folder: Path) -> int:
    """Run workers until the time is up; 1 if anything was found."""
    first, findings = seed, 0
    while time.monotonic() < until:
        seed, found = _watch_one(seed, until, folder)
        findings += found
    _tell(f"{seed - first} cases from seed {first}: {findings} findings")
    return 1 if findings else 0


def _watch_one(seed: int, until: float, folder: Path) -> tuple[int, int]:
    """Follow one worker: the next seed, and the findings."""
    words = [
        __file__,
        "--seed",
        str(seed),
        "--worker",
        str(CASES_PER_WORKER),
        "--folder",
        str(folder),
    ]
    worker = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True)
    assert worker.stdout
    messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
    threading.Thread(target=_listen, args=(worker.stdout, messages), daemon=True).start()
    found, last = 0, {"event": "start", "seed": seed}
    try:
        while (message := _next(messages, last, until)) is not None:
            last = message
            if message["event"] == "finding":
                found += 1
                _tell(message["text"])
    except TimeoutError as error:
        if time.monotonic() < until:
            found += 1
            _report_lost(last["seed"], str(error), folder)
    finally:
        worker.kill()
        status = worker.wait()
    if last["event"] == "start" and status not in (0, -9):
        found += 1
        _report_lost(last["seed"], f"the process died with status {status}", folder)
    return last["seed"] + 1, found


def _listen(stream: IO[str], messages: queue.Queue[dict[str, Any] | None]) -> None:
    for line in stream:
        if line.startswith("{"):
            messages.put(json.loads(line))
    messages.put(None)


def _next(
    messages: queue.Queue[dict[str, Any] | None], last: dict[str, Any], until: float
) -> dict[str, Any] | None:
    patience = LIMIT_SECONDS + (SHRINK_SECONDS if last["event"] == "shrink" else 0)
    try:
        return messages.get(timeout=max(0.1, min(patience, until - time.monotonic())))
    except queue.Empty:
        raise TimeoutError(f"no result within {LIMIT_SECONDS:.0f} s") from None


def _report_lost(seed: int, what: str, folder: Path) -> None:
    case = random_case(Random(seed))
    _tell(_described(seed, what, case, case.kept(folder, seed)))


def _described(seed: int, what: str, case: FuzzCase, path: Path) -> str:
    shown = case.content if len(case.content) <= 600 else case.content[:600] + b" ..."
    return (
        f"FINDING seed {seed} ({case.origin}): {what}\n  options {case.options}, file {path}\n"
        f"  {shown!r}\n  again: tests/orders/fuzz_reading.py --seed {seed} --only"
    )


# The process that reads


def look(seed: int, folder: Path) -> int:
    """One case, without making it smaller."""
    refuse_warnings()
    case = random_case(Random(seed))
    failure = failure_of(case)
    _tell(_described(seed, failure or "nothing wrong", case, case.kept(folder, seed)))
    return 1 if failure else 0


def refuse_warnings() -> None:
    """Warnings are errors, but for those of the engine that the tests let pass, too."""
    warnings.simplefilter("error")
    for word in ("fetch_arrow_table", "fetch_record_batch", "The 'future.infer_string' option"):
        warnings.filterwarnings("ignore", message=word)


def work(seed: int, count: int, folder: Path) -> int:
    """Read `count` cases from `seed` on; say what was begun, ended and found."""
    refuse_warnings()
    for own in range(seed, seed + count):
        _say("start", own)
        case = random_case(Random(own))
        failure = failure_of(case)
        if failure:
            _say("shrink", own)
            small = case.shrunk(failure, time.monotonic() + SHRINK_SECONDS)
            _say("finding", own, _described(own, failure, small, small.kept(folder, own)))
        _say("end", own)
    return 0


def _say(event: str, seed: int, text: str = "") -> None:
    _tell(json.dumps({"event": event, "seed": seed, "text": text}))


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
