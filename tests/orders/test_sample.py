"""The sample shop: the files are those the project makes, and each planted fact is found."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders import sample_files
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.sample import sample_orders, sample_people
from retention.orders.sample_files import (
    COSTS_FILE,
    ORDERS_FILE,
    PEOPLE_FILE,
    TOUCHES_FILE,
    sample_folder,
    write_sample,
)
from retention.orders.sample_marketing import sample_costs, sample_touches
from retention.tables.cohort_retention import cohort_retention
from retention.tables.compare_groups import compare_groups
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.pooled_retention import pooled_retention
from retention.tables.repurchase_curve import repurchase_curve
from retention.tables.repurchase_intervals import repurchase_intervals

# The sample is read in several ways; together that takes ten seconds.
pytestmark = pytest.mark.slow

FILES = (ORDERS_FILE, PEOPLE_FILE, TOUCHES_FILE, COSTS_FILE)
AROUND = ["2024-03", "2024-04", "2024-05", "2024-07", "2024-08", "2024-09"]
WALK_INS, WHOLESALER, POSTAGE = "0000000000", "000346", "Phí vận chuyển"


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    """The lines as text, as they stand in the file."""
    return pd.read_csv(sample_folder() / ORDERS_FILE, dtype="str")


@pytest.fixture(scope="module")
def products(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines that are products."""
    return lines[lines["product"] != POSTAGE]


@pytest.fixture(scope="module")
def orders() -> Orders:
    return sample_orders()


@pytest.fixture(scope="module")
def bought(orders: Orders) -> pd.DataFrame:
    """The orders that count."""
    return orders.to_pandas()


def read_some(lines: pd.DataFrame, **options: object) -> Orders:
    return read_orders(
        lines, timezone="Asia/Ho_Chi_Minh", currency="VND", as_of="2025-12-31", **options
    )


def months_1_to_6(cells: pd.DataFrame, cohorts: list[str]) -> float:
    chosen = cells["cohort"].dt.strftime("%Y-%m").isin(cohorts) & cells["age"].between(1, 6)
    return float(cells.loc[chosen, "returned"].sum() / cells.loc[chosen, "eligible"].sum())


def back_within(curve: pd.DataFrame, days: int) -> float:
    is_shown = (curve["order_number"] == 1) & (curve["gap_days"] <= days)
    return float(curve.loc[is_shown, "p_returned"].iloc[-1])


def is_followed(
    asked: pd.DataFrame, done: pd.DataFrame, days: int, also: tuple[str, ...] = ()
) -> pd.Series:
    """Whether the same customer (and product) bought within so many days of `touched_at`."""
    found = pd.merge_asof(
        asked.sort_values("touched_at").reset_index(),
        done.sort_values("ordered_at"),
        left_on="touched_at",
        right_on="ordered_at",
        by=["customer_id", *also],
        direction="forward",
        tolerance=pd.Timedelta(days=days),
    )
    return found.set_index("index")["ordered_at"].notna().reindex(asked.index)


def place_in_30_days(sent: pd.DataFrame) -> pd.Series:
    """Which message this one is among those of the customer in the last 30 days."""
    ordered = sent.sort_values(["customer_id", "touched_at"])
    counts = ordered.assign(one=1.0).groupby("customer_id").rolling("30D", on="touched_at")["one"]
    return pd.Series(counts.sum().to_numpy("int64"), index=ordered.index).reindex(sent.index)


# Examples


def test_the_files_are_under_3_mb() -> None:
    assert sum(path.stat().st_size for path in sample_folder().iterdir()) < 3_000_000


def test_the_files_are_made_by_the_project(tmp_path: Path) -> None:
    write_sample(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (sample_folder() / name).read_bytes()


def test_the_orders_are_read_whole(orders: Orders) -> None:
    assert orders.counts == {"orders": 11_096, "customers": 2_620}
    assert {"product", "category", "channel", "coupon", "status", "province"} <= set(
        orders.attributes
    )
    audit = orders.audit.set_index("rule")
    set_aside = audit["lines_set_aside"]
    assert set(set_aside.index[set_aside > 0]) == {"placeholder_customer", "cancelled", "returned"}
    touched = set(audit.index[audit["lines"] > 0])
    assert {"negative_amount", "matched_refund", "non_product", "extreme_buyer"} <= touched


def test_the_readme_counts_what_is_there(orders: Orders, lines: pd.DataFrame) -> None:
    readme = (sample_folder() / "README.md").read_text(encoding="utf-8")
    audit = orders.audit.set_index("rule")
    people = sample_people()
    by_status = lines.drop_duplicates("order_id")["status"].value_counts()
    touches = sample_touches()["touch"].value_counts()
    used = audit.loc["lines_used"]
    for stated in (
        f"| {len(lines):,} | a line of an order",
        f"{lines['order_id'].nunique():,} orders under {lines['customer_id'].nunique():,} customer",
        f"| {len(people):,} | an id of a person",
        f"| {touches.sum():,} | a touch",
        f"| {len(sample_costs()):,} | what was spent",
        f"{audit.loc['matched_refund', 'lines']} refund lines",
        f"delivered {by_status['delivered']:,}, cancelled {by_status['cancelled']:,}, ",
        f"returned (whole) {by_status['returned']:,}",
        f"{used['orders'] - orders.counts['orders']} delivered orders",
        *(f"empty for {people[name].isna().sum()} |" for name in ("email", "phone", "gender")),
        f"empty for {people['birth_year'].isna().sum()} |",
        *(f"{touch} {count:,}" for touch, count in touches.items()),
    ):
        assert stated in readme


def test_people_keep_their_zeros_and_come_before_their_orders(bought: pd.DataFrame) -> None:
    people = sample_people()
    assert people["customer_id"].iloc[0] == "000001"
    seen = people.set_index("customer_id")["first_seen_at"]
    assert (bought["ordered_at"] >= bought["customer_id"].map(seen)).all()


def test_touches_and_costs_speak_of_the_same_people_and_sources() -> None:
    people, touches, costs = sample_people(), sample_touches(), sample_costs()
    assert touches["customer_id"].isin(people["customer_id"]).all()
    assert touches["touched_at"].is_monotonic_increasing
    assert set(costs["channel"]) <= set(people["source"])
    assert (costs["spend"] > 0).all()
    assert (costs["spend"] % 1000 == 0).all()


def test_an_opened_message_was_sent() -> None:
    touches = sample_touches()
    sent, opened = (
        touches[touches["touch"] == touch] for touch in ("message_sent", "message_opened")
    )
    before = opened.rename(columns={"touched_at": "ordered_at"})
    assert is_followed(sent, before, 3).sum() == pytest.approx(len(opened), rel=0.05)
    assert set(opened["customer_id"]) <= set(sent["customer_id"])


def test_an_installed_package_carries_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "retention" / "_sample"
    write_sample(folder)
    monkeypatch.setattr(sample_files, "PACKAGE", tmp_path / "retention")
    assert sample_folder() == folder


# Refusals


def test_refuses_an_installation_without_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_files, "PACKAGE", tmp_path / "retention")
    with pytest.raises(OrdersError, match=r"sample: orders.csv is not part of this installation"):
        sample_orders()


# References: the planted facts, with the numbers that the README states.


def test_fact_1_the_voucher_cohort_keeps_half_as_well(orders: Orders) -> None:
    cells = cohort_retention(orders)
    assert months_1_to_6(cells, ["2024-06"]) == pytest.approx(0.114, abs=0.0005)
    assert months_1_to_6(cells, AROUND) == pytest.approx(0.241, abs=0.0005)
    size = cells.groupby(cells["cohort"].dt.strftime("%Y-%m"))["cohort_size"].first()
    assert size["2024-06"] == 136
    assert (size[AROUND].min(), size[AROUND].max()) == (58, 85)


def test_the_vouchers_cohort_is_the_one_that_differs_most(orders: Orders) -> None:
    table = compare_groups(orders)
    assert set(table["group_name"]) == {"2024-06"}
    row = table[(table["measure"] == "p_returned") & (table["at"] == 90)].iloc[0]
    assert row["high"] < -0.1
    bought = compare_groups(orders, by="offer", group="coupon or discount", baseline="full price")
    assert (bought.loc[bought["measure"] == "p_returned", "difference"] < 0).all()


def test_fact_2_beans_are_bought_again_after_45_days(products: pd.DataFrame) -> None:
    # A customer's purchases of one category, followed as if nothing else were bought.
    keys = {key: products[key] + products["category"] for key in ("customer_id", "order_id")}
    gaps = repurchase_intervals(read_some(products.assign(**keys)), by="category")
    closed = gaps[~gaps["is_censored"]]
    days = closed.loc[closed.index.repeat(closed["customers"])].groupby("category")["gap_days"]
    spread = {category: of.quantile([0.25, 0.5, 0.75]).tolist() for category, of in days}
    assert spread.pop("Coffee beans") == [38, 45, 52]
    assert len(spread) == 4
    assert min(high - low for low, _, high in spread.values()) > 3 * (52 - 38)


def test_fact_2_shows_as_a_step_in_the_repurchase_curve(lines: pd.DataFrame) -> None:
    beans = repurchase_curve(read_some(lines[lines["category"] == "Coffee beans"]))
    back = [back_within(beans, days) for days in (30, 60, 365)]
    assert back == [pytest.approx(rate, abs=0.005) for rate in (0.03, 0.67, 0.77)]


def test_fact_3_the_marketplace_is_cancelled_more_often(
    orders: Orders, lines: pd.DataFrame
) -> None:
    of_people = lines[lines["customer_id"] != WALK_INS]
    counts = [
        of.groupby(of["channel"] == "Marketplace")["order_id"].nunique()
        for of in (orders.set_aside("cancelled"), of_people)
    ]
    rates = (counts[0] / counts[1]).round(3)
    assert rates.to_dict() == {False: 0.029, True: 0.116}


def test_fact_4_some_people_never_buy(orders: Orders, lines: pd.DataFrame) -> None:
    people = sample_people()
    assert (~people["customer_id"].isin(lines["customer_id"])).sum() == 782
    rates = lifecycle_rates(orders, people=people)
    bought = rates[(rates["name"] == "customer_rate") & (rates["basis"] == "as_written")].iloc[0]
    assert bought["denominator"] - bought["numerator"] == 883


def test_fact_5_the_machine_leads_to_beans(products: pd.DataFrame) -> None:
    is_opening = products["order_id"].isin(products.drop_duplicates("customer_id")["order_id"])
    is_beans = products["category"] == "Coffee beans"
    is_machine = products["product"] == "Espresso machine"
    kind = products["category"].where(is_beans, "other").mask(is_machine, "machine")
    openings_and_beans = products.assign(category=kind)[is_opening | is_beans]
    curve = repurchase_curve(read_some(openings_and_beans), by="category")
    after = {name: back_within(group, 60) for name, group in curve.groupby("category")}
    assert after["machine"] == pytest.approx(0.556, abs=0.005)
    assert after["other"] == pytest.approx(0.04, abs=0.005)


def test_fact_6_website_customers_come_back_sooner(orders: Orders) -> None:
    pooled = pooled_retention(cohort_retention(orders, by="channel"))
    month_1 = pooled[pooled["age"] == 1].set_index("channel")
    assert month_1.loc["Website", "retention_rate"] == pytest.approx(0.328, abs=0.0005)
    assert month_1.loc["Marketplace", "retention_rate"] == pytest.approx(0.202, abs=0.0005)
    assert month_1.loc["Website", "low"] > month_1.loc["Marketplace", "high"]


def test_fact_7_the_till_books_walk_ins_under_one_id(orders: Orders) -> None:
    walk_ins = orders.set_aside("placeholder_customer")
    assert set(walk_ins["customer_id"]) == {WALK_INS}
    assert set(walk_ins["channel"]) == {"Store"}
    assert walk_ins["order_id"].nunique() == 60


def test_fact_8_one_customer_buys_for_resale(orders: Orders, bought: pd.DataFrame) -> None:
    total = bought.groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    assert total.index[0] == WHOLESALER
    assert total.iloc[0] / total.sum() == pytest.approx(0.147, abs=0.0005)
    assert total.iloc[1] / total.sum() < 0.01
    of_it = bought[bought["customer_id"] == WHOLESALER]
    assert len(of_it) == 130
    assert of_it["ordered_at"].dt.normalize().diff().dt.days.median() == 7
    assert orders.audit.set_index("rule").loc["extreme_buyer", "customers"] >= 1


def test_fact_9_some_people_have_two_ids(orders: Orders, lines: pd.DataFrame) -> None:
    people = sample_people()
    by_phone = read_some(lines, merge_by=["phone"])
    by_email = read_some(lines, merge_by=["email"], people=people)
    by_both = read_some(lines, merge_by=["phone", "email"], people=people)
    every = (by_phone, by_email, by_both)
    assert [(of.identity["source_ids"] == 2).sum() for of in every] == [67, 64, 102]
    assert [of.counts["customers"] for of in (orders, *every)] == [2620, 2558, 2561, 2526]
    rates = [
        of.headlines.set_index("name").loc["repeat_rate_180", "estimate"]
        for of in (orders, by_both)
    ]
    assert rates == [pytest.approx(0.568, abs=0.0005), pytest.approx(0.598, abs=0.0005)]


def test_fact_10_postage_is_a_line(orders: Orders, lines: pd.DataFrame) -> None:
    assert (lines["product"] == POSTAGE).sum() == 532
    assert orders.audit.set_index("rule").loc["non_product", "lines"] == 532


def test_fact_11_most_are_reached_before_they_buy(bought: pd.DataFrame) -> None:
    first = bought.groupby("customer_id")["ordered_at"].min()
    touched = sample_touches().groupby("customer_id")["touched_at"].min().reindex(first.index)
    assert (touched < first).mean() == pytest.approx(0.790, abs=0.0005)
    assert (touched >= first).mean() == pytest.approx(0.082, abs=0.0005)
    wait = (first - touched)[touched < first] / pd.Timedelta(days=1)
    assert wait.median() == pytest.approx(8.3, abs=0.05)
    people = sample_people()["customer_id"]
    never = people[~people.isin(first.index)]
    assert never.isin(sample_touches()["customer_id"]).mean() == pytest.approx(0.83, abs=0.005)


def test_fact_12_a_wish_is_bought_twice_as_often_as_a_page(
    products: pd.DataFrame, orders: Orders
) -> None:
    is_sale = (products["status"] == "delivered") & ~products["amount"].str.startswith("-")
    sold = products.loc[is_sale, ["customer_id", "product"]].assign(
        ordered_at=pd.to_datetime(products["order_date"])
    )
    touches = sample_touches()
    touches = touches[touches["product"].notna() & (touches["touched_at"] < "2025-12-01")]
    rates = is_followed(touches, sold, 30, also=("product",)).groupby(touches["touch"]).mean()
    assert rates["wish_list"] == pytest.approx(0.467, abs=0.0005)
    assert rates["page_view"] == pytest.approx(0.239, abs=0.0005)


def test_fact_13_messages_are_answered_and_tire(bought: pd.DataFrame) -> None:
    touches = sample_touches()
    sent = touches[touches["touch"] == "message_sent"]
    opened = touches[touches["touch"] == "message_opened"]
    place = place_in_30_days(sent).clip(upper=4)
    came = is_followed(sent, opened.rename(columns={"touched_at": "ordered_at"}), 2)
    assert came.groupby(place).mean().round(2).tolist() == [0.55, 0.45, 0.41, 0.35]
    sent = sent.assign(place=place)
    before = pd.merge_asof(
        opened, sent[["customer_id", "touched_at", "place"]], on="touched_at", by="customer_id"
    )
    answered = is_followed(before, bought, 3).groupby(before["place"]).mean()
    assert answered.round(2).tolist() == [0.30, 0.16, 0.09, 0.07]
    assert is_followed(sent[~came], bought, 3).mean() == pytest.approx(0.02, abs=0.005)


def test_fact_14_one_channel_costs_three_times_as_much(bought: pd.DataFrame) -> None:
    costs, people = sample_costs(), sample_people()
    spend = costs.groupby("channel")["spend"].sum()
    source = people[people["customer_id"].isin(bought["customer_id"])]["source"]
    new = source.value_counts().reindex(spend.index)
    per_customer = (spend / new / 1000).round().astype("int64")
    assert per_customer.to_dict() == {"Facebook ad": 66, "Search": 37, "TikTok": 119}
    month = costs["spent_at"].dt.strftime("%Y-%m")
    by_month = costs[costs["channel"] != "Search"].groupby(month)["spend"].sum()
    assert by_month["2024-06"] > 1.8 * by_month[AROUND].max()
    burst = costs[costs["campaign"] == "HELLO50"]["spent_at"]
    assert (burst.min(), burst.max()) == (pd.Timestamp("2024-05-27"), pd.Timestamp("2024-06-30"))
