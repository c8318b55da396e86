from __future__ import annotations

import ast
import os
import re
import time
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from retention.export.notebook_page import KERNEL
from retention.export.starter import copy_starter, notebooks_folder

NOTEBOOKS = sorted(path.name for path in notebooks_folder().glob("*.ipynb"))
SECONDS = 60
# Code that is read, not said: what stands in backticks or behind a link is no prose.
NO_PROSE = re.compile(r"`[^`]*`|\]\([^)]*\)|[#*_\[\]|-]")
LINK = re.compile(r"\]\(([^)]+)\)")


def cells(name: str, kind: str) -> list[Any]:
    notebook = nbformat.read(notebooks_folder() / name, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def text(name: str) -> list[str]:
    return [cell.source for cell in cells(name, "markdown")]


def code(name: str) -> list[str]:
    """Code cells without the parameters, which are a form to fill in."""
    return [cell.source for cell in cells(name, "code") if not is_form(cell)]


def is_form(cell: Any) -> bool:
    return "parameters" in cell.metadata.get("tags", [])


def lines(source: str) -> list[str]:
    return [line for line in source.splitlines() if line.strip()]


# limits


def test_the_notebooks_are_found() -> None:
    found = {name[:2] for name in NOTEBOOKS}
    assert found >= {f"0{number}" for number in range(8)}
    assert len(found) == len(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_short_cells_and_no_programming(name: str) -> None:
    counts = [len(lines(source)) for source in code(name)]
    assert len(cells(name, "code")) + len(text(name)) <= 40
    assert median(counts) <= 3
    assert max(counts) <= 10
    banned = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda,
              ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)  # fmt: skip
    for cell in cells(name, "code"):
        assert [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, banned)] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_more_is_said_than_computed(name: str) -> None:
    words = sum(len(NO_PROSE.sub(" ", source).split()) for source in text(name))
    assert words >= 8 * sum(len(lines(source)) for source in code(name))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_one_form_to_fill_in(name: str) -> None:
    forms = [cell.source for cell in cells(name, "code") if is_form(cell)]
    assert len(forms) == 1
    assert code(name)[0] != forms[0]
    assert cells(name, "code")[0].source == forms[0]
    assert {"source", "as_of", "output"} <= assigned(forms[0])


def assigned(source: str) -> set[str]:
    """Names that a form sets; it holds assignments of plain values only."""
    statements = ast.parse(source).body
    assert all(isinstance(statement, ast.Assign) for statement in statements)
    targets = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
    return {node.id for node in targets}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_headings_in_their_order(name: str) -> None:
    first, *_, last = text(name)
    title = first.splitlines()[0]
    assert title.startswith("# ")
    assert title.endswith("?") or title == "# The monthly report"
    assert last.count("## Next") == 1
    headings = [line for source in text(name) for line in source.splitlines() if line[:2] == "##"]
    assert "## How sure are we?" in headings
    assert ("## Hand over" in headings) is not name.startswith("00")
    assert headings[-1] == "## Next"
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_number_in_the_text_is_a_result(name: str) -> None:
    """Shares and amounts are computed; 95 % is the one level of all intervals."""
    said = " ".join(text(name)).replace("95 %", "")
    assert re.findall(r"\d[\d,.]*\s*(?:%|VND|USD|EUR)", said.replace("0 %", "")) == []


def test_what_settings_change_is_named_and_not_a_number() -> None:
    said = " ".join(text("06_audiences.ipynb"))
    assert "`max_messages`" in said
    assert re.findall(r"more than \w+ times", said) == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nobody_is_given_a_margin_that_they_did_not_name(name: str) -> None:
    assert re.findall(r"margin or [\d.]+", " ".join(code(name))) == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_links_lead_somewhere(name: str) -> None:
    links = LINK.findall(" ".join(text(name)))
    assert links
    assert [link for link in links if link not in NOTEBOOKS] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nothing_of_a_run_is_kept(name: str) -> None:
    notebook = nbformat.read(notebooks_folder() / name, as_version=4)
    nbformat.validate(notebook)
    assert {cell.execution_count for cell in notebook.cells if cell.cell_type == "code"} == {None}
    assert [cell for cell in cells(name, "code") if cell.outputs] == []
    assert notebook.metadata.kernelspec.name == "python3"


# examples


@pytest.mark.slow
@pytest.mark.skipif(
    os.environ.get("RETENTION_ALL") == "1",
    reason="tests/browser runs them so in JupyterLab, and asks the same of what is shown",
)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_runs_on_the_sample_from_a_fresh_kernel(name: str, tmp_path: Path) -> None:
    copy_starter(tmp_path)
    notebook = nbformat.read(tmp_path / name, as_version=4)
    started = time.monotonic()
    NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": tmp_path}},
        extra_arguments=list(KERNEL),
    ).execute()
    assert time.monotonic() - started < SECONDS
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert [out for out in outputs if out.output_type == "error"] == []
    assert [out.text for out in outputs if out.get("name") == "stderr"] == []
    charts = [out for out in outputs if "image/png" in out.get("data", {})]
    assert len(charts) == sum(source.count("rt.plot_") for source in code(name)) > 0
