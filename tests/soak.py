"""Kill work at random moments, look at what is left, and do it again: `dev.py soak --runs 50`.

Each run starts a report, or a script that reads a large file and writes a workbook and a deck, and
kills it with all that it has started. A file under its final name must be whole then. After one more
run, which is left alone, nothing temporary may be left.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import duckdb
import openpyxl
import psutil
from pptx import Presentation

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "orders.csv"
SAMPLE_LINES = 1_500
LARGE = """
SELECT 'c' || hash(range) % 60_000 AS customer_id, 'o' || range AS order_id,
    TIMESTAMP '2022-01-01' + INTERVAL (hash(range, 1) % 60_000_000) SECOND AS ordered_at,
    (hash(range, 2) % 10_000) / 100 AS amount
FROM range(300_000)
"""
SCRIPT = """
import sys
from pathlib import Path
import retention as rt
source, output = map(Path, sys.argv[1:])
output.mkdir(exist_ok=True)
orders = rt.read_orders(source)
cells = rt.cohort_retention(orders)
customers = rt.customer_summary(orders).head(5_000)
rt.write_workbook({"cohorts": cells, "customers": customers}, output / "cohorts.xlsx")
deck = rt.Deck().add(rt.describe_cohort_heatmap(cells), title="Who comes back")
deck.save(output / "cohorts.pptx")
"""


@dataclass
class Work:
    """Something that is killed: its words, the folder it writes into, and how long it takes."""

    name: str
    words: list[str]
    folder: Path
    seconds: float = 0.0
    files: tuple[str, ...] = ()

    @property
    def output(self) -> Path:
        return self.folder / "out"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def start(self) -> psutil.Popen:
        self.temporary.mkdir(parents=True, exist_ok=True)
        places = {name: str(self.temporary) for name in ("TMPDIR", "TEMP", "TMP")}
        # The kernels' own, in which Jupyter itself leaves the ports of a killed one.
        places["JUPYTER_RUNTIME_DIR"] = str(self.folder / "runtime")
        return psutil.Popen(
            [sys.executable, *self.words], env=os.environ | places, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def measure(self) -> None:
        """Once undisturbed: how long it takes, and what it makes."""
        started = time.monotonic()
        problems = [*self.completed(), *self.damaged()]
        if problems:
            raise SystemExit(f"{self.name}: fails undisturbed: {problems}")
        self.seconds = time.monotonic() - started
        self.files = tuple(sorted(path.name for path in self.output.iterdir()))

    def completed(self) -> list[str]:
        """Run it to its end; what is wrong with what is left then."""
        with self.start() as process:
            _, said = process.communicate()
        failed = [f"exit status {process.returncode}: {said[-500:]}"] * (process.returncode != 0)
        left = sorted(str(path.relative_to(self.folder)) for path in self.temporary.rglob("*"))
        found = tuple(sorted(path.name for path in self.output.iterdir()))
        extra = [name for name in found if name not in (self.files or visible(found))]
        missing = [name for name in self.files if name not in found]
        return [
            *failed,
            *(f"left behind: {name}" for name in (*left, *extra)),
            *(f"missing: {name}" for name in missing),
        ]

    def killed(self, after: float) -> None:
        """Start it, and kill it with all that it has started."""
        with self.start() as process:
            time.sleep(after)
            end_all(process)
            process.communicate()

    def damaged(self) -> Iterator[str]:
        """Files under their final names that cannot be opened."""
        if not self.output.exists():
            return
        for name in visible(path.name for path in self.output.iterdir()):
            try:
                OPEN[Path(name).suffix](self.output / name)
            except Exception as error:  # noqa: BLE001 whatever a broken file makes a reader say
                yield f"not whole: {name} ({type(error).__name__}: {error})"


def visible(names: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if not name.startswith(".")))


def end_all(process: psutil.Popen) -> None:
    """Kernels have groups of their own: stopped first, so that no further one is started."""
    try:
        process.suspend()
        every = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for one in every:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(every[1:], timeout=5)


def _page_ends(path: Path) -> None:
    if not path.read_text(encoding="utf-8").rstrip().endswith("</html>"):
        raise ValueError("the page has no end")


OPEN: dict[str, Callable[[Path], object]] = {
    ".xlsx": lambda path: openpyxl.load_workbook(path).close(),
    ".pptx": lambda path: Presentation(str(path)),
    ".html": _page_ends,
    ".ipynb": lambda path: json.loads(path.read_text(encoding="utf-8")),
    ".json": lambda path: json.loads(path.read_text(encoding="utf-8")),
    ".toml": lambda path: tomllib.loads(path.read_text(encoding="utf-8")),
}


# The runs


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--only", choices=("report", "script"), help="one kind of work")
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        every = [work for work in works(Path(folder)) if given.only in (None, work.name)]
        return soak(every, runs=given.runs, seed=given.seed)


def works(folder: Path) -> list[Work]:
    """The report, and the script on a large file."""
    small, large = folder / "orders.csv", folder / "large.csv"
    with SAMPLE.open(encoding="utf-8") as lines:
        small.write_text("".join(line for line, _ in zip(lines, range(SAMPLE_LINES), strict=False)))
    duckdb.sql(LARGE).write_csv(str(large))
    report, script = folder / "report", folder / "script"
    words = ["-m", "retention.cli", "report", str(small), "-o", str(report / "out"), "--quiet"]
    words += ["--timezone", "Asia/Ho_Chi_Minh", "--currency", "VND"]
    return [
        Work("report", words, report),
        Work("script", ["-c", SCRIPT, str(large), str(script / "out")], script),
    ]


def soak(every: list[Work], *, runs: int, seed: int) -> int:
    """Kill and repeat; 0 if nothing was found."""
    random = Random(seed)
    for work in every:
        work.measure()
        tell(f"{work.name}: {work.seconds:.1f} s undisturbed")
    good = sum(_run(number, every[number % len(every)], random) for number in range(runs))
    tell(f"{good} of {runs}")
    return 0 if good == runs else 1


def _run(number: int, work: Work, random: Random) -> bool:
    after, is_first_time = random.uniform(0, work.seconds), random.random() < 0.5
    if is_first_time:
        shutil.rmtree(work.output, ignore_errors=True)
    work.killed(after)
    between = len(list(work.temporary.rglob("*")))
    problems = [*work.damaged(), *work.completed(), *work.damaged()]
    tell(
        f"run {number + 1}: {work.name}, killed after {after:.1f} s, {between} temporary files: "
        f"{'; '.join(problems) or 'fine'}"
    )
    # What one run leaves must not be counted against the next.
    shutil.rmtree(work.temporary)
    return not problems


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
