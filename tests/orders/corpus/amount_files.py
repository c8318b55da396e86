"""The English table with its amounts written in every way, and tables whose money is elsewhere."""

from __future__ import annotations

from orders.corpus.text_files import english, joined

STYLES: dict[str, tuple[str, ...]] = {
    "thousands_comma.csv": ("1,250.00", "99.99", "12.5", "1,000,000.00", "7"),
    "thousands_space.csv": ("1 250,00", "99,99", "12,5", "1\u00a0000\u00a0000,00", "7"),
    "thousands_apostrophe.csv": ("1'250.00", "99.99", "12.5", "1'000'000.00", "7"),
    "thousands_indian.csv": ("1,250.00", "99.99", "12.5", "1,00,00,000.00", "7"),
    "dong_signs.csv": ("1.250.000 ₫", "350.000đ", "80.500 VNĐ", "₫2.000.000", "99.000 đồng"),
    "dong_unproved.csv": ("350.000 ₫", "80.500 ₫", "99.000 ₫", "120.000 ₫", "75.000 ₫"),
    "dollar_signs.csv": ("$12.50", "US$99.99", "$1,250.00", "0.01 USD", "USD 7.00"),
    "euro_signs.csv": ("12,50 €", "€ 99,99", "1.250,00 EUR", "0,01€", "EUR 7,00"),
    "vnd_without_proof.csv": ("350.000", "80.500", "99.000", "120.000", "75.000"),
    "mixed_signs.csv": ("1,250.00", "99.99", "350.000 đ", "0.01", "7,5"),
    "mixed_currencies.csv": ("12.50 USD", "99.99 USD", "1250.00 EUR", "0.01 USD", "7.00 EUR"),
    "scientific.csv": ("1.5E+05", "2.25E+06", "99000", "1E+06", "7.5E+04"),
    "short_forms.csv": ("500k", "1,2tr", "2 triệu", "350k", "1tr2"),
    "unreadable_amounts.csv": ("12.50", "liên hệ", "1250.00", "", "7.00"),
    "fullwidth_digits.csv": ("１２.５０", "99.99", "1250.00", "0.01", "7.00"),
    "percent.csv": ("12.50", "10%", "1250.00", "0.01", "7.00"),
    "text_mark.csv": ("'12.50", "'99.99", "'1250.00", "'0.01", "'7.00"),
}

MORE: dict[str, str] = {
    "negative_forms.csv": (
        "customer_id,order_id,ordered_at,product,amount\n"
        "007,A-1,2024-01-05,Tea,50.00\n012,A-2,2024-01-06,Tea,60.00\n"
        "345,A-3,2024-01-07,Tea,70.00\n678,A-4,2024-01-08,Tea,80.00\n"
        "007,A-1,2024-02-05,Tea,(12.50)\n012,A-2,2024-02-06,Tea,-20.00\n"
        "345,A-3,2024-02-07,Tea,\u221230.00\n678,A-4,2024-02-08,Tea,40.00-\n"
    ),
    "quantity_times_price.csv": (
        "Customer ID,Order ID,Order Date,Product,Qty,Unit Price\n"
        "C1,1,2024-01-05,Tea,2,12.50\nC1,1,2024-01-05,Cup,1,7.25\n"
        "C2,2,2024-02-01,Tea,3,12.50\nC1,3,2024-03-31,Pot,0.5,99.90\n"
    ),
    "order_total_repeated.csv": (
        "order_id,customer_id,order_date,product,quantity,unit_price,order_total\n"
        "1,C1,2024-01-05,Tea,2,10.00,25.00\n1,C1,2024-01-05,Cup,1,5.00,25.00\n"
        "2,C2,2024-01-20,Tea,3,4.00,12.00\n"
        "3,C1,2024-02-10,Pot,1,7.00,15.00\n3,C1,2024-02-10,Cup,1,8.00,15.00\n"
        "4,C3,2024-03-01,Tea,1,10.00,30.00\n4,C3,2024-03-01,Cup,2,5.00,30.00\n"
        "4,C3,2024-03-01,Pot,1,10.00,30.00\n"
    ),
    "order_total_repeated_unproved.csv": (
        "order_id,customer_id,order_date,product,order_total\n"
        "1,C1,2024-01-05,Tea,25.00\n1,C1,2024-01-05,Cup,25.00\n2,C2,2024-01-20,Tea,12.00\n"
        "3,C1,2024-02-10,Pot,15.00\n3,C1,2024-02-10,Cup,15.00\n"
        "4,C3,2024-03-01,Tea,30.00\n4,C3,2024-03-01,Cup,30.00\n4,C3,2024-03-01,Pot,30.00\n"
    ),
    "coupon_discount_cost.csv": (
        "customer_id;order_id;ordered_at;amount;discount;cost;coupon;category\n"
        "C1;1;2024-01-05;90,50;9,50;40,25;TET24;Trà\nC2;2;2024-02-01;100,00;;55,00;;Ấm\n"
        "C1;3;2024-03-31;80,00;20,00;35,75;TET24;Trà\n"
    ),
    "currency_column.csv": (
        "customer_id,order_id,ordered_at,amount,currency\n"
        "C1,1,2024-01-05,350.000,VND\nC2,2,2024-02-01,80.500,VND\nC1,3,2024-03-31,99.000,VND\n"
    ),
    "currency_column_mixed.csv": (
        "customer_id,order_id,ordered_at,amount,currency\n"
        "C1,1,2024-01-05,350000,VND\nC2,2,2024-02-01,80.50,USD\nC1,3,2024-03-31,99000,VND\n"
    ),
}

AMOUNT_FILES: dict[str, str | bytes] = {
    **{name: joined(english(amounts=amounts)) for name, amounts in STYLES.items()},
    **MORE,
}
