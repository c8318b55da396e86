"""`retention audience`: whom to contact, as files, with a hold-out to be compared with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import retention as rt
from retention.charts.number import format_number
from retention.command.app import app, examples
from retention.command.options import (
    CHOOSING,
    CONTACTS,
    READING,
    Json,
    Quiet,
    Sources,
    one_source,
    with_options,
)  # fmt: skip
from retention.command.quiet import be_quiet
from retention.command.said import say, say_json
from retention.text_table import text_table
from retention.texts import text

if TYPE_CHECKING:
    from retention.export.plan_files import PlanFiles

# Why some are on no list.
REASONS = {
    "opted_out": "they opted out",
    "ordered_since": "they have ordered since",
    "too_many_messages": "they were sent too many messages",
    "held_out": "held out on purpose, to be compared with the others",
}
EXAMPLES = examples(
    "retention audience work -o tet --campaign tet",
    "retention audience orders.csv -o call --people people.csv --platform zalo "
    "--audience \"win back=band in ['medium', 'high']\" --audience \"thanks=stage == 'loyal'\"",
)


@app.command(epilog=EXAMPLES)
@with_options(READING, CHOOSING, CONTACTS)
def audience(
    source: Sources,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the files.")
    ],
    platform: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Hashed contacts, too: google, meta, tiktok or zalo. Repeat."
        ),
    ] = None,
    *,
    as_json: Json = False,
    quiet: Quiet = False,
    options: dict[str, Any],
) -> None:
    """Choose whom to contact, when and with what; leave a part alone, to see whether it worked.

    Without --audience, and with none in the retention.toml: who is slipping away, who bought once, who
    is loyal. The files hold personal data: keep them as such, and delete them after use.
    """
    from retention.export.plan_files import write_plan_files
    from retention.orders.chosen import read_chosen

    if quiet:
        be_quiet()
    orders = read_chosen(one_source(source), options)
    rt.set_language(orders.choices.language)
    made = write_plan_files(orders, output, platforms=tuple(platform or ()))
    if as_json:
        say_json(folder=made.folder, files=made.files, audiences=made.summary, arms=made.arms,
                 left_out=made.left_out)  # fmt: skip
        return
    _tell(made)


def _tell(made: PlanFiles) -> None:
    shown = made.summary[["audience", "customers", "held_out", "smallest_effect"]]
    rows = [[name, format_number(count), format_number(held), _effect(effect)]
            for name, count, held, effect in shown.itertuples(index=False)]  # fmt: skip
    header = (text("audience"), text("customers"), text("held out"), text("smallest effect"))
    for line in text_table(header, rows):
        say(line)
    say(
        text(
            "smallest effect: what more of those contacted must order for the campaign to be seen to work "
            "(in 80 of 100); none where too few are held out for any."
        )
    )
    for reason, count in made.left_out.items():
        say(text("{count} left out: {reason}.", count=f"{count:,}", reason=text(REASONS[reason])))
    say(
        text(
            "Files in {folder}: {files}", folder=made.folder, files=", ".join(map(str, made.files))
        )
    )
    say(
        text(
            "Keep {file}: without it nobody can tell whether the campaign worked.",
            file="holdout.csv",
        )
    )


def _effect(effect: float) -> str:
    """More than everybody cannot order."""
    return format_number(effect, number_format="points") if effect <= 1 else text("none")
