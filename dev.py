"""Set up `.venv` on first use, then run one command of development: `python3 dev.py` lists them.
Without it: `pip install -e . --group dev -c constraints.txt && pytest`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import venv
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
PYTHON = ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY = ENV / ".ready"
PYTEST = ("-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


def main(words: list[str]) -> int:
    if not words or words[0] not in COMMANDS:
        print(__doc__)
        print("\n".join(f"  {name:8} {about}" for name, (_, about) in COMMANDS.items()))
        return 2 if words else 0
    command, _ = COMMANDS[words[0]]
    started = time.monotonic()
    set_up()
    print(f"set-up: {time.monotonic() - started:.0f} s", flush=True)
    started = time.monotonic()
    status = command(words[1:])
    print(f"{words[0]}: {time.monotonic() - started:.0f} s", flush=True)
    return status


def set_up() -> None:
    """Install the project and its pinned requirements, unless that is done already."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    wanted = hashlib.sha256(
        (ROOT / "pyproject.toml").read_bytes() + (ROOT / "constraints.txt").read_bytes()
    ).hexdigest()
    if READY.exists() and READY.read_text() == wanted:
        return
    print("setting up .venv (a few minutes, mostly downloads)", flush=True)
    if not PYTHON.exists():
        create_environment()
    install = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", "constraints.txt")
    call(*install, "--upgrade", "pip")
    call(*install, "-e", ".", "--group", "dev")
    READY.write_text(wanted)


def create_environment() -> None:
    try:
        venv.create(ENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        # Debian without python3-venv has no ensurepip: let the outer pip put one in.
        venv.create(ENV, with_pip=False, clear=True)
        outer = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "-q", "pip"]
        subprocess.run(outer, cwd=ROOT, check=True)


def call(*words: str, check: bool = True) -> int:
    return subprocess.run([str(PYTHON), *words], cwd=ROOT, check=check).returncode


def test(words: list[str]) -> int:
    """all but the longest tests; --all: these, too, and what needs a service, installed first"""
    if "--all" in words:
        words = [word for word in words if word != "--all"]
        return call("tests/services.py", *PYTEST, *words, check=False)
    return call(*PYTEST, "-m", "not service and not long", *words, check=False)


def lint(_: list[str]) -> int:
    """style and types"""
    style = (("ruff", "check", "."), ("ruff", "format", "--check", "-q", "."), ("mypy",))
    return max(call("-m", *tool, check=False) for tool in style)


def check(words: list[str]) -> int:
    """style, types, the fast tests and all of changed files: the inner loop"""
    return max(lint([]), call("tests/fast.py", *words, check=False))


def bench(words: list[str]) -> int:
    """speed beside other tools: bench [engine | models | calls | backtests | audiences ...]"""
    if words[:1] and (ROOT / "benchmarks" / f"{words[0]}.py").exists():
        return call(f"benchmarks/{words[0]}.py", *words[1:], check=False)
    return call("benchmarks/run.py", *words, check=False)


SCRIPTS = {
    "demo": "-m retention.cli demo|report on the sample and on the CDNOW orders, into demo/",
    "lab": "-m retention.cli lab notebooks|JupyterLab on the notebooks",
    "docs": "docs/make.py|the documentation, into build/docs; --fast looks at links only",
    "fuzz": "tests/orders/fuzz_reading.py|hurt order files at random and read them: --minutes 10 --seed 1",
    "times": "tests/times.py|measure the tests, and write down which are slow",
    "soak": "tests/soak.py|kill reports at random moments and look at what is left: --runs 50 --seed 1",
    "mutate": "tests/mutate.py|small changes of the code; do its tests notice? --mutants 300 --seed 1",
    "versions": "tests/versions.py|fast tests with lowest versions; other Pythons: lowest, resolve, renew",
    "release": "tests/release.py|build twice, compare, install and try; uploads nothing",
}


def run_script(script: str, words: list[str]) -> int:
    return call(*script.split(), *words, check=False)


COMMANDS = {each.__name__: (each, str(each.__doc__)) for each in (test, check, lint, bench)}
for name, (script, about) in {name: line.split("|") for name, line in SCRIPTS.items()}.items():
    COMMANDS[name] = (partial(run_script, script), about)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
