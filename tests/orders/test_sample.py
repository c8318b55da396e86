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
from retention.orders.sample_files import ORDERS_FILE, PEOPLE_FILE, sample_folder, write_sample
from retention.tables.cohort_retention import cohort_retention
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.pooled_retention import pooled_retention
from retention.tables.repurchase_curve import repurchase_curve
from retention.tables.repurchase_intervals import repurchase_intervals

# The sample is read in several ways; together that takes ten seconds.
pytestmark = pytest.mark.slow

AROUND = ["2024-03", "2024-04", "2024-05", "2024-07", "2024-08", "2024-09"]


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    """The lines as text, as they stand in the file."""
    return pd.read_csv(sample_folder() / ORDERS_FILE, dtype="str")


@pytest.fixture(scope="module")
def orders() -> Orders:
    return sample_orders()


def read_some(lines: pd.DataFrame) -> Orders:
    return read_orders(lines, timezone="Asia/Ho_Chi_Minh", currency="VND", as_of="2025-12-31")


def months_1_to_6(cells: pd.DataFrame, cohorts: list[str]) -> float:
    chosen = cells["cohort"].dt.strftime("%Y-%m").isin(cohorts) & cells["age"].between(1, 6)
    return float(cells.loc[chosen, "returned"].sum() / cells.loc[chosen, "eligible"].sum())


def back_within(curve: pd.DataFrame, days: int) -> float:
    return float(curve.loc[curve["gap_days"] <= days, "p_returned"].iloc[-1])


# Examples


def test_the_files_are_under_3_mb() -> None:
    size = sum((sample_folder() / name).stat().st_size for name in (ORDERS_FILE, PEOPLE_FILE))
    assert size < 3_000_000


def test_the_files_are_made_by_the_project(tmp_path: Path) -> None:
    write_sample(tmp_path)
    for name in (ORDERS_FILE, PEOPLE_FILE):
        assert (tmp_path / name).read_bytes() == (sample_folder() / name).read_bytes()


def test_the_orders_are_read_whole(orders: Orders) -> None:
    assert orders.counts == {"orders": 18_481, "customers": 4_470}
    assert {"product", "category", "channel", "coupon", "status", "province"} <= set(
        orders.attributes
    )
    audit = orders.audit.set_index("rule")
    touched = audit.index[audit["lines"] > 0]
    refunds = {"negative_amount", "matched_refund"}
    assert set(touched) == {"lines_read", "cancelled", "returned", *refunds, "lines_used"}


def test_the_readme_counts_what_is_there(orders: Orders, lines: pd.DataFrame) -> None:
    readme = (sample_folder() / "README.md").read_text(encoding="utf-8")
    audit = orders.audit.set_index("rule")
    people = sample_people()
    read, used = audit.loc["lines_read"], audit.loc["lines_used"]
    for stated in (
        f"| {len(lines):,} | a line of an order",
        f"{read['orders']:,} orders of {read['customers']:,} customers",
        f"| {len(people):,} | a person",
        f"{audit.loc['matched_refund', 'lines']} refund lines",
        f"delivered {used['orders']:,}, cancelled {audit.loc['cancelled', 'orders']:,}, ",
        f"returned (whole) {audit.loc['returned', 'orders']:,}",
        f"{used['orders'] - orders.counts['orders']} delivered orders",
        f"empty for {people['gender'].isna().sum()} |",
        f"empty for {people['birth_year'].isna().sum()} |",
    ):
        assert stated in readme


def test_people_keep_their_zeros_and_come_before_their_orders(orders: Orders) -> None:
    people = sample_people()
    assert people["customer_id"].iloc[0] == "000001"
    seen = people.set_index("customer_id")["first_seen_at"]
    bought = orders.to_pandas()
    assert (bought["ordered_at"] >= bought["customer_id"].map(seen)).all()


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
    assert months_1_to_6(cells, ["2024-06"]) == pytest.approx(0.118, abs=0.0005)
    assert months_1_to_6(cells, AROUND) == pytest.approx(0.234, abs=0.0005)
    size = cells.groupby(cells["cohort"].dt.strftime("%Y-%m"))["cohort_size"].first()
    assert size["2024-06"] == 211
    assert (size[AROUND].min(), size[AROUND].max()) == (101, 144)


def test_fact_2_beans_are_bought_again_after_45_days(lines: pd.DataFrame) -> None:
    # A customer's purchases of one category, followed as if nothing else were bought.
    keys = {key: lines[key] + lines["category"] for key in ("customer_id", "order_id")}
    gaps = repurchase_intervals(read_some(lines.assign(**keys)), by="category")
    closed = gaps[~gaps["is_censored"]]
    days = closed.loc[closed.index.repeat(closed["customers"])].groupby("category")["gap_days"]
    spread = {category: of.quantile([0.25, 0.5, 0.75]).tolist() for category, of in days}
    assert spread.pop("Coffee beans") == [39, 45, 53]
    assert len(spread) == 4
    assert min(high - low for low, _, high in spread.values()) > 3 * (53 - 39)


def test_fact_2_shows_as_a_step_in_the_repurchase_curve(lines: pd.DataFrame) -> None:
    beans = repurchase_curve(read_some(lines[lines["category"] == "Coffee beans"]))
    back = [back_within(beans, days) for days in (30, 60, 365)]
    assert back == [pytest.approx(rate, abs=0.005) for rate in (0.02, 0.68, 0.78)]


def test_fact_3_the_marketplace_is_cancelled_more_often(
    orders: Orders, lines: pd.DataFrame
) -> None:
    counts = [
        of.groupby(of["channel"] == "Marketplace")["order_id"].nunique()
        for of in (orders.set_aside("cancelled"), lines)
    ]
    rates = (counts[0] / counts[1]).round(3)
    assert rates.to_dict() == {False: 0.031, True: 0.119}


def test_fact_4_some_people_never_buy(orders: Orders, lines: pd.DataFrame) -> None:
    people = sample_people()
    assert (~people["customer_id"].isin(lines["customer_id"])).sum() == 1348
    rates = lifecycle_rates(orders, people=people)
    bought = rates[(rates["name"] == "customer_rate") & (rates["basis"] == "as_written")].iloc[0]
    assert bought["denominator"] - bought["numerator"] == 1530


def test_fact_5_the_machine_leads_to_beans(lines: pd.DataFrame) -> None:
    is_opening = lines["order_id"].isin(lines.drop_duplicates("customer_id")["order_id"])
    is_beans = lines["category"] == "Coffee beans"
    is_machine = lines["product"] == "Espresso machine"
    kind = lines["category"].where(is_beans, "other").mask(is_machine, "machine")
    openings_and_beans = lines.assign(category=kind)[is_opening | is_beans]
    curve = repurchase_curve(read_some(openings_and_beans), by="category")
    after = {name: back_within(group, 60) for name, group in curve.groupby("category")}
    assert after["machine"] == pytest.approx(0.61, abs=0.005)
    assert after["other"] == pytest.approx(0.04, abs=0.005)


def test_fact_6_website_customers_come_back_sooner(orders: Orders) -> None:
    pooled = pooled_retention(cohort_retention(orders, by="channel"))
    month_1 = pooled[pooled["age"] == 1].set_index("channel")
    assert month_1.loc["Website", "retention_rate"] == pytest.approx(0.334, abs=0.0005)
    assert month_1.loc["Marketplace", "retention_rate"] == pytest.approx(0.233, abs=0.0005)
    assert month_1.loc["Website", "low"] > month_1.loc["Marketplace", "high"]
