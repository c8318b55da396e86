"""Mutants are small, stay in memory, and each file of the two layers has tests to meet them."""

from __future__ import annotations

import ast
import importlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import mutate
import pytest
from mutants import Mutant, all_mutants, mutants_of
from mutate import Changed, Verdict

SOURCE = '''"""A file."""
import math


def grow(count: int, most: int = 3) -> int:
    """Words, 1 and 2."""
    if count < most and not count == 1:
        total = count + 1
    elif count is None:
        raise ValueError(f"{count + 1}")
    else:
        total = min(count, most)
    math.log1p(total)
    return total
'''


def mutant(before: str, after: str) -> Mutant:
    return next(
        one for one in mutants_of("a.py", SOURCE) if (one.before, one.after) == (before, after)
    )


# examples


def test_what_is_changed_and_what_is_not() -> None:
    found = {(one.line, one.before, one.after) for one in mutants_of("a.py", SOURCE)}
    assert found >= {
        (7, "count < most", "count <= most"),
        (7, "count < most", "count >= most"),
        (7, "count == 1", "count != 1"),
        (7, "count < most and not count == 1", "(count < most or not count == 1)"),
        (7, "not count == 1", "(count == 1)"),
        (8, "count + 1", "(count - 1)"),
        (9, "count is None", "count is not None"),
        (9, "elif count is None:", "elif not (count is None):"),
        (13, "math.log1p(total)", "pass"),
        (14, "return total", "return None"),
        (5, "3", "4"),
        (5, "3", "2"),
    }
    # Words, messages, annotations, and what is the same in either order.
    assert not [one for one in found if one[0] in (1, 2, 6, 10, 12)]


def test_names_stay_while_lines_move() -> None:
    moved = mutants_of("a.py", f"X = None\n{SOURCE}")
    assert [one.name for one in moved] == [one.name for one in mutants_of("a.py", SOURCE)]
    assert mutant("return total", "return None").name == "a.py grow: return total -> return None"
    assert mutant("count + 1", "(count - 1)").name == (
        "a.py grow: count + 1 -> (count - 1) in total = count + 1"
    )


def test_the_same_seed_draws_the_same() -> None:
    every = mutants_of("a.py", SOURCE)
    assert mutate.draw(every, 5, 1) == mutate.draw(every, 5, 1) != mutate.draw(every, 5, 2)
    assert len(set(mutate.draw(every, 10_000, 1))) == len(every)


def test_an_edit_elsewhere_draws_the_same() -> None:
    every, more = mutants_of("a.py", SOURCE), mutants_of("b.py", SOURCE)
    both = mutate.draw([*more, *every], len(every), 1)
    assert [one for one in both if one.path == "a.py"] == mutate.draw(every, len(every), 1)[
        : sum(one.path == "a.py" for one in both)
    ]


@pytest.fixture
def wilson() -> Iterator[Mutant]:
    """A mutant of a module that is here anew, and whole again afterwards."""
    name = "retention.tables.wilson"
    before = sys.modules.pop(name, None)
    found = next(one for one in all_mutants("tables/wilson") if one.after == "return None")
    yield found
    sys.modules.pop(name, None)
    if before is not None:
        sys.modules[name] = before


def test_a_mutant_is_imported_from_memory(wilson: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    file = mutate.ROOT / wilson.path
    whole = file.read_bytes()
    monkeypatch.setattr(sys, "meta_path", [Changed(wilson), *sys.meta_path])
    module = importlib.import_module(wilson.module)
    assert module.__file__ == str(file)
    assert isinstance(module.__spec__.loader, Changed)  # type: ignore[union-attr]
    assert file.read_bytes() == whole


def test_what_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed, survivor = mutants_of("a.py", SOURCE)[:2]
    reasons = tmp_path / "mutants.toml"
    reasons.write_text(f"[tests]\n[survivors]\n{survivor.name!r} = 'nobody can tell'\n")
    monkeypatch.setattr(mutate, "REASONS", reasons)
    verdicts = [Verdict(killed, True, 1.0, "killed")] * 4 + [
        Verdict(survivor, False, 1.0, "survived")
    ]
    assert mutate.told(verdicts, 6, tmp_path / "all.json") == 0
    assert "4 of 5 killed (80%), 1.0 s of the processor each; 1 not tried" in (
        said := capsys.readouterr().out
    )
    assert f"a.py:{survivor.line}" in said
    assert "nobody can tell" in said
    assert (tmp_path / "all.json").read_text().count('"name"') == 5
    assert mutate.told(verdicts[1:], 5, None) == 1
    reasons.write_text("[tests]\n[survivors]\n")
    assert mutate.told(verdicts, 5, None) == 1
    assert "NO REASON" in capsys.readouterr().out


def test_nothing_is_known_where_tests_fail_unchanged(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all are broken, all look killed."""
    drawn = all_mutants("tables/wilson")
    asked: list[Mutant] = []

    def tried(mutants: list[Mutant], *_: object) -> list[Verdict]:
        asked.extend(mutants)
        return [Verdict(one, True, 1.0, "killed") for one in mutants]

    monkeypatch.setattr(mutate, "tried", tried)
    assert not mutate.are_whole(tried(drawn), 1, 1.0)
    assert [one.source for one in asked[len(drawn) :]] == [
        (mutate.ROOT / drawn[0].path).read_text(encoding="utf-8")
    ]
    assert "1 of 1 fail unchanged: retention/tables/wilson.py" in capsys.readouterr().out


def test_only_tests_that_let_nothing_survive_are_doubted() -> None:
    first, second = all_mutants("tables/wilson")[:2]
    quickly = [Verdict(first, True, 1.0, "killed"), Verdict(second, True, 1.0, "killed")]
    assert [one.function for one in mutate.doubted(quickly)] == [mutate.QUICKLY]
    slowly = [quickly[0], Verdict(second, True, 1.0, "killed slowly")]
    assert [one.function for one in mutate.doubted(slowly)] == ["nothing"]
    assert mutate.doubted([quickly[0], Verdict(second, False, 1.0, "survived")]) == []


# laws


def test_every_file_meets_tests_that_are_there() -> None:
    paths = {one.path for one in all_mutants()}
    assert {path for path in paths if not mutate.tests_of(path)} == set()
    assert {
        name
        for path in paths
        for name in mutate.tests_of(path)
        if not (mutate.ROOT / name).exists()
    } == set()


def test_every_mutant_is_another_program() -> None:
    for one in mutate.draw(all_mutants(), 150, 3):
        whole = (mutate.ROOT / one.path).read_text(encoding="utf-8")
        assert ast.dump(ast.parse(one.source)) != ast.dump(ast.parse(whole)), one.name


def test_reasons_are_of_mutants_that_are_there() -> None:
    listed = tomllib.loads(mutate.REASONS.read_text(encoding="utf-8"))["survivors"]
    names = {one.name for one in all_mutants()} if listed else set()
    assert set(listed) - names == set()
    assert all(len(reason) > 10 for reason in listed.values())
