"""`retention deck`: the standard slides, into a new deck or into one that you have edited."""

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
from retention.command.said import say, say_json
from retention.command_words import command_words
from retention.texts import text

EXAMPLES = examples(
    "retention deck orders.csv -o december.pptx --currency VND --language vi",
    "retention deck work -o customers.pptx --template company.potx",
)


@app.command(epilog=EXAMPLES)
@with_options(READING, CHOOSING, SLIDES)
def deck(
    source: Sources,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The .pptx file.")],
    *,
    as_json: Json = False,
    quiet: Quiet = False,
    options: dict[str, Any],
) -> None:
    """Make the slides of the monthly report, with native charts and tables.

    A deck of ours that is there already is updated: what you edited in it stays. Slides that your
    orders do not allow are left out, with the reason.
    """
    from retention.command.changes_text import slides_text
    from retention.export.own_files import refuse_sources
    from retention.export.standard_deck import standard_deck
    from retention.orders.chosen import read_chosen

    if quiet:
        be_quiet()
    orders = read_chosen(one_source(source), options)
    refuse_sources(orders, [output])
    chosen = orders.choices
    rt.set_language(chosen.language)
    made = standard_deck(orders, footer=chosen.footer or "", **chosen.of("template", "language"))
    slides = rt.write_deck(made.deck, output)
    if as_json:
        say_json(file=output, slides=slides, left_out=made.left_out)
        return
    say(text("Deck in {file}.", file=output))
    for words in slides_text(slides):
        say(words)
    for name, reason in made.left_out.items():
        say(text("Left out: {name}. {reason}", name=name, reason=command_words(reason)))
