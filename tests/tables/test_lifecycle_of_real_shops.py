"""Tables that others made: the answers are possible, and no threshold is an accident."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from retention.orders.cdnow import cdnow_orders
from retention.orders.orders import Orders
from retention.orders.people import read_people
from retention.orders.read import read_orders
from retention.orders.touches import read_touches
from retention.tables.choose_lapse import choose_lapse
from retention.tables.concentration import concentration
from retention.tables.growth_accounting import growth_accounting
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.rfm import rfm
from retention.tables.stage_flow import stage_flow
from retention.tables.time_to_first_order import time_to_first_order
from retention.tables.way_to_first_order import way_to_first_order

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.slow
DAYS: dict[str, Any] = {"at_risk_after_days": 30, "lapsed_after_days": 90}


def table(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    return path


def retail() -> Orders:
    return read_orders(table("online_retail.parquet"), unreadable="set_aside")


def ta_feng() -> Orders:
    return read_orders(
        table("ta_feng.csv.zip"), date_format="%m/%d/%Y", columns={"amount": "SALES_PRICE"}
    )


def yandex() -> Orders:
    return read_orders(table("yandex_afisha/orders_log_us.csv"))


def cdnow() -> Orders:
    if not find_spec("lifetimes"):
        pytest.skip("lifetimes is not here")
    return read_orders(cdnow_orders())


SHOPS: dict[str, Callable[[], Orders]] = {
    "online_retail": retail, "ta_feng": ta_feng, "yandex": yandex, "cdnow": cdnow,
}  # fmt: skip


@pytest.fixture(scope="module", params=SHOPS)
def shop(request: pytest.FixtureRequest) -> Orders:
    return SHOPS[request.param]()


def test_a_threshold_is_neither_0_nor_the_end_of_the_table_without_the_mark(shop: Orders) -> None:
    found = choose_lapse(shop)
    lapsed = found.loc[found["is_lapsed_threshold"], "days_silent"].item()
    at_risk = found.loc[found["is_at_risk_threshold"], "days_silent"].item()
    assert 0 < at_risk <= lapsed
    if found["threshold_basis"].iloc[0] == "fallback":
        assert "Not identifiable" in found.attrs["notes"][0][0]
    else:
        assert lapsed < found["days_silent"].max()


def test_stocks_flows_and_stages_agree(shop: Orders) -> None:
    ends = [shop.as_of - pd.Timedelta(days=days) for days in (60, 30, 0)]
    flow = stage_flow(shop, as_of=ends, **DAYS)
    last = flow[flow["period"] == flow["period"].max()].groupby("to_stage")["customers"].sum()
    stages = lifecycle_stages(shop, **DAYS)["stage"].value_counts()
    assert last[last > 0].drop("not_yet_known", errors="ignore").to_dict() == stages.to_dict()
    middle = flow[flow["period"] == flow["period"].min()].groupby("to_stage")["customers"].sum()
    cut = lifecycle_stages(shop, as_of=ends[1], **DAYS)["stage"].value_counts()
    assert middle[middle > 0].drop("not_yet_known", errors="ignore").to_dict() == cut.to_dict()


def test_growth_and_shares_add_up(shop: Orders) -> None:
    growth = growth_accounting(shop)
    parts = [
        "value_new",
        "value_reactivated",
        "value_retained",
        "value_expansion",
        "value_adjustment",
    ]
    whole = shop.to_pandas()["amount"].sum()
    assert growth[parts].to_numpy().sum() == pytest.approx(whole, abs=0.01)
    scored = rfm(shop)
    assert len(scored) == growth["new"].sum() == shop.counts["customers"]
    shares = concentration(shop)["amount_rate"]
    assert shares.is_monotonic_increasing
    assert shares.iloc[-1] > 0.2


def test_people_who_never_pay() -> None:
    """3,751 users of an artificial shop, of whom 653 pay: the awareness stage."""
    events = pd.read_csv(table("onlineshop_events/simple-onlineshop.csv"))
    name = next(one for one in events.columns if "user" in one.lower())
    time = next(one for one in events.columns if "time" in one.lower())
    event = next(
        one for one in events.columns if one.lower() in ("event", "event_type", "event_name")
    )
    events = events.rename(columns={name: "customer_id", time: "at", event: "page"})
    events["at"] = pd.to_datetime(events["at"]).astype("datetime64[us]")
    paid = events[events["page"].str.contains("payment_done", na=False)]
    orders = read_orders(
        paid[["customer_id", "at"]].assign(amount=1.0).rename(columns={"at": "ordered_at"}),
        as_of=events["at"].max(),
    )
    seen = events.groupby("customer_id", as_index=False)["at"].min()
    people = read_people(seen.rename(columns={"at": "first_seen_at"}))
    rates = lifecycle_rates(orders, people=people).set_index(["name", "basis"])
    written = rates.loc[("customer_rate", "as_written")]
    assert written[["numerator", "denominator"]].tolist() == [653, 3751]
    stages = lifecycle_stages(orders, people=people, **DAYS)
    assert (stages["stage"] == "prospect").sum() == 3751 - 653
    seen = events.rename(columns={"at": "touched_at"})[["customer_id", "touched_at", "page"]]
    touches = read_touches(seen.assign(touch="page_view"))
    ways = way_to_first_order(orders, touches=touches, within_days=1)
    assert (ways["bought"] <= ways["eligible"]).all()
    assert ways["buyers"].max() <= 653
    assert len(time_to_first_order(orders, touches=touches)) > 1


def test_leads_that_become_deals() -> None:
    leads = pd.read_csv(table("olist_leads/olist_marketing_qualified_leads_dataset.csv"))
    deals = pd.read_csv(table("olist_leads/olist_closed_deals_dataset.csv"))
    people = read_people(
        leads, columns={"customer_id": "mql_id", "first_seen_at": "first_contact_date"},
        date_format="%d-%m-%Y" if leads["first_contact_date"].iloc[0][2] == "-" else "%Y-%m-%d",
    )  # fmt: skip
    won = pd.DataFrame(
        {
            "customer_id": deals["mql_id"],
            "ordered_at": pd.to_datetime(deals["won_date"]),
            "amount": 1.0,
        }
    )
    rates = lifecycle_rates(read_orders(won), people=people).set_index(["name", "basis"])
    written = rates.loc[("customer_rate", "as_written")]
    assert written["numerator"] == 842
    assert 7_900 <= written["denominator"] <= 8_000
