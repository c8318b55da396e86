"""The code blocks of a page, run in order, each with what it shows below it.

Runs in a folder with the sample's files (orders.csv, people.csv, touches.csv, costs.csv). A block after
the line `<!-- not run: REASON -->` is left alone.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd

import retention as rt
from retention.export.cell_text import cell_texts

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
BLOCK = re.compile(
    r"^(?P<left><!-- not run: .+? -->\n)?```python\n(?P<code>.*?)^```\n", re.M | re.S
)
ROWS = 8


def run_page(words: str, *, name: str, pictures: Path) -> str:
    """The page with what its blocks show: tables, pictures (written to `pictures`), and texts."""
    names: dict[str, Any] = {}
    made = 0

    def shown(block: re.Match[str]) -> str:
        nonlocal made
        if block["left"]:
            return block[0].removeprefix(block["left"])
        parts = [block[0]]
        for part in run_block(block["code"], names, f"{name}: {block['code'].splitlines()[0]}"):
            if isinstance(part, plt.Figure):
                made += 1
                file = f"{name}_{made}.png"
                part.savefig(pictures / file, dpi=110)
                parts.append(f"![{title_of(part)}]({pictures.name}/{file})\n")
                plt.close(part)
            else:
                parts.append(part)
        return "\n".join(parts)

    return BLOCK.sub(shown, words)


def run_block(code: str, names: dict[str, Any], place: str) -> Iterator[str | plt.Figure]:
    """Run it like a cell of a notebook, and yield what it prints, its last value and its figures."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    value, said = None, io.StringIO()
    with rt.use_style(), contextlib.redirect_stdout(said):
        exec(compile(tree, place, "exec"), names)
        if last:
            value = eval(compile(ast.Expression(last.value), place, "eval"), names)
    if said.getvalue():
        yield as_text(said.getvalue())
    if plt.get_fignums():
        yield from map(plt.figure, plt.get_fignums())
    elif value is not None:
        yield as_words(value)


def as_words(value: Any) -> str:
    if isinstance(value, pd.DataFrame):
        return as_table(value)
    if hasattr(value, "_repr_markdown_"):
        return f"{value._repr_markdown_()}\n"
    return as_text(value if isinstance(value, str) else repr(value))


def as_text(words: str) -> str:
    return f"```text\n{words.rstrip()}\n```\n"


def as_table(frame: pd.DataFrame) -> str:
    """Its first rows, written as on a slide."""
    head = frame.head(ROWS)
    columns = [[cell(words) for words in cell_texts(head, n)] for n in range(head.shape[1])]
    lines = [
        [str(name) for name in frame.columns],
        ["---"] * head.shape[1],
        *zip(*columns, strict=True),
    ]
    rest = f"\n{len(frame) - ROWS:,} more rows.\n" if len(frame) > ROWS else ""
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + f"\n{rest}"


def cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def title_of(figure: plt.Figure) -> str:
    titles = [axes.get_title(loc=where) for axes in figure.axes for where in ("left", "center")]
    return next((title for title in titles if title), "chart").replace("\n", " ")


@contextlib.contextmanager
def sample_folder(folder: Path) -> Iterator[None]:
    """Inside, the files of the sample lie in the working folder, as an analyst's own would."""
    for file in SAMPLE.glob("*.csv"):
        shutil.copy(file, folder)
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
