"""A file among others may have day and month the other way round: it is refused, with both readings."""

from __future__ import annotations

from pathlib import Path

import pytest

from retention.errors import OrdersError
from retention.orders.read import read_orders


def write(folder: Path, name: str, days: list[str]) -> Path:
    lines = [f"c{place % 3},{name}{place},{day},1.50\n" for place, day in enumerate(days)]
    path = folder / f"{name}.csv"
    path.write_text("customer_id,order_id,ordered_at,amount\n" + "".join(lines))
    return path


JANUARY = [f"{day:02}/01/2024" for day in range(1, 32, 3)]


# Examples


@pytest.mark.slow
def test_a_short_month_is_read_like_the_others(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "a", JANUARY),
        write(tmp_path, "b", ["01/02/2024", "05/02/2024", "12/02/2024"]),
    ]
    assert f"{read_orders(files).as_of:%Y-%m-%d}" == "2024-02-12"


# Refusals


def test_a_file_of_another_order(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "a", JANUARY),
        write(tmp_path, "b", ["02/01/2024", "02/05/2024", "02/12/2024"]),
    ]
    with pytest.raises(
        OrdersError,
        match=r"in 'ordered_at' of 1 files \('b.csv'\). Read like the other files, "
        r'date_format="%d/%m/%Y", b.csv runs from 2024-01-02 to 2024-12-02; the other way round '
        r'from 2024-02-01 to 2024-02-12. Pass date_format="%d/%m/%Y" if they are all alike',
    ):
        read_orders(files)
    assert f"{read_orders(files, date_format='%d/%m/%Y').as_of:%Y-%m-%d}" == "2024-12-02"


def test_files_that_prove_two_orders(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "a", JANUARY),
        write(tmp_path, "b", ["02/01/2024", "02/15/2024", "02/28/2024"]),
    ]
    with pytest.raises(
        OrdersError,
        match=r'By itself a.csv is "%d/%m/%Y", b.csv is "%m/%d/%Y": read each file into a frame',
    ):
        read_orders(files)
