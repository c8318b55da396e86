"""The command `retention`: demo, init, check, report, deck, audience, lab."""

from __future__ import annotations

import io
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import typer

from retention.command import audience, check, deck, demo, init, lab, report
from retention.command.app import app
from retention.command.said import say_json
from retention.command_words import command_words, settings_hint
from retention.errors import RetentionError

# Each registers itself when it is imported; here in the order of the help.
COMMANDS = (demo, init, check, report, deck, audience, lab)
ORDER = [each.__name__.rpartition(".")[2] for each in COMMANDS]
app.registered_commands.sort(key=lambda each: ORDER.index(getattr(each.callback, "__name__", "")))
REFUSED = 2
_PROBLEM = re.compile(r" (\(\d+\) )")


def main() -> None:
    """Run the command; what is refused on purpose ends in one message and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console or pipe without Vietnamese letters shows their codes instead of failing.
            stream.reconfigure(errors="backslashreplace")
    warnings.showwarning = _note
    # Ibis still calls it so, which nobody here can change, also where warnings are made errors.
    warnings.filterwarnings("ignore", r"fetch_arrow_table\(\)", DeprecationWarning)
    try:
        app()
    except RetentionError as error:
        message = f"{command_words(str(error))} {settings_hint(str(error))}".rstrip()
    except OSError as error:
        message = f"{error.filename or 'retention'}: {error.strerror or error}."
    # Outside of the blocks above, so that no traceback keeps the engine open at the end.
    with _giving_up(sys.stderr):
        typer.echo(_one_a_line(message), err=True)
    with _giving_up(sys.stdout):
        if "--json" in sys.argv:
            say_json(error=message, status=REFUSED)
    sys.exit(REFUSED)


@contextmanager
def _giving_up(stream: TextIO) -> Iterator[None]:
    """Where nothing can be written, as on a full disk, nothing more is, nor when Python ends."""
    try:
        yield
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _one_a_line(message: str) -> str:
    """Where several problems are told, each in a line of its own."""
    return _PROBLEM.sub(r"\n\1", message) if " problems in " in message else message


def _note(message: Warning | str, *_: object, **__: object) -> None:
    """A warning as a sentence, without the place in the program that it came from."""
    typer.echo(str(message), err=True)


if __name__ == "__main__":
    main()
