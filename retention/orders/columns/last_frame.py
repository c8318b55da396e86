"""The frame that was read last: what is asked of it again is not read again, unless it was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from weakref import ref

import pandas as pd
from pandas.api.types import infer_dtype
from pandas.util import hash_pandas_object

from retention.orders.orders import Orders

# Beyond it, looking whether a frame is still the same takes its time, too, and its orders much room.
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Reading:
    """Orders with what they were read from, as it was then."""

    frame: ref[pd.DataFrame]
    content: bytes
    orders: Orders


class LastFrame:
    """Holds the orders of one frame, until another one is read or the frame is gone."""

    def __init__(self) -> None:
        self._reading: Reading | None = None

    def orders(self, frame: pd.DataFrame, asked: str, read: Callable[[], Orders]) -> Orders:
        """What `read` makes of the frame; `asked` is all that it depends on beside the frame."""
        content = content_of(frame, asked)
        if content is None:
            return read()
        last = self._reading
        if last is not None and last.frame() is frame and last.content == content:
            return last.orders
        orders = read()
        self._reading = Reading(ref(frame, self._forget), content, orders)
        return orders

    def _forget(self, gone: ref[pd.DataFrame]) -> None:
        if self._reading is not None and self._reading.frame is gone:
            self._reading = None


def content_of(frame: pd.DataFrame, asked: str) -> bytes | None:
    """A digest of names, types and cells; none of large frames, and where 1 and "1" would look alike.

    Examples
    --------
    >>> frame = pd.DataFrame({"amount": [1.0, 2.0]})
    >>> before = content_of(frame, "")
    >>> frame.loc[0, "amount"] = 3.0
    >>> content_of(frame, "") == before
    False
    """
    if len(frame) > MOST_ROWS or not all(_is_plain(column) for _, column in frame.items()):
        return None
    digest = hashlib.blake2b(repr((asked, list(frame.dtypes.items()))).encode())
    digest.update(hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return digest.digest()


def _is_plain(column: pd.Series) -> bool:
    """Not of objects of several kinds, which are told apart by how they are written only."""
    return column.dtype != object or infer_dtype(column, skipna=True) in ("string", "empty")
