"""A table of ours beside theirs, to the last digit, and gone afterwards."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from ibis.common.exceptions import TableNotFound

from retention.engine.beside import beside
from retention.engine.frames import to_arrow

NUMBERS = np.array([0.1 + 0.2, 1e-300, 1 / 3, 123456789.123456789, 0.0, 1e22])
OURS = pa.table({"score_T": range(6), "p_alive": NUMBERS})


@pytest.fixture
def theirs(backend: Any) -> Any:
    return backend.table(pd.DataFrame({"T": range(6)}))


def test_joined_to_the_last_digit(theirs: Any) -> None:
    with beside(theirs, OURS) as ours:
        joined = theirs.left_join(ours, theirs["T"] == ours.score_T).order_by("T")
        found = to_arrow(joined.select("T", "p_alive"))
    assert found["p_alive"].to_pylist() == NUMBERS.tolist()


def test_gone_after_an_error(theirs: Any, backend: Any) -> None:
    names = []
    with pytest.raises(KeyboardInterrupt), beside(theirs, OURS) as ours:
        names.append(ours.get_name())
        raise KeyboardInterrupt
    with pytest.raises(TableNotFound):
        backend.connection.table(names[0])


def test_a_lost_connection_is_what_is_told(theirs: Any, backend: Any) -> None:
    """Clearing up fails then, too, and says nothing of what went wrong."""

    def lost(*_: Any, **__: Any) -> None:
        raise OSError("server closed the connection unexpectedly")

    owner = backend.connection
    cleared = owner._session.catalog if owner.name == "pyspark" else owner
    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(ValueError, match="the first error"),
        beside(theirs, OURS),
    ):
        patch.setattr(cleared, "dropTempView" if owner.name == "pyspark" else "drop_table", lost)
        raise ValueError("the first error")
