"""What an analyst installs: the wheel, alone, in an environment that holds nothing else."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from retention.export.report import REPORT

ROOT = Path(__file__).resolve().parents[1]
OURS = ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME", "MPLBACKEND")

pytestmark = pytest.mark.service


def run(*words: object, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("environment")
    programs = empty_environment(folder / "env")
    install = ("-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt")
    run(programs / "python", *install, wheel, cwd=folder)
    return programs


def empty_environment(folder: Path) -> Path:
    """Made as dev.py makes its own, which works without ensurepip, too."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    dev = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    programs = folder / dev.PYTHON.relative_to(dev.ENV).parent
    dev.ENV, dev.PYTHON = folder, programs / dev.PYTHON.name
    dev.create_environment()
    return programs


def test_the_wheel_holds_notebooks_sample_and_style_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    folders = {name.split("/")[0] for name in names}
    assert folders == {"retention", f"{wheel.name.split('-py3')[0]}.dist-info"}
    for path in (ROOT / "notebooks").glob("*_*.ipynb"):
        assert f"retention/_notebooks/{path.name}" in names
    assert "retention/_notebooks/retention.toml" in names
    for name in ("orders", "people", "touches", "costs"):
        assert f"retention/_sample/{name}.csv" in names
    assert "retention/charts/retention.mplstyle" in names
    assert "retention/locale/vi/LC_MESSAGES/retention.po" in names
    is_test = [name for name in names if {"tests", "conftest.py"} & set(name.split("/"))]
    is_test += [name for name in names if name.split("/")[-1].startswith("test_")]
    assert is_test + [name for name in names if name.endswith((".xlsx", ".pptx"))] == []


def test_what_it_asks_for_fits_together(installed: Path, tmp_path: Path) -> None:
    assert "No broken requirements" in run(installed / "python", "-m", "pip", "check", cwd=tmp_path)


def test_init_and_report_from_another_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    start = tmp_path / "Khách hàng"
    where = "import retention; print(retention.__file__)"
    assert str(ROOT) not in run(installed / "python", "-c", where, cwd=tmp_path)
    run(installed / "retention", "init", start, cwd=tmp_path / "elsewhere")
    assert (start / "sample" / "orders.csv").is_file()
    settings, out = start / "retention.toml", start / "report"
    said = run(installed / "retention", "report", settings, "-o", out, cwd=tmp_path / "elsewhere")
    assert str(out / "retention.pptx") in said
    assert len(Presentation(out / "retention.pptx").slides) >= 8
    kinds = [path.suffix for path in out.iterdir()]
    assert kinds.count(".html") == kinds.count(".ipynb") == len(REPORT)
    assert {".pptx", ".xlsx", ".toml"} <= set(kinds)
    assert list((tmp_path / "elsewhere").iterdir()) == []
