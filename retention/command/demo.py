"""`retention demo`: reports on a sample shop and on real orders."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

import retention as rt
from retention.command.app import app, examples
from retention.command.options import Quiet
from retention.command.quiet import be_quiet
from retention.command.said import say
from retention.texts import text


@app.command(epilog=examples("retention demo", "retention demo somewhere/else --quiet"))
def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the reports go.")] = Path(
        "demo"
    ),
    quiet: Quiet = False,
) -> None:
    """Make the report on the sample shop and on the real CDNOW orders."""
    from retention.orders.cdnow import write_cdnow
    from retention.orders.sample_files import ORDERS_FILE, sample_folder

    if quiet:
        be_quiet()
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
        files = ", ".join(map(str, made.first()))
        say(text("{name}: open {files}", name=name, files=files))
    say(text("Done in {seconds} s.", seconds=f"{time.monotonic() - started:.0f}"))
