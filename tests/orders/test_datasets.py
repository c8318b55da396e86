"""Real data: known counts of two tables that many have worked with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from strategies import exactly

from retention.orders.cdnow import cdnow_orders
from retention.orders.orders import Orders
from retention.orders.read import read_orders

RETAIL = Path(__file__).parents[3] / "shared" / "data" / "online_retail.parquet"

# References


@pytest.fixture(scope="module")
def retail() -> Orders:
    if not RETAIL.exists():
        pytest.skip("the Online Retail table is not beside the project")
    return read_orders(RETAIL)


@pytest.mark.slow
def test_online_retail(retail: Orders) -> None:
    audit = retail.audit.set_index("rule")
    assert audit.loc["lines_read", "lines"] == 541_909
    assert audit.loc["missing_customer", "lines"] == 135_080
    refunds = audit.loc[["matched_refund", "unmatched_refund"], "lines"]
    assert refunds.sum() == 8_872
    assert refunds["unmatched_refund"] == pytest.approx(1_428, abs=15)
    assert audit.loc["unmatched_refund", "amount_set_aside"] == pytest.approx(-143_783, abs=500)
    assert audit.loc["lines_used", "lines"] / 541_909 >= 0.7


@pytest.mark.slow
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


@pytest.mark.slow
def test_cdnow_master() -> None:
    assert read_orders(cdnow_orders("master")).counts["customers"] == 23_570


def test_cdnow_sample() -> None:
    orders = read_orders(cdnow_orders("sample"), as_of="1997-09-30")
    assert orders.counts["customers"] == 2_357
    assert orders.at("1997-03-31").counts["customers"] == 2_357
