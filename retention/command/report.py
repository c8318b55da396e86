"""`retention report`: the notebooks on your orders, and what changed since the last time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import retention as rt
from retention.command.app import app, examples
from retention.command.options import (
    CHOOSING,
    READING,
    SLIDES,
    Json,
    Quiet,
    Sources,
    one_source,
    with_options,
)  # fmt: skip
from retention.command.quiet import be_quiet
from retention.command.quoted import quoted
from retention.command.said import say, say_json
from retention.texts import text

WithIds = Annotated[
    bool, typer.Option("--with-ids", help="Show the customers' own ids; else marks stand for them.")
]
EXAMPLES = examples(
    "retention report orders.csv -o out --currency VND",
    "retention report out/retention.toml -o out      (next month, with the new file in its place)",
    "retention report work -o work/report --quiet    (work was made by retention init)",
)


@app.command(epilog=EXAMPLES)
@with_options(READING, CHOOSING, SLIDES)
def report(
    source: Sources,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the report.")
    ],
    *,
    with_ids: WithIds = False,
    as_json: Json = False,
    quiet: Quiet = False,
    options: dict[str, Any],
) -> None:
    """Run the notebooks on your orders: web pages, an editable deck, workbooks.

    Into the folder of last month's report, the deck is updated: what you edited in it stays, and what
    changed since is told. All other files of the report are replaced.
    """
    from retention.command.changes_text import changes_text, slides_text

    if quiet:
        be_quiet()
    made = rt.write_report(one_source(source), output, is_quiet=quiet, with_ids=with_ids, **options)
    if as_json:
        since = None if made.changes is None else made.changes.attrs["before_as_of"]
        say_json(folder=made.folder, files=made.files, since=since, changes=made.changes,
                 slides=made.slides)  # fmt: skip
        return
    rt.set_language(made.language)
    files = ", ".join(file.name for file in made.files)
    say(text("Report in {folder}: {files}", folder=made.folder, files=files))
    say(text("Open first: {files}", files=", ".join(map(str, made.first()))))
    for words in (*changes_text(made.changes), *slides_text(made.slides)):
        say(words)
    say(
        text(
            "Next month, with the new file in its place: retention report {settings} -o {folder}",
            settings=quoted(made.folder / "retention.toml"), folder=quoted(made.folder),
        )
    )  # fmt: skip
