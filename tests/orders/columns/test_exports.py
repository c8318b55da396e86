"""The exports of shop systems, with the header rows that they really have and made-up cells."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.orders.columns.mapping import map_columns
from retention.orders.columns.order_level import once_per_order
from retention.orders.source import open_source

HEADERS = {
    "shopify": (
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,"
        "Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,"
        "Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,"
        "Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Phone,"
        "Shipping Name,Shipping Phone,Notes,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Tags,"
        "Risk Level,Source,Lineitem discount,Phone"
    ),
    "woocommerce": (
        "order_id,order_number,order_date,paid_date,status,shipping_total,tax_total,cart_discount,"
        "order_discount,discount_total,order_total,order_subtotal,order_currency,payment_method,"
        "transaction_id,customer_id,customer_user,customer_email,billing_phone,item_name,item_quantity,"
        "item_price,line_total"
    ),
    "magento": (
        "ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),"
        "Grand Total (Purchased),Status,Billing Address,Shipping Address,Shipping Information,"
        "Customer Email,Customer Group,Subtotal,Shipping and Handling,Customer Name,Payment Method,"
        "Total Refunded"
    ),
    "haravan": (
        "Mã đơn hàng,Email,Tình trạng thanh toán,Ngày thanh toán,Tình trạng giao hàng,Ngày giao hàng,"
        "Tiền tệ,Tạm tính,Phí vận chuyển,Thuế,Tổng cộng,Mã khuyến mãi,Số tiền giảm giá,"
        "Phương thức vận chuyển,Ngày tạo,Số lượng sản phẩm,Tên sản phẩm,Giá sản phẩm,Mã sản phẩm,"
        "Họ tên khách hàng,Số điện thoại,Mã khách hàng,Kênh"
    ),
    "sapo": (
        "Mã đơn hàng,Ngày tạo đơn,Trạng thái đơn hàng,Tên khách hàng,Mã khách hàng,SĐT khách hàng,Nguồn đơn,"
        "Chi nhánh,Mã SKU,Tên sản phẩm,Số lượng,Đơn giá,Chiết khấu,Thành tiền"
    ),
    "kiotviet": (
        "Chi nhánh,Mã hóa đơn,Mã vận đơn,Thời gian,Thời gian tạo,Ngày cập nhật,Mã đặt hàng,Mã trả hàng,"
        "Mã khách hàng,Tên khách hàng,Email,Điện thoại,Địa chỉ (Khách hàng),Ngày sinh,Người bán,Kênh bán,"
        "Ghi chú,Tổng tiền hàng,Giảm giá hóa đơn,Thu khác,Khách cần trả,Khách đã trả,Trạng thái,Mã hàng,"
        "Mã vạch,Tên hàng,Thương hiệu,ĐVT,Số lượng,Đơn giá,Giảm giá %,Giảm giá,Giá bán,Thành tiền"
    ),
    "kiotviet report": (
        "Mã KH,Khách hàng,Số điện thoại,Nhóm khách hàng,SL đơn bán,Tổng tiền,Giảm giá HĐ,Doanh thu,"
        "SL đơn trả,Giá trị trả,Doanh thu thuần,Mã giao dịch,Thời gian (theo giao dịch),Nhân viên,"
        "Doanh thu (theo giao dịch)"
    ),
    "shopee": (
        "Mã đơn hàng,Mã Kiện Hàng,Ngày đặt hàng,Trạng Thái Đơn Hàng,Lý do hủy,Mã vận đơn,Ngày gửi hàng,"
        "SKU sản phẩm,Tên sản phẩm,SKU phân loại hàng,Tên phân loại hàng,Giá gốc,Giá ưu đãi,Số lượng,"
        "Tổng giá bán (sản phẩm),Tổng giá trị đơn hàng (VND),Mã giảm giá của Shop,"
        "Tổng số tiền người mua thanh toán,Thời gian hoàn thành đơn hàng,Người Mua,Tên Người nhận,"
        "Số điện thoại"
    ),
    "tiktok": (
        "Order ID,Order Status,Order Substatus,SKU ID,Seller SKU,Product Name,Variation,Quantity,"
        "SKU Unit Original Price,SKU Subtotal Before Discount,SKU Platform Discount,SKU Seller Discount,"
        "SKU Subtotal After Discount,Order Amount,Created Time,Paid Time,Delivered Time,Buyer Username,"
        "Phone #,Product Category"
    ),
    "olist": (
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,"
        "order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date,"
        "customer_unique_id,customer_city,order_item_id,product_id,seller_id,shipping_limit_date,price,"
        "freight_value,payment_type,payment_value"
    ),
    "uci": "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
    "uci 2": "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
}  # fmt: skip
# Three lines in two orders of two people.
CELLS = {
    "shopify": {
        "Name": "#1|#1|#2", "Email": "a@b.vn|a@b.vn|c@d.vn", "Financial Status": "paid||paid",
        "Created at": "2024-01-05 23:30:00 +0700|2024-01-05 23:30:00 +0700|2024-02-01 10:00:00 +0700",
        "Total": "32.25||99.99", "Subtotal": "32.25||94.99", "Currency": "USD||USD",
        "Lineitem quantity": "2|1|1", "Lineitem price": "12.50|7.25|99.99",
        "Lineitem name": "Tea|Cup|Pot", "Source": "web||web",
    },
    "woocommerce": {
        "order_id": "501|501|502", "order_number": "N501|N501|N502", "customer_id": "7|7|8",
        "order_date": "2024-01-05 10:30:00|2024-01-05 10:30:00|2024-02-10 08:00:00",
        "status": "completed|completed|completed", "order_total": "25|25|10",
        "order_subtotal": "25|25|10", "item_name": "Tea|Cup|Tea", "item_quantity": "2|1|1",
        "item_price": "10|5|10", "line_total": "20|5|10", "order_currency": "VND|VND|VND",
        "customer_email": "a@b.vn|a@b.vn|c@d.vn", "transaction_id": "x1|x1|",
    },
    "magento": {
        "ID": "000000001|000000002|000000003", "Purchase Point": "Main|Main|Main",
        "Purchase Date": "Jan 5, 2024, 10:30:00 AM|Jan 31, 2024, 1:00:00 PM|Feb 29, 2024, 9:00:00 PM",
        "Grand Total (Base)": "30.00|45.50|12.25", "Grand Total (Purchased)": "30.00|45.50|12.25",
        "Subtotal": "25.00|40.50|7.25", "Customer Email": "a@b.vn|c@d.vn|a@b.vn",
        "Customer Name": "An Le|Ba Vo|An Le", "Status": "complete|complete|canceled",
    },
    "haravan": {
        "Mã đơn hàng": "#1|#1|#2", "Ngày tạo": "05/01/2024 10:30|05/01/2024 10:30|31/01/2024 07:59",
        "Ngày thanh toán": "05/01/2024 10:31|05/01/2024 10:31|31/01/2024 08:00",
        "Tạm tính": "150000|150000|200000", "Tổng cộng": "150000|150000|200000",
        "Số lượng sản phẩm": "1|2|2", "Giá sản phẩm": "100000|25000|100000",
        "Tên sản phẩm": "Trà|Chén|Trà", "Mã khách hàng": "KH1|KH1|KH2", "Kênh": "web|web|zalo",
        "Tình trạng thanh toán": "Đã thanh toán|Đã thanh toán|Đã thanh toán",
        "Số điện thoại": "0900000001|0900000001|0900000002", "Tiền tệ": "VND|VND|VND",
    },
    "sapo": {
        "Mã đơn hàng": "S1|S1|S2", "Ngày tạo đơn": "05/01/2024 10:30|05/01/2024 10:30|31/01/2024 08:00",
        "Trạng thái đơn hàng": "Hoàn thành|Hoàn thành|Hoàn thành", "Tên khách hàng": "Lê An|Lê An|Võ Ba",
        "Mã khách hàng": "C1|C1|C2", "Nguồn đơn": "Facebook|Facebook|Web", "Mã SKU": "T1|C1|T1",
        "Tên sản phẩm": "Trà|Chén|Trà", "Số lượng": "2|1|1", "Đơn giá": "100.000|25.000|100.000",
        "Chiết khấu": "0|5.000|0", "Thành tiền": "200.000|20.000|100.000",
    },
    "kiotviet": {
        "Mã hóa đơn": "HD1|HD1|HD2", "Mã khách hàng": "KH1|KH1|KH2",
        "Thời gian": "05/01/2024 10:30|05/01/2024 10:30|31/01/2024 08:00",
        "Thời gian tạo": "06/01/2024 10:31|06/01/2024 10:31|31/01/2024 08:00",
        "Điện thoại": "0900000001|0900000001|0900000002", "Kênh bán": "Trực tiếp|Trực tiếp|Trực tiếp",
        "Tổng tiền hàng": "225000|225000|100000", "Khách cần trả": "220000|220000|100000",
        "Khách đã trả": "220000|220000|100000", "Trạng thái": "Hoàn thành|Hoàn thành|Hoàn thành",
        "Giảm giá hóa đơn": "5000|5000|0", "Mã hàng": "T1|C1|T1", "Tên hàng": "Trà|Chén|Trà",
        "Số lượng": "2|1|1", "Đơn giá": "100000|25000|100000", "Giá bán": "100000|25000|100000",
        "Thành tiền": "200000|25000|100000", "Ngày sinh": "01/05/1990|01/05/1990|02/06/1991",
    },
    "kiotviet report": {
        "Mã KH": "KH1|KH1|KH2", "Khách hàng": "Lê An|Lê An|Võ Ba", "SL đơn bán": "2|2|1",
        "Số điện thoại": "0900000001|0900000001|0900000002", "Tổng tiền": "300000|300000|100000",
        "Doanh thu": "300000|300000|100000", "Doanh thu thuần": "300000|300000|100000",
        "Mã giao dịch": "HD1|HD2|HD3", "Doanh thu (theo giao dịch)": "200000|100000|100000",
        "Thời gian (theo giao dịch)": "05/01/2024 10:30|31/01/2024 08:00|31/01/2024 09:00",
    },
    "shopee": {
        "Mã đơn hàng": "240105A|240105A|240131B", "Người Mua": "an.le|an.le|bavo",
        "Ngày đặt hàng": "2024-01-05 10:30|2024-01-05 10:30|2024-01-31 08:00",
        "Trạng Thái Đơn Hàng": "Hoàn thành|Hoàn thành|Hoàn thành", "Tên sản phẩm": "Trà|Chén|Trà",
        "SKU phân loại hàng": "T1|C1|T1", "Giá gốc": "120000|25000|120000",
        "Giá ưu đãi": "100000|25000|100000", "Số lượng": "2|1|1",
        "Tổng giá bán (sản phẩm)": "200000|25000|100000",
        "Tổng giá trị đơn hàng (VND)": "225000|225000|100000",
        "Tổng số tiền người mua thanh toán": "240000|240000|115000",
        "Số điện thoại": "849*****01|849*****01|849*****02",
    },
    "tiktok": {
        "Order ID": "576460752303423487|576460752303423487|576460752303423489",
        "Order Status": "Completed|Completed|Completed", "SKU ID": "172|173|172",
        "Seller SKU": "T1|C1|T1", "Product Name": "Trà|Chén|Trà", "Quantity": "2|1|1",
        "SKU Unit Original Price": "100000|25000|100000",
        "SKU Subtotal Before Discount": "200000|25000|100000",
        "SKU Subtotal After Discount": "180000|25000|90000", "Order Amount": "205000|205000|90000",
        "Created Time": "05/01/2024 10:30:00|05/01/2024 10:30:00|31/01/2024 08:00:00",
        "Paid Time": "05/01/2024 10:31:00|05/01/2024 10:31:00|31/01/2024 08:01:00",
        "Buyer Username": "an.le|an.le|bavo", "Product Category": "Trà|Chén|Trà",
    },
    "olist": {
        "order_id": "e1|e1|e2", "customer_id": "9f|9f|b0", "customer_unique_id": "7c|7c|7c",
        "order_status": "delivered|delivered|delivered",
        "order_purchase_timestamp": "2024-01-05 10:30:00|2024-01-05 10:30:00|2024-01-31 20:41:00",
        "order_approved_at": "2024-01-05 10:40:00|2024-01-05 10:40:00|2024-02-01 03:24:00",
        "order_item_id": "1|2|1", "product_id": "p1|p2|p1", "price": "30.00|20.50|99.90",
        "freight_value": "8.50|8.50|12.00", "payment_value": "67.50|67.50|111.90",
    },
    "uci": {
        "InvoiceNo": "536365|536365|C536366", "StockCode": "85123A|71053|85123A",
        "Description": "HOLDER|LANTERN|HOLDER", "Quantity": "6|6|-1", "UnitPrice": "2.55|3.39|2.55",
        "InvoiceDate": "12/1/2010 8:26|12/1/2010 8:26|12/13/2010 9:02", "CustomerID": "17850|17850|17850",
        "Country": "United Kingdom|United Kingdom|United Kingdom",
    },
    "uci 2": {
        "Invoice": "489434|489434|489435", "StockCode": "85048|79323P|22350",
        "Description": "LIGHTS|LIGHTS|BOWL", "Quantity": "12|12|12", "Price": "6.95|6.75|2.55",
        "InvoiceDate": "2009-12-01 07:45:00|2009-12-01 07:45:00|2009-12-01 07:46:00",
        "Customer ID": "13085.0|13085.0|13085.0",
    },
}  # fmt: skip
EXPECTED = {
    "shopify": {
        "customer_id": "Email", "order_id": "Name", "ordered_at": "Created at",
        "quantity": "Lineitem quantity", "unit_price": "Lineitem price", "product": "Lineitem name",
        "channel": "Source", "status": "Financial Status",
        "cancelled_at": "Cancelled at", "email": "Email", "currency": "Currency",
    },
    "woocommerce": {
        "customer_id": "customer_id", "order_id": "order_id", "ordered_at": "order_date",
        "amount": "line_total", "quantity": "item_quantity", "unit_price": "item_price",
        "product": "item_name", "status": "status", "email": "customer_email",
        "currency": "order_currency",
    },
    "magento": {
        "customer_id": "Customer Email", "order_id": "ID", "ordered_at": "Purchase Date",
        "amount": "Grand Total (Base)", "channel": "Purchase Point", "status": "Status",
        "email": "Customer Email",
    },
    "haravan": {
        "customer_id": "Mã khách hàng", "order_id": "Mã đơn hàng", "ordered_at": "Ngày tạo",
        "quantity": "Số lượng sản phẩm", "unit_price": "Giá sản phẩm", "product": "Tên sản phẩm",
        "channel": "Kênh", "status": "Tình trạng thanh toán", "phone": "Số điện thoại",
        "currency": "Tiền tệ",
    },
    "sapo": {
        "customer_id": "Mã khách hàng", "order_id": "Mã đơn hàng", "ordered_at": "Ngày tạo đơn",
        "amount": "Thành tiền", "quantity": "Số lượng", "unit_price": "Đơn giá",
        "product": "Tên sản phẩm", "channel": "Nguồn đơn", "status": "Trạng thái đơn hàng",
        "discount": "Chiết khấu",
    },
    "kiotviet": {
        "customer_id": "Mã khách hàng", "order_id": "Mã hóa đơn", "ordered_at": "Thời gian",
        "amount": "Khách cần trả", "quantity": "Số lượng", "unit_price": "Giá bán",
        "product": "Tên hàng", "channel": "Kênh bán", "status": "Trạng thái", "phone": "Điện thoại",
    },
    "kiotviet report": {
        "customer_id": "Mã KH", "order_id": "Mã giao dịch",
        "ordered_at": "Thời gian (theo giao dịch)", "amount": "Doanh thu (theo giao dịch)",
        "phone": "Số điện thoại",
    },
    "shopee": {
        "customer_id": "Người Mua", "order_id": "Mã đơn hàng", "ordered_at": "Ngày đặt hàng",
        "amount": "Tổng giá bán (sản phẩm)", "quantity": "Số lượng", "unit_price": "Giá ưu đãi",
        "product": "Tên sản phẩm", "status": "Trạng Thái Đơn Hàng",
    },
    "tiktok": {
        "customer_id": "Buyer Username", "order_id": "Order ID", "ordered_at": "Created Time",
        "amount": "SKU Subtotal After Discount", "quantity": "Quantity",
        "unit_price": "SKU Unit Original Price", "product": "Product Name",
        "category": "Product Category", "status": "Order Status",
    },
    "olist": {
        "customer_id": "customer_unique_id", "order_id": "order_id",
        "ordered_at": "order_purchase_timestamp", "amount": "price", "product": "product_id",
        "status": "order_status",
    },
    "uci": {
        "customer_id": "CustomerID", "order_id": "InvoiceNo", "ordered_at": "InvoiceDate",
        "quantity": "Quantity", "unit_price": "UnitPrice", "product": "StockCode",
    },
    "uci 2": {
        "customer_id": "Customer ID", "order_id": "Invoice", "ordered_at": "InvoiceDate",
        "quantity": "Quantity", "unit_price": "Price", "product": "StockCode",
    },
}  # fmt: skip


def export(name: str) -> pd.DataFrame:
    """All of its columns, those without cells empty."""
    cells = {
        header: CELLS[name].get(header, "||").split("|") for header in HEADERS[name].split(",")
    }
    return pd.DataFrame(cells)


# Examples


@pytest.mark.parametrize("name", HEADERS)
def test_export(name: str) -> None:
    found = map_columns(open_source(export(name)))
    assert {guess.column: guess.source_column for guess in found} == EXPECTED[name]


def test_made_up_cells_belong_to_the_headers() -> None:
    for name, cells in CELLS.items():
        assert set(cells) <= set(HEADERS[name].split(",")), name


def test_the_reason_names_the_system() -> None:
    found = {guess.column: guess.reason for guess in map_columns(open_source(export("shopify")))}
    assert found["order_id"] == "Shopify's order export calls it 'Name'"
    assert "'Total' stands on one line of each order" in found["unit_price"]


def test_cells_of_shopify_that_hold_for_the_order() -> None:
    source = open_source(export("shopify"))
    assert once_per_order(source, map_columns(source)) == (
        "channel", "status", "cancelled_at", "currency",
    )  # fmt: skip


def test_name_is_no_order_elsewhere() -> None:
    frame = pd.DataFrame(
        {"Name": ["An"], "customer": ["a"], "date": ["2024-01-31"], "total": [5.5]}
    )
    assert "order_id" not in {guess.column for guess in map_columns(open_source(frame))}
