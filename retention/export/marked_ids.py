"""Whether the pages of a report show the customers' own ids, or marks that stand for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from retention.hidden_ids import VARIABLE


@contextmanager
def marked_ids(*, are_shown: bool) -> Iterator[None]:
    """Kernels inherit the variable that hides ids, with a secret that is kept nowhere."""
    before = os.environ.pop(VARIABLE, None)
    if not are_shown:
        os.environ[VARIABLE] = token_hex(16)
    try:
        yield
    finally:
        os.environ.pop(VARIABLE, None)
        if before is not None:
            os.environ[VARIABLE] = before
