"""The files of the sample shop: where they lie, and how they are made.

`python -m retention.orders.sample_files data/sample` writes them anew, the same to the byte.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from retention.errors import OrdersError
from retention.files import atomic_path
from retention.orders.simulated.hien_may import HIEN_MAY_STORY
from retention.orders.simulated.tables import simulate_tables

PACKAGE = Path(__file__).resolve().parents[1]
PEOPLE = 3400
START = pd.Timestamp("2023-01-01")
DAYS = 1096
SEED = 2023
ORDERS_FILE, PEOPLE_FILE = "orders.csv", "people.csv"
TOUCHES_FILE, COSTS_FILE = "touches.csv", "costs.csv"
MINUTES, DATES = "%Y-%m-%d %H:%M", "%Y-%m-%d"
WHOLE = ["quantity", "unit_price", "discount", "amount"]


def sample_folder() -> Path:
    """The folder of the sample: inside the installed package, or `data/sample` of a checkout.

    Returns
    -------
    pathlib.Path
        A folder with orders.csv, people.csv, touches.csv, costs.csv and README.md.

    Raises
    ------
    OrdersError
        If neither is there.

    Notes
    -----
    The folder belongs to the installation: copy the files before changing them.

    Examples
    --------
    >>> (sample_folder() / "orders.csv").exists()
    True
    """
    for folder in (PACKAGE / "_sample", PACKAGE.parent / "data" / "sample"):
        if (folder / ORDERS_FILE).is_file():
            return folder
    raise OrdersError(
        f"sample: {ORDERS_FILE} is not part of this installation ({PACKAGE}). "
        "Install the package again, or use simulate_orders()."
    )


def write_sample(folder: str | Path) -> None:
    """Make the files of the sample shop in a folder: orders, people, touches and costs.

    Parameters
    ----------
    folder : str or pathlib.Path
        Made if it is not there; its orders.csv, people.csv, touches.csv and costs.csv are
        overwritten.

    Returns
    -------
    None

    Raises
    ------
    ExportError
        If the folder cannot be written; a file there stays as it was.

    Notes
    -----
    The README beside the files states what they hold: change the shop and its numbers change too.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_sample(folder)
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['costs.csv', 'orders.csv', 'people.csv', 'touches.csv']
    """
    tables = simulate_tables(
        HIEN_MAY_STORY, customers=PEOPLE, days=DAYS, start=START, random_state=SEED
    )
    orders = tables.orders.astype(dict.fromkeys(WHOLE, "int64"))
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write(orders.rename(columns={"ordered_at": "order_date"}), folder / ORDERS_FILE, MINUTES)
    _write(tables.people, folder / PEOPLE_FILE, DATES)
    _write(tables.touches, folder / TOUCHES_FILE, MINUTES)
    _write(tables.costs, folder / COSTS_FILE, DATES)


def _write(table: pd.DataFrame, path: Path, date_format: str) -> None:
    text = table.to_csv(index=False, lineterminator="\n", date_format=date_format)
    with atomic_path(path) as temporary:
        temporary.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    write_sample(sys.argv[1] if len(sys.argv) > 1 else "data/sample")
