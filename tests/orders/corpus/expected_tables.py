"""The readings of exports, workbooks and binary tables, and of the rules of the audit."""

from __future__ import annotations

from dataclasses import replace

from orders.corpus.case import Case, Reading, rows
from orders.corpus.expected_text import (
    AMOUNTS,
    CUSTOMERS,
    DAYS,
    ENGLISH,
    HANOI,
    IDS,
    each_at,
)  # fmt: skip

MONEY_CASES = (
    Case(
        "quantity_times_price.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 32.25", "C2 | 2 | 2024-02-01 | 37.50", "C1 | 3 | 2024-03-31 | 49.95"),
            lines=4,
        ),
    ),
    Case(
        "coupon_discount_cost.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 90.50", "C2 | 2 | 2024-02-01 | 100", "C1 | 3 | 2024-03-31 | 80"),
            lines=3,
            values={"coupon": ("TET24",), "category": ("Trà", "Ấm")},
            mapping={"discount": "discount", "cost": "cost"},
        ),
    ),
    Case(
        "currency_column.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 350000", "C2 | 2 | 2024-02-01 | 80500", "C1 | 3 | 2024-03-31 | 99000"),
            lines=3,
        ),
    ),
    Case("currency_column_mixed.csv", refused=("VND", "USD")),
)  # fmt: skip

TOTALS = (
    "C1 | 1 | 2024-01-05 | 25", "C2 | 2 | 2024-01-20 | 12", "C1 | 3 | 2024-02-10 | 15",
    "C3 | 4 | 2024-03-01 | 30",
)  # fmt: skip
EXPORT_CASES = (
    Case("order_total_repeated.csv", Reading(TOTALS, lines=8)),
    Case("order_total_repeated_unproved.csv", Reading(TOTALS, lines=8), or_refused=True),
    Case(
        "shopify.csv",
        Reading(
            (
                "an@example.com | #1001 | 2024-01-05 23:30 | 32.25",
                "binh@example.com | #1002 | 2024-01-31 10:00 | 94.99",
                "an@example.com | #1003 | 2024-02-29 09:00 | 50.00",
            ),
            lines=6,
            aside={"cancelled": 1},
        ),
        HANOI,
        refused=("timezone=",),
    ),
    Case(
        "woocommerce.csv",
        Reading(
            (
                "an@example.com | 501 | 2024-01-05 10:30 | 25",
                "ba@example.com | 502 | 2024-02-10 08:00 | 10",
                "an@example.com | 504 | 2024-03-01 08:00 | 15",
            ),
            aside={"cancelled": 1},
        ),
    ),
    Case(
        "woocommerce_analytics.csv",
        Reading(
            (
                "An Le | 501 | 2024-01-05 10:30 | 25",
                "Ba Vo | 502 | 2024-02-10 08:00 | 10",
                "An Le | 504 | 2024-03-01 08:00 | 15.50",
            ),
            lines=3,
        ),
    ),
    Case(
        "haravan.csv",
        Reading(
            (
                "KH01 | #100001 | 2024-01-05 10:30 | 150000",
                "KH02 | #100002 | 2024-01-31 07:59 | 200000",
                "KH01 | #100003 | 2024-02-29 19:59 | 75000",
            ),
            lines=4,
            values={"channel": ("web", "zalo")},
        ),
    ),
    Case(
        "sapo.csv",
        Reading(
            (
                "CUZN0001 | SON0001 | 2024-01-05 10:30 | 220000",
                "CUZN0002 | SON0002 | 2024-01-31 08:00 | 100000",
                "CUZN0001 | SON0004 | 2024-03-31 21:15 | 1000000",
            ),
            aside={"cancelled": 1},
        ),
    ),
    Case(
        "kiotviet.csv",
        Reading(
            (
                "KH000001 | HD000001 | 2024-01-05 10:30 | 225000",
                "KH000002 | HD000002 | 2024-01-31 08:00 | 100000",
                "KH000001 | HD000003 | 2024-02-29 19:59 | 75000",
            ),
            lines=4,
        ),
    ),
    Case(
        "magento.csv",
        Reading(
            (
                "an@example.com | 000000001 | 2024-01-05 10:30 | 30.00",
                "ba@example.com | 000000002 | 2024-01-31 13:00 | 45.50",
                "an@example.com | 000000004 | 2024-03-31 09:05 | 99.00",
            ),
            lines=4,
            aside={"cancelled": 1},
        ),
    ),
    Case(
        "olist.csv",
        Reading(
            (
                "7c | e1 | 2024-01-05 10:30 | 38.50",
                "af | e2 | 2024-01-31 20:41 | 141.25",
                "7c | e3 | 2024-02-29 08:38 | 179.05",
                "7d | e4 | 2024-03-18 19:28 | 72.20",
            ),
            aside={"cancelled": 1},
            mapping={"customer_id": "customer_unique_id", "ordered_at": "order_purchase_timestamp"},
        ),
    ),
    Case("olist_orders_alone.csv", refused=("customer_unique_id",)),
    Case(
        "uci_online_retail.csv",
        Reading(
            (
                "20001 | 600001 | 2023-12-01 08:26 | 31.25",
                "20002 | 600002 | 2023-12-13 08:28 | 7.40",
                "20004 | 600006 | 2023-12-17 08:45 | 105.00",
            ),
            lines=8,
            aside={"missing_customer": 1, "unmatched_refund": 1},
            touched={"matched_refund": 1, "non_product": 1},
        ),
    ),
    Case(
        "superstore.csv",
        Reading(
            (
                "AN-10001 | VN-1 | 2023-11-08 | 991.85",
                "BA-10002 | VN-2 | 2023-06-12 | 14.60",
                "AN-10001 | VN-3 | 2022-10-18 | 957.0775",
            ),
            lines=4,
        ),
    ),
    Case(
        "ta_feng.csv",
        Reading(
            totals="40 | 8 | 12580 | 2023-11-13 | 2023-11-27",
            lines=40,
            mapping={"amount": "SALES_PRICE", "quantity": "AMOUNT"},
        ),
    ),
)  # fmt: skip

TYPED = each_at("10:30")
NUMBERED = replace(
    TYPED,
    rows=rows(
        ("1", "2", "3", "4", "5"),
        ("17850", "17851", "17850", "17852", "17851"),
        tuple(f"{day} 10:30" for day in DAYS),
        AMOUNTS,
    ),
)
TWO_64, TWO_53 = "1844674407370955161", "900719925474099"
BIG = (TWO_64 + "5", TWO_64 + "4", TWO_64 + "5", "1", TWO_64 + "4")
BIG_IDS = replace(TYPED, rows=rows(IDS, BIG, tuple(f"{day} 10:30" for day in DAYS), AMOUNTS))
JSON = (TWO_64 + "5", TWO_53 + "3", TWO_64 + "5", TWO_53 + "2", TWO_53 + "3")
JSON_IDS = replace(ENGLISH, rows=rows(IDS, JSON, DAYS, AMOUNTS))
MONTHS = ("months/2024-01.csv", "months/2024-02.csv", "months/2024-03.csv")
MONTHLY = Reading(rows(IDS, CUSTOMERS, DAYS, AMOUNTS))
PACKED_CASES = (
    Case("workbook.xlsx", TYPED),
    Case("workbook_numbered.xlsx", NUMBERED),
    Case("workbook_titles.xlsx", TYPED),
    Case("workbook_serials.xlsx", ENGLISH),
    Case("workbook_with_notes.xlsx", TYPED),
    Case("workbook_months.xlsx", TYPED),
    Case(
        "workbook_unlike.xlsx", TYPED, {"sheet": "Orders"}, refused=("Orders", "Prices", "sheet=")
    ),
    Case("workbook_empty.xlsx", refused=("empty|no rows|no table|no sheet",)),
    Case("workbook.xls", NUMBERED),
    Case("workbook.ods", TYPED),
    Case("table.parquet", BIG_IDS),
    Case("text_columns.parquet", ENGLISH),
    Case("table.feather", BIG_IDS),
    Case("records.jsonl", JSON_IDS),
    Case("records.json", JSON_IDS),
    Case("packed.csv.gz", ENGLISH),
    Case("packed.zip", ENGLISH),
    Case("packed_months.zip", ENGLISH),
    Case("packed_unlike.zip", refused=("orders.csv", "prices.csv")),
    Case("packed_nothing.zip", refused=("packed_nothing.zip",)),
    Case("cut.xlsx", refused=("cut.xlsx",)),
    Case("cut.csv.gz", refused=("cut.csv.gz",)),
    Case("months", MONTHLY),
    Case("months/*.csv", MONTHLY),
    Case(MONTHS, MONTHLY),
    Case("nothing/*.csv", refused=("nothing",)),
    Case("unlike", refused=("january.csv|february.csv", "amount|total")),
)

AUDIT_CASES = (
    Case(
        "duplicates.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 20", "C2 | 2 | 2024-02-01 | 20", "C1 | 3 | 2024-03-31 | 10"),
            lines=7,
            aside={"exact_duplicate": 3},
        ),
    ),
    Case(
        "duplicates_without_order_id.csv",
        Reading(
            ("C1 | * | 2024-01-05 | 20", "C2 | * | 2024-02-01 | 20", "C1 | * | 2024-03-31 | 5.50"),
            lines=4,
            touched={"exact_duplicate": 1},
        ),
    ),
    Case(
        "missing_customers.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 10", "C1 | 6 | 2024-03-31 | 5.50"),
            lines=6,
            aside={"missing_customer": 4},
        ),
    ),
    Case(
        "placeholders.csv",
        Reading(
            (
                "0912345678 | 1 | 2024-01-05 | 100000",
                "0987123654 | 3 | 2024-01-07 | 300000",
                "0912345678 | 6 | 2024-03-31 | 600000",
            ),
            lines=6,
            aside={"placeholder_customer": 3},
        ),
    ),
    Case(
        "old_and_future.csv",
        Reading(
            ("C1 | 2 | 2024-01-05 | 20", "C2 | 3 | 2024-02-01 | 30", "C1 | 5 | 2024-03-31 | 5.50"),
            aside={"impossible_date": 1, "future_date": 1},
        ),
    ),
)  # fmt: skip
