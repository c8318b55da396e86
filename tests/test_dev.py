from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import fast
import pytest
import release
import times
import versions
from packaging.specifiers import SpecifierSet
from packaging.version import Version

import retention

ROOT = Path(__file__).resolve().parents[1]
# Put together here, so that this file does not hold what it looks for.
HOSTS = [f"{name}.{end}" for name, end in (
    ("pypi", "org"), ("pythonhosted", "org"), ("pypi", "python.org"), ("anaconda", "org"),
    ("npmjs", "org"), ("proxy.golang", "org"), ("index.crates", "io"),
)]  # fmt: skip
MACHINES = [f"/{folder}/" for folder in ("root", "home", "work", "Users")]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {plain(name): version for name, version in found}


def names_of(requirements: list[str]) -> set[str]:
    return {plain(re.split(r"[\[<>=!~; ]", requirement)[0]) for requirement in requirements}


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name for name in listed.decode().split("\0") if name]
    return [file for file in files if file.is_file()]


# examples


def test_dev_is_short_and_needs_nothing_installed() -> None:
    source = (ROOT / "dev.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) < 120
    nodes = list(ast.walk(ast.parse(source)))
    imported = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_dev_lists_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    dev = load(ROOT / "dev.py")
    assert set(dev.COMMANDS) >= {"demo", "test", "check", "bench", "lab", "release"}
    assert dev.main([]) == 0
    assert dev.main(["explode"]) == 2
    said = capsys.readouterr().out
    for name, (_, about) in dev.COMMANDS.items():
        assert f"  {name:8} {about}" in said


def test_dev_tells_the_tests_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    dev = load(ROOT / "dev.py")
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "call", lambda *words, check=True: calls.append(words) or 5)
    assert dev.main(["test", "-k", "names"]) == 5
    assert calls[-1][-4:] == ("-m", "not service and not long", "-k", "names")
    assert dev.main(["test", "--all"]) == 5
    assert calls[-1][0] == "tests/services.py"
    assert "not service" not in calls[-1]
    assert "--all" not in calls[-1]


def test_check_runs_all_tests_of_what_was_changed() -> None:
    changed = ["retention/tables/wilson.py", "tests/tables/test_rfm.py", "tests/conftest.py"]
    changed += ["retention/no_such.py", "tests/slow_tests.txt"]
    assert fast.tests_of([Path(name) for name in changed]) == [
        "tests/tables/test_rfm.py",
        "tests/tables/test_wilson.py",
    ]


@pytest.mark.parametrize("name", times.LISTS)
def test_tests_that_are_left_out_are_there(name: str) -> None:
    """A name that is gone would leave its test, under a new name, among the others."""
    files = {test.partition("::")[0] for test in times.listed(name)}
    assert files
    assert [file for file in sorted(files) if not (ROOT / file).is_file()] == []


def test_a_test_counts_with_all_its_parameters(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest, time\n"
        "@pytest.mark.parametrize('n', range(4))\n"
        "def test_slow(n): time.sleep(0.1)\n"
        "def test_fast(): pass\n"
    )
    words = ["-q", "-p", "no:cacheprovider", "--junitxml=t.xml", "-o", "junit_family=xunit1"]
    assert subprocess.run([sys.executable, "-m", "pytest", *words], cwd=tmp_path).returncode == 0
    took = times.times(tmp_path / "t.xml")
    assert took["test_it.py::test_slow"] > times.LISTS["slow"] > took["test_it.py::test_fast"]


def test_the_machine_runs_everything() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "dev.py test --all" in script
    assert "set -euo pipefail" in script
    assert os.name == "nt" or (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_first_python_that_is_allowed_takes_every_pin() -> None:
    """Debian's 3.11.2 found a pin that asked for 3.11.5."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first = Version(project["requires-python"].removeprefix(">=") + ".0")
    installed = {plain(each.name): each.metadata for each in importlib.metadata.distributions()}
    asked = {name: installed[name]["Requires-Python"] for name in set(pins()) & set(installed)}
    assert len(asked) > 50
    assert {n: wants for n, wants in asked.items() if first not in SpecifierSet(wants or "")} == {}


def test_constraints_are_exact_versions_of_everything_needed() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pinned if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    needed = project["project"]["dependencies"] + groups["dev"] + groups["docs"]
    assert names_of(needed) - set(pins()) == set()
    assert len(pins()) == len(pinned)


def test_installed_is_what_is_pinned() -> None:
    """Otherwise a green run says nothing about the versions that a new machine gets."""
    if Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("not the project's own environment")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = names_of(project["project"]["dependencies"])
    installed = {name: importlib.metadata.version(name) for name in needed}
    assert installed == {name: pins()[name] for name in needed}


def test_the_lowest_versions_are_those_of_the_bounds() -> None:
    """The step that tries them would otherwise try others."""
    pinned = dict(
        line.split("==") for line in versions.PINS.read_text().splitlines() if "==" in line
    )
    pinned = {plain(name): version for name, version in pinned.items()}
    bounds = dict(line.split("==") for line in versions.lowest_of(versions.requirements()))
    assert {
        name: pinned.get(plain(name))
        for name, bound in bounds.items()
        if Version(pinned.get(plain(name), "0")) != Version(bound)
    } == {}


@pytest.mark.parametrize("requirement", ["pandas", "pandas<4", "pandas!=3.0"])
def test_a_requirement_without_a_lower_bound(requirement: str) -> None:
    with pytest.raises(SystemExit, match="has no lower bound"):
        list(versions.lowest_of([requirement]))


def test_the_citation_names_the_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {retention.__version__}\n" in citation
    assert f"## {retention.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_what_is_not_committed_is_not_released(tmp_path: Path) -> None:
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-C", str(tmp_path))
    subprocess.run([*git, "init", "-q"], check=True)
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(
        SystemExit, match=r"1 files are not committed \(a\.txt\)\. See git status\."
    ):
        release.refuse_uncommitted(tmp_path)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "a"], check=True)
    release.refuse_uncommitted(tmp_path)


def test_no_file_knows_a_registry_or_a_machine() -> None:
    looked_for = [word.encode() for word in (*HOSTS, *MACHINES)]
    found = {
        (file.relative_to(ROOT).as_posix(), word)
        for file in tracked()
        for word in looked_for
        if word in file.read_bytes()
    }
    assert found == set()
