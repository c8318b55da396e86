"""The notebooks as an analyst runs them: opened in JupyterLab, Run All, looked at."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from browser.lab import PANEL, Lab

from retention.export.starter import notebooks_folder

pytestmark = pytest.mark.service

NOTEBOOKS = sorted(path.name for path in notebooks_folder().glob("*.ipynb"))
DARK = ("01", "04", "05")
SECONDS = 60
# CDNOW names no products, so nothing can be said of what is bought next.
CDNOW = {"01_cohorts.ipynb": 0, "02_repurchase.ipynb": 1, "04_churn_risk.ipynb": 0}
# Amounts that go down from 99 times 100; words would put 1,000 before 9.
LIST = nbformat.v4.new_notebook(
    cells=[
        nbformat.v4.new_code_cell(
            "import pandas as pd\nimport retention.notebook as rt\n"
            'ids = [f"C{n:04}" for n in range(99, 0, -1)]\n'
            'values = {"clv": [n * 100.0 if n < 90 else 99.0 - n for n in range(99, 0, -1)]}\n'
            'rt.styled(pd.DataFrame({"customer_id": ids} | values))'
        )
    ],
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
)
CARD = "This cannot be answered with these data."


def plots(root: Path, name: str) -> int:
    cells = json.loads((root / name).read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return sum(source.count("rt.plot_") for source in code)


def cards(lab: Lab) -> int:
    return int(lab.page.get_by_text(CARD).count())


# examples


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_on_the_sample(lab: Lab, name: str) -> None:
    theme = "dark" if name.startswith(DARK) else "light"
    lab.open(name, theme=theme)
    lab.run_all(name, seconds=SECONDS)
    lab.picture(f"{name[:2]}_sample_{theme}")
    assert lab.errors() == []
    assert lab.charts() == plots(lab.root, name) > 0
    assert cards(lab) == 0


@pytest.mark.parametrize("name", CDNOW)
def test_on_cdnow_through_the_settings_cell(lab: Lab, name: str) -> None:
    lab.open(name)
    lab.fill_in(source='"cdnow.csv"')
    lab.run_all(name)
    lab.picture(f"{name[:2]}_cdnow")
    assert lab.errors() == []
    assert cards(lab) == CDNOW[name]
    assert lab.charts() == plots(lab.root, name) - CDNOW[name]
    assert lab.page.get_by_text("from cdnow.csv").count() or name.startswith("04")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_long_list_is_searched_and_sorted_by_its_values(lab: Lab, theme: str) -> None:
    nbformat.write(LIST, lab.root / "list.ipynb")
    lab.open("list.ipynb", theme=theme)
    lab.run_all("list.ipynb")
    found = lab.page.locator(f"{PANEL} table.dataTable tbody tr")
    found.first.wait_for()
    assert found.count() == 15
    lab.page.locator(f"{PANEL} thead th", has_text="clv").locator("visible=true").click()
    assert found.first.inner_text().split() == ["C0099", "0"]
    lab.picture(f"list_{theme}")
    lab.page.locator(f"{PANEL} .dt-search input").fill("c0012")
    assert [row.split() for row in found.all_inner_texts()] == [["C0012", "1,200"]]
    assert lab.page.locator(f"{PANEL} table").locator("visible=true").count() == 1
    assert lab.errors() == []


# refusals


def test_a_path_that_leads_nowhere(lab: Lab) -> None:
    name = "01_cohorts.ipynb"
    lab.open(name, theme="dark")
    lab.fill_in(source='"nowhere.csv"')
    lab.run_all(name)
    lab.picture("01_nowhere_dark")
    (said,) = lab.errors()
    assert "OrdersError: orders: there is no file" in said
    assert "orders = rt.read_orders(source, as_of=as_of)" in said
    assert len(said.splitlines()) <= 6
    assert lab.charts() == 0
