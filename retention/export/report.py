"""The monthly report: the notebooks run on somebody's orders, with deck and workbook."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from tqdm.auto import tqdm
from traitlets.config import Config

from retention.errors import ArgumentError, ExportError, choose
from retention.export.settings_file import write_settings
from retention.export.starter import SETTINGS, notebooks_folder
from retention.leftovers import give_back, own_folder
from retention.orders.read import read_orders
from retention.orders.settings_file import read_settings

REPORT = (
    "00_your_orders", "01_cohorts", "02_repurchase", "04_churn_risk", "05_customer_value",
    "07_monthly_report",
)  # fmt: skip
# Charts go into the page even where MPLBACKEND, set for servers, would swallow them.
KERNEL = ("--IPKernelApp.matplotlib=inline", "--IPKernelApp.log_level=CRITICAL")
# Code for formulas and diagrams, which the notebooks have none of; some would be fetched.
SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Report:
    """Where the report lies, and its files in the order in which to open them."""

    folder: Path
    files: tuple[Path, ...]


def write_report(
    source: str | Path | Sequence[str | Path],
    folder: str | Path,
    *,
    notebooks: Sequence[str] = REPORT,
    is_quiet: bool = False,
    **options: Any,
) -> Report:
    """Run the notebooks on a source of orders; write web pages, a deck and a workbook.

    Parameters
    ----------
    source : path, pattern, or list of paths
        Files that `read_orders` takes, or a `retention.toml`.
    folder : path
        Where the files go; made if missing. Older files of the same names are replaced.
    notebooks : sequence of str
        Names of the notebooks to run.
    is_quiet : bool
        No progress bar.
    **options
        What `read_orders` takes: columns, timezone, currency, as_of, ... Of `people`, a path.

    Returns
    -------
    Report
        `folder`, and `files`: deck, workbook, web pages, executed notebooks, `retention.toml`.

    Raises
    ------
    OrdersError, ArgumentError
        If the source cannot be read or a notebook is not known; nothing is written then.
    ExportError
        If a notebook fails or the folder cannot be written.

    Notes
    -----
    The trap: the pages show tables with customer ids; the deck shows none.

    Examples
    --------
    >>> write_report("no_such_file.csv", "report")
    Traceback (most recent call last):
    ...
    retention.errors.OrdersError: orders: there is no file no_such_file.csv. ...
    """
    for name in notebooks:
        choose("notebooks", name, _known())
    paths, given = _settings(source, options)
    target = Path(folder)
    with _workshop(target) as workshop:
        write_settings(workshop / SETTINGS, source=paths, options=given)
        # Closed before an error is told, so that its message has a line of its own.
        with tqdm(notebooks, desc="report", unit="notebook", disable=is_quiet) as names:
            pages = [_run(name, workshop, names) for name in names]
        made = sorted(workshop.glob("*.pptx")) + sorted(workshop.glob("*.xlsx")) + pages
        files = (*made, *sorted(workshop.glob("*.ipynb")), workshop / SETTINGS)
        return Report(target, tuple(_deliver(file, target) for file in files))


def _known() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in notebooks_folder().glob("*.ipynb")))


def _settings(
    source: str | Path | Sequence[str | Path], options: dict[str, Any]
) -> tuple[Path | list[Path], dict[str, Any]]:
    """Read the orders once before anything is written, so that a bad source leaves nothing."""
    people = options.get("people")
    if not isinstance(people, (str, Path, NoneType)):
        raise ArgumentError(
            f"people: a {type(people).__name__} cannot be named in the report's settings. Save it "
            'with people.to_csv("people.csv", index=False) and pass the path.'
        )
    orders = read_orders(source, **options)
    paths: Path | list[Path]
    paths = Path(source) if isinstance(source, (str, Path)) else [Path(path) for path in source]
    if isinstance(paths, Path) and paths.suffix.lower() == ".toml":
        file = read_settings(paths)
        paths, people = file.source, people or file.people
    # The options as given, not as guessed, so that the pages show why a column was taken.
    given = orders.options.given()
    return paths, given | ({"people": str(Path(people).absolute())} if people else {})


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """A folder in the target, in which the report is made before anything is delivered."""
    is_new = not target.exists()
    try:
        target.mkdir(parents=True, exist_ok=True)
        workshop = own_folder(target, ".report-")
    except OSError as error:
        raise ExportError(
            f"{target}: the report cannot be written there ({error.strerror}). Choose another "
            "folder with -o."
        ) from error
    try:
        yield workshop
    finally:
        give_back(workshop)
        if is_new:
            with suppress(OSError):  # Not empty: the report is in it.
                target.rmdir()


def _run(name: str, workshop: Path, progress: Any) -> Path:
    progress.set_postfix_str(name)
    executed = workshop / f"{name}.ipynb"
    # The kernel starts in the workshop, from where a path relative to here leads nowhere.
    connection = workshop.absolute() / f".{name}.json"
    try:
        with _quiet():
            papermill.execute_notebook(
                notebooks_folder() / f"{name}.ipynb",
                executed,
                parameters={"source": SETTINGS, "output": "."},
                kernel_name="python3",
                progress_bar=False,
                cwd=str(workshop),
                extra_arguments=list(KERNEL),
                # In the workshop, which is cleared; of itself it lies among the temporary files.
                config=Config(KernelManager={"connection_file": str(connection)}),
            )
    except papermill.PapermillExecutionError as error:
        raise ExportError(
            f"{name}: the notebook stopped in the cell {_first_line(error.source)!r} with "
            f"{error.ename}: {_first_line(error.evalue).rstrip('.')}. Nothing was written. Open it "
            "in JupyterLab to see more."
        ) from error
    except (DeadKernelError, CellTimeoutError) as error:
        raise ExportError(
            f"{name}: Python stopped while running the notebook ({error}). Was there enough "
            "memory? Nothing was written."
        ) from error
    return _page(executed)


def _first_line(words: str) -> str:
    return (words.strip().splitlines() or [""])[0]


@contextmanager
def _quiet() -> Iterator[None]:
    """Papermill and Jupyter talk about their own machinery; that is nothing to the reader."""
    logger = logging.getLogger("papermill")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _page(executed: Path) -> Path:
    """One self-contained web page: no script or font is fetched when it is opened."""
    exporter = HTMLExporter(
        mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url="", embed_images=True,
        exclude_input_prompt=True, exclude_output_prompt=True,
    )  # fmt: skip
    body, _ = exporter.from_filename(str(executed))
    page = executed.with_suffix(".html")
    page.write_text(SCRIPT.sub("", body), encoding="utf-8")
    return page


def _deliver(file: Path, target: Path) -> Path:
    delivered = target / file.name
    try:
        file.replace(delivered)
    except OSError as error:
        raise ExportError(
            f"{delivered}: cannot be replaced ({error.strerror}). If it is open in PowerPoint or "
            "Excel, close it; otherwise choose another folder with -o."
        ) from error
    return delivered
