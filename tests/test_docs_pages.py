"""The documentation: every page is listed, every link leads somewhere, every example runs."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
import yaml
from examples import BLOCK, as_table, run_page, sample_folder
from gallery import CHARTS, PREPARE, charts, entry, page, shot, write_slides

import retention
from retention.orders.rule_lines import WHOLE
from retention.orders.rules.rules import RULES
from retention.texts import DEFINITIONS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = {path.relative_to(DOCS).as_posix(): path for path in sorted(DOCS.rglob("*.md"))}
CONFIG: dict[str, Any] = yaml.safe_load((DOCS / "mkdocs.yml").read_text(encoding="utf-8"))
PICTURE = re.compile(r'src="(docs/pictures/[^"]+)" alt="[^"]+" width="(\d+)"')
LINK = re.compile(r"\]\([^)]+\)")
# Made when the site is built, or by `dev.py bench`.
MADE = {"gallery.md", "changelog.md", "benchmarks.md", "reference", "decisions"}
# What holds a model against what was, or puts together what is defined.
NO_MEASURES = {
    "alive_history", "audience", "customer_profile", "frequency_fit", "plan_audiences",
    "recency_frequency", "score_customers", "second_opinion", "tracking",
}  # fmt: skip
WITH_CODE = {
    name: path
    for name, path in {"README.md": ROOT / "README.md", **PAGES}.items()
    if "```python" in path.read_text(encoding="utf-8")
}


def listed(part: Any) -> Iterator[str]:
    """The files of the navigation."""
    if isinstance(part, str):
        yield part
    else:
        for each in part.values() if isinstance(part, dict) else part:
            yield from listed(each)


def links(path: Path) -> list[str]:
    """What a page leads to within the project, without anchors."""
    found = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    return [link.split("#")[0] for link in found if not link.startswith(("http", "#"))]


# examples


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    (tmp_path / "made").mkdir()
    return tmp_path / "made"


def test_a_page_shows_what_its_blocks_show(pictures: Path) -> None:
    words = """# Page

```python
import pandas as pd
print(2 + 3)
```

```python
pd.DataFrame({"share|rate": ["a|b"] * 9})
```

```python
import matplotlib.pyplot as plt
plt.subplots()[1].set_title("Two lines", loc="left")
```
"""
    shown = run_page(words, name="page", pictures=pictures)
    assert "```text\n5\n```" in shown
    assert "| a\\|b |" in shown
    assert "1 more rows." in shown
    assert "![Two lines](made/page_1.png)" in shown
    assert (pictures / "page_1.png").stat().st_size > 1000
    assert plt.get_fignums() == []


def test_a_block_that_is_not_run_is_left_as_it_is(pictures: Path) -> None:
    words = "<!-- not run: needs a server -->\n```python\n1 / 0\n```\n"
    assert run_page(words, name="page", pictures=pictures) == "```python\n1 / 0\n```\n"


def test_the_gallery_shows_a_chart_with_its_slide() -> None:
    shown = entry("rfm_grid", "rt.rfm(orders)", True)
    assert "rt.plot_rfm_grid(rt.rfm(orders))" in shown
    assert "gallery/rfm_grid.png" in shown and "gallery/rfm_grid_slide.png" in shown
    assert "_slide" not in entry("rfm_grid", "rt.rfm(orders)", False)


def test_without_libreoffice_the_gallery_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert write_slides(retention.Deck(), {}, Path()) is False
    assert "LibreOffice" in page(False) and "_slide.png" not in page(False)
    assert "LibreOffice" not in page(True)


# laws


def test_the_navigation_lists_every_page() -> None:
    pages = {name for name in PAGES if not name.startswith("decisions/")}
    assert set(listed(CONFIG["nav"])) - MADE == pages - MADE


def test_the_definitions_have_every_rule_and_every_measure() -> None:
    words = "".join(
        path.read_text("utf-8") for name, path in PAGES.items() if "definitions" in name
    )
    named = set(re.findall(r"`(\w+)", words))
    assert {*RULES, *WHOLE, "guests", "after_as_of"} <= named
    told = {name for name in DEFINITIONS if name in retention.__all__}
    assert told - named == NO_MEASURES


def test_rows_of_vendors_lead_to_their_source() -> None:
    """Or say that nothing was found, or whose word it is."""
    words = "".join(
        path.read_text("utf-8") for name, path in PAGES.items() if "definitions" in name
    )
    rows = re.findall(r"^\| .*(?:Amplitude|Mixpanel|Shopify|Klaviyo).*$", words, re.M)
    assert len(rows) > 30
    assert [row for row in rows if not re.search(r"\]\(|not found", row)] == []


@pytest.mark.parametrize("name", ["../README.md", "../CONTRIBUTING.md", *PAGES])
def test_links_lead_to_files(name: str) -> None:
    page = (DOCS / name).resolve()
    lost = [link for link in links(page) if not (page.parent / link).exists() and link not in MADE]
    assert lost == []


@pytest.mark.parametrize("name", PAGES)
def test_tables_are_no_wider_than_a_page(name: str) -> None:
    """More columns than eight are cut, or wrap until nobody reads them."""
    rows = [
        line for line in PAGES[name].read_text(encoding="utf-8").splitlines() if line[:1] == "|"
    ]
    assert [row for row in rows if row.count("|") > 9] == []


def test_the_gallery_has_every_chart() -> None:
    drawn = {f"plot_{name}" for name, _ in charts()}
    assert drawn == {name for name in retention.__all__ if name.startswith("plot_")}
    assert (
        len({shot(*each) for each in charts()}) == len(charts()) == sum(map(len, CHARTS.values()))
    )
    compile(PREPARE, "gallery", "exec")


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert CONFIG["theme"]["font"] is False
    assert not {"extra_javascript", "google_analytics", "repo_url"} & set(CONFIG)
    assert all("://" not in name for name in CONFIG["extra_css"])


def block_height(block: str) -> float:
    """About as many pixels as a repository shows it with, on a page 830 wide."""
    lines = block.splitlines()
    if block.startswith("#"):
        return 62
    if block.startswith(("    ", "```")):
        return 48 + 21 * sum(not line.startswith("```") for line in lines)
    if block.startswith("|"):
        return 16 + sum(row_height(line) for line in lines if "---" not in line)
    if block.startswith("- "):
        return 12 + 24 * len(lines) + 4 * block.count("\n- ")
    return 16 + 24 * math.ceil(len(LINK.sub("]", block)) / 105)


def row_height(line: str) -> float:
    """Of a row of a table, whose pictures have their width."""
    heights = [
        int(width) * shape[0] / shape[1]
        for name, width in PICTURE.findall(line)
        for shape in [plt.imread(ROOT / name).shape]
    ]
    return 13 + max(heights, default=24)


def test_the_readme_fits_two_screens() -> None:
    words = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(PICTURE.findall(words)) == words.count("docs/pictures/") == 4
    assert 1900 < sum(map(block_height, words.strip().split("\n\n"))) <= 2 * 1080


def test_no_code_of_the_readme_runs_out_of_its_box() -> None:
    words = (ROOT / "README.md").read_text(encoding="utf-8")
    typed = re.findall(r"^    (.+)$", words, re.M)
    shown = [line for fence in re.findall(r"```.*?```", words, re.S) for line in fence.splitlines()]
    assert max(map(len, typed + shown)) <= 97


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_CODE)
def test_the_examples_of_a_page_run(name: str, pictures: Path) -> None:
    """Warnings are errors here, as everywhere in the tests."""
    words = WITH_CODE[name].read_text(encoding="utf-8")
    with sample_folder(pictures.parent):
        shown = run_page(words, name="page", pictures=pictures)
    run = [block for block in BLOCK.finditer(words) if not block["left"]]
    assert run
    assert len(shown) > len(words)
    assert plt.get_fignums() == []


@pytest.mark.service
def test_the_site_is_built_without_a_warning() -> None:
    """Its examples are run above; links, anchors, formulas and docstrings are looked at here."""
    words = [sys.executable, str(DOCS / "make.py"), "--fast"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=590)
    assert done.returncode == 0, done.stdout + done.stderr
    tables = (ROOT / "build" / "docs-fast" / "reference" / "tables.html").read_text(
        encoding="utf-8"
    )
    # The default of the signature, although another choice stands first in the docstring.
    plain = " ".join(re.sub("<[^>]+>", " ", tables).split())
    assert re.search(r"period \(.{0,99}year.{0,9}\) , default: .{0,9}month", plain)
    for file in (ROOT / "build" / "docs-fast").rglob("*.html"):
        fetched = re.findall(r"(?:src|<link[^>]*href)=\"(https?://[^\"]+)", file.read_text("utf-8"))
        assert fetched == [], file.name


# refusals


def test_an_example_that_fails_stops_the_page(pictures: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        run_page("```python\n1 / 0\n```\n", name="page", pictures=pictures)


def test_a_lost_link_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](nowhere.md#part), [there](https://example.com) and [up](#top)")
    assert links(page) == ["nowhere.md"]


def test_a_long_table_is_cut() -> None:
    """The first rows only: a table of thousands is no documentation."""
    shown = as_table(pd.DataFrame({"n": range(1000)}))
    assert shown.count("\n") < 14
    assert "992 more rows." in shown
