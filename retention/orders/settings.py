"""How a source is to be read: the options of `read_orders`, and the `retention.toml` that keeps them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from retention.engine.order_grain import Returns
from retention.errors import ArgumentError, OrdersError, choose, examples
from retention.periods import WEEK_STARTS, WeekStart

MERGE_BY = ("email", "phone")
LISTS = ("attributes", "merge_by", "placeholder_ids", "source")
# In double quotes TOML takes a backslash for an escape: \U in C:\Users, a line break in data\new.csv.
_ESCAPE = re.compile(r'"[^"\n]*\\')
_AS_PATH = (
    "Write paths of Windows in single quotes, 'C:\\Users\\orders.csv', or with forward slashes."
)


@dataclass(frozen=True)
class Settings:
    """Everything that `read_orders` takes besides the source."""

    columns: Mapping[str, str] | None = None
    attributes: tuple[str, ...] = ()
    timezone: str | None = None
    currency: str | None = None
    as_of: str | None = None
    history_start: str | None = None
    burn_in_days: int | Literal["auto"] = "auto"
    statuses: Mapping[str, str] | None = None
    returns: Returns = "behaviour"
    zero_amounts: Literal["purchase", "set_aside"] = "purchase"
    unreadable: Literal["error", "set_aside"] = "error"
    date_format: str | None = None
    decimal: Literal[".", ","] | None = None
    sheet: str | None = None
    encoding: str | None = None
    merge_by: tuple[str, ...] = ()
    placeholder_ids: tuple[str, ...] | Literal["auto"] = "auto"
    non_products: Literal["keep", "set_aside"] = "keep"
    week_start: WeekStart = "monday"
    amount_of: Literal["auto", "line", "order"] = "auto"

    def __post_init__(self) -> None:
        choose("returns", self.returns, ("behaviour", "accounting"))
        choose("zero_amounts", self.zero_amounts, ("purchase", "set_aside"))
        choose("unreadable", self.unreadable, ("error", "set_aside"))
        choose("decimal", self.decimal, (None, ".", ","))
        choose("non_products", self.non_products, ("keep", "set_aside"))
        choose("week_start", self.week_start, WEEK_STARTS)
        choose("amount_of", self.amount_of, ("auto", "line", "order"))
        for name in self.merge_by:
            choose("merge_by", name, MERGE_BY)
        if self.burn_in_days != "auto" and not (
            isinstance(self.burn_in_days, int) and self.burn_in_days >= 0
        ):
            raise ArgumentError(
                f'burn_in_days: {self.burn_in_days!r} is not "auto" or a number of days from 0 on.'
            )
        _require_timezone(self.timezone)

    def given(self) -> dict[str, Any]:
        """Only what differs from the defaults: the shortest call that repeats the reading."""
        return {
            item.name: value
            for item in fields(self)
            if (value := getattr(self, item.name)) != item.default
        }


@dataclass(frozen=True)
class SettingsFile:
    """A `retention.toml`: where the orders (and people) lie, and how to read them."""

    path: Path
    source: Path | list[Path]
    people: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


def read_settings(path: Path) -> SettingsFile:
    """Read a `retention.toml`; its paths are relative to its own folder.

    Raises
    ------
    OrdersError
        If it is not there, is no TOML, names no source, or has keys that nobody reads.
    """
    content = _load(path)
    known = {item.name for item in fields(Settings)} | {"source", "people"}
    unknown = [key for key in content if key not in known]
    if unknown:
        raise OrdersError(
            f"settings: {path.name} has {len(unknown)} unknown keys ({examples(unknown)}). "
            f"The keys are {', '.join(sorted(known))}."
        )
    content = {key: _plain(value) for key, value in content.items()}
    wrong = [key for key, value in content.items() if not _fits(key, value)]
    if wrong:
        raise OrdersError(
            f"settings: {path.name} gives {len(wrong)} keys a value of the wrong kind "
            f"({examples(wrong)}). attributes, merge_by and placeholder_ids are lists of texts, "
            'columns and statuses are tables of texts, burn_in_days is a number or "auto", all others '
            "are texts in quotes."
        )
    if "source" not in content:
        raise OrdersError(f'settings: {path.name} names no source. Add: source = "orders.csv"')
    _refuse_escapes(path, content)
    folder = path.absolute().parent
    people = content.pop("people", None)
    source = content.pop("source")
    paths = [folder / name for name in source] if isinstance(source, tuple) else folder / source
    return SettingsFile(path, paths, folder / people if people else None, content)


def _load(path: Path) -> dict[str, Any]:
    try:
        content = path.read_text(encoding="utf-8")
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
    except tomllib.TOMLDecodeError as error:
        way = f" {_AS_PATH}" if _ESCAPE.search(content) else ""
        raise OrdersError(f"settings: {path.name} is not valid TOML: {error}.{way}") from error


def _refuse_escapes(path: Path, content: Mapping[str, Any]) -> None:
    """A path with a line break or the like in it was written with backslashes."""
    source = content["source"]
    names = [*(source if isinstance(source, tuple) else (source,)), content.get("people", "")]
    escaped = [name for name in names if any(letter < " " for letter in name)]
    if escaped:
        raise OrdersError(
            f"settings: {path.name} names {len(escaped)} of {len([name for name in names if name])} "
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
    if key in ("columns", "statuses"):
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    if key == "source" and isinstance(value, str):
        return True
    if key in LISTS and not (key == "placeholder_ids" and value == "auto"):
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    return isinstance(value, str) or (key == "burn_in_days" and isinstance(value, int))


def _require_timezone(name: str | None) -> None:
    if name is None:
        return
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ArgumentError(
            f'timezone: {name!r} is not known. Write it like "Asia/Ho_Chi_Minh" or "UTC".'
        ) from error
