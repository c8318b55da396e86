"""The command as a whole: what it is for, and how it ends."""

from __future__ import annotations

from typing import Annotated

import typer

import retention as rt

ABOUT = """Who comes back, when, who is about to leave, and what each customer is worth.

Begin with `retention demo`, or with your own file: `retention check orders.csv`."""

# Lines of their own where blank lines stand between them.
ENDS = """Exit status: 0 done; 2 refused, with the reason in one message and nothing half-written; 130
stopped by you; 1 a mistake of this program, with what to report.

Settings: a retention.toml (`retention init FOLDER --source FILE` writes one) says once what options
say each time, and stands wherever SOURCE does."""


def unbroken(words: str) -> str:
    """Each paragraph in one line, for the terminal to break."""
    return "\n\n".join(" ".join(each.split()) for each in words.split("\n\n"))


app = typer.Typer(
    name="retention",
    help=unbroken(ABOUT),
    epilog=unbroken(ENDS),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"retention {rt.__version__}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say which one this is.", callback=_tell_version, is_eager=True
        ),
    ] = False,
) -> None:
    """What stands before the commands."""


def examples(*lines: str) -> str:
    """What stands below the options of a command: lines to type."""
    return "\n\n".join(["Examples:", *lines])
