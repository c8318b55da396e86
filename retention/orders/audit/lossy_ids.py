"""Ids that lost something on their way: read as numbers, two customers can become one."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.frames import to_arrow

EXACT = 15
MOST = 0.95
BEYOND = 2**53
FEW = 5
MANY = 20
_SCIENTIFIC = "^[0-9]([.,][0-9]+)?[eE][+]?[0-9]+$"
_FLOAT = "^[0-9]+[.]0+$"


def lossy_customers(customers: Any) -> Any:
    """Customers whose id shows a loss; by itself, or beside the ids of all others.

    Scientific notation; a whole number with ".0"; numbers of 16 digits and more that (nearly) all
    end in zeros after the 15th, or that (nearly) all are floats; numbers without the leading zeros
    that others have; nine digits of a Vietnamese mobile number whose zero is gone.
    """
    ids = customers.customer_id
    shapes = customers.mutate(
        is_digits=ids.re_search("^[0-9]+$"),
        size=ids.length(),
        is_zero_led=ids.startswith("0"),
        is_mobile=ids.re_search("^[35789][0-9]{8}$"),
        is_rounded=ids.re_search(f"^[0-9]{{{EXACT}}}0+$"),
        is_double=_is_double(ids),
    )
    row = _shares(shapes)
    odd = ids.re_search(_SCIENTIFIC) | ids.re_search(_FLOAT)
    if row["big"] >= FEW and row["rounded"] >= MOST * row["big"]:
        odd = odd | shapes.is_rounded
    if row["beyond"] >= MANY and row["doubles"] >= MOST * row["beyond"]:
        odd = odd | shapes.is_double
    if _lost_zeros(row):
        odd = odd | (shapes.is_digits & ~shapes.is_zero_led & (shapes["size"] < row["width"]))
    elif _lost_mobile_zeros(row):
        odd = odd | shapes.is_mobile
    return shapes.filter(odd.fill_null(False)).select("customer_id")


def is_lossy_order_id(order_id: Any) -> Any:
    """Whether an order id is in scientific notation or ends in ".0", by itself."""
    may_be = order_id.contains(".0") | order_id.contains("E+") | order_id.contains("e+")
    shown = may_be.ifelse(order_id, "")
    return shown.re_search(_SCIENTIFIC) | shown.re_search(_FLOAT)


def _is_beyond(ids: Any) -> Any:
    """Whole numbers beyond 2^53, of which floats hold only some; where the engine can try a cast."""
    if ids.get_backend().name != "duckdb":
        return ibis.literal(False)
    return (_whole(ids) > BEYOND).fill_null(False)


def _is_double(ids: Any) -> Any:
    """Where all numbers beyond 2^53 are floats, floats they were."""
    if ids.get_backend().name != "duckdb":
        return ibis.literal(False)
    whole = _whole(ids)
    return _is_beyond(ids) & (whole == whole.cast("float64").try_cast("int64")).fill_null(False)


def _whole(ids: Any) -> Any:
    return ibis.ifelse(ids.length() > EXACT, ids, ibis.null("string")).try_cast("int64")


def _shares(shapes: Any) -> dict[str, int]:
    led = shapes.is_digits & shapes.is_zero_led
    counts = {
        "ids": shapes.count(),
        "digits": shapes.is_digits.ifelse(1, 0).sum(),
        "big": (shapes.is_digits & (shapes["size"] > EXACT)).ifelse(1, 0).sum(),
        "rounded": shapes.is_rounded.ifelse(1, 0).sum(),
        "beyond": shapes.count(where=_is_beyond(shapes.customer_id)),
        "doubles": shapes.count(where=shapes.is_double),
        "mobile": shapes.is_mobile.ifelse(1, 0).sum(),
        "led": led.ifelse(1, 0).sum(),
        "width": shapes["size"].min(where=led),
        "widest": shapes["size"].max(where=led),
    }
    row = to_arrow(shapes.agg(**counts)).to_pylist()[0]
    return {name: int(value or 0) for name, value in row.items()}


def _lost_zeros(row: dict[str, int]) -> bool:
    """Ids of one width with leading zeros, and shorter ones without beside them."""
    return row["led"] >= FEW and row["width"] == row["widest"]


def _lost_mobile_zeros(row: dict[str, int]) -> bool:
    """So many ids cannot all begin like mobile numbers by chance."""
    return row["mobile"] >= MANY and row["mobile"] >= MOST * row["ids"]
