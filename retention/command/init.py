"""`retention init`: a folder with the notebooks and the settings of your file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import retention as rt
from retention.command.app import app, examples
from retention.command.options import (
    CHOOSING,
    CONTACTS,
    READING,
    SLIDES,
    Quiet,
    one_source,
    with_options,
)  # fmt: skip
from retention.command.quiet import be_quiet
from retention.command.quoted import quoted
from retention.command.said import say
from retention.errors import ArgumentError
from retention.texts import text

if TYPE_CHECKING:
    from retention.orders.orders import Orders

EXAMPLES = examples(
    "retention init work                              (notebooks on the sample shop)",
    "retention init work --source orders.csv --currency VND --timezone Asia/Ho_Chi_Minh",
    "retention init work --source 2024.csv --source 2025.csv --margin 0.3",
)


@app.command(epilog=EXAMPLES)
@with_options(READING, CHOOSING, SLIDES, CONTACTS)
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder of yours; made if missing.")
    ],
    source: Annotated[
        list[Path] | None,
        typer.Option(
            "--source",
            "-s",
            metavar="FILE",
            help="Your orders, which are read first. Repeat for several files.",
            readable=False,
        ),
    ] = None,
    *,
    quiet: Quiet = False,
    options: dict[str, Any],
) -> None:
    """Make a folder with the notebooks, the sample, and the settings of your file.

    The file is read first; if it cannot be, the reason is told and nothing is written. Files that are
    there already stay as they are.
    """  # fmt: skip
    from retention.export.settings_file import first_settings
    from retention.export.starter import SETTINGS, copy_starter
    from retention.orders.chosen import read_chosen

    if quiet:
        be_quiet()
    if options and not source:
        raise ArgumentError(
            f"init: {len(options)} options say how a file is read, and no file is named. Add --source "
            "orders.csv."
        )
    orders = read_chosen(one_source(source), options) if source else None
    if orders:
        rt.set_language(orders.choices.language)
    written, kept = copy_starter(folder, first_settings(orders) if orders else None)
    say(text("Files written to {folder}: {count}.", count=len(written), folder=folder))
    if kept:
        say(text("Already there, and left as they are: {count}.", count=len(kept)))
    if orders:
        _tell(orders, folder, folder / SETTINGS)
    elif folder / SETTINGS in written:
        say(
            text(
                "They read a sample shop. For your own file: retention init ANOTHER_FOLDER --source FILE"
            )
        )
    say(text("Next: retention lab {folder}, or retention report {folder} -o {report}",
             folder=quoted(folder), report=quoted(folder / "report")))  # fmt: skip


def _tell(orders: Orders, folder: Path, settings: Path) -> None:
    """What was understood, so that a wrong column is seen at once."""
    say(repr(orders))
    size = max(len(name) for name in orders.mapping["column"])
    for row in orders.mapping.to_dict("records"):
        say(f"  {row['column']:{size}}  {row['source_column']}  ({row['reason']})")
    say(
        text(
            "Wrong? Edit {file}. What was left out, and why: retention check {folder}",
            file=settings,
            folder=quoted(folder),
        )
    )
