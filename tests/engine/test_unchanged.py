"""What is said of a file that changed while it was read."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from retention.engine.unchanged import state_of, unchanged
from retention.errors import OrdersError

# Refusals


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the timezone of Windows is not ours to set")
def test_the_time_of_a_file_is_that_of_the_clock_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("a")
    moment = dt.datetime(2024, 1, 31, 23, 30, tzinfo=dt.UTC).timestamp()
    os.utime(path, (moment, moment))
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        with (
            pytest.raises(OrdersError, match=r"1 bytes of 06:30:00, and then gone"),
            unchanged({str(path): state_of(path)}),
        ):
            path.unlink()
    time.tzset()
