"""The command `retention`: demo, init, report, check, lab."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

import retention as rt
from retention.check_text import check_text
from retention.command_words import EXAMPLES, command_words, settings_hint
from retention.errors import ArgumentError, RetentionError
from retention.export.starter import copy_starter
from retention.orders.cdnow import write_cdnow
from retention.orders.sample_files import ORDERS_FILE, sample_folder
from retention.texts import text

app = typer.Typer(
    name="retention",
    help="Who comes back, when, who is about to leave, and what each customer is worth.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

# readable=False leaves it to the reader to say in one sentence that a file may not be read.
Sources = Annotated[
    list[Path],
    typer.Argument(
        metavar="SOURCE",
        help="Orders: text, Excel, Parquet, several files or a pattern; or a retention.toml.",
        readable=False,
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", help="Which column is which: --column customer_id=CustomerNo. Repeat."
    ),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option("--status", help="What a status means: --status shipped=completed. Repeat."),
]
Timezone = Annotated[str | None, typer.Option(help="Where days are counted: Asia/Ho_Chi_Minh.")]
Currency = Annotated[str | None, typer.Option(help="Currency of the amounts: VND, EUR.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Last day observed: 2025-12-31.")]
HistoryStart = Annotated[
    str | None,
    typer.Option("--history-start", help="First day from which all orders are there: 2024-01-01."),
]
Attributes = Annotated[
    list[str] | None,
    typer.Option("--attribute", help="A further column to compare customers by. Repeat."),
]
NonProducts = Annotated[
    str | None,
    typer.Option(
        "--non-products", help="What to do with lines of postage and fees: keep or set_aside."
    ),
]
AmountOf = Annotated[
    str | None,
    typer.Option("--amount-of", help="Whether amounts are those of an order or of each line."),
]
DateFormat = Annotated[str | None, typer.Option("--date-format", help="%d/%m/%Y or %m/%d/%Y.")]
Decimal = Annotated[str | None, typer.Option(help="Decimal sign, . or ,")]
Unreadable = Annotated[
    str | None, typer.Option(help="What to do with lines that cannot be read: error or set_aside.")
]
Sheet = Annotated[str | None, typer.Option(help="Sheet of a workbook that has several.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of a text file: cp1258, utf-8.")]
MergeBy = Annotated[
    list[str] | None,
    typer.Option("--merge-by", help="Merge customers by email or phone. Repeat for both."),
]
People = Annotated[
    Path | None, typer.Option(help="Table with e-mails and phones of customers.", readable=False)
]
WithIds = Annotated[
    bool, typer.Option("--with-ids", help="Show the customers' own ids; else marks stand for them.")
]
Quiet = Annotated[bool, typer.Option(help="No progress bar.")]


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        _say(f"retention {rt.__version__}")
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
    """Who comes back, when, who is about to leave, and what each customer is worth."""


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where the reports go.")] = Path("demo"),
    quiet: Quiet = False,
) -> None:
    """Make the report on the sample shop and on the real CDNOW orders."""
    started = time.monotonic()
    cdnow = write_cdnow(folder / "cdnow" / "orders.csv")
    shop = {"timezone": "Asia/Ho_Chi_Minh", "currency": "VND", "attributes": ["province"]}
    reports = {
        "sample": rt.write_report(
            sample_folder() / ORDERS_FILE, folder / "sample", is_quiet=quiet, **shop
        ),
        "cdnow": rt.write_report(cdnow, folder / "cdnow", is_quiet=quiet, currency="USD"),
    }
    for name, made in reports.items():
        _say(text("{name}: open {files}", name=name, files=_names(made.files[:3])))
    _say(text("Done in {seconds} s.", seconds=f"{time.monotonic() - started:.0f}"))


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A folder of yours; made if missing.")],
) -> None:
    """Copy the notebooks, their settings and the sample; files that are there stay as they are."""
    written, kept = copy_starter(folder)
    _say(text("{count} files written to {folder}.", count=len(written), folder=folder))
    if kept:
        _say(text("{count} were there already and stay as they are.", count=len(kept)))
    _say(text("Next: put your file into {path}, then run: retention lab {folder}",
              path=folder / "retention.toml", folder=folder))  # fmt: skip


@app.command()
def report(
    source: Sources,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the report.")],
    column: Columns = None,
    status: Statuses = None,
    timezone: Timezone = None,
    currency: Currency = None,
    as_of: AsOf = None,
    history_start: HistoryStart = None,
    attribute: Attributes = None,
    date_format: DateFormat = None,
    decimal: Decimal = None,
    unreadable: Unreadable = None,
    non_products: NonProducts = None,
    amount_of: AmountOf = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    merge_by: MergeBy = None,
    people: People = None,
    with_ids: WithIds = False,
    quiet: Quiet = False,
) -> None:
    """Run the notebooks on your orders: web pages, an editable deck, a workbook."""
    options = _given(
        columns=_pairs("--column", column), statuses=_pairs("--status", status), timezone=timezone,
        currency=currency, as_of=as_of, date_format=date_format, decimal=decimal,
        unreadable=unreadable, sheet=sheet, encoding=encoding, merge_by=merge_by, people=people,
        history_start=history_start, attributes=attribute, non_products=non_products, amount_of=amount_of,
    )  # fmt: skip
    made = rt.write_report(_source(source), output, is_quiet=quiet, with_ids=with_ids, **options)
    _say(text("Report in {folder}: {files}", folder=made.folder, files=_names(made.files)))


@app.command()
def check(
    source: Sources,
    column: Columns = None,
    status: Statuses = None,
    timezone: Timezone = None,
    currency: Currency = None,
    as_of: AsOf = None,
    history_start: HistoryStart = None,
    attribute: Attributes = None,
    date_format: DateFormat = None,
    decimal: Decimal = None,
    unreadable: Unreadable = None,
    non_products: NonProducts = None,
    amount_of: AmountOf = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    merge_by: MergeBy = None,
    people: People = None,
) -> None:
    """Show the audit: what was understood, what is left out, and what each rule changes."""
    options = _given(
        columns=_pairs("--column", column), statuses=_pairs("--status", status), timezone=timezone,
        currency=currency, as_of=as_of, date_format=date_format, decimal=decimal,
        unreadable=unreadable, sheet=sheet, encoding=encoding, merge_by=merge_by, people=people,
        history_start=history_start, attributes=attribute, non_products=non_products, amount_of=amount_of,
    )  # fmt: skip
    width = min(max(shutil.get_terminal_size((96, 24)).columns, 60), 96)
    _say(check_text(rt.read_orders(_source(source), **options), width=width))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A folder made by `retention init`.")],
) -> None:
    """Open JupyterLab there; further arguments go to JupyterLab."""
    if not folder.is_dir():
        raise ArgumentError(f"{folder}: there is no such folder. Make one: retention init {folder}")
    if importlib.util.find_spec("jupyterlab") is None:
        raise ArgumentError("lab: JupyterLab is not installed. Run: pip install jupyterlab")
    words = [sys.executable, "-m", "jupyterlab", *OFFLINE, *_as_root(), *context.args]
    raise typer.Exit(subprocess.run(words, cwd=folder).returncode)


# Of itself JupyterLab asks the network for news and for newer versions.
OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


def _as_root() -> list[str]:
    """JupyterLab refuses to run as root unless it is told that this is meant."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--allow-root"] if is_root else []


def _source(paths: list[Path]) -> Path | list[Path]:
    """One file, pattern or retention.toml as it is; several files as a list."""
    settings = [path for path in paths if path.suffix.lower() == ".toml"]
    if settings and len(paths) > 1:
        raise ArgumentError(
            f"{settings[0]}: a retention.toml stands alone, and {len(paths)} sources were given. "
            'Name the files in it: source = ["a.csv", "b.csv"].'
        )
    return paths[0] if len(paths) == 1 else paths


def _given(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value not in (None, [], {})}


def _pairs(option: str, words: list[str] | None) -> dict[str, str]:
    return dict(_pair(option, word) for word in words or ())


def _pair(option: str, words: str) -> tuple[str, str]:
    """Name and value; a column of ours has no = in it, a status of theirs may have."""
    first, sign, last = words.partition("=") if option == "--column" else words.rpartition("=")
    if not (first and sign and last):
        raise ArgumentError(f"{option}: {words!r} is not of the form {EXAMPLES[option]}.")
    return first, last


def _names(files: Any) -> str:
    return ", ".join(str(file) for file in files)


def _say(words: str) -> None:
    typer.echo(words)


def main() -> None:
    """Run the command; what is refused on purpose ends in one message and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console or pipe without Vietnamese letters shows their codes instead of failing.
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except RetentionError as error:
        message = f"{command_words(str(error))} {settings_hint(str(error))}".rstrip()
    except OSError as error:
        message = f"{error.filename or 'retention'}: {error.strerror or error}."
    # Outside of the blocks above, so that no traceback keeps the engine open at the end.
    typer.echo(message, err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
