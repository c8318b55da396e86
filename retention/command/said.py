"""What a command says: sentences for people, or one JSON object for machines."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer


def say(words: str) -> None:
    """A line for people, on stdout."""
    typer.echo(words)


def say_json(**said: Any) -> None:
    """One object on stdout; in letters that every pipe has where it is not UTF-8."""
    from retention.command.json_value import json_value

    is_utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(json_value(said), ensure_ascii=not is_utf8, indent=2, allow_nan=False))
