"""Days and periods count the same in the engine as in `retention.periods`."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.engine.frames import to_arrow
from retention.engine.time import day_number, period_of_day
from retention.errors import ArgumentError
from retention.periods import PERIODS, Period
from retention.periods import period_number as our_number

DAYS = pd.date_range("1968-12-25", "2032-01-07", freq="D").as_unit("us")
# Every first week of a year, where weeks, years and leap days could go wrong, and leap days.
AWKWARD = DAYS[(DAYS.day_of_year < 8) | (DAYS.day_of_year > 358) | (DAYS.is_month_end)]

# Laws


@pytest.mark.parametrize("period", PERIODS)
def test_engine_and_python_agree(period: Period, backend: Any) -> None:
    moments = pd.DataFrame({"moment": AWKWARD + pd.Timedelta(hours=23, minutes=59)})
    table = backend.table(moments)
    rows = to_arrow(table.select("moment", number=period_of_day(day_number(table.moment), period)))
    found = rows.to_pandas().set_index("moment")["number"]
    assert len(found) == len(AWKWARD)
    assert found.to_dict() == {moment: our_number(moment, period) for moment in found.index}


def test_day_number_ignores_the_time(backend: Any) -> None:
    moments = pd.DataFrame(
        {"moment": pd.to_datetime(["2024-01-01 00:00:00", "2024-01-01 23:59:59"])}
    )
    table = backend.table(moments)
    found = to_arrow(table.select(number=day_number(table.moment))).to_pylist()
    assert found == [{"number": 19723}, {"number": 19723}]


# Refusals


def test_unknown_period() -> None:
    with pytest.raises(ArgumentError, match="period: 'decade' is not one of 'day', 'week'"):
        period_of_day(None, "decade")
