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
from contextlib import contextmanager
from pathlib import Path

PORT = "54329"
URL = f"postgres://postgres@127.0.0.1:{PORT}/postgres"
OPTIONS = f"-p {PORT} -c listen_addresses=127.0.0.1 -c fsync=off"


def main(words: list[str]) -> int:
    install_spark()
    install_browser()
    with postgres() as url:
        given = {"RETENTION_POSTGRES_URL": url, "RETENTION_SPARK": "1", "RETENTION_ALL": "1"}
        environment = os.environ | given
        return subprocess.run([sys.executable, *words], env=environment).returncode


@contextmanager
def postgres() -> Iterator[str]:
    programs = find_programs() or install()
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


def install() -> Path:
    install_packages("postgresql")
    programs = find_programs()
    if programs is None:
        sys.exit("PostgreSQL could not be installed: put initdb on the path and try again.")
    return programs


def install_spark() -> None:
    install_from_pypi("pyspark")
    if not shutil.which("java"):
        install_packages("default-jre-headless")


def install_browser() -> None:
    install_from_pypi("playwright")
    if not Path("/usr/bin/chromium").exists():
        install_packages("chromium")


def install_from_pypi(name: str) -> None:
    if not importlib.util.find_spec(name):
        words = ["install", "-q", "--disable-pip-version-check", "-c", "constraints.txt", name]
        subprocess.run([sys.executable, "-m", "pip", *words], check=True)


def install_packages(*names: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", *names]):
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
