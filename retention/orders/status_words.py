"""The words of status columns, and what each means wherever it stands."""

from __future__ import annotations

from typing import Literal, get_args

from retention.orders.plain import plain

State = Literal["completed", "cancelled", "returned", "refused", "pending", "test"]
STATES: tuple[State, ...] = get_args(State)
_WORDS: dict[State, tuple[str, ...]] = {
    "completed": (
        "completed", "complete", "delivered", "paid", "fulfilled", "shipped", "done", "success",
        "successful", "closed", "approved", "invoiced", "partially refunded", "hoan thanh", "da giao",
        "da giao hang", "giao thanh cong", "giao hang thanh cong", "thanh cong", "da thanh toan", "hoan tat",
        "da nhan hang", "sale",
    ),
    "cancelled": (
        "cancelled", "canceled", "void", "voided", "failed", "expired", "da huy", "huy", "bi huy",
        "huy don", "trash",
    ),
    "returned": (
        "returned", "refunded", "return", "refund", "da tra hang", "tra hang", "hoan tra", "da hoan tra",
        "hoan hang", "da hoan tien", "hoan tien", "tra hang hoan tien", "da hoan", "da hoan hang",
    ),
    "refused": (
        "refused", "refused on delivery", "undelivered", "tu choi nhan", "khong nhan hang",
        "giao that bai", "giao khong thanh cong", "giao hang khong thanh cong",
        "giao hang that bai", "phat khong thanh cong", "khong giao duoc", "bom hang", "boom hang",
        "bom", "boom", "khach bom", "khach boom", "khach bom hang", "khach boom hang",
        "khong nhan", "khach khong nhan", "khach khong nhan hang", "khong lien lac duoc",
        "khong lien he duoc", "khong lien lac duoc khach", "khong lien lac duoc voi khach",
        "khach tu choi nhan", "tu choi nhan hang", "khach tu choi nhan hang",
    ),
    "pending": (
        "pending", "processing", "on hold", "unpaid", "new", "created", "confirmed", "shipping",
        "in transit", "authorized", "cho xu ly", "cho xac nhan", "dang xu ly", "dang giao",
        "dang giao hang", "moi", "cho thanh toan", "chua thanh toan",
        "pending payment", "awaiting payment", "draft", "checkout draft", "open", "ready to ship",
        "cho lay hang", "cho giao hang", "phieu tam", "dang giao dich", "don nhap", "nhap",
    ),
    "test": ("test", "don test", "don thu"),
}  # fmt: skip
_STATE_OF = {word: state for state, words in _WORDS.items() for word in words}
# WooCommerce writes wc-completed in its tables; an order that is processing there is paid.
_WOO = {f"wc {word}": state for word, state in _STATE_OF.items()} | {"wc processing": "completed"}
_STATE_OF |= _WOO
# Words of two meanings.
EITHER = {"da tra": ("paid", "returned")}


def state_of(word: str) -> State | None:
    """What a status text means everywhere; None where it is not known."""
    return _STATE_OF.get(plain(word))
