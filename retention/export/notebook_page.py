"""A notebook run on somebody's orders, as a web page that fetches nothing."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from traitlets.config import Config

from retention.errors import ExportError
from retention.export.live_table import without_live_tables
from retention.export.page_links import link_pages

# Charts go into the page even where MPLBACKEND, set for servers, would swallow them.
KERNEL = (
    "--IPKernelApp.matplotlib=inline",
    "--IPKernelApp.log_level=CRITICAL",
    # Queries are many small objects that live on: to look through them as often as Python does of
    # itself takes a fourteenth of the time.
    "--IPKernelApp.exec_lines=import gc; gc.set_threshold(100_000, 50, 50)",
)
# Code for formulas and diagrams, which the notebooks have none of; some would be fetched.
SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)


def notebook_page(
    notebook: Path, folder: Path, *, parameters: Mapping[str, Any], beside: Collection[str] = ()
) -> Path:
    """Run a notebook in a folder, and keep it there, executed, with its web page.

    Parameters
    ----------
    notebook
        The notebook, which stays as it is.
    folder
        Where it runs.
    parameters
        What is put in place of those in its form.
    beside
        Names of the notebooks whose pages lie beside its own: links lead to these.

    Raises
    ------
    ExportError
        If one of its cells fails, or Python stops while it runs.
    """
    name = notebook.stem
    executed = folder / notebook.name
    # The kernel starts in the folder, from where a path relative to here leads nowhere.
    connection = folder.absolute() / f".{name}.json"
    try:
        with _quiet():
            papermill.execute_notebook(
                notebook,
                executed,
                parameters=dict(parameters),
                kernel_name="python3",
                progress_bar=False,
                # Nobody reads it half done, and it would be written anew after each cell.
                request_save_on_cell_execute=False,
                cwd=str(folder),
                extra_arguments=list(KERNEL),
                # In the folder, which is cleared; of itself it lies among the temporary files.
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
    return _page(executed, beside)


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


def _page(executed: Path, beside: Collection[str]) -> Path:
    """One self-contained web page: no script or font is fetched when it is opened."""
    exporter = HTMLExporter(
        mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url="", embed_images=True,
        exclude_input_prompt=True, exclude_output_prompt=True,
    )  # fmt: skip
    body, _ = exporter.from_filename(str(executed))
    page = executed.with_suffix(".html")
    body = SCRIPT.sub("", without_live_tables(body))
    page.write_text(link_pages(body, beside), encoding="utf-8")
    return page
