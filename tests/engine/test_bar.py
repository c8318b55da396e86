"""The bar that fits the place, and no word about a widget that is missing."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from tqdm import std

from retention.engine import bar

CELL = """
from retention.engine.bar import bar_class
with bar_class()(total=1, desc="report") as steps:
    steps.update()
"""


def outputs() -> list[nbformat.NotebookNode]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    return list(notebook.cells[0].outputs)


# examples


@pytest.mark.slow
def test_a_notebook_without_widgets_has_text_and_no_warning() -> None:
    if bar.find_spec("ipywidgets"):
        pytest.skip("ipywidgets is installed")
    shown = outputs()
    assert {output.get("name") for output in shown} == {"stderr"}
    words = "".join(output.text for output in shown)
    assert "report: 100%" in words
    assert "Warning" not in words


@pytest.mark.slow
def test_a_notebook_with_widgets_has_one() -> None:
    pytest.importorskip("ipywidgets")
    (shown,) = outputs()
    assert "application/vnd.jupyter.widget-view+json" in shown.data


def test_a_script_has_text() -> None:
    words = [sys.executable, "-W", "error", "-c", CELL]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")
    assert "report: 100%" in done.stderr


def test_what_is_installed_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(bar, "import_module", lambda name: asked.append(name) or std)
    for has_widgets in (True, False):
        monkeypatch.setattr(bar, "find_spec", lambda _, known=has_widgets: known or None)
        assert bar.bar_class() is std.tqdm
    assert asked == ["tqdm.auto", "tqdm.std"]
