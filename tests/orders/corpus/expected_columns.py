"""The readings of tables whose columns are easily misread or overlooked."""

from __future__ import annotations

from orders.corpus.case import Case, Reading

COLUMN_CASES = (
    Case(
        "totals_with_tags.csv",
        Reading(totals="12 | 4 | 3504 | 2024-01-05 | 2024-12-05", lines=24),
        {"amount_of": "line"},
        refused=("same on every line", 'amount_of="order"'),
    ),
    Case(
        "totals_with_tags.csv",
        Reading(
            totals="12 | 4 | 1752 | 2024-01-05 | 2024-12-05", lines=24, touched={"zero_amount": 12}
        ),
        {"amount_of": "order"},
    ),
    Case(
        "split_payments.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 300", "C2 | 2 | 2024-02-01 | 200", "C1 | 3 | 2024-03-31 | 100"),
        ),
        {"columns": {"amount": "paid"}},
        refused=("'paid' adds up to it",),
    ),
    Case(
        "split_payments.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 300", "C2 | 2 | 2024-02-01 | 200", "C1 | 3 | 2024-03-31 | 100"),
        ),
        {"columns": {"amount": "total"}},
    ),
    Case("discount_before.csv", refused=("before what 'discount' takes off",)),
    Case(
        "discount_after.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 20", "C2 | 2 | 2024-02-01 | 37.50", "C1 | 3 | 2024-03-31 | 40"),
            lines=3,
        ),
    ),
    Case(
        "kiotviet_discount.csv",
        Reading(
            (
                "KH1 | HD1 | 2024-01-05 10:30 | 200000",
                "KH2 | HD2 | 2024-01-31 08:00 | 100000",
                "KH1 | HD3 | 2024-02-29 19:59 | 70000",
            ),
            lines=4,
            mapping={"amount": "Khách cần trả"},
        ),
    ),
    Case(
        "second_status.csv",
        Reading(
            ("C1 | 1 | 2024-01-05 | 10.50", "C1 | 3 | 2024-03-31 | 5.50"),
            lines=3,
            aside={"returned": 1},
        ),
        {"columns": {"status": "payment_status"}},
        refused=("'payment_status' says 'refunded' on 1 of 3 rows",),
    ),
    Case(
        "cancelled_at.csv",
        Reading(
            ("an@example.com | 1 | 2024-01-05 | 10.50", "an@example.com | 3 | 2024-03-31 | 5.50"),
            lines=3,
            aside={"cancelled": 1},
        ),
    ),
    Case(
        "woocommerce_processing.csv",
        Reading(
            (
                "an@example.com | 501 | 2024-01-05 10:30 | 25",
                "ba@example.com | 502 | 2024-02-10 08:00 | 10",
            ),
            lines=3,
            aside={"not_completed": 1},
        ),
    ),
    Case(
        "nested.json",
        Reading(
            ("8 | N1 | 2024-01-05 | 10.50", "7 | N2 | 2024-01-31 | 20.50", "8 | N3 | 2024-02-29 | 30.50"),
            lines=3,
            mapping={"customer_id": "customer.id"},
        ),
    ),
)  # fmt: skip
