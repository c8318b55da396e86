"""Numbers with their noun: one of a thing reads otherwise than several."""

from __future__ import annotations

from retention.texts import local_number


def counted(count: int, one: str, many: str) -> str:
    """`one` for one of them, else `many` with its {count} filled in; both are translated already.

    Examples
    --------
    >>> counted(1, "1 order", "{count} orders"), counted(1200, "1 order", "{count} orders")
    ('1 order', '1,200 orders')
    """
    return one if count == 1 else many.format(count=local_number(f"{count:,}"))
