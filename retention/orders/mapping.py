"""Which column is which: guessed from English and Vietnamese headers, refused when unsure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retention.errors import OrdersError, examples

# Each word list runs from the most to the least certain header; written without accents.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "customer_id": (
        "customer id",
        "customerid",
        "customer",
        "customer code",
        "customer no",
        "client id",
        "user id",
        "buyer id",
        "member id",
        "card",
        "uid",
        "ma khach hang",
        "ma kh",
        "khach hang id",
        "id khach hang",
        "makh",
        "ma khach",
        "ma thanh vien",
        "khach hang",
    ),
    "order_id": (
        "order id",
        "orderid",
        "order",
        "order no",
        "order number",
        "order code",
        "invoice",
        "invoice no",
        "invoiceno",
        "invoice number",
        "invoice id",
        "transaction id",
        "receipt",
        "ma don hang",
        "ma don",
        "so don hang",
        "don hang",
        "ma hoa don",
        "so hoa don",
        "hoa don",
        "ma dh",
    ),
    "ordered_at": (
        "ordered at",
        "order date",
        "orderdate",
        "order time",
        "order datetime",
        "purchase date",
        "purchased at",
        "invoice date",
        "invoicedate",
        "transaction date",
        "transaction dt",
        "date of order",
        "buy ts",
        "created at",
        "date",
        "datetime",
        "timestamp",
        "ngay dat hang",
        "ngay dat",
        "ngay mua hang",
        "ngay mua",
        "ngay don hang",
        "ngay hoa don",
        "thoi gian dat hang",
        "thoi gian mua",
        "ngay ban",
        "ngay tao don",
        "ngay tao",
        "ngay",
        "thoi gian",
    ),
    "amount": (
        "amount",
        "line total",
        "line amount",
        "net amount",
        "order total",
        "total amount",
        "total price",
        "sales amount",
        "sales price",
        "sales",
        "revenue",
        "total",
        "dollar value",
        "thanh tien",
        "tong tien",
        "tong cong",
        "doanh thu",
        "so tien",
        "gia tri don hang",
        "tri gia",
    ),
    "quantity": ("quantity", "qty", "items", "units", "so luong", "sl"),
    "unit_price": (
        "unit price",
        "unitprice",
        "price per unit",
        "price",
        "don gia",
        "gia ban",
        "gia",
    ),
    "product": (
        "product",
        "product name",
        "product id",
        "product code",
        "sku",
        "stock code",
        "stockcode",
        "item",
        "item name",
        "ten san pham",
        "san pham",
        "ma san pham",
        "ten hang",
        "ma hang",
        "mat hang",
    ),
    "category": (
        "category",
        "product category",
        "product group",
        "danh muc",
        "nganh hang",
        "nhom hang",
        "nhom san pham",
        "loai hang",
        "loai san pham",
    ),
    "channel": (
        "channel",
        "sales channel",
        "source",
        "order source",
        "utm source",
        "kenh",
        "kenh ban",
        "kenh ban hang",
        "nguon",
        "nguon don",
        "nguon don hang",
    ),
    "status": (
        "status",
        "order status",
        "financial status",
        "trang thai",
        "trang thai don hang",
        "tinh trang",
    ),
    "coupon": (
        "coupon",
        "coupon code",
        "voucher",
        "voucher code",
        "discount code",
        "promo code",
        "ma giam gia",
        "ma khuyen mai",
        "phieu giam gia",
    ),
    "discount": ("discount", "discount amount", "giam gia", "chiet khau", "tien giam"),
    "cost": ("cost", "cost of goods", "cogs", "gia von", "tien von"),
}
MONEY = ("amount", "unit_price", "discount", "cost")
NUMBERS = (*MONEY, "quantity")
NEEDED = ("customer_id", "ordered_at")
# Two candidates for one of these would give two different answers; elsewhere the first will do.
DECISIVE = ("customer_id", "order_id", "ordered_at", "amount")


class Guess(NamedTuple):
    """One line of the mapping."""

    column: str
    source_column: str
    reason: str


def map_columns(
    present: Sequence[str], columns: Mapping[str, str] | None, where: str
) -> list[Guess]:
    """The source's column for each of ours, with the reason.

    Raises
    ------
    OrdersError
        If a needed column is not found, or two columns could be it. All such problems at once.
    """
    given = dict(columns or {})
    _check_given(given, present, where)
    guesses = [Guess(ours, theirs, "given in columns=") for ours, theirs in given.items()]
    taken = set(given.values())
    problems: list[str] = []
    unsure: set[str] = set()
    for ours in SYNONYMS:
        if ours not in given:
            found = [name for name in _candidates(ours, present) if name not in taken]
            if ours in DECISIVE and len(found) > 1 and not _is_own(found[0], ours):
                problems.append(_two_candidates(ours, found))
                unsure.add(ours)
            elif found:
                guesses.append(Guess(ours, found[0], _reason(ours, found)))
                taken.add(found[0])
    problems += _missing({guess.column for guess in guesses} | unsure, present)
    if problems:
        raise OrdersError(f"orders: {where} cannot be mapped. " + " ".join(problems))
    return sorted(guesses, key=lambda guess: list(SYNONYMS).index(guess.column))


def plain(header: str) -> str:
    """A header without accents, case and punctuation.

    Examples
    --------
    >>> plain("Mã_Đơn hàng ")
    'ma don hang'
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    letters = unicodedata.normalize("NFD", spaced.replace("Đ", "D").replace("đ", "d"))
    ascii_only = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", ascii_only.lower()).strip()


def _candidates(ours: str, present: Sequence[str]) -> list[str]:
    """The source's columns that could be ours, the most certain first."""
    ranks = {word: rank for rank, word in enumerate((plain(ours), *SYNONYMS[ours]))}
    by_name = {name: ranks[plain(name)] for name in present if plain(name) in ranks}
    return sorted(by_name, key=by_name.__getitem__)


def _is_own(name: str, ours: str) -> bool:
    return plain(name) == plain(ours)


def _reason(ours: str, found: list[str]) -> str:
    words = f"the header {found[0]!r} means {ours}"
    return words + (f"; {found[1]!r} could, too" if len(found) > 1 else "")


def _two_candidates(ours: str, found: list[str]) -> str:
    return (
        f"{len(found)} columns could be {ours} ({examples(found)}): say which, "
        f"columns={{{ours!r}: {found[0]!r}}}."
    )


def _missing(mapped: set[str], present: Sequence[str]) -> list[str]:
    needed = [name for name in NEEDED if name not in mapped]
    if "amount" not in mapped and not {"quantity", "unit_price"} <= mapped:
        needed.append("amount")
    if not needed:
        return []
    return [
        f"No column found for {examples(needed)} among its {len(present)} ({examples(present)}"
        f"{', ...' if len(present) > 3 else ''}). Name them: "
        f'columns={{{needed[0]!r}: "the source\'s name"}}.'
    ]


def _check_given(given: Mapping[str, str], present: Sequence[str], where: str) -> None:
    unknown = [name for name in given if name not in SYNONYMS]
    if unknown:
        raise OrdersError(
            f"orders: columns= names {len(unknown)} unknown columns ({examples(unknown)}). The keys are "
            f"{', '.join(SYNONYMS)}; keep further columns with attributes=[...]."
        )
    absent = [name for name in given.values() if name not in present]
    if absent:
        raise OrdersError(
            f"orders: {where} has no column {examples(absent)}. It has {examples(present)}"
            f"{', ...' if len(present) > 3 else ''}."
        )
