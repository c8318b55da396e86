"""The CDNOW orders that come with the package `lifetimes`: real, and known to all in the field."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import pandas as pd

from retention.errors import ExportError, OrdersError, choose
from retention.files import atomic_path

COLUMNS = ["customer_id", "ordered_at", "quantity", "amount"]
FILES = {
    "master": ("CDNOW_master.txt", COLUMNS, 1),
    "sample": ("CDNOW_sample.txt", ["master_id", *COLUMNS], 0),
}


def cdnow_orders(which: Literal["master", "sample"] = "sample") -> pd.DataFrame:
    """The order lines of 23,570 customers, or of the 1/10 sample of 2,357, 1997-01 to 1998-06.

    Returns
    -------
    DataFrame, one row per order line
        customer_id, ordered_at (str, YYYYMMDD), quantity, amount (str; US dollars).

    Raises
    ------
    OrdersError
        If `lifetimes` is not installed.
    """
    choose("which", which, tuple(FILES))
    # Found, not imported: importing lifetimes changes options of pandas.
    found = find_spec("lifetimes")
    if found is None or found.origin is None:
        raise OrdersError("orders: the CDNOW orders come with the package lifetimes. Install it.")
    name, columns, skipped = FILES[which]
    table = pd.read_csv(
        Path(found.origin).parent / "datasets" / name,
        sep=r"\s+", header=None, names=columns, skiprows=skipped, dtype=str,
    )  # fmt: skip
    return table[COLUMNS]


def write_cdnow(path: Path) -> Path:
    """Write the order lines of all 23,570 customers as CSV; the folder is made if missing.

    Raises
    ------
    ExportError
        If the folder cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{path.parent}: cannot be made ({error.strerror}). Choose another place."
        ) from error
    with atomic_path(path) as temporary:
        cdnow_orders("master").to_csv(temporary, index=False)
    return path
