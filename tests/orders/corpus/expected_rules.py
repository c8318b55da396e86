"""The readings of tables that the audit has something to say about, and the refusals."""

from __future__ import annotations

from orders.corpus.case import Case, Reading

STATUSES = {"statuses": {"Q7": "completed", "Zeta": "cancelled"}}
ZEROS = (
    "C1 | 1 | 2024-01-05 | 0", "C1 | 2 | 2024-01-31 | 20", "C2 | 3 | 2024-02-01 | 0",
    "C2 | 4 | 2024-03-31 | 30",
)  # fmt: skip
FEES = (
    "C1 | 1 | 2024-01-05 | 130000",
    "C2 | 2 | 2024-02-01 | 525000",
    "C1 | 3 | 2024-03-31 | 20000",
)
NO_FEES = ("C1 | 1 | 2024-01-05 | 100000", "C2 | 2 | 2024-02-01 | 500000", FEES[2])
UNMERGED = (
    "C1 | 1 | 2024-01-05 | 10", "C2 | 2 | 2024-02-01 | 20", "C3 | 3 | 2024-02-02 | 30",
    "C4 | 4 | 2024-02-03 | 40", "C5 | 5 | 2024-03-31 | 50",
)  # fmt: skip
MERGED = (UNMERGED[0], "C1 | 2 | 2024-02-01 | 20", "C1 | 3 | 2024-02-02 | 30", *UNMERGED[3:])
REPORTED = (
    "KH1 | 1 | 2024-01-05 | 100000", "KH2 | 2 | 2024-01-31 | 200000",
    "KH1 | 3 | 2024-03-31 | 300000",
)  # fmt: skip
RULE_CASES = (
    Case(
        "statuses_english.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 10", "C2 | 5 | 2024-01-09 | 50", "C3 | 6 | 2024-03-31 | 60"),
            lines=6,
            aside={"cancelled": 1, "returned": 1, "not_completed": 1},
        ),
    ),
    Case(
        "statuses_vietnamese.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 100000", "C2 | 5 | 2024-01-09 | 500000"),
            lines=7,
            aside={"cancelled": 2, "returned": 1, "not_completed": 2},
        ),
    ),
    Case(
        "unknown_statuses.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 10", "C2 | 2 | 2024-01-06 | 20"),
            lines=3,
            aside={"cancelled": 1},
        ),
        STATUSES,
        refused=("2 of 3", "Q7", "Zeta", "statuses="),
    ),
    Case(
        "refunds_matched.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 50", "C2 | 3 | 2024-03-31 | 99"),
            lines=6,
            touched={"matched_refund": 2, "negative_amount": 2, "unmatched_refund": 0},
        ),
    ),
    Case(
        "refunds_unmatched.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 50", "C2 | 2 | 2024-03-31 | 20"),
            lines=4,
            aside={"unmatched_refund": 2},
            touched={"negative_amount": 2, "matched_refund": 0},
        ),
    ),
    Case("zero_amounts.csv", Reading(ZEROS, lines=4, touched={"zero_amount": 2})),
    Case(
        "zero_amounts.csv",
        Reading((ZEROS[1], ZEROS[3]), lines=4, aside={"zero_amount": 2}),
        {"zero_amounts": "set_aside"},
    ),
    Case("non_products.csv", Reading(FEES, touched={"non_product": 2})),
    Case(
        "non_products.csv",
        Reading(NO_FEES, aside={"non_product": 2}),
        {"non_products": "set_aside"},
    ),
    Case(
        "order_two_dates.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 15", "C2 | 2 | 2024-02-01 | 20", "C1 | 3 | 2024-03-31 | 5.50"),
            lines=4,
            touched={"order_two_dates": 2},
        ),
    ),
    Case(
        "order_two_customers.csv",
        Reading(
            (
                "C1 | 1 | 2024-01-05 | 10",
                "C2 | 1 | 2024-01-05 | 5",
                "C2 | 2 | 2024-02-01 | 20",
                "C1 | 3 | 2024-03-31 | 5.50",
            ),
            lines=4,
            touched={"order_two_customers": 2},
        ),
    ),
    Case(
        "burst.csv",
        Reading(totals="24 | 12 | 48 | 2024-01-05 | 2024-03-31", lines=24, touched={"burst": 22}),
    ),
    Case(
        "lossy_ids.csv",
        Reading(
            (
                "1.23457E+15 | 1 | 2024-01-05 | 10",
                "1.23457E+15 | 2 | 2024-02-01 | 20",
                "7730125 | 3 | 2024-02-02 | 30",
                "7730125 | 4 | 2024-03-31 | 5.50",
            ),
            lines=4,
            touched={"lossy_ids": 2},
        ),
    ),
    Case(
        "restated",
        Reading(
            (
                "C1 | 1 | 2024-01-05 | 10",
                "C2 | 2 | 2024-01-30 | 20",
                "C2 | 4 | 2024-02-29 | 40",
            ),
            lines=6,
            aside={"restated": 2, "cancelled": 1},
            touched={"order_two_states": 0},
        ),
    ),
    Case(
        "status_steps.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 20", "C2 | 2 | 2024-01-06 | 20", "C1 | 3 | 2024-03-31 | 5.50"),
            aside={"returned": 1},
            touched={"order_two_states": 3, "order_two_dates": 2, "empty_status": 1},
        ),
    ),
    Case(
        "totals.csv",
        Reading(
            (
                "KH1 | 1 | 2024-01-05 | 150000",
                "KH2 | 2 | 2024-01-31 | 20000",
                "KH1 | 3 | 2024-02-29 | 30000",
            ),
            lines=6,
            aside={"total_row": 2},
        ),
    ),
    Case(
        "woocommerce_refunds.csv",
        Reading(
            (
                "7 | 1001 | 2024-01-05 10:00 | 32.25",
                "8 | 1002 | 2024-01-31 11:00 | 74.99",
                "9 | 1005 | 2024-03-31 12:00 | 10",
            ),
            aside={"returned": 2},
            touched={"refunded_amount": 3},
        ),
    ),
    Case("header_again.csv", Reading(REPORTED, lines=4, aside={"repeated_header": 1})),
    Case("report_notes.csv", Reading(REPORTED, lines=7, aside={"total_row": 1, "footer": 3})),
    Case("nameless_total.csv", Reading(REPORTED, lines=4, aside={"total_row": 1})),
    Case(
        "two_spellings.csv",
        Reading(
            (
                "KH01 | 1 | 2024-01-05 | 10",
                "kh01 | 2 | 2024-02-01 | 20",
                "0912345678 | 3 | 2024-02-02 | 30",
                "+84 912 345 678 | 4 | 2024-02-03 | 40",
                "KH02 | 5 | 2024-03-31 | 5.50",
            ),
            touched={"similar_ids": 4},
        ),
    ),
    Case(
        "lines_without_customer.csv",
        Reading(
            ("C2 | 2 | 2024-02-01 | 25", "C1 | 4 | 2024-03-31 | 5.50"),
            lines=6,
            aside={"placeholder_customer": 1},
            touched={"customer_from_order": 2, "matched_refund": 1, "missing_customer": 0},
        ),
    ),
    Case(
        "negative_quantities.csv",
        Reading(
            (
                "C1 | 1 | 2024-01-05 | 20",
                "C1 | 2 | 2024-01-20 | 20",
                "C2 | 3 | 2024-02-01 | 20",
                "C2 | 4 | 2024-03-31 | 5.50",
            ),
            lines=4,
            touched={"quantity_against_amount": 1},
        ),
    ),
    Case("merge.csv", Reading(UNMERGED)),
    Case("merge.csv", Reading(MERGED), {"merge_by": ["email", "phone"]}),
    Case(
        "overlap",
        Reading(
            (
                "C1 | 1 | 2024-01-05 | 10",
                "C2 | 2 | 2024-01-30 | 20",
                "C1 | 3 | 2024-01-31 | 30",
                "C2 | 4 | 2024-02-29 | 40",
            ),
            lines=6,
            aside={"overlapping_files": 2},
        ),
    ),
)

NAMED = {"columns": {"customer_id": "customer_id"}}
REFUSED_CASES = (
    Case("customer_summary.csv", refused=("summary|one row per customer",)),
    Case("customer_list.csv", refused=("summary|one row per customer",)),
    Case("events_without_purchases.csv", refused=("event", "purchase|order")),
    Case("events_with_purchases.csv", refused=("event", "purchase")),
    Case(
        "customer_per_order.csv",
        Reading(totals="60 | 60 | 2400 | 2024-01-01 | 2024-03-04", lines=60),
        NAMED,
        refused=("60", "customer", "columns="),
    ),
    Case("customer_headings.csv", refused=("headings above the orders", "ffill")),
    Case("note_between.csv", refused=("1 of 3 rows have no readable date", "Trang 1/2")),
    Case("pivot.csv", refused=("ordered_at|month|column",)),
    Case("several_problems.csv", refused=("%d/%m/%Y", "decimal=", "Q7")),
    Case("empty.csv", refused=("empty.csv is empty",)),
    Case("only_blanks.csv", refused=("empty",)),
    Case("header_only.csv", refused=("no rows",)),
    Case("random_bytes.csv", refused=("random_bytes.csv",)),
    Case("random_bytes.xlsx", refused=("random_bytes.xlsx",)),
    Case("text_called.parquet", refused=("text_called.parquet",)),
    Case("prose.txt", refused=("prose.txt",)),
    Case("two_customer_columns.csv", refused=("client_id", "member_id", "columns=")),
    Case("comma.csv", refused=("Betrag",), options={"columns": {"amount": "Betrag"}}),
    Case("comma.csv", refused=("Thu",), options={"attributes": ["Thu"]}),
    Case("absent.csv", refused=("no file",)),
)
