"""How long tests take: `dev.py times` runs all that need no service, and writes two lists anew.

`dev.py check` leaves out what slow_tests.txt names, and `dev.py test` what long_tests.txt names, so that
the one fits into a minute, the other into ten. A test counts with all its parameters.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
# Which tests are in a list: those that take more than so many seconds.
LISTS = {"slow": 0.3, "long": 5.0}
# Long, and left to `test` all the same: whoever changes a notebook wants to know.
KEPT = ("tests/test_notebooks.py::test_it_runs_on_the_sample_from_a_fresh_kernel",)
HEAD = "# Tests that take more than {} s with all their parameters. Made by: dev.py times\n"
PYTEST = ("-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-m", "not service")


def main(words: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "times.xml"
        made = (f"--junitxml={report}", "-o", "junit_family=xunit1")
        status = subprocess.run([sys.executable, *PYTEST, *made, *words], cwd=ROOT).returncode
        took = times(report)
    for name, least in LISTS.items():
        beyond = {test for test, seconds in took.items() if seconds > least}
        beyond -= set(KEPT) if name == "long" else set()
        lines = "".join(f"{test}\n" for test in sorted(beyond))
        list_file(name).write_text(HEAD.format(least) + lines, encoding="utf-8")
    return status


def times(report: Path) -> Counter[str]:
    """Seconds of each test, with all its parameters."""
    total: Counter[str] = Counter()
    for case in ElementTree.parse(report).iter("testcase"):
        name = str(case.get("name")).partition("[")[0]
        total[f"{case.get('file')}::{name}"] += float(case.get("time", 0))
    return total


def listed(name: str) -> Iterator[str]:
    """Files and names of the tests in a list, without parameters; none where nobody has measured."""
    if list_file(name).exists():
        lines = list_file(name).read_text(encoding="utf-8").splitlines()
        yield from (line for line in lines if not line.startswith("#"))


def list_file(name: str) -> Path:
    return ROOT / "tests" / f"{name}_tests.txt"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
