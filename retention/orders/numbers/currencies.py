"""The currencies that cells name: one column of money is in one of them, or it is refused."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.orders.numbers.currency_signs import CODES
from retention.orders.numbers.shapes import count_currencies, number_shapes


def find_currencies(column: Any, *, given: str | None = None) -> dict[str, int]:
    """ISO codes that the cells of amounts, or of a column of codes, name, with the number of cells.

    "$" and "¥" mean the `given` currency where that is a dollar or a yuan, else USD and JPY.
    """
    if not column.type().is_string():
        return {}
    if column.get_backend().name == "duckdb":
        return count_currencies(number_shapes(column), given.upper() if given else None)
    return _codes(column)


def require_one_currency(found: dict[str, int], given: str | None, column: str, noun: str) -> None:
    """Refuse cells in two currencies, or in another than the one given.

    Raises
    ------
    OrdersError
        With the number of cells of each, and the three ways on.
    """
    given = given.upper() if given else None
    if len(found) < 2 and (given is None or given in found or not found):
        return
    counted = ", ".join(f"{code} in {count:,}" for code, count in list(found.items())[:3])
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    what = f"holds {len(found)} currencies" if len(found) > 1 else f"is not in {given}, as was said"
    kept = given or next(iter(found))
    raise OrdersError(
        f"{noun}: {column!r} {what} ({counted} cells{more}). They cannot be added up: convert them "
        f'to one first, leave the others out, or pass currency="{kept}" with unreadable="set_aside" '
        "to go on without them; orders.audit then counts them."
    )


def _codes(column: Any) -> dict[str, int]:
    """A column of codes in a remote table, whose text is not taken apart there."""
    cells = column.name("cell").as_table()
    codes = cells.group_by(code=cells.cell.strip().upper()).agg(cells=_.count())
    rows = to_arrow(codes.filter(_.code.isin(sorted(CODES)))).to_pylist()
    return {
        row["code"]: row["cells"] for row in sorted(rows, key=lambda r: (-r["cells"], r["code"]))
    }
