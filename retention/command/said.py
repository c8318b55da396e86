"""What a command says: sentences for people, or one JSON object for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import typer


def say(words: str) -> None:
    """A line for people, on stdout."""
    typer.echo(words)


def say_json(**said: Any) -> None:
    """One object on stdout; in letters that every pipe has where it is not UTF-8."""
    is_utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(_plain(said), ensure_ascii=not is_utf8, indent=2, allow_nan=False))


def _plain(value: Any) -> Any:
    """As JSON knows it: rows as objects, what is missing as null, paths and days as text."""
    if isinstance(value, pd.DataFrame):
        return [_plain(row) for row in value.to_dict("records")]
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, Path):
        return str(value)
    return _cell(value)


def _cell(value: Any) -> Any:
    if value is None or pd.isna(value) or value in (float("inf"), float("-inf")):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
