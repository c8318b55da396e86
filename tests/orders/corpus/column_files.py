"""Tables whose columns are easily misread or overlooked: totals, discounts, second statuses, objects."""

from __future__ import annotations

import json


def _tagged_orders() -> str:
    """Twelve orders, each twice with another tag."""
    lines = [
        f"{order},C{order % 4},2024-{order:02}-05,{100 + 7 * order}.50,{tag}\n"
        for order in range(1, 13)
        for tag in ("new", "gift")
    ]
    return "order_id,customer_id,ordered_at,amount,tag\n" + "".join(lines)


def _nested_orders() -> str:
    days = ("2024-01-05", "2024-01-31", "2024-02-29")
    rows = [
        {
            "order_number": f"N{place}",
            "created_at": day,
            "total": f"{10 * place}.50",
            "customer": {"id": 7 + place % 2, "name": "An Le"},
            "lines": [{"sku": "T1"}],
        }
        for place, day in enumerate(days, 1)
    ]
    return json.dumps(rows)


COLUMN_FILES: dict[str, str | bytes] = {
    "totals_with_tags.csv": _tagged_orders(),
    "split_payments.csv": (
        "order_id,customer,date,method,paid,total\n1,C1,2024-01-05,cash,100,300\n"
        "1,C1,2024-01-05,card,200,300\n2,C2,2024-02-01,card,200,200\n"
        "3,C1,2024-03-31,cash,40,100\n3,C1,2024-03-31,card,60,100\n"
    ),
    "discount_before.csv": (
        "order_id,customer_id,ordered_at,product,quantity,unit_price,discount\n"
        "1,C1,2024-01-05,Tea,2,12.50,5.00\n2,C2,2024-02-01,Cup,3,12.50,0\n"
        "3,C1,2024-03-31,Pot,1,49.95,9.95\n"
    ),
    "discount_after.csv": (
        "order_id,customer_id,ordered_at,product,quantity,unit_price,list_price,discount\n"
        "1,C1,2024-01-05,Tea,2,10.00,12.50,2.50\n2,C2,2024-02-01,Cup,3,12.50,12.50,0\n"
        "3,C1,2024-03-31,Pot,1,40.00,49.95,9.95\n"
    ),
    "kiotviet_discount.csv": (
        "Mã hóa đơn,Thời gian,Mã khách hàng,Tổng tiền hàng,Giảm giá hóa đơn,Khách cần trả,Trạng thái,"
        "Mã hàng,Số lượng,Đơn giá,Giảm giá,Giá bán,Thành tiền\n"
        "HD1,05/01/2024 10:30,KH1,225000,25000,200000,Hoàn thành,T1,2,110000,10000,100000,200000\n"
        "HD1,05/01/2024 10:30,KH1,225000,25000,200000,Hoàn thành,C1,1,25000,0,25000,25000\n"
        "HD2,31/01/2024 08:00,KH2,100000,0,100000,Hoàn thành,T1,1,100000,0,100000,100000\n"
        "HD3,29/02/2024 19:59,KH1,75000,5000,70000,Hoàn thành,C1,3,25000,0,25000,75000\n"
    ),
    "second_status.csv": (
        "order_id,customer_id,ordered_at,amount,order_status,payment_status\n"
        "1,C1,2024-01-05,10.50,completed,paid\n2,C2,2024-02-01,20.00,completed,refunded\n"
        "3,C1,2024-03-31,5.50,completed,paid\n"
    ),
    "cancelled_at.csv": (
        "Order ID,Email,Created at,Total,Financial Status,Cancelled at,Refunded Amount\n"
        "1,an@example.com,2024-01-05,10.50,paid,,0\n"
        "2,ba@example.com,2024-02-01,20.00,paid,2024-02-02 09:00:00,20.00\n"
        "3,an@example.com,2024-03-31,5.50,paid,,0\n"
    ),
    "woocommerce_processing.csv": (
        "Order Number,Order Status,Order Date,Email (Billing),Payment Method Title,Order Total Amount\n"
        "501,Processing,2024-01-05 10:30,an@example.com,COD,25.00\n"
        "502,Completed,2024-02-10 08:00,ba@example.com,COD,10.00\n"
        "503,Pending payment,2024-02-11 08:00,ba@example.com,COD,10.00\n"
    ),
    "nested.json": _nested_orders(),
}
