"""The house rules, held over the syntax of every file: direction of imports, size, quiet, safety."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "retention"
FILES = sorted(path.relative_to(ROOT.parent) for path in ROOT.rglob("*.py"))
# What each layer may import besides itself; files beside the folders are layer 0 or the top.
WORDS = {
    "errors", "names", "column", "counted", "counted_orders", "estimate_names", "lifecycle_names", "periods",
    "texts", "lifecycle_definitions", "meanings", "catalogues", "files", "hidden_ids", "kinds",
    "leftovers", "lunar_new_year", "session_language",
}  # fmt: skip
BELOW = {
    "words": set(),
    "engine": {"words"},
    "orders": {"words", "engine"},
    "tables": {"words", "engine", "orders"},
    "models": {"words", "engine", "orders", "tables"},
    "actions": {"words", "engine", "orders", "tables", "models"},
    "charts": {"words"},
    "export": {"words", "engine", "orders", "tables", "models", "actions", "charts"},
}
# Commands use the public names, which are resolved lazily, so that --help is quick.
BELOW["command"] = {*BELOW, "top"}
BELOW["top"] = {*BELOW}
IBIS = {"engine", "orders"}
# It would take a fifth of the time that a notebook needs to start; scipy.special has what is needed.
SLOW = "scipy.stats"
PICKLES = {"pickle", "cloudpickle", "joblib", "dill", "shelve", "marshal"}
# A table and six choices.
LINES, FUNCTIONS, ARGUMENTS = 300, 2, 7
# Lines of a function below its docstring: of half of them, of nine in ten, of each.
SHORT, LONG, LONGEST = 8, 25, 45
# Layer 0 is a small vocabulary that belongs together; readers, scores, actions and Deck take more.
MANY_FUNCTIONS = {"words"}
MANY_ARGUMENTS = ("read_", "Deck", "score_")


def problems(path: Path, source: str) -> list[str]:
    """Every rule that a file breaks."""
    tree = ast.parse(source)
    layer = layer_of(path.parts[1:])
    found = [f"{len(source.splitlines())} lines"] * (len(source.splitlines()) > LINES)
    found += [problem for imported in imports(tree) for problem in wrong_import(layer, imported)]
    found += hidden_imports(tree) if layer != "command" else []
    found += wrong_functions(tree, layer)
    return [*found, *loud_calls(tree)]


def layer_of(parts: tuple[str, ...]) -> str:
    if len(parts) > 1 and parts[0] in BELOW:
        return parts[0]
    return "words" if parts and parts[0].removesuffix(".py") in WORDS else "top"


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            is_ours = node.module == "retention"  # `from retention import texts` names a file
            names = [f"retention.{alias.name}" for alias in node.names] if is_ours else []
            yield from names or [f"{'.' * node.level}{node.module or ''}"]


def wrong_import(layer: str, imported: str) -> Iterator[str]:
    package, *rest = imported.split(".")
    if not package:
        yield f"relative import {imported}"
    elif package == "retention" and (other := layer_of((*rest, ""))) != layer:
        if other not in BELOW[layer]:
            yield f"{layer} imports {imported}"
    elif package == "ibis" and layer not in IBIS:
        yield f"{layer} imports ibis"
    elif package in PICKLES:
        yield f"imports {package}"
    elif imported.startswith(SLOW):
        yield f"imports {SLOW}"


def hidden_imports(tree: ast.Module) -> Iterator[str]:
    """Imports stand at the top; `lifetimes` changes pandas when imported, so it is imported late.

    Commands import what they run on when they run: their help needs none of it, and comes at once.
    """
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inner = ast.Module(body=function.body, type_ignores=[])
            for name in imports(inner):
                if name.split(".")[0] != "lifetimes":
                    yield f"{function.name} imports {name} inside"


def wrong_functions(tree: ast.Module, layer: str) -> Iterator[str]:
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    # Commands are found by their decorator, nobody imports them.
    public = [node for node in public if not node.name.startswith("_") and not is_command(node)]
    if len(public) > FUNCTIONS and layer not in MANY_FUNCTIONS:
        yield f"{len(public)} public functions"
    for function in public:
        count = len(function.args.posonlyargs + function.args.args + function.args.kwonlyargs)
        if (
            count > ARGUMENTS
            and layer != "actions"
            and not function.name.startswith(MANY_ARGUMENTS)
        ):
            yield f"{function.name} takes {count} arguments"


def is_command(function: ast.FunctionDef) -> bool:
    return any(
        ast.unparse(one).startswith(("app.command", "app.callback"))
        for one in function.decorator_list
    )


def loud_calls(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
        ):
            yield "prints"
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield "bare except"
        if isinstance(node, ast.Assert):
            yield "asserts"


def body_lines(source: str) -> Iterator[int]:
    """Lines of each function, without its head and its docstring."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            yield (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


# Laws


@pytest.mark.parametrize("path", FILES, ids=str)
def test_rules_hold(path: Path) -> None:
    assert problems(path, (ROOT.parent / path).read_text(encoding="utf-8")) == []


def test_every_folder_is_a_layer() -> None:
    folders = {path.parts[1] for path in FILES if len(path.parts) > 2}
    assert folders <= set(BELOW)


def test_functions_are_short() -> None:
    sources = [(ROOT.parent / path).read_text(encoding="utf-8") for path in FILES]
    lengths = sorted(length for source in sources for length in body_lines(source))
    assert statistics.median(lengths) <= SHORT
    assert lengths[len(lengths) * 9 // 10] <= LONG
    assert lengths[-1] <= LONGEST


def test_what_counts_as_the_lines_of_a_function() -> None:
    source = 'def f(a,\n      b):\n    """Words.\n\n    More.\n    """\n    x = a\n    return x\n'
    assert list(body_lines(source)) == [2]
    assert list(body_lines('class C:\n    def f(self):\n        """Nothing else."""\n')) == [0]
    assert list(body_lines("def f():\n    def g():\n        return 1\n\n    return g")) == [4, 1]


# Refusals: each rule can fail

BROKEN = {
    "engine/x.py": [
        ("from retention.orders.read import read_orders", "engine imports retention.orders.read"),
        ("import retention.tables.wilson", "engine imports retention.tables.wilson"),
        ("import retention", "engine imports retention"),
        ("from . import time", "relative import ."),
        ("from ..errors import choose", "relative import ..errors"),
        ("def f():\n    import numpy", "f imports numpy inside"),
        ("def a(): ...\ndef b(): ...\ndef c(): ...", "3 public functions"),
        ("def f(a, b, *, c, d, e, f, g, h): ...", "f takes 8 arguments"),
        ("x = 1\n" * 301, "301 lines"),
        ("print(1)", "prints"),
        ("import pickle", "imports pickle"),
        ("from scipy.stats import norm", "imports scipy.stats"),
        ("try:\n    x = 1\nexcept:\n    pass", "bare except"),
        ("assert True", "asserts"),
    ],
    "charts/x.py": [
        (
            "from retention.tables.wilson import wilson_interval",
            "charts imports retention.tables.wilson",
        ),
        ("import ibis", "charts imports ibis"),
        ("from ibis import _", "charts imports ibis"),
    ],
    "errors.py": [
        ("from retention.engine.time import day_number", "words imports retention.engine.time")
    ],
    "cli.py": [("import ibis", "top imports ibis")],
}
ALLOWED = {
    "engine/x.py": "import ibis\nfrom retention.errors import choose\nfrom retention.engine.time import a",
    "charts/y.py": "from retention import texts",
    "charts/x.py": "def describe_x(): ...\ndef plot_x(): ...\ndef _y(): ...",
    "models/x.py": "def f():\n    import lifetimes.utils",
    "command/x.py": "def f():\n    from retention.export.deck import Deck",
    "orders/x.py": "def read_x(a, b, c, d, e, f, g, h): ...",
    "cli.py": "from retention.export.deck import Deck",
}


@pytest.mark.parametrize(
    ("name", "source", "problem"),
    [(name, source, problem) for name, cases in BROKEN.items() for source, problem in cases],
)
def test_broken_files_are_found(name: str, source: str, problem: str) -> None:
    assert problems(Path("retention") / name, source) == [problem]


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_passes(name: str) -> None:
    assert problems(Path("retention") / name, ALLOWED[name]) == []
