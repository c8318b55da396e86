"""From the first touch to the first purchase: by hand, refusals, and real leads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from scipy.stats import CensoredData, ecdf
from strategies import lines, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.time_to_first_order import COLUMNS, time_to_first_order

ORDERS = lines("aab", ["2024-01-05 10:00", "2024-01-20 10:00", "2024-01-03 12:00"])
TOUCHES = pd.DataFrame(
    {
        "customer_id": ["a", "a", "b", "c", "d"],
        "touched_at": pd.to_datetime(
            [
                "2024-01-02 09:00",
                "2024-01-01 23:00",
                "2024-01-03 08:00",
                "2024-01-05 08:00",
                "2024-02-02 00:00",
            ]
        ),
        "channel": ["mail", "ad", "ad", None, "ad"],
        "page": ["/", "/tea", "/", "/", "/"],
    }
)


def curve(orders: Any = ORDERS, touches: Any = TOUCHES, **options: Any) -> pd.DataFrame:
    options = {"as_of": "2024-02-01", "min_at_risk": 1} | options
    return time_to_first_order(orders, touches=touches, **options)


# Examples


def test_by_hand() -> None:
    """a after 4 days, b on the day itself, c not for 27 days; d only after as_of."""
    table = curve()
    assert tuple(table.columns) == COLUMNS
    assert table["days_since_touch"].tolist() == list(range(28))
    assert table["at_risk"].tolist() == [3, *[2] * 4, *[1] * 23]
    assert table.loc[table["events"] > 0, "days_since_touch"].tolist() == [0, 4]
    assert table["p_bought"].iloc[-1] == pytest.approx(2 / 3)
    assert table["censored"].iloc[-1] == 1
    assert table.attrs["customers"] == 3


def test_by_the_channel_of_the_first_touch() -> None:
    sizes = curve(by="channel").groupby("channel")["at_risk"].first()
    assert sizes.to_dict() == {"(missing)": 1, "ad": 2}
    both = curve(by=["channel", "page"])
    assert both.columns.tolist() == ["channel", "page", *COLUMNS]
    assert len(both.drop_duplicates(["channel", "page"])) == 3


def test_touched_only_after_the_first_order() -> None:
    late = TOUCHES.assign(touched_at=TOUCHES["touched_at"] + pd.Timedelta(hours=12))
    table = curve(touches=late)
    assert table.attrs["parameters"]["touched_later"] == 1
    assert table["at_risk"][0] == 2


def test_a_date_without_a_time_is_its_whole_day() -> None:
    frame = ORDERS.assign(ordered_at=ORDERS["ordered_at"].dt.normalize())
    assert curve(frame).attrs["parameters"]["touched_later"] == 0
    dates = TOUCHES.assign(touched_at=TOUCHES["touched_at"].dt.normalize())
    assert curve(touches=dates)["events"].tolist() == curve()["events"].tolist()


def test_ids_are_text() -> None:
    touches = TOUCHES.assign(
        customer_id=TOUCHES["customer_id"].map({"a": 1, "b": 2, "c": 3, "d": 4})
    )
    orders = ORDERS.assign(customer_id=ORDERS["customer_id"].map({"a": 1, "b": 2}))
    pd.testing.assert_frame_equal(curve(orders, touches), curve())


def test_nobody_touched() -> None:
    assert tuple(curve(touches=TOUCHES.head(0), by="page").columns) == ("page", *COLUMNS)
    assert curve(touches=TOUCHES.head(0)).empty


# Laws


def test_row_order_does_not_matter() -> None:
    shuffled = TOUCHES.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(curve(touches=shuffled, by="page"), curve(by="page"))


def test_the_same_everywhere(backend: Any) -> None:
    frame = shop_frame()
    first = frame.groupby("customer_id", as_index=False)["ordered_at"].min()
    touches = first.rename(columns={"ordered_at": "touched_at"})
    touches["touched_at"] -= pd.to_timedelta(range(len(touches)), unit="D")
    theirs, ours = (
        time_to_first_order(orders, touches=touches)
        for orders in (backend.orders(frame), read_orders(frame))
    )
    pd.testing.assert_frame_equal(theirs, ours)


# Refusals


@pytest.mark.parametrize(
    ("touches", "words"),
    [
        ({"a": 1}, "a dict is no table"),
        (TOUCHES.drop(columns="touched_at"), "1 of 2 needed columns are missing"),
        (TOUCHES.assign(touched_at="x"), "touched_at holds str in 5 rows, no local times"),
        (TOUCHES.assign(customer_id=None), "5 of 5 rows have no customer_id"),
    ],
)
def test_what_is_no_table_of_touches(touches: Any, words: str) -> None:
    with pytest.raises(ArgumentError, match=words):
        curve(touches=touches)


def test_an_unknown_column() -> None:
    with pytest.raises(ArgumentError, match="by: the touches have no column 'source'; they have"):
        curve(by="source")
    with pytest.raises(ArgumentError, match="by: 'touched_at' means something else here"):
        curve(by="touched_at")
    with pytest.raises(ArgumentError, match="min_at_risk: 0 is not a number of people"):
        curve(min_at_risk=0)


# References

LEADS = Path(__file__).parents[3] / "shared" / "data" / "olist_leads"


@pytest.mark.slow
def test_leads_that_were_won() -> None:
    if not LEADS.exists():
        pytest.skip("the leads are not beside the project")
    leads, deals = (
        pd.read_csv(LEADS / f"olist_{name}_dataset.csv")
        for name in ("marketing_qualified_leads", "closed_deals")
    )
    touched = pd.to_datetime(leads["first_contact_date"], format="%d-%m-%Y")
    touches = pd.DataFrame({"customer_id": leads["mql_id"], "touched_at": touched})
    won = pd.DataFrame({"customer_id": deals["mql_id"], "amount": 1.0})
    won["ordered_at"] = pd.to_datetime(deals["won_date"])
    table = time_to_first_order(read_orders(won), touches=touches.assign(channel=leads["origin"]))
    # One deal was won before its lead's first contact, as the tables have it.
    assert table.attrs["parameters"]["touched_later"] == 1
    day = won.set_index("customer_id")["ordered_at"].reindex(touches["customer_id"]).dt.normalize()
    wait = (day.to_numpy() - touched.to_numpy()) / pd.Timedelta(days=1)
    end = won["ordered_at"].max().normalize()
    open_for = (end - touched[pd.isna(wait)]).dt.days
    sample = CensoredData(uncensored=wait[wait >= 0], right=open_for[open_for >= 0])
    expected = 1 - ecdf(sample).sf.evaluate(table["days_since_touch"])
    assert table["p_bought"].to_numpy() == pytest.approx(expected)
    assert table["at_risk"][0] > 7_900
