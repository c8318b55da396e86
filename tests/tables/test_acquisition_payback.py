"""What a new customer costs, and when it is earned back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import Backend
from strategies import lines, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.orders.sample import sample_orders
from retention.orders.sample_marketing import sample_costs, sample_touches
from retention.tables.acquisition_payback import COLUMNS, acquisition_payback

AFISHA = Path(__file__).parents[3] / "shared" / "data" / "yandex_afisha"
FRAME = lines(
    "aabcd", ["2024-01-02", "2024-02-11", "2024-01-09", "2024-02-03", "2024-03-01"]
)  # fmt: skip


def costs(*rows: tuple[str, float], channel: str | None = None) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["spent_at", "spend"]).astype({"spent_at": "datetime64[us]"})
    return table.assign(channel=channel) if channel else table


def touched(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["customer_id", "touched_at", "channel"])
    return table.astype({"touched_at": "datetime64[us]"})


# Examples


def test_costs_and_margin_by_hand() -> None:
    spent = costs(
        ("2024-01-01", 10.0), ("2024-01-31", 4.0), ("2024-02-05", 2.0), ("2024-03-05", 9.0)
    )
    table = acquisition_payback(FRAME, costs=spent, margin=0.5, as_of="2024-03-30")
    # January: a and b, 7 each; they bring 10 each, then a's 10 more. March is not over.
    shown = table[["age", "new_customers", "spend", "cost_per_new_customer"]]
    assert shown.to_numpy().tolist() == [[0, 2, 14, 7], [1, 2, 14, 7], [0, 1, 2, 2]]
    assert table["cumulative_margin_per_customer"].tolist() == [5, 7.5, 5]
    assert table["return_on_spend"].tolist() == pytest.approx([5 / 7, 7.5 / 7, 2.5])
    assert table["payback_age"].tolist() == [1, 1, 0]
    assert tuple(table.columns) == COLUMNS


def test_not_yet_paid_back_is_null() -> None:
    table = acquisition_payback(
        FRAME, costs=costs(("2024-01-01", 99.0)), margin=1, as_of="2024-03-30"
    )
    assert table["payback_age"].isna().all()
    assert str(table["payback_age"].dtype) == "Int64"
    # February and March have no known costs: no rows, rather than customers for nothing.
    assert table["cohort"].dt.month.unique().tolist() == [1]


def test_the_first_touch_names_the_channel() -> None:
    spent = pd.concat(
        [costs(("2024-01-01", 8.0), channel="ad"), costs(("2024-01-01", 6.0), channel="tv")]
    )
    touches = touched(
        ("a", "2024-01-01", "ad"), ("a", "2024-01-02", "mail"), ("b", "2024-02-01", "ad"),
    )  # fmt: skip
    table = acquisition_payback(
        FRAME, costs=spent, margin=1, touches=touches, by="channel", as_of="2024-02-29"
    )
    rows = table[table["age"] == 0].set_index("channel")
    # b was touched only after the first order; nobody came by tv, whose money stays in sight.
    assert rows["new_customers"].to_dict() == {"(missing)": 1, "ad": 1, "tv": 0}
    assert rows["spend"].to_dict() == {"(missing)": 0, "ad": 8, "tv": 6}
    assert np.isnan(rows.loc["tv", "cost_per_new_customer"])
    assert rows.loc["(missing)", "payback_age"] == 0
    ad = table[table["channel"] == "ad"]
    assert ad["cumulative_margin_per_customer"].tolist() == [10, 20]


def test_an_order_by_date_only_is_its_whole_day() -> None:
    """a clicked in the morning of the day of the order; b, whose time is known, an hour after it."""
    frame = lines("ab", ["2024-01-02", "2024-01-02 08:00"])
    touches = touched(("a", "2024-01-02 09:00", "ad"), ("b", "2024-01-02 09:00", "ad"))
    table = acquisition_payback(
        frame, costs=costs(("2024-01-01", 8.0), channel="ad"), margin=1, touches=touches,
        by="channel", as_of="2024-01-31",
    )  # fmt: skip
    assert table.set_index("channel")["new_customers"].to_dict() == {"(missing)": 1, "ad": 1}


def test_customers_of_no_channel_are_missing_ones() -> None:
    strangers = pd.DataFrame(
        {"customer_id": ["q"], "touched_at": pd.to_datetime(["2024-01-01"]), "touch": "ad_click",
         "channel": ["z"]}
    )  # fmt: skip
    table = acquisition_payback(
        lines("ab", ["2024-01-02", "2024-03-09"]), margin=1.0, touches=strangers, by="channel",
        costs=pd.DataFrame({"spent_at": pd.to_datetime(["2024-01-01"]), "spend": [30.0], "channel": ["z"]}),
    )  # fmt: skip
    assert "(missing)" in table["channel"].tolist()


def test_an_attribute_of_the_first_order() -> None:
    frame = FRAME.assign(channel=["x", "y", "y", "x", "x"])
    table = acquisition_payback(
        frame, costs=costs(("2024-01-01", 8.0), channel="x"), margin=1, by="channel",
        as_of="2024-02-29",
    )  # fmt: skip
    rows = table[table["age"] == 0].set_index("channel")
    assert rows["new_customers"].to_dict() == {"x": 1, "y": 1}
    assert rows["spend"].to_dict() == {"x": 8, "y": 0}


def test_the_sample_says_what_a_customer_costs() -> None:
    table = acquisition_payback(
        sample_orders(), costs=sample_costs(), margin=0.4, touches=sample_touches(), by="channel"
    )
    rows = table[table["age"] == 0].groupby("channel")[["spend", "new_customers"]].sum()
    each = rows["spend"] / rows["new_customers"]
    assert each["TikTok"] > 2 * each["Search"]
    assert each["TikTok"] > each["Facebook ad"] > each["Search"]


# Laws


def test_every_backend_says_the_same(backend: Backend) -> None:
    frame = shop_frame()
    days = [f"2023-{month:02d}-01" for month in range(1, 13)]
    spent = pd.concat(
        [costs(*[(day, 70.0) for day in days], channel=name) for name in ("shop", "web")]
    )
    ids = frame["customer_id"].unique()
    touches = touched(*[(one, "2022-12-30", ["shop", "web"][n % 2]) for n, one in enumerate(ids)])
    options: dict[str, Any] = {
        "costs": spent, "margin": 0.5, "touches": touches, "by": "channel", "as_of": "2023-12-31",
    }  # fmt: skip
    here = acquisition_payback(read_orders(frame, as_of="2023-12-31"), **options)
    there = acquisition_payback(backend.orders(frame, as_of="2023-12-31"), **options)
    pd.testing.assert_frame_equal(there, here)


def test_channels_add_up_to_all() -> None:
    spent = sample_costs()
    orders = sample_orders()
    whole = acquisition_payback(orders, costs=spent, margin=0.4)
    parts = acquisition_payback(
        orders, costs=spent, margin=0.4, touches=sample_touches(), by="channel"
    )
    keys = ["cohort", "age"]
    money = parts["cumulative_margin_per_customer"].fillna(0) * parts["new_customers"]
    summed = parts.assign(money=money).groupby(keys)[["new_customers", "spend", "money"]].sum()
    whole = whole.set_index(keys)
    assert summed["new_customers"].tolist() == whole["new_customers"].tolist()
    total = whole["cumulative_margin_per_customer"] * whole["new_customers"]
    assert np.allclose(summed["money"], total)
    first = summed.xs(0, level="age")["spend"]
    assert np.allclose(first, whole.xs(0, level="age")["spend"])


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"margin": 40}, r"margin: 40 is not above 0 and up to 1; 30 % is 0.3"),
        ({"by": "channel"}, r"costs: 1 of 3 needed columns are missing \('channel'\)"),
        ({"costs": {}}, r"costs: a dict is no table"),
        ({"costs": costs(("2024-01-01", None))}, r"costs: 1 of 1 rows have no spend"),  # type: ignore[arg-type]
        ({"costs": costs()}, r"costs: 0 rows, so nothing was spent"),
    ],
)
def test_what_cannot_be_reckoned(options: dict[str, Any], match: str) -> None:
    given = {"costs": costs(("2024-01-01", 1.0)), "margin": 1.0} | options
    with pytest.raises(ArgumentError, match=match):
        acquisition_payback(FRAME, **given)


# References


@pytest.mark.slow
def test_tickets_against_a_query_of_its_own() -> None:
    if not AFISHA.exists():
        pytest.skip("the tickets are not beside the project")
    log = pd.read_csv(AFISHA / "orders_log_us.csv", dtype={"Uid": "str"})
    spent = pd.read_csv(AFISHA / "costs_us.csv")
    log["day"] = pd.to_datetime(log["Buy Ts"])
    frame = pd.DataFrame(
        {"customer_id": log["Uid"], "ordered_at": log["day"], "amount": log["Revenue"]}
    )
    table = acquisition_payback(
        read_orders(frame),
        costs=pd.DataFrame(
            {"spent_at": pd.to_datetime(spent["dt"]), "spend": spent["costs"].astype(float)}
        ),
        margin=1.0,
    )
    month = log["day"].dt.year * 12 + log["day"].dt.month
    first = month.groupby(log["Uid"]).transform("min")
    sizes = log.groupby(first)["Uid"].nunique()
    paid = pd.to_datetime(spent["dt"])
    cost = spent.groupby(paid.dt.year * 12 + paid.dt.month)["costs"].sum()
    assert len(table) == 12 * 13 // 2
    for row in table.itertuples():
        cohort = row.cohort.year * 12 + row.cohort.month
        earned = log.loc[(first == cohort) & (month - first <= row.age), "Revenue"].sum()
        assert row.new_customers == sizes[cohort]
        assert row.spend == pytest.approx(cost[cohort])
        assert row.cumulative_margin_per_customer == pytest.approx(earned / sizes[cohort])
        assert row.return_on_spend == pytest.approx(earned / cost[cohort])
