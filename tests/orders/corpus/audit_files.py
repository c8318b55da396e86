"""Tables whose lines the audit has to judge, and tables that have to be refused."""

from __future__ import annotations

import random

HEADER = "customer_id,order_id,ordered_at,product,amount\n"
PLAIN = "customer_id,order_id,ordered_at,amount\n"


def _orders(count: int, customers: int) -> str:
    """Orders of `customers` people in turn, one a day; a number each for money."""
    rows = (
        f"C{place % customers:03d},{1000 + place},2024-{1 + place // 28:02d}-{1 + place % 28:02d},"
        f"{10 + place}.50\n"
        for place in range(count)
    )
    return "".join(rows)


REPORT = "Mã khách hàng,Mã đơn hàng,Ngày đặt,Thành tiền,Trạng thái\n"
AUDIT_FILES: dict[str, str | bytes] = {
    "duplicates.csv": HEADER + (
        "C1,1,2024-01-05,Tea,10.00\nC1,1,2024-01-05,Tea,10.00\nC1,1,2024-01-05,Cup,10.00\n"
        "C2,2,2024-02-01,Tea,20.00\nC2,2,2024-02-01,Tea,20.00\nC2,2,2024-02-01,Tea,20.00\n"
        "C1,3,2024-03-31,Tea,10.00\n"
    ),
    "duplicates_without_order_id.csv": (
        "customer_id,ordered_at,amount\nC1,2024-01-05,10.00\nC1,2024-01-05,10.00\n"
        "C2,2024-02-01,20.00\nC1,2024-03-31,5.50\n"
    ),
    "missing_customers.csv": PLAIN + (
        "C1,1,2024-01-05,10.00\n,2,2024-01-06,20.00\nN/A,3,2024-01-07,30.00\n"
        "null,4,2024-01-08,40.00\n  ,5,2024-01-09,50.00\nC1,6,2024-03-31,5.50\n"
    ),
    "placeholders.csv": (
        "Mã khách hàng,Mã đơn,Ngày mua,Thành tiền\n"
        "0912345678,1,2024-01-05,100000\n0000000000,2,2024-01-06,200000\n"
        "0987123654,3,2024-01-07,300000\n0000000000,4,2024-01-08,400000\n"
        "Khách lẻ,5,2024-01-09,500000\n0912345678,6,2024-03-31,600000\n"
    ),
    "old_and_future.csv": PLAIN + (
        "C1,1,1899-12-30,10.00\nC1,2,2024-01-05,20.00\nC2,3,2024-02-01,30.00\n"
        "C2,4,2099-01-01,40.00\nC1,5,2024-03-31,5.50\n"
    ),
    "statuses_english.csv": "customer_id,order_id,ordered_at,amount,status\n" + (
        "C1,1,2024-01-05,10.00,Completed\nC2,2,2024-01-06,20.00,Cancelled\n"
        "C3,3,2024-01-07,30.00,Refunded\nC1,4,2024-01-08,40.00,Pending\n"
        "C2,5,2024-01-09,50.00,delivered\nC3,6,2024-03-31,60.00,\n"
    ),
    "statuses_vietnamese.csv": "Mã KH,Mã đơn,Ngày đặt,Thành tiền,Trạng thái\n" + (
        "C1,1,2024-01-05,100000,Hoàn thành\nC2,2,2024-01-06,200000,Đã hủy\n"
        "C3,3,2024-01-07,300000,Đã trả hàng\nC1,4,2024-01-08,400000,Đang giao hàng\n"
        "C2,5,2024-01-09,500000,Giao hàng thành công\nC3,6,2024-01-10,600000,Đơn thử\n"
        "C2,7,2024-03-31,700000,Đã huỷ\n"
    ),
    "unknown_statuses.csv": "customer_id,order_id,ordered_at,amount,status\n" + (
        "C1,1,2024-01-05,10.00,Completed\nC2,2,2024-01-06,20.00,Q7\nC1,3,2024-01-07,30.00,Zeta\n"
    ),
    "refunds_matched.csv": HEADER + (
        "C1,1,2024-01-05,Tea,50.00\nC1,1,2024-01-05,Cup,30.00\nC1,1,2024-02-01,Cup,-30.00\n"
        "C2,2,2024-01-06,Tea,20.00\nC2,R9,2024-01-20,Tea,-20.00\nC2,3,2024-03-31,Pot,99.00\n"
    ),
    "refunds_unmatched.csv": HEADER + (
        "C1,1,2024-01-05,Tea,50.00\nC1,R1,2024-01-10,Pot,-70.00\nC2,R2,2024-01-11,Tea,-10.00\n"
        "C2,2,2024-03-31,Tea,20.00\n"
    ),
    "zero_amounts.csv": PLAIN + (
        "C1,1,2024-01-05,0.00\nC1,2,2024-01-31,20.00\nC2,3,2024-02-01,0\nC2,4,2024-03-31,30.00\n"
    ),
    "non_products.csv": (
        "Mã KH,Mã đơn,Ngày đặt,Sản phẩm,Thành tiền\n"
        "C1,1,2024-01-05,Trà sen,100000\nC1,1,2024-01-05,Phí vận chuyển,30000\n"
        "C2,2,2024-02-01,Ấm,500000\nC2,2,2024-02-01,Phí vận chuyển,25000\nC1,3,2024-03-31,Chén,20000\n"
    ),
    "order_two_dates.csv": PLAIN + (
        "C1,1,2024-01-05,10.00\nC1,1,2024-01-06,5.00\nC2,2,2024-02-01,20.00\nC1,3,2024-03-31,5.50\n"
    ),
    "order_two_customers.csv": PLAIN + (
        "C1,1,2024-01-05,10.00\nC2,1,2024-01-05,5.00\nC2,2,2024-02-01,20.00\nC1,3,2024-03-31,5.50\n"
    ),
    "burst.csv": PLAIN
    + "".join(f"B{n % 11:02d},{n},2024-01-31 09:00:00,1.50\n" for n in range(22))
    + "C1,100,2024-01-05 10:30:00,10.00\nC1,101,2024-03-31 11:00:00,5.00\n",
    "lossy_ids.csv": PLAIN + (
        "1.23457E+15,1,2024-01-05,10.00\n1.23457E+15,2,2024-02-01,20.00\n"
        "7730125,3,2024-02-02,30.00\n7730125,4,2024-03-31,5.50\n"
    ),
    "merge.csv": "customer_id,order_id,ordered_at,amount,email,phone\n" + (
        "C1,1,2024-01-05,10.00,An@Example.com ,+84 912 345 678\n"
        "C2,2,2024-02-01,20.00,an@example.com,\nC3,3,2024-02-02,30.00,,0912345678\n"
        "C4,4,2024-02-03,40.00,ba@example.com,0000000000\n"
        "C5,5,2024-03-31,50.00,,0000000000\n"
    ),
    "restated/january.csv": PLAIN.replace("\n", ",status\n")
    + "C1,1,2024-01-05,10.00,Completed\nC2,2,2024-01-30,20.00,Pending\n"
    + "C1,3,2024-01-31,30.00,Completed\n",
    "restated/february.csv": PLAIN.replace("\n", ",status\n")
    + "C2,2,2024-01-30,20.00,Completed\nC1,3,2024-01-31,30.00,Cancelled\n"
    + "C2,4,2024-02-29,40.00,Completed\n",
    "status_steps.csv": HEADER.replace("\n", ",status\n") + (
        "C1,1,2024-01-05,Tea,10.00,Paid\nC1,1,2024-01-07,Tea,10.00,Shipped\n"
        "C2,2,2024-01-06,Tea,20.00,Completed\nC2,2,2024-01-20,Tea,20.00,Returned\n"
        "C1,3,2024-03-31,Cup,5.50,\n"
    ),
    "totals.csv": "Mã KH,Mã đơn,Ngày đặt,Sản phẩm,Thành tiền\n" + (
        "KH1,1,2024-01-05,Trà sen,100000\nKH1,1,2024-01-05,Ấm,50000\n"
        "KH2,2,2024-01-31,Chén,20000\nTổng tháng 1,,2024-01-31,,170000\n"
        "KH1,3,2024-02-29,Trà sen,30000\nTổng cộng,,2024-02-29,,200000\n"
    ),
    "two_spellings.csv": PLAIN + (
        "KH01,1,2024-01-05,10.00\nkh01,2,2024-02-01,20.00\n0912345678,3,2024-02-02,30.00\n"
        "+84 912 345 678,4,2024-02-03,40.00\nKH02,5,2024-03-31,5.50\n"
    ),
    "lines_without_customer.csv": PLAIN + (
        "C1,1,2024-01-05,100.00\n,1,2024-01-20,-100.00\nC2,2,2024-02-01,20.00\n"
        ",2,2024-02-01,5.00\n-,3,2024-02-02,9.00\nC1,4,2024-03-31,5.50\n"
    ),
    "negative_quantities.csv": "customer_id,order_id,ordered_at,quantity,unit_price\n" + (
        "C1,1,2024-01-05,2,10.00\nC1,2,2024-01-20,-2,-10.00\nC2,3,2024-02-01,1,20.00\n"
        "C2,4,2024-03-31,1,5.50\n"
    ),
    "overlap/january.csv": PLAIN
    + "C1,1,2024-01-05,10.00\nC2,2,2024-01-30,20.00\nC1,3,2024-01-31,30.00\n",
    "overlap/february.csv": PLAIN
    + "C2,2,2024-01-30,20.00\nC1,3,2024-01-31,30.00\nC2,4,2024-02-29,40.00\n",
    "months/2024-01.csv": PLAIN + "007,A-1,2024-01-05,12.50\n012,A-2,2024-01-31,99.99\n",
    "months/2024-02.csv": "amount,ordered_at,order_id,customer_id\n1250.00,2024-02-29,A-3,007\n",
    "months/2024-03.csv": PLAIN + "345,A-4,2024-03-15,0.01\n012,A-5,2024-03-31,7.00\n",
    "unlike/january.csv": PLAIN + "007,A-1,2024-01-05,12.50\n",
    "unlike/february.csv": "customer_id,order_id,ordered_at,total\n007,A-2,2024-02-05,12.50\n",
    "header_again.csv": (
        f"{REPORT}KH1,1,05/01/2024,100000,Hoàn thành\nKH2,2,31/01/2024,200000,Hoàn thành\n"
        f"{REPORT}KH1,3,31/03/2024,300000,Hoàn thành\n"
    ),
    "report_notes.csv": (
        "BÁO CÁO BÁN HÀNG,,,,\nTừ ngày 01/01/2024 đến ngày 31/03/2024,,,,\n"
        f"{REPORT}KH1,1,05/01/2024,100000,Hoàn thành\nKH2,2,31/01/2024,200000,Hoàn thành\n"
        "KH1,3,31/03/2024,300000,Hoàn thành\nTổng cộng:,,,600000,\n,,,,\n"
        ',,"Hà Nội, ngày 31 tháng 3 năm 2024",,\n,,,Người lập biểu,\nXuất lúc 12:00 ngày 01/04/2024\n'
    ),
    "nameless_total.csv": (
        f"{REPORT}KH1,1,05/01/2024,100000,Hoàn thành\nKH2,2,31/01/2024,200000,Hoàn thành\n"
        "KH1,3,31/03/2024,300000,Hoàn thành\n,,,600000,\n"
    ),
}  # fmt: skip

REFUSED_FILES: dict[str, str | bytes] = {
    "customer_summary.csv": (
        "customer_id,frequency,recency,T,monetary_value\nC1,2,30.4,38.9,22.35\nC2,1,1.7,38.9,11.77\n"
        "C3,0,0.0,38.9,0.0\nC4,7,29.4,38.9,73.74\n"
    ),
    "customer_list.csv": (
        "Mã khách hàng,Tên khách hàng,Số đơn hàng,Tổng chi tiêu,Ngày mua cuối\n"
        "KH1,An,3,1500000,2024-03-31\nKH2,Ba,1,200000,2024-01-15\nKH3,Chi,12,9800000,2024-03-20\n"
    ),
    "events_without_purchases.csv": (
        "user_id,event_time,event_type,page\nU1,2024-01-05 10:00:00,page_view,/home\n"
        "U1,2024-01-05 10:01:00,click,/tea\nU2,2024-01-06 09:00:00,page_view,/home\n"
        "U2,2024-01-06 09:05:00,wish_list,/cup\n"
    ),
    "events_with_purchases.csv": (
        "event_time,event_type,product_id,category_code,brand,price,user_id,user_session\n"
        "2024-01-05 10:00:00,view,1,tea,hill,10.50,U1,s1\n"
        "2024-01-05 10:01:00,cart,1,tea,hill,10.50,U1,s1\n"
        "2024-01-05 10:02:00,purchase,1,tea,hill,10.50,U1,s1\n"
        "2024-01-31 12:00:00,view,2,cup,hill,7.25,U2,s2\n"
        "2024-02-01 12:00:00,purchase,2,cup,hill,7.25,U2,s3\n"
    ),
    "customer_per_order.csv": PLAIN + _orders(60, 60),
    "customer_headings.csv": (
        "Mã khách hàng,Mã đơn hàng,Ngày đặt,Thành tiền\nNguyễn An,,,\n,1,05/01/2024,100000\n"
        ",2,31/01/2024,200000\nTrần Ba,,,\n,3,31/03/2024,300000\n"
    ),
    "note_between.csv": (
        f"{REPORT}KH1,1,05/01/2024,100000,Hoàn thành\nTrang 1/2,,,,\n"
        "KH1,3,31/03/2024,300000,Hoàn thành\n"
    ),
    "pivot.csv": ("customer_id,2024-01,2024-02,2024-03\nC1,10.5,0,20\nC2,0,30.25,0\nC3,12,14,0\n"),
    "several_problems.csv": (
        "customer_id,order_id,ordered_at,amount,status\nC1,1,05/01/2024,1.250,Completed\n"
        "C2,2,03/02/2024,2.500,Q7\nC1,3,04/03/2024,3.750,Completed\n"
    ),
    "empty.csv": "",
    "only_blanks.csv": "\n \n\n",
    "header_only.csv": PLAIN,
    "random_bytes.csv": random.Random(7).randbytes(2000),
    "random_bytes.xlsx": random.Random(8).randbytes(2000),
    "text_called.parquet": PLAIN + "C1,1,2024-01-05,10.00\n",
    "prose.txt": "Dear all\nplease find the orders attached\nKind regards\n",
    "two_customer_columns.csv": (
        "client_id,member_id,order_id,ordered_at,amount\nC1,M1,1,2024-01-05,10.50\n"
        "C2,M1,2,2024-01-31,20.00\nC1,M2,3,2024-02-29,30.00\n"
    ),
}
