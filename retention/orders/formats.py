"""How the dates and numbers of a source are written, chosen from its cells before they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.orders.columns.declarations import ORDERS
from retention.orders.dates import DateFormat, choose_date_format
from retention.orders.dates.by_file import refuse_turned_file
from retention.orders.numbers.amounts import NumberFormat, choose_number_format
from retention.orders.numbers.currencies import find_currencies, require_one_currency
from retention.orders.problems import Problems
from retention.orders.settings import Settings

FILES = 20  # files that are looked at one by one where together they cannot be read
PRICES = ("amount", "unit_price")
MONEY = ORDERS.of_kind("money")
NUMBERS = ORDERS.of_kind("money", "number")


@dataclass(frozen=True)
class Formats:
    """The format of each column that is not text, under our names; absent where it was refused."""

    date: DateFormat | None = None
    numbers: Mapping[str, NumberFormat] = field(default_factory=dict)
    currency: str | None = None

    def given(self) -> dict[str, Any]:
        """What to pass to the reader to have the same formats again."""
        decimals = {chosen.decimal for chosen in self.numbers.values()} - {None}
        found = {
            "date_format": self.date.text if self.date else None,
            "decimal": decimals.pop() if len(decimals) == 1 else None,
            "currency": self.currency,
        }
        return {name: value for name, value in found.items() if value is not None}


def choose_formats(
    rows: Any, theirs: Mapping[str, str], settings: Settings, problems: Problems
) -> Formats:
    """The formats of the mapped columns; what cannot be told goes to `problems`."""
    date = None
    with problems.collected():
        date = _date_format(rows, theirs["ordered_at"], settings)
    told = _told(rows, theirs, settings)
    currency = settings.currency or (next(iter(told)) if len(told) == 1 else None)
    numbers = _number_formats(rows, theirs, settings, currency, problems)
    with problems.collected():
        currency = _one_currency(rows, theirs, settings, told, numbers)
    return Formats(date, numbers, currency)


def _date_format(rows: Any, column: str, settings: Settings) -> DateFormat:
    choose = partial(
        choose_date_format, timezone=settings.timezone, date_format=settings.date_format
    )
    try:
        chosen = choose(rows[column])
    except OrdersError as error:
        told = "" if settings.date_format else _by_file(rows, column, choose)
        raise OrdersError(f"{error}{told}") from error
    if settings.date_format is None:
        refuse_turned_file(rows, column, chosen)
    return chosen


def _by_file(rows: Any, column: str, choose: Callable[[Any], DateFormat]) -> str:
    """What each of a few files is by itself, where they are written in different ways."""
    if "source_file" not in rows.columns:
        return ""
    names = to_arrow(rows.select("source_file").distinct().order_by("source_file").limit(FILES))
    found: dict[str, str] = {}
    for name in names["source_file"].to_pylist():
        with suppress(OrdersError):
            cells = rows.filter(rows.source_file == name)
            found[name] = choose(cells[column]).text or ""
    if len(set(found.values())) < 2:
        return ""
    listed = ", ".join(f'{name} is "{text}"' for name, text in list(found.items())[:3])
    return (
        f" By itself {listed}: read each file into a frame, turn its dates with "
        f"frame[{column!r}] = pd.to_datetime(frame[{column!r}], format=...), and read "
        "pd.concat([...])."
    )


def _told(rows: Any, theirs: Mapping[str, str], settings: Settings) -> dict[str, int]:
    """The currencies that a column of their own names, with the number of lines."""
    if "currency" not in theirs:
        return {}
    return find_currencies(rows[theirs["currency"]], given=settings.currency)


def _number_formats(
    rows: Any,
    theirs: Mapping[str, str],
    settings: Settings,
    currency: str | None,
    problems: Problems,
) -> dict[str, NumberFormat]:
    """Each column by its own cells; one that proves nothing is read like the others of its table."""
    chosen: dict[str, NumberFormat] = {}
    left = [ours for ours in NUMBERS if ours in theirs]
    for ours in left:
        with suppress(OrdersError):
            own = currency if ours in MONEY else None
            chosen[ours] = choose_number_format(
                rows[theirs[ours]], currency=own, decimal=settings.decimal
            )
    signs = {other.decimal for other in chosen.values() if other.decimal}
    for ours in left:
        if ours not in chosen:
            beside = next(iter(signs)) if len(signs) == 1 else None
            with problems.collected():
                chosen[ours] = choose_number_format(
                    rows[theirs[ours]],
                    currency=currency if ours in MONEY else None,
                    decimal=settings.decimal,
                    beside=beside,
                )
    return chosen


def _one_currency(
    rows: Any,
    theirs: Mapping[str, str],
    settings: Settings,
    told: Mapping[str, int],
    numbers: Mapping[str, NumberFormat],
) -> str | None:
    """The one currency of all prices: given, or found in the cells or in a column of its own."""
    prices = [ours for ours in PRICES if ours in theirs]
    found = Counter(dict(told))
    if settings.currency and settings.unreadable == "error":
        for ours in prices:
            found.update(find_currencies(rows[theirs[ours]], given=settings.currency))
    else:
        found.update(numbers[ours].currency or "" for ours in prices if ours in numbers)
    codes = {code: cells for code, cells in found.items() if code}
    if settings.unreadable == "error" or settings.currency is None:
        names = [theirs[ours] for ours in (*prices, "currency") if ours in theirs]
        require_one_currency(codes, settings.currency, " and ".join(names), "orders")
    return settings.currency or next(iter(codes), None)
