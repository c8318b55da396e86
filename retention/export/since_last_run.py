"""What changed since the report was made last: its numbers then, kept in a file, and now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from retention.errors import ArgumentError
from retention.export.run_file import Run, read_runs, write_run
from retention.kinds import as_path
from retention.names import GLOSSARY, check_columns
from retention.orders.orders import Orders

COLUMNS = check_columns(("name", "before", "now", "difference"))


def since_last_run(orders: Orders, path: str | Path) -> pd.DataFrame:
    """Show the headlines beside those of the last run, and keep them for the next one.

    Parameters
    ----------
    orders : Orders
        The orders of this run.
    path : str or Path
        The .json file that keeps each run's numbers, beside the report; made if missing. Of one
        as-of day the last run is kept.

    Returns
    -------
    DataFrame, one row per figure, as in `orders.headlines`
        name (str), before (float64, in the unit of the figure; null at the first run), now (float64),
        difference (float64, now less before). `attrs["before_as_of"]` is the day of the last run, one
        of an earlier day if there is any; None at the first run.

    Raises
    ------
    ArgumentError
        If `orders` are none, or the file was not written by a run.
    ExportError
        If the file cannot be written; it is then as it was.

    Notes
    -----
    The trap: `before` is what was said then. Orders that were cancelled or exported since have changed
    what would be said of that day now: `orders.at(day).headlines`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from retention import read_orders
    >>> orders = read_orders(pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"], "order_date": ["2024-01-01", "2024-02-01", "2024-02-09"],
    ...     "amount": [10.0, 20.0, 7.0]}))
    >>> with TemporaryDirectory() as folder:
    ...     first = since_last_run(orders.at("2024-01-31"), f"{folder}/retention.json")
    ...     second = since_last_run(orders, f"{folder}/retention.json")
    >>> second.head(2)
            name  before  now  difference
    0  customers     1.0  2.0         1.0
    1     orders     1.0  3.0         2.0
    >>> first["before"].isna().all(), second.attrs["before_as_of"]
    (np.True_, '2024-01-31')
    """
    if not isinstance(orders, Orders):
        raise ArgumentError(
            f"orders: a {type(orders).__name__} is none. Pass what read_orders() returns."
        )
    kept = as_path("path", path)
    runs = read_runs(kept)
    write_run(_run(orders), kept)
    return run_changes(orders, runs)


def run_changes(orders: Orders, runs: Sequence[Run]) -> pd.DataFrame:
    """The headlines beside those of the last of these runs; see `since_last_run`."""
    run = _run(orders)
    return _run_table(run, _last_run(runs, run))


def _run(orders: Orders) -> Run:
    headlines = orders.headlines
    now = dict(zip(headlines["name"], headlines["estimate"], strict=True))
    return Run(f"{orders.as_of:%Y-%m-%d}", orders.currency, now)


def _last_run(runs: Sequence[Run], run: Run) -> Run | None:
    """The last one of an earlier day, or else of the same; of the same currency.

    The report may be made several times of one month, and is compared with the month before.
    """
    known = [each for each in runs if each.currency == run.currency and each.as_of <= run.as_of]
    earlier = [each for each in known if each.as_of < run.as_of]
    return max(earlier or known, key=lambda each: each.as_of, default=None)


def _run_table(run: Run, before: Run | None) -> pd.DataFrame:
    """Both beside each other, one row per figure of the first."""
    told = before.numbers if before else {}
    table = pd.DataFrame(
        {
            "name": list(run.numbers),
            "before": [told.get(name) for name in run.numbers],
            "now": list(run.numbers.values()),
        }
    )
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS[:3]})
    table["difference"] = table["now"] - table["before"]
    table.attrs = {
        "as_of": run.as_of, "before_as_of": before.as_of if before else None,
        "currency": run.currency, "call": "since_last_run(orders, path)",
    }  # fmt: skip
    return table
