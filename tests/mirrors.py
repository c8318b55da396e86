"""Which test files are to notice that a file of the package changed."""

from __future__ import annotations

import ast
import functools
import tomllib
from collections import deque
from pathlib import Path

from mutants import PACKAGE, ROOT

REASONS = ROOT / "tests" / "mutants.toml"
MOST_FILES = 4


@functools.cache
def tests_of(path: str) -> tuple[str, ...]:
    """The mirror; else those declared; else the mirrors of the nearest files that import this one."""
    declared = tomllib.loads(REASONS.read_text(encoding="utf-8"))["tests"]
    if path in declared:
        return tuple(declared[path])
    seen, waiting, found = {path}, deque([path]), []
    while waiting and not found:
        level, waiting = list(waiting), deque()
        found = [mirror for one in level if (mirror := mirror_of(one))]
        for importer in sorted({user for one in level for user in importers().get(one, ())} - seen):
            seen.add(importer)
            waiting.append(importer)
    return tuple(dict.fromkeys(found))[:MOST_FILES]


def mirror_of(path: str) -> str | None:
    file = Path(path)
    mirror = Path("tests", *file.parts[1:-1], f"test_{file.name}")
    return mirror.as_posix() if (ROOT / mirror).exists() else None


@functools.cache
def importers() -> dict[str, list[str]]:
    """Path to the paths of files in the package that import it."""
    users: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        for name in names:
            if name and name.startswith("retention."):
                users.setdefault(f"{name.replace('.', '/')}.py", []).append(
                    path.relative_to(ROOT).as_posix()
                )
    return users
