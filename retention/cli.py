"""The command `retention`: demo, init, report, check, lab."""

from __future__ import annotations

import importlib.util
import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

import retention as rt
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
Source = Annotated[
    Path, typer.Argument(help="Orders: CSV, Parquet, or a retention.toml.", readable=False)
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", help="Which column is which: --column customer_id=CustomerNo. Repeat."
    ),
]
Timezone = Annotated[str | None, typer.Option(help="Where days are counted: Asia/Ho_Chi_Minh.")]
Currency = Annotated[str | None, typer.Option(help="Currency of the amounts: VND, EUR.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Last day observed: 2025-12-31.")]
DateFormat = Annotated[str | None, typer.Option("--date-format", help="%d/%m/%Y or %m/%d/%Y.")]
Decimal = Annotated[str | None, typer.Option(help="Decimal sign, . or ,")]
Unreadable = Annotated[
    str | None, typer.Option(help="What to do with lines that cannot be read: error or set_aside.")
]


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where the reports go.")] = Path("demo"),
    quiet: Annotated[bool, typer.Option(help="No progress bar.")] = False,
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
    source: Source,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the report.")],
    column: Columns = None,
    timezone: Timezone = None,
    currency: Currency = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    decimal: Decimal = None,
    unreadable: Unreadable = None,
    quiet: Annotated[bool, typer.Option(help="No progress bar.")] = False,
) -> None:
    """Run the notebooks on your orders: web pages, an editable deck, a workbook."""
    options = _options(column, timezone, currency, as_of, date_format, decimal, unreadable)
    made = rt.write_report(source, output, is_quiet=quiet, **options)
    _say(text("Report in {folder}: {files}", folder=made.folder, files=_names(made.files)))


@app.command()
def check(
    source: Source,
    column: Columns = None,
    timezone: Timezone = None,
    currency: Currency = None,
    as_of: AsOf = None,
    date_format: DateFormat = None,
    decimal: Decimal = None,
    unreadable: Unreadable = None,
) -> None:
    """Show the audit: what was understood, what is left out, and what each rule changes."""
    options = _options(column, timezone, currency, as_of, date_format, decimal, unreadable)
    orders = rt.read_orders(source, **options)
    _say(repr(orders))
    _say(orders.mapping.to_string(index=False))
    _say(_audit_text(orders.audit))


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


def _options(column: list[str] | None, *values: str | None) -> dict[str, Any]:
    names = ("timezone", "currency", "as_of", "date_format", "decimal", "unreadable")
    options: dict[str, Any] = {
        name: value for name, value in zip(names, values, strict=True) if value is not None
    }
    if column:
        options["columns"] = dict(_pair(words) for words in column)
    return options


def _pair(words: str) -> tuple[str, str]:
    ours, sign, theirs = words.partition("=")
    if not (ours and sign and theirs):
        raise ArgumentError(f"--column: {words!r} is not of the form customer_id=CustomerNo.")
    return ours, theirs


def _audit_text(audit: Any) -> str:
    shown = audit.drop(columns="repeat_rate_180").rename(
        columns={"repeat_rate_180_without": "rate_without"}
    )
    return str(shown.to_string(index=False, na_rep="", float_format=lambda value: f"{value:,.4g}"
                               if abs(value) <= 1 else f"{value:,.2f}"))  # fmt: skip


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
        message = str(error)
    except OSError as error:
        message = f"{error.filename or 'retention'}: {error.strerror or error}."
    # Outside of the blocks above, so that no traceback keeps the engine open at the end.
    typer.echo(message, err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
