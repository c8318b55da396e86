"""Amounts and quantities: text with signs, currencies and either decimal sign becomes a decimal."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.frames import MONEY, to_arrow
from retention.errors import OrdersError, examples

NO_DECIMALS = ("VND", "JPY", "KRW")
_CURRENCY = r"(?:[₫đ$€£¥฿]|VN[DĐ]|US[D$]|EUR|GBP|JPY|THB|SGD|AUD)"
# Spaces that do not break, as spreadsheets put them between thousands, are no \s to the engine.
_GAP = r"[\s\x{00a0}\x{202f}]*"
_READABLE = (
    rf"(?i)^\(?{_GAP}[-−+]?{_GAP}{_CURRENCY}?{_GAP}[-−+]?{_GAP}"
    rf"\d(?:[\d.,']|{_GAP}\d)*{_GAP}{_CURRENCY}?{_GAP}\)?$"
)
_NEGATIVE = r"^\s*\(.*\)\s*$|^[^\d]*[-−]"
# What proves a sign to be the decimal sign: not three digits after it, or three before it and more.
_PROOF = {
    ".": r"^[^.]*\.(\d{1,2}|\d{4,})\D*$|,\d{3}\.\d+\D*$|,\d{3},\d{3}",
    ",": r"^[^,]*,(\d{1,2}|\d{4,})\D*$|\.\d{3},\d+\D*$|\.\d{3}\.\d{3}",
}


def read_numbers(column: Any, *, currency: str | None, decimal: str | None) -> Any:
    """An exact decimal for a number or text column; null where it cannot be read.

    Raises
    ------
    OrdersError
        If the decimal sign cannot be told from the thousands sign, or text lies in a remote table.
    """
    is_local = column.get_backend().name == "duckdb"
    if not column.type().is_string():
        return column.try_cast(MONEY) if is_local else column.cast(MONEY)
    if not is_local:
        raise OrdersError(
            f"orders: {column.get_name()!r} is text in a remote table. Cast it there: "
            f'table.mutate({column.get_name()}=table.{column.get_name()}.cast("decimal(18, 4)")).'
        )
    sign = decimal or _decimal_sign(column, currency)
    thousands = "," if sign == "." else "."
    figures = column.re_replace(rf"[^\d{sign}{thousands}]", "")
    value = figures.replace(thousands, "").replace(sign, ".").try_cast(MONEY)
    # 350.5 under a decimal comma is no grouping of thousands: better unreadable than ten times more.
    grouping = rf"^(\d+|\d{{1,3}}([{thousands}]\d{{3}})+)([{sign}]\d*)?$"
    value = ibis.ifelse(figures.re_search(grouping), value, ibis.null(MONEY))
    signed = ibis.ifelse(column.re_search(_NEGATIVE), -value, value)
    return ibis.ifelse(column.re_search(_READABLE), signed, ibis.null(MONEY))


def _decimal_sign(column: Any, currency: str | None) -> str:
    point, comma, unproved, example = _evidence(column)
    if point and comma:
        raise OrdersError(
            f"orders: {column.get_name()!r} mixes two decimal signs: {point:,} values have a point "
            f'and {comma:,} a comma ({examples([example])}). Pass decimal="." or decimal=",".'
        )
    if point or comma:
        return "." if point else ","
    if unproved and ((currency or "").upper() not in NO_DECIMALS or _has_both(column)):
        raise OrdersError(
            f"orders: the {unproved:,} amounts in {column.get_name()!r} with a separator can be read "
            f'in two ways ({examples([example])}: thousands or decimals?). Pass decimal="." or '
            'decimal=",", or currency="VND" where there are no decimals.'
        )
    return _not_thousands(example)


def _evidence(column: Any) -> tuple[int, int, int, str | None]:
    values = column.name("value").as_table().distinct()
    value = values.value.strip()
    separated = value.re_search(r"\d[.,]\d")
    row = to_arrow(
        values.agg(
            point=value.re_search(_PROOF["."]).sum(),
            comma=value.re_search(_PROOF[","]).sum(),
            unproved=separated.sum(),
            example=value.min(where=separated),
        )
    ).to_pylist()[0]
    return row["point"] or 0, row["comma"] or 0, row["unproved"] or 0, row["example"]


def _has_both(column: Any) -> bool:
    signs = [column.re_search(rf"\d{sign}\d").any() for sign in ("[.]", "[,]")]
    return bool(to_arrow((signs[0] & signs[1]).as_table())[0][0].as_py())


def _not_thousands(example: str | None) -> str:
    """Without decimals, the sign that occurs groups thousands, so the other one is the decimal."""
    return "," if example and "." in example else "."
