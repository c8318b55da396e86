"""Every public name says what goes in, what comes out, what may go wrong, and shows it."""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import retention

QUESTIONS = (Path(__file__).parents[1] / "docs" / "questions.md").read_text(encoding="utf-8")
FUNCTIONS = [name for name in retention.__all__ if inspect.isfunction(getattr(retention, name))]
CLASSES = [name for name in retention.__all__ if inspect.isclass(getattr(retention, name))]
# Functions that only draw or write: nothing that a handful of orders could show in a doctest.
SHOWN_ELSEWHERE = ("plot_", "describe_", "write_")
SETTLED = {"use_style"}
# Drawn as they are described: what could be read wrongly stands at the description.
WITHOUT_TRAP = {"plot_campaign_lift", "plot_layer_cake", "plot_rate_change", "plot_tracking"}
QUICK = ("pandas", "ibis", "matplotlib", "scipy", "pptx", "duckdb", "pyarrow", "lifetimes", "numpy")


def doc(name: str) -> str:
    return inspect.getdoc(getattr(retention, name)) or ""


def section(text: str, title: str) -> str:
    """The text under a numpydoc heading, empty where there is none."""
    found = re.search(rf"(?m)^{title}\n-+\n(.*?)(?=^\w[\w ]*\n---|\Z)", text, re.DOTALL)
    return found.group(1).strip() if found else ""


def home(name: str) -> ModuleType:
    return importlib.import_module(getattr(retention, name).__module__)


# Laws


def test_public_names_are_functions_and_classes() -> None:
    assert sorted(FUNCTIONS + CLASSES) == sorted(retention.__all__)
    assert len(set(retention.__all__)) == len(retention.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_have_numpydoc(name: str) -> None:
    text = doc(name)
    assert re.match(r"[A-Z].*[.?]$", text.splitlines()[0])
    parameters = [
        one for one in inspect.signature(getattr(retention, name)).parameters if one != "self"
    ]
    described = section(text, "Parameters")
    assert [one for one in parameters if not re.search(rf"\b{one}\b", described)] == []
    assert section(text, "Returns") or section(text, "Yields")
    assert section(text, "Raises")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_annotated(name: str) -> None:
    signature = inspect.signature(getattr(retention, name))
    annotations = [one.annotation for one in signature.parameters.values()]
    assert inspect.Parameter.empty not in [*annotations, signature.return_annotation]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_tables_come_first_and_options_by_name(name: str) -> None:
    """At most three tables or fits stand in front, everything with a default is named."""
    parameters = list(inspect.signature(getattr(retention, name)).parameters.values())
    positional = [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    assert len(positional) <= 3
    with_default = [one.name for one in positional if one.default is not one.empty]
    assert with_default == [] or name in {"cdnow_orders", "score_customers"}


@pytest.mark.parametrize("name", [one for one in FUNCTIONS if not one.startswith(SHOWN_ELSEWHERE)])
def test_functions_show_an_example(name: str) -> None:
    assert name in SETTLED or ">>>" in section(doc(name), "Examples")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_say_the_trap(name: str) -> None:
    assert ("the trap" in doc(name).lower()) != (name in WITHOUT_TRAP)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_column_is_described(name: str) -> None:
    columns: Any = getattr(home(name), "COLUMNS", ())
    if name.startswith(SHOWN_ELSEWHERE) or not columns or isinstance(columns, dict):
        return
    returned = section(doc(name), "Returns")
    assert [one for one in columns if not re.search(rf"\b{re.escape(one)}\b", returned)] == []
    assert re.search(r"(?i)one row per|grain", returned)


@pytest.mark.parametrize("name", CLASSES)
def test_classes_say_what_they_are(name: str) -> None:
    assert re.match(r"[A-Z`].*[.]$", doc(name).splitlines()[0])


@pytest.mark.parametrize("name", retention.__all__)
def test_a_question_names_it(name: str) -> None:
    assert f"`{name}`" in QUESTIONS or f"`{name}(" in QUESTIONS


def test_questions_name_nothing_else() -> None:
    words = re.findall(r"`((?:read|plot|describe|fit|write|sample|simulate)_\w+)`", QUESTIONS)
    assert sorted(set(words) - set(retention.__all__)) == []


def test_import_is_quick() -> None:
    """`import retention` brings in nothing heavy: names are resolved when first used."""
    code = f"import sys, retention; print([n for n in {QUICK} if n in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_dir_lists_public_names() -> None:
    assert set(retention.__all__) <= set(dir(retention))


# Refusals


def test_unknown_names() -> None:
    with pytest.raises(AttributeError, match="module 'retention' has no attribute 'churn'"):
        _ = retention.churn


def test_sections_are_found() -> None:
    text = "One.\n\nParameters\n----------\nx : int\n\nReturns\n-------\nint\n"
    assert section(text, "Parameters") == "x : int"
    assert section(text, "Returns") == "int"
    assert section(text, "Raises") == ""
