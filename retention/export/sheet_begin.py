"""Where the rows of a sheet are kept until its book is saved."""

from __future__ import annotations

from uuid import uuid4

from openpyxl.worksheet._writer import ALL_TEMP_FILES, WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet

from retention.engine.workspace import temporary_folder


def begin_sheet(sheet: Worksheet) -> None:
    """Keep the rows in the process's own folder until the book is saved.

    Where openpyxl itself keeps them, customers would stay on the disk if the run is killed.
    """
    rows = str(temporary_folder() / f"sheet-{uuid4().hex[:12]}.xml")
    ALL_TEMP_FILES.append(rows)  # openpyxl strikes it off when the book is saved
    sheet._writer = WorksheetWriter(sheet, out=rows)
    sheet._writer.write_top()
