"""The monthly report: the notebooks run on somebody's orders, with deck and workbook."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from retention.engine.bar import bar_class
from retention.errors import ExportError, choose
from retention.export.marked_ids import marked_ids
from retention.export.notebook_page import notebook_page
from retention.export.own_files import refuse_others, refuse_sources
from retention.export.run_file import read_runs
from retention.export.settings_file import write_settings
from retention.export.since_last_run import run_changes
from retention.export.starter import SETTINGS, notebooks_folder
from retention.export.workshop import deliver, workshop
from retention.kinds import as_names, as_path, require_flag
from retention.orders.chosen import read_chosen
from retention.orders.orders import Orders

MONTHLY = "07_monthly_report"
REPORT = (
    "00_your_orders", "01_cohorts", "02_repurchase", "03_lifecycle", "04_churn_risk",
    "05_customer_value", MONTHLY,
)  # fmt: skip
DECK, BOOK, NUMBERS = "retention.pptx", "retention.xlsx", "retention.json"
SLIDES = "slides"  # the sheet of the workbook that says what was done to each slide
_OUTPUT = re.compile(r"\{output\}/([\w.]+)")


@dataclass(frozen=True)
class Report:
    """Where the report lies, and its files in the order in which to open them.

    `changes` are the headlines beside those of the last run, as by `since_last_run`; `slides` what was
    done to each slide of the deck, and which edits were kept, as by `write_deck`; `language` is what
    the settings say.
    """

    folder: Path
    files: tuple[Path, ...]
    changes: pd.DataFrame | None = None
    slides: pd.DataFrame | None = None
    language: str | None = None

    def first(self) -> tuple[Path, ...]:
        """What to open first: the page of the month, and the slides."""
        pages = [file for file in self.files if file.suffix == ".html"]
        decks = [file for file in self.files if file.suffix == ".pptx"]
        return (*pages[-1:], *decks)


def write_report(
    source: str | Path | Sequence[str | Path],
    folder: str | Path,
    *,
    notebooks: Sequence[str] = REPORT,
    is_quiet: bool = False,
    with_ids: bool = False,
    **options: Any,
) -> Report:
    """Run the notebooks on a source of orders; write web pages, a deck and a workbook.

    Into the folder of last month's report, its deck is updated: what was edited by hand stays.

    Parameters
    ----------
    source : path, pattern, or list of paths
        Files that `read_orders` takes, or a `retention.toml`.
    folder : path
        Where the files go; made if missing. Files of an older report are replaced, but for the deck,
        which is updated as by `write_deck`, and the numbers of earlier runs, which are kept.
    notebooks : sequence of str
        Names of the notebooks to run.
    is_quiet : bool
        No progress bar.
    with_ids : bool
        Show the customers' own ids. Without them a mark stands for each, in pages, deck and workbook
        the same, and another one in every report.
    **options
        What `read_orders` takes: columns, timezone, currency, as_of, ... Of `people`, a path. And what
        a `retention.toml` says beside: language, horizon_days, margin, at_risk_after_days, ...

    Returns
    -------
    Report
        `folder`, and `files`: deck, workbook, web pages, executed notebooks, `retention.toml`, the
        numbers of the runs; `changes` since the last run, and `slides`.

    Raises
    ------
    OrdersError, ArgumentError
        If the source cannot be read or a notebook is not known; nothing is written then.
    ExportError
        If a notebook fails, the folder cannot be written, or a source, or notebooks or settings of
        your own, would be replaced; what was there stays as it was.

    Notes
    -----
    The trap: 06_audiences is a list of people, and keeps their ids: it is no part of the report
    unless `notebooks` asks for it.

    Examples
    --------
    >>> write_report("no_such_file.csv", "report")
    Traceback (most recent call last):
    ...
    retention.errors.OrdersError: orders: there is no file no_such_file.csv. ...
    """
    notebooks = as_names("notebooks", notebooks)
    for name in notebooks:
        choose("notebooks", name, _known())
    require_flag("is_quiet", is_quiet)
    require_flag("with_ids", with_ids)
    target = as_path("folder", folder)
    refuse_others(target, notebooks, SETTINGS)
    runs = read_runs(target / NUMBERS)
    orders = read_chosen(source, options)
    refuse_sources(orders, (target / name for name in _written(notebooks)))
    paths, given = _settings(orders)
    with workshop(target) as shop, marked_ids(are_shown=with_ids):
        write_settings(shop / SETTINGS, source=paths, options=given)
        before = _bring(target, shop) if MONTHLY in notebooks else {}
        # Closed before an error is told, so that its message has a line of its own.
        with bar_class()(notebooks, desc="report", unit="notebook", disable=is_quiet) as names:
            pages = [_run(name, shop, names, notebooks) for name in names]
        slides = _slides(shop / BOOK)
        _refuse_changed(target, before)
        files = deliver(_in_order(shop, pages), target)
    return Report(target, files, run_changes(orders, runs), slides, orders.choices.language)


def _known() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in notebooks_folder().glob("*.ipynb")))


def _written(notebooks: Sequence[str]) -> Iterator[str]:
    """The names of all files that they write."""
    yield from (DECK, BOOK, NUMBERS, SETTINGS)
    for name in notebooks:
        yield from (f"{name}.html", f"{name}.ipynb")
        yield from _OUTPUT.findall((notebooks_folder() / f"{name}.ipynb").read_text("utf-8"))


def _settings(orders: Orders) -> tuple[Any, dict[str, Any]]:
    """The source, and the options as given, not as guessed: the pages show why a column was taken."""
    people = {} if orders.people is None else {"people": str(Path(str(orders.people)).absolute())}
    return orders.origin, orders.options.given() | people | orders.choices.given()


def _bring(target: Path, shop: Path) -> dict[str, str]:
    """Bring last month's deck and the numbers of earlier runs, to be updated; name -> hash of each."""
    found = [target / name for name in (DECK, NUMBERS) if (target / name).is_file()]
    for file in found:
        shutil.copyfile(file, shop / file.name)
    return {file.name: _hash(shop / file.name) for file in found}


def _refuse_changed(target: Path, before: Mapping[str, str]) -> None:
    """Somebody may have saved the deck while the notebooks ran: that must not be lost."""
    for name, content in before.items():
        if (target / name).exists() and _hash(target / name) != content:
            raise ExportError(
                f"{target / name}: was changed while the report was made, so nothing was written. Run "
                "it again."
            )


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _run(name: str, shop: Path, progress: Any, beside: Sequence[str]) -> Path:
    progress.set_postfix_str(name)
    notebook = notebooks_folder() / f"{name}.ipynb"
    parameters = {"source": SETTINGS, "output": "."}
    return notebook_page(notebook, shop, parameters=parameters, beside=beside)


def _slides(book: Path) -> pd.DataFrame | None:
    """What the notebook did to each slide, as its workbook says."""
    if not book.exists():
        return None
    sheets = pd.read_excel(book, sheet_name=None, keep_default_na=False, engine="calamine")
    return sheets.get(SLIDES)


def _in_order(shop: Path, pages: Sequence[Path]) -> list[Path]:
    """Deck, workbooks, pages, executed notebooks, the numbers, the settings."""
    made = [*sorted(shop.glob("*.pptx")), *sorted(shop.glob("*.xlsx")), *pages]
    numbers = [shop / NUMBERS] if (shop / NUMBERS).exists() else []
    return [*made, *sorted(shop.glob("*.ipynb")), *numbers, shop / SETTINGS]
