"""Amounts and quantities: text with signs, currencies and either decimal sign becomes a decimal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from retention.errors import OrdersError
from retention.orders.numbers.currencies import require_one_currency
from retention.orders.numbers.currency_signs import NO_DECIMALS
from retention.orders.numbers.format import NumberFormat, Thousandths
from retention.orders.numbers.parsing import parse_numbers
from retention.orders.numbers.patterns import COVERED
from retention.orders.numbers.shapes import NumberShape, count_currencies, number_shapes

__all__ = ["NumberFormat", "choose_number_format", "parse_numbers", "read_numbers"]

_OTHER = {".": ",", ",": "."}


def read_numbers(
    column: Any, *, currency: str | None, decimal: str | None, noun: str = "orders"
) -> Any:
    """Choose how the column is written and read it so; null where a cell cannot be read.

    Raises
    ------
    OrdersError
        As `choose_number_format`.
    """
    chosen = choose_number_format(column, currency=currency, decimal=decimal, noun=noun)
    return parse_numbers(column, chosen)


def choose_number_format(
    column: Any,
    *,
    currency: str | None,
    decimal: str | None = None,
    noun: str = "orders",
    beside: str | None = None,
) -> NumberFormat:
    """The one way to read a column of numbers, proved by its cells or given.

    `beside` is the decimal sign of other columns of the table: it tells where these cells do not.

    Raises
    ------
    OrdersError
        If two decimal signs or two currencies are mixed, if no cell tells thousands from decimals,
        if text lies in a remote table, or if the column holds no numbers at all.
    """
    currency = currency.upper() if currency else None
    if not column.type().is_string():
        _require_number(column, noun)
        return NumberFormat(decimal, currency, "always")
    if column.get_backend().name != "duckdb":
        raise OrdersError(
            f"{noun}: {column.get_name()!r} is text in a remote table. Cast it there: "
            f'table.mutate({column.get_name()}=table.{column.get_name()}.cast("decimal(18, 4)")).'
        )
    shapes = number_shapes(column)
    found = count_currencies(shapes, currency)
    if currency is None:
        require_one_currency(found, None, column.get_name(), noun)
    currency = currency or next(iter(found), None)
    own = [shape for shape in shapes if shape.currency(currency) in (None, currency)]
    evidence = _Evidence(own, has_decimals=currency not in NO_DECIMALS)
    if decimal is None:
        decimal = evidence.decimal(f"{noun}: {column.get_name()!r}", beside)
        return NumberFormat(decimal, currency, evidence.thousandths(decimal))
    return NumberFormat(decimal, currency, evidence.thousandths_given(decimal))


def _require_number(column: Any, noun: str) -> None:
    kind = column.type()
    if not (kind.is_numeric() or kind.is_null()) or kind.is_boolean():
        raise OrdersError(
            f"{noun}: the column {column.get_name()!r} is of type {kind}, not a number. Name the "
            'right one, such as columns={"amount": ...}.'
        )


class _Evidence:
    """What the kinds of cell (see `NumberShape`) prove about the decimal sign."""

    def __init__(self, shapes: Sequence[NumberShape], *, has_decimals: bool) -> None:
        self._shapes, self._has_decimals = shapes, has_decimals

    def decimal(self, where: str, beside: str | None) -> str | None:
        """The decimal sign; null where none is needed, and `beside` where it leaves nothing open.

        Raises
        ------
        OrdersError
            If cells need different signs, or no cell proves one.
        """
        point, comma = (self._that(self._proofs(sign)) for sign in _OTHER)
        if point and comma:
            raise OrdersError(_mixed(where, point, comma))
        proved = "." if point else "," if comma else None
        doubtful = self._doubtful(proved)
        if doubtful and beside and proved is None and not self._doubtful(beside):
            return beside
        if doubtful:
            raise OrdersError(_two_ways(where, doubtful, point or comma))
        return proved

    def thousandths(self, decimal: str | None) -> Thousandths:
        """Whether three digits after the decimal sign are decimals, by what other cells show."""
        if decimal and self._that([f"{decimal}3"]):
            return "always"
        has_others = decimal and self._has_decimals and self._that([f"{decimal}2"])
        return "trimmed" if has_others else "never"

    def thousandths_given(self, decimal: str) -> Thousandths:
        """The same, where the sign was given: only a currency without decimals speaks against."""
        return "always" if self._has_decimals else self.thousandths(decimal)

    def _that(self, kinds: Iterable[str]) -> list[NumberShape]:
        wanted = set(kinds)
        found = [shape for shape in self._shapes if shape.kind in wanted]
        return sorted(found, key=lambda shape: shape.kind[1] not in "23")  # decimals first

    def _proofs(self, sign: str) -> list[str]:
        """Kinds that only this decimal sign can read; all groups of three without decimals."""
        other = _OTHER[sign]
        groups = [] if self._has_decimals else [f"{other}0", f"{other}?"]
        return [f"{sign}2", f"{sign}3", f"{sign}{other}", *groups]

    def _doubtful(self, sign: str | None) -> list[NumberShape]:
        """Cells with decimals or thousands, as far as the proved sign leaves it open."""
        if sign is None:
            return self._that([".0", ".?", ",0", ",?", ",4"])
        covered = COVERED[self.thousandths(sign)]
        return self._that(f"{sign}{kind}" for kind in "?40" if kind not in covered)


def _mixed(where: str, point: Sequence[NumberShape], comma: Sequence[NumberShape]) -> str:
    return (
        f"{where} mixes two decimal signs: {_use(point)}, {_use(comma)}. Make them alike, or pass "
        'decimal="." or decimal="," with unreadable="set_aside" to leave the others out; '
        "orders.audit then counts them."
    )


def _use(shapes: Sequence[NumberShape]) -> str:
    """What the first of these shapes shows: '.3' a point before decimals, '.,' comma-thousands."""
    kind, example = shapes[0].kind, shapes[0].example
    is_decimal = kind[1] in "23"
    sign = kind[1] if kind[1] in _OTHER else kind[0]
    name = "point" if sign == "." else "comma"
    purpose = "decimals" if is_decimal else "thousands"
    return f"in {_cells(shapes)} the {name} is for {purpose} ({example!r})"


def _two_ways(where: str, doubtful: Sequence[NumberShape], proved: Sequence[NumberShape]) -> str:
    example = doubtful[0].example
    beside = f" beside {_cells(proved)} like {proved[0].example!r}" if proved else ""
    return (
        f"{where} has {_cells(doubtful)} with a separator that can be read in two ways "
        f'({example!r}: thousands or decimals?){beside}. Pass decimal="." or decimal=",", or '
        'currency="VND" where there are no decimals.'
    )


def _cells(shapes: Iterable[NumberShape]) -> str:
    count = sum(shape.cells for shape in shapes)
    return f"{count:,} cell{'s' * (count != 1)}"
