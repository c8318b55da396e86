"""The pages from which the site is built: run, linked, and completed by those that are made."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import latex2mathml.converter
import yaml
from examples import run_page, sample_folder
from gallery import write_gallery
from reference import homes, layer_pages

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
FORMULA = re.compile(r"^\$\$\n(.+?)\n\$\$$", re.M | re.S)
# A public name in a text, not in a block of code and not in a link.
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
NAME = re.compile(r"(?<!\[)`(?:rt\.)?(\w+)(\([^`]*\))?`(?!\])")
WITHOUT = "# Gallery\n\nThis site was built without it; `python3 dev.py docs` draws it.\n"


def write_pages(folder: Path, *, is_fast: bool = False) -> Path:
    """Write them into `folder / "pages"`; return the finished configuration beside them.

    Fast: no example is run and no chart drawn, so that only links and the reference are looked at.
    """
    pages = folder / "pages"
    for file, words in sources().items():
        (pages / file).parent.mkdir(parents=True, exist_ok=True)
        (pages / file).write_text(finished(words, pages / file, is_fast), encoding="utf-8")
    shutil.copy(DOCS / "site.css", pages)
    shutil.copytree(DOCS / "pictures", pages / "pictures")
    (pages / "gallery").mkdir()
    gallery = WITHOUT if is_fast else write_gallery(pages / "gallery")
    (pages / "gallery.md").write_text(linked(gallery), encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump(configuration(), sort_keys=False), encoding="utf-8")
    return config


def sources() -> dict[str, str]:
    """File name -> page as written, those that are made from other files of the project included."""
    found = {
        path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in DOCS.rglob("*.md")
    }
    found["changelog.md"] = (ROOT / "CHANGELOG.md").read_text("utf-8")
    found["decisions/index.md"] = decisions(found)
    return found | {f"reference/{file}": page for file, page in layer_pages().items()}


def decisions(pages: dict[str, str]) -> str:
    """What was decided, each with a link."""
    files = sorted(file for file in pages if file.startswith("decisions/"))
    titles = [(pages[file].splitlines()[0].lstrip("# "), Path(file).name) for file in files]
    return "# Decisions\n\n" + "".join(f"- [{title}]({file})\n" for title, file in titles)


def finished(words: str, path: Path, is_fast: bool) -> str:
    """A page with the results of its examples, its formulas, and links to the reference."""
    if "reference" not in path.parts and "decisions" not in path.parts:
        words = linked(words if is_fast else shown(words, path))
    return FORMULA.sub(mathml, words)


def shown(words: str, path: Path) -> str:
    """A page with what its examples show, their pictures beside it."""
    pictures = path.parent / "made"
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sample_folder(Path(folder)):
        return run_page(words, name=path.stem, pictures=pictures)


def mathml(formula: re.Match[str]) -> str:
    """Browsers draw it without a script; on a page of a repository it stays TeX."""
    return latex2mathml.converter.convert(formula[1], display="block")


def linked(words: str) -> str:
    """Public names in the text lead to the reference."""
    known = homes()

    def link(found: re.Match[str]) -> str:
        name, call = found[1], found[2] or ""
        return f"[`{name}{call}`][{known[name]}]" if name in known else found[0]

    return "".join(
        part if part.startswith("```") else NAME.sub(link, part) for part in split_fences(words)
    )


def split_fences(words: str) -> Iterator[str]:
    at = 0
    for fence in FENCE.finditer(words):
        yield words[at : fence.start()]
        yield fence[0]
        at = fence.end()
    yield words[at:]


def configuration() -> dict[str, Any]:
    config = yaml.safe_load((DOCS / "mkdocs.yml").read_text(encoding="utf-8"))
    (handlers,) = [each["mkdocstrings"] for each in config["plugins"] if "mkdocstrings" in each]
    python = handlers["handlers"]["python"]
    python["paths"] = [str(ROOT)]
    python["options"]["extensions"] = [str(DOCS / "choices.py")]
    nav = [{title: completed(part) for title, part in each.items()} for each in config["nav"]]
    return config | {"docs_dir": "pages", "nav": nav}


def completed(part: Any) -> Any:
    """A folder stands for its pages; a page of measurements that nobody made yet is left out."""
    if isinstance(part, list):
        return [each for each in part if is_there(each)]
    if part == "reference":
        # In the order of the layers, which is that of the way of the data.
        return [f"reference/{file}" for file in layer_pages()]
    if part == "decisions":
        return sorted(
            (file for file in sources() if file.startswith("decisions/")),
            key=lambda file: (not file.endswith("index.md"), file),
        )
    return part


def is_there(entry: dict[str, str]) -> bool:
    return all((DOCS / file).exists() for file in entry.values())
