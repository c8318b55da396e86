"""What an analyst installs: the wheel, alone, in an environment that holds nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import mutilated
import pytest
import release
from environment import ROOT, new_environment, run
from pptx import Presentation
from test_dev import tracked

import retention
from retention.export.report import REPORT

pytestmark = pytest.mark.service


# A moment of this century, as an archive can hold.
EPOCH = "1700000000"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Wheel and sdist."""
    return release.built_in(ROOT, tmp_path_factory.mktemp("built"), EPOCH)


@pytest.fixture(scope="module")
def wheel(built: list[Path]) -> Path:
    return built[0]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("environment")
    programs = new_environment(folder / "env")
    # Compiled when first used: most modules of what JupyterLab needs never are.
    install = ("-m", "pip", "install", "-q", "--no-compile", "-c", ROOT / "constraints.txt")
    run(programs / "python", *install, wheel, cwd=folder)
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


def test_the_sdist_holds_every_file_and_builds_the_same(
    built: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = release.unpacked(built[1], tmp_path / "unpacked")
    held = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    assert {path.relative_to(ROOT).as_posix() for path in tracked()} - held == set()
    release.compare(built, release.built_in(source, tmp_path / "again", EPOCH))
    assert capsys.readouterr().out.count("two builds are equal") == 2
    (tmp_path / "again" / built[0].name).write_bytes(b"other")
    with pytest.raises(SystemExit, match=r"retention-.*\.whl: two builds differ\. Compare "):
        release.compare([built[0]], [tmp_path / "again" / built[0].name])


def test_what_the_wheel_says_of_itself(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        folder = f"{wheel.name.split('-py3')[0]}.dist-info"
        said = opened.read(f"{folder}/METADATA").decode()
        assert "MIT License" in opened.read(f"{folder}/licenses/LICENSE").decode()
    assert f"\nVersion: {retention.__version__}\n" in said
    assert "\nLicense-Expression: MIT\n" in said
    assert "\nRequires-Python: >=3.11\n" in said


def test_what_it_asks_for_fits_together(installed: Path, tmp_path: Path) -> None:
    assert "No broken requirements" in run(installed / "python", "-m", "pip", "check", cwd=tmp_path)


def test_init_and_report_from_another_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    start = tmp_path / "Khách hàng"
    where = "import retention; print(retention.__file__)"
    assert str(ROOT) not in run(installed / "python", "-c", where, cwd=tmp_path)
    said = run(installed / "retention", "--version", cwd=tmp_path)
    assert said == f"retention {retention.__version__}\n"
    run(installed / "retention", "init", start, cwd=tmp_path / "elsewhere")
    assert (start / "sample" / "orders.csv").is_file()
    mutilated.thin_out(start / "sample" / "orders.csv")
    settings, out = start / "retention.toml", start / "report"
    said = run(installed / "retention", "report", settings, "-o", out, cwd=tmp_path / "elsewhere")
    assert str(out / "retention.pptx") in said
    assert len(Presentation(out / "retention.pptx").slides) >= 8
    kinds = [path.suffix for path in out.iterdir()]
    assert kinds.count(".html") == kinds.count(".ipynb") == len(REPORT)
    assert {".pptx", ".xlsx", ".toml"} <= set(kinds)
    assert list((tmp_path / "elsewhere").iterdir()) == []
