"""The reference: every public name, what a fit can do, and examples that run as they are shown."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from reference import FITS, LAYERS, before, homes, layer_pages, names_of

import retention

# laws


def test_the_reference_has_every_public_name() -> None:
    found = re.findall(r"^::: (\S+)$", "\n".join(layer_pages().values()), re.M)
    assert sorted(found) == sorted([*homes().values(), *FITS])
    assert set(homes()) == set(retention.__all__)
    assert len(LAYERS) == len(layer_pages())


def test_the_reference_has_what_a_fit_can_do() -> None:
    for home, members in FITS.items():
        module, _, name = home.rpartition(".")
        found = getattr(importlib.import_module(module), name)
        assert [one for one in members if not getattr(found, one).__doc__] == []
    words = "".join(layer_pages()["models.md"])
    assert "members: [sentence, parameters, summary, profile, predict" in words


def test_the_reference_stands_in_the_order_of_the_layers() -> None:
    pages = pytest.importorskip("pages", exc_type=ImportError)
    assert pages.completed("reference") == [f"reference/{layer}.md" for layer in LAYERS]


def test_kinds_have_no_marks_of_code() -> None:
    """They stand in a box of code already; elsewhere backticks stay."""
    choices = pytest.importorskip("choices", exc_type=ImportError)
    words = "`x` is:\n\nby : DataFrame as `rfm` returns it\n\nReturns\n-------\nlist as `x`\n    of `x`\n"
    plain = (
        "`x` is:\n\nby : DataFrame as rfm returns it\n\nReturns\n-------\nlist as x\n    of `x`\n"
    )
    assert choices.plain_kinds(words) == plain


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("layer", LAYERS)
def test_the_examples_of_the_reference_run_after_what_it_shows(
    layer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a reader types them, who does not stand in the module of the function."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(before(layer), names)
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    for name in names_of(layer):
        for example in doctest.DocTestFinder(recurse=False).find(
            getattr(retention, name), name, globs=dict(names)
        ):
            runner.run(example)
    assert runner.summarize(verbose=False).failed == 0
