"""Start what the service tests need, run the given command with it, and stop it again.

PostgreSQL is installed from the system's packages where it is missing, and runs as a cluster of its
own in a temporary folder, on the loopback address only. Spark comes from PyPI, Java for it from the
system's packages; so do Playwright and the browser that it drives, never one of its own.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

PORT = "54329"
URL = f"postgres://postgres@127.0.0.1:{PORT}/postgres"
FROM_PYPI = ("playwright", "pyspark")
OPTIONS = f"-p {PORT} -c listen_addresses=127.0.0.1 -c fsync=off"


def main(words: list[str]) -> int:
    # Both wait for downloads more than they work.
    with ThreadPoolExecutor() as side_by_side:
        installed = [side_by_side.submit(each) for each in (install_from_pypi, install_packages)]
    for each in installed:
        each.result()
    with postgres() as url:
        given = {"RETENTION_POSTGRES_URL": url, "RETENTION_SPARK": "1", "RETENTION_ALL": "1"}
        environment = os.environ | given
        return subprocess.run([sys.executable, *words], env=environment).returncode


@contextmanager
def postgres() -> Iterator[str]:
    programs = find_programs()
    if programs is None:
        sys.exit("PostgreSQL could not be installed: put initdb on the path and try again.")
    folder = Path(tempfile.mkdtemp(prefix="retention-postgres-"))
    data = folder / "data"
    as_postgres(["chown", "postgres", str(folder)], is_root_task=True)
    as_postgres([str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust",
                 "--locale=C", "--encoding=UTF8"])  # fmt: skip
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    as_postgres([*control, "-o", f"{OPTIONS} -k {folder}", "start"])
    try:
        yield URL
    finally:
        as_postgres([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path | None:
    """The folder of initdb, the newest version first; Debian keeps it off the path."""
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return Path(on_path).parent if on_path else (found[0].parent if found else None)


def install_from_pypi() -> None:
    missing = [name for name in FROM_PYPI if not importlib.util.find_spec(name)]
    if missing:
        words = ["install", "-q", "--disable-pip-version-check", "-c", "constraints.txt", *missing]
        subprocess.run([sys.executable, "-m", "pip", *words], check=True)


def install_packages() -> None:
    """What the system lacks of them, in one go: two would wait for each other's lock."""
    found = {
        "chromium": Path("/usr/bin/chromium").exists(),
        "default-jre-headless": shutil.which("java"),
        "postgresql": find_programs(),
    }
    missing = [name for name, is_found in found.items() if not is_found]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", *missing]) if missing else ():
        subprocess.run(["apt-get", *words], check=True, env=environment, stdout=subprocess.DEVNULL)


def as_postgres(words: list[str], *, is_root_task: bool = False) -> None:
    """The server refuses to run as root, so root hands over to the user postgres."""
    if os.name == "posix" and os.geteuid() == 0:
        prefix = [] if is_root_task else ["runuser", "-u", "postgres", "--"]
        subprocess.run([*prefix, *words], check=True, stdout=subprocess.DEVNULL, cwd="/")
    elif not is_root_task:
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
