"""From when to when the orders are observed, and what is said where nothing is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from strategies import lines

from retention.errors import ArgumentError, OrdersError
from retention.orders.observed import observed
from retention.orders.passes import read_lines
from retention.orders.problems import Problems
from retention.orders.rules.check import check_lines
from retention.orders.settings import Settings
from retention.orders.source import open_source
from retention.orders.statuses import with_states

DAYS = ["2024-01-31", "2024-02-15", "2024-03-10"]


def checked(frame: pd.DataFrame, settings: Settings) -> Any:
    source = open_source(frame)
    theirs = {name: name for name in frame.columns}
    typed, _ = read_lines(source, theirs, (), settings, Problems("orders", source.name))
    states: Any = {name: name for name in frame["status"].unique()} if "status" in frame else {}
    return check_lines(with_states(typed, states), settings, is_remote=False)


def of(frame: pd.DataFrame, **options: Any) -> tuple[str, str]:
    settings = Settings(**options)
    as_of, start = observed(checked(frame, settings), settings, "shop.csv")
    return f"{as_of:%Y-%m-%d}", f"{start:%Y-%m-%d}"


# Examples


def test_from_the_first_order_to_the_last() -> None:
    assert of(lines("abc", DAYS)) == ("2024-03-10", "2024-01-31")


def test_from_and_to_the_days_that_were_given() -> None:
    found = of(lines("abc", DAYS), as_of="2024-03-31", history_start="2024-02-01")
    assert found == ("2024-03-31", "2024-02-01")


# Refusals


def test_an_observation_that_ends_before_it_begins() -> None:
    frame = lines("abc", DAYS)
    with pytest.raises(ArgumentError, match=r"^as_of: 2024-01-30 lies before the first day of the"):
        of(frame, as_of="2024-01-30")
    with pytest.raises(
        ArgumentError, match=r"^history_start: 2024-03-11 lies after the last order, 2024-03-10: "
    ):
        of(frame, history_start="2024-03-11")
    with pytest.raises(
        ArgumentError, match=r"^history_start: 2024-03-11 lies after as_of, 2024-03-01: nothing"
    ):
        of(frame, history_start="2024-03-11", as_of="2024-03-01")


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (
            "2567",
            "(of 3 rows future_date takes 3). The years ('2567') look like those of the Buddhist "
            "calendar: take 543 years off at the source.",
        ),
        (
            "1403",
            "(of 3 rows impossible_date takes 3). The years ('1403') look like those of the Persian "
            "calendar: convert them to the Gregorian calendar at the source.",
        ),
        (
            "2097",
            "(of 3 rows future_date takes 3). They are dated after today: if they have happened, "
            "pass as_of= with a day after them.",
        ),
        (
            "1970",
            "(of 3 rows impossible_date takes 3). They are dated before 1990: check the column with "
            "columns={...}.",
        ),
    ],
)
def test_dates_that_cannot_be(years: str, said: str) -> None:
    frame = lines("abc", [day.replace("2024", years) for day in DAYS])
    with pytest.raises(OrdersError) as refused:
        of(frame)
    whole = "orders: none of the rows of shop.csv can be used: all are set aside "
    assert str(refused.value) == whole + said


def test_several_rules_together_take_all() -> None:
    frame = lines([None, "b", "c"], DAYS).assign(status=["cancelled", "cancelled", "cancelled"])
    with pytest.raises(
        OrdersError,
        match=r"\(of 3 rows cancelled takes 2, missing_customer takes 1\)\. Check what the statuses "
        r"mean with statuses=\{\.\.\.\}",
    ):
        of(frame)
