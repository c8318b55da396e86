"""Real data: known counts of two tables that many have worked with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from strategies import exactly

from retention.errors import OrdersError
from retention.orders.cdnow import cdnow_orders
from retention.orders.costs import read_costs
from retention.orders.orders import Orders
from retention.orders.people import read_people
from retention.orders.read import read_orders
from retention.orders.touches import read_touches

pytestmark = pytest.mark.slow
DATA = Path(__file__).parents[3] / "shared" / "data"
RETAIL = DATA / "online_retail.parquet"

# References


@pytest.fixture(scope="module")
def retail() -> Orders:
    if not RETAIL.exists():
        pytest.skip("the Online Retail table is not beside the project")
    return read_orders(RETAIL)


def test_online_retail(retail: Orders) -> None:
    audit = retail.audit.set_index("rule")
    assert audit.loc["lines_read", "lines"] == 541_909
    assert audit.loc["missing_customer", "lines"] == 135_080
    refunds = audit.loc[["matched_refund", "unmatched_refund"], "lines"]
    assert refunds.sum() == 8_872
    assert refunds["unmatched_refund"] == pytest.approx(1_428, abs=15)
    assert audit.loc["unmatched_refund", "amount_set_aside"] == pytest.approx(-143_783, abs=500)
    assert audit.loc["lines_used", "lines"] / 541_909 >= 0.7


def test_online_retail_accounts_for_every_penny(retail: Orders) -> None:
    audit = retail.audit.set_index("rule")
    aside = audit.drop(index=["lines_read", "lines_used"])
    assert audit.loc["lines_used", "lines"] + aside["lines_set_aside"].sum() == 541_909
    table = pd.read_parquet(RETAIL)
    quantity, price = (
        next(name for name in table.columns if name.lower().startswith(word))
        for word in ("quantity", "unitprice")
    )
    line = (table[quantity] * table[price]).round(4)
    used = exactly(retail.to_pandas()["amount"])
    assert used + exactly(aside["amount_set_aside"]) == exactly(line)


def test_cdnow_master() -> None:
    assert read_orders(cdnow_orders("master")).counts["customers"] == 23_570


def test_cdnow_sample() -> None:
    orders = read_orders(cdnow_orders("sample"), as_of="1997-09-30")
    assert orders.counts["customers"] == 2_357
    assert orders.at("1997-03-31").counts["customers"] == 2_357


def there(name: str) -> Path:
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not beside the project")
    return DATA / name


# lines, orders and customers of the source; read with nothing but the path
COUNTS = {
    "online_retail.parquet": (541_909, 25_900, 4_372),
    "ta_feng.csv.zip": (817_741, 119_578, 32_266),
    "yandex_afisha/orders_log_us.csv": (50_415, 50_415, 36_523),
    "coffee_vending/index_1.csv": (3_636, 3_608, 1_316),
    "superstore/Sample - Superstore.csv": (9_994, 5_009, 793),
}


@pytest.mark.parametrize("name", COUNTS)
def test_read_without_a_word(name: str) -> None:
    read = read_orders(there(name)).audit.set_index("rule").loc["lines_read"]
    assert (read["lines"], read["orders"], read["customers"]) == COUNTS[name]


def test_ids_of_64_bits_and_free_orders() -> None:
    orders = read_orders(there("yandex_afisha/orders_log_us.csv"))
    ids = orders.to_pandas()["customer_id"]
    assert ids.astype("uint64").max() > 2**63
    audit = orders.audit.set_index("rule")
    assert audit.loc["zero_amount", "lines"] == 51
    assert not audit["lines_set_aside"].any()


def test_quantities_called_amount_are_no_money() -> None:
    orders = read_orders(there("ta_feng.csv.zip"))
    mapping = orders.mapping.set_index("column")["source_column"]
    assert mapping[["amount", "quantity"]].tolist() == ["SALES_PRICE", "AMOUNT"]
    assert orders.to_pandas()["customer_id"].str.len().eq(8).all()


def test_purchases_without_money() -> None:
    path = there("grocery/groceryElog.csv")
    with pytest.raises(OrdersError, match=r"No column found for 'amount' .*columns=.*None"):
        read_orders(path)
    orders = read_orders(path, columns={"amount": None})
    assert orders.counts == {"orders": 10_483, "customers": 1_525}
    assert read_orders(path, **orders.settings()).counts == orders.counts


def test_cash_has_no_card() -> None:
    audit = read_orders(there("coffee_vending/index_1.csv")).audit.set_index("rule")
    assert audit.loc["missing_customer", "lines_set_aside"] == 89
    assert audit.loc["guests", "lines"] == 89


def test_events_are_touches_and_no_orders() -> None:
    path = there("onlineshop_events/simple-onlineshop.csv")
    with pytest.raises(OrdersError, match="a log of events, not of orders"):
        read_orders(path)
    touches = read_touches(path)
    assert len(touches) == 32_283
    assert touches["customer_id"].nunique() == 3_751


def test_leads_are_people() -> None:
    path = there("olist_leads/olist_marketing_qualified_leads_dataset.csv")
    with pytest.raises(OrdersError, match="No column found for 'customer_id', 'amount'"):
        read_orders(path)
    assert len(read_people(path)) == 8_000


def test_costs_by_source_and_day() -> None:
    assert len(read_costs(there("yandex_afisha/costs_us.csv"))) == 2_542
