"""`retention check`: what was understood of a file, and what is left out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import retention as rt
from retention.command.app import app, examples
from retention.command.options import (
    LANGUAGE,
    READING,
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

if TYPE_CHECKING:
    from retention.orders.orders import Orders

EXAMPLES = examples(
    "retention check orders.csv",
    "retention check orders.xlsx --sheet 2024 --column customer_id=CustomerNo",
    "retention check 2024/*.csv --date-format %d/%m/%Y --json",
    "retention check don_hang.csv --language vi",
)


@app.command(epilog=EXAMPLES)
@with_options(READING, LANGUAGE)
def check(
    source: Sources, *, as_json: Json = False, quiet: Quiet = False, options: dict[str, Any]
) -> None:
    """Show the audit: what was understood, what is left out, and what each rule changes.

    Nothing is written. Begin here with a file of your own.
    """
    from retention.check_text import check_text
    from retention.orders.chosen import read_chosen

    if quiet:
        be_quiet()
    orders = read_chosen(one_source(source), options)
    if as_json:
        say_json(**_found(orders))
        return
    rt.set_language(orders.choices.language)
    width = min(max(shutil.get_terminal_size((96, 24)).columns, 60), 96)
    say(check_text(orders, width=width))
    say("\n" + "\n".join(_next(source, orders)))


def _next(sources: list[Path], orders: Orders) -> list[str]:
    """How to go on from here, in lines that can be copied, and what the amounts lack."""
    is_said = orders.currency or not orders.has_amounts
    unit = [] if is_said else [text("Amounts have no currency yet: name it with --currency.")]
    files = [quoted(source) for source in sources]
    if sources[0].is_dir() or sources[0].suffix.lower() == ".toml":
        return [*unit, text("Next:"), f"  retention report {files[0]} -o report"]
    named = " ".join(f"--source {file}" for file in files)
    return [
        *unit,
        text("Next, with the same options, the report or the notebooks:"),
        f"  retention report {' '.join(files)} -o report",
        f"  retention init work {named}",
    ]


def _found(orders: Orders) -> dict[str, Any]:
    settings = orders.settings()
    return {
        "source": settings.source,
        **orders.counts,
        "history_start": f"{orders.history_start:%Y-%m-%d}",
        "as_of": f"{orders.as_of:%Y-%m-%d}",
        "timezone": orders.timezone,
        "currency": orders.currency,
        "mapping": orders.mapping,
        "not_used": list(orders.mapping.attrs.get("not_used", [])),
        "settings": dict(settings),
        "audit": orders.audit,
        "headlines": orders.headlines,
    }
