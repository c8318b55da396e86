"""A `retention.toml`: where the orders lie, how to read them, and what else was chosen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from retention.errors import ArgumentError, OrdersError, examples
from retention.orders.choices import NUMBERS, Choices
from retention.orders.columns.mapping import SYNONYMS
from retention.orders.settings import Settings

READING = tuple(item.name for item in fields(Settings))
CHOSEN = tuple(item.name for item in fields(Choices))
KEYS = tuple(sorted({*READING, *CHOSEN, "source", "people"}))
LISTS = ("attributes", "merge_by", "placeholder_ids", "source")
TABLES = ("columns", "statuses", "audiences")
# Files beside the settings; their paths are relative to it.
PATHS = ("people", "touches", "template")
# In double quotes TOML takes a backslash for an escape: \U in C:\Users, a line break in data\new.csv.
_ESCAPE = re.compile(r'"[^"\n]*\\')
_AS_PATH = (
    "Write paths of Windows in single quotes, 'C:\\Users\\orders.csv', or with forward slashes."
)


@dataclass(frozen=True)
class SettingsFile:
    """A `retention.toml`: where the orders (and people) lie, how to read them, and what was chosen."""

    path: Path
    source: Path | list[Path]
    people: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)


def read_settings(path: Path) -> SettingsFile:
    """Read a `retention.toml`; its paths are relative to its own folder.

    Raises
    ------
    OrdersError
        If it is not there, is no TOML, names no source, or has keys that nobody reads.
    """
    content = _load(path)
    _refuse_unknown(path, content)
    _refuse_below_tables(path, content)
    content = {key: _plain(value) for key, value in content.items()}
    wrong = [key for key, value in content.items() if not _fits(key, value)]
    if wrong:
        raise OrdersError(
            f"settings: {path.name} gives {len(wrong)} keys a value of the wrong kind "
            f"({examples(wrong)}). attributes, merge_by and placeholder_ids are lists of texts, "
            "columns, statuses and audiences are tables of texts, burn_in_days is a number or "
            f'"auto", {", ".join(NUMBERS)} are numbers, all others are texts in quotes.'
        )
    if "source" not in content:
        raise OrdersError(f'settings: {path.name} names no source. Add: source = "orders.csv"')
    _refuse_escapes(path, content)
    folder = path.absolute().parent
    for name in (name for name in PATHS if content.get(name)):
        content[name] = str(folder / content[name])
    source = content.pop("source")
    paths = [folder / name for name in source] if isinstance(source, tuple) else folder / source
    people = content.pop("people", None)
    options = {key: value for key, value in content.items() if key in READING}
    return SettingsFile(
        path, paths, Path(people) if people else None, options, _choices(path, content)
    )


def _choices(path: Path, content: Mapping[str, Any]) -> Choices:
    try:
        return Choices(**{key: value for key, value in content.items() if key in CHOSEN})
    except ArgumentError as error:
        raise OrdersError(f"settings: {path.name} cannot be used. {error}") from error


def _load(path: Path) -> dict[str, Any]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise OrdersError(
            f"settings: there is no file {path}. `retention init` writes one."
        ) from error
    except OSError as error:
        raise OrdersError(f"settings: {path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise OrdersError(f"settings: {path.name} is not valid TOML: {error}.") from error
    try:
        return tomllib.loads(content)
    except RecursionError as error:
        raise OrdersError(f"settings: {path.name} is nested too deeply to be settings.") from error
    except ValueError as error:  # Also a number with more digits than Python takes.
        way = f" {_AS_PATH}" if _ESCAPE.search(content) else ""
        raise OrdersError(f"settings: {path.name} is not valid TOML: {error}.{way}") from error


def _refuse_unknown(path: Path, content: Mapping[str, Any]) -> None:
    """Name the key that was probably meant; where there is none, all of them."""
    unknown = [key for key in content if key not in KEYS]
    if not unknown:
        return
    near = {key: get_close_matches(key.lower().replace("-", "_"), KEYS, 1) for key in unknown}
    meant = [f"{found[0]} for {key!r}" for key, found in near.items() if found][:3]
    advice = f"Probably meant: {', '.join(meant)}." if meant else ""
    if not all(near.values()):
        advice = f"{advice} The keys are {', '.join(KEYS)}.".lstrip()
    raise OrdersError(
        f"settings: {path.name} has {len(unknown)} unknown keys ({examples(unknown)}). {advice}"
    )


def _refuse_below_tables(path: Path, content: Mapping[str, Any]) -> None:
    """In TOML whatever stands below [columns] belongs to it."""
    for table in ("columns", "statuses"):
        within = content.get(table)
        keys = within if isinstance(within, dict) else {}
        strays = [key for key in keys if key in KEYS and key not in SYNONYMS]
        if strays:
            raise OrdersError(
                f"settings: {path.name} has {len(strays)} keys below [{table}] that belong to the "
                f"file as a whole ({examples(strays)}). Move them above the line [{table}]: whatever "
                "stands below it belongs to it."
            )


def _refuse_escapes(path: Path, content: Mapping[str, Any]) -> None:
    """A path with a line break or the like in it was written with backslashes."""
    source = content["source"]
    names = [*(source if isinstance(source, tuple) else (source,))]
    names += [content[name] for name in PATHS if content.get(name)]
    folder = path.absolute().parent
    odd = [name for name in names if any(letter < " " for letter in name)]
    escaped = [name for name in odd if not (folder / name).exists()]
    if escaped:
        raise OrdersError(
            f"settings: {path.name} names {len(escaped)} of {len(names)} "
            f"files with backslashes in double quotes, where they mean something else "
            f"({examples(escaped)}). {_AS_PATH}"
        )


def _plain(value: Any) -> Any:
    """TOML dates as text, lists as tuples."""
    if isinstance(value, list):
        return tuple(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _fits(key: str, value: object) -> bool:
    """Whether a value has the kind that its key needs."""
    if key in TABLES:
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    if key in NUMBERS:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if key == "source" and isinstance(value, str):
        return True
    if key in LISTS and not (key == "placeholder_ids" and value == "auto"):
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    return isinstance(value, str) or (key == "burn_in_days" and isinstance(value, int))
