"""Notebooks on orders that lack something: they run to their end and say what cannot be answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutilated
import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from retention.export.notebook_page import KERNEL
from retention.export.starter import notebooks_folder

NOTEBOOKS = sorted(path.name for path in notebooks_folder().glob("*.ipynb"))
# What has to be refused, by notebook: a few words of the message, none where all can be answered.
REFUSED = {
    "no_amounts": {"01": "without amounts", "03": "without amounts", "05": "an amount above 0",
                   "06": "an amount above 0", "07": "without amounts"},
    "no_products": {"02": "product", "06": "margin: none given"},
    "forty_customers": {"06": "would be held out"},
    "three_weeks": {"01": "completed age 1", "02": "repurchase_ladder"},
}  # fmt: skip
# Both charts of the audiences are about money.
NO_CHARTS = {("no_amounts", "06_audiences.ipynb")}
# They tell what they found of the last run.
UPDATING = ("06", "07")
MARGIN = "margin = 0.3\n"
MORE = {"no_amounts": '[columns]\namount = ""\n', "forty_customers": MARGIN, "three_weeks": MARGIN}
CANNOT = "This cannot be answered with these data."
# A styled table has a new name each time, and says where in the memory it lies.
DRAWN = re.compile(r"T_[0-9a-f]{5}|(?<= at 0x)[0-9a-f]+")


class Lab:
    """One kernel in a folder, in which notebooks run one after the other; `seen` is what they showed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: dict[str, list[str]] = {}
        self.client = NotebookClient(
            nbformat.v4.new_notebook(),
            timeout=300,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            extra_arguments=list(KERNEL),
        )

    def run(self, name: str, *, is_new: bool = True) -> list[Any]:
        """Outputs of all cells; an error raises. A new run begins with nothing in the kernel."""
        notebook = nbformat.read(self.folder / name, as_version=4)
        reset = [new_code_cell("%reset -f")] if is_new else []
        notebook.cells = [*reset, *notebook.cells]
        self.client.nb = notebook
        for number, cell in enumerate(notebook.cells):
            self.client.execute_cell(cell, number)
        outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
        self.seen[name] = shown(outputs)
        return outputs


@pytest.fixture(scope="module", params=list(REFUSED))
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    name = request.param
    folder = tmp_path_factory.mktemp("notebooks") / name
    made = Lab(mutilated.starter_on(getattr(mutilated, name), folder, MORE.get(name, "")))
    with made.client.setup_kernel():
        yield made


# examples


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_runs_to_its_end_and_says_what_is_missing(lab: Lab, name: str) -> None:
    outputs = lab.run(name)
    assert [out.text for out in outputs if out.get("name") == "stderr"] == []
    plain = [out.data.get("text/plain", "") for out in outputs if "data" in out]
    said = " ".join(words for words in plain if words.startswith(CANNOT))
    wanted = REFUSED[lab.folder.name].get(name[:2], "")
    assert wanted in said
    is_drawn = any("image/png" in out.get("data", {}) for out in outputs)
    assert is_drawn is ((lab.folder.name, name) not in NO_CHARTS)


# laws


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_second_run_gives_what_the_first_gave(lab: Lab, name: str) -> None:
    """Whatever lies about in the kernel; what is there to be updated is told from the second run on."""
    if lab.folder.name != "forty_customers":
        pytest.skip("once is enough: on the smallest sample")
    runs = (name not in lab.seen) + name.startswith(UPDATING)
    for _ in range(runs):
        lab.run(name)
    first = lab.seen[name]
    lab.run(name, is_new=False)
    assert lab.seen[name] == first
    assert first


def shown(outputs: list[Any]) -> list[str]:
    """What the reader sees, without the names that pandas draws."""
    parts = [out.get("data", {"text": out.get("text", "")}) for out in outputs]
    return [DRAWN.sub("T", str(sorted(part.items()))) for part in parts]
