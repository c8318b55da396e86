"""A few made-up rows under the headers of the exports of well-known shops and data sets."""

from __future__ import annotations

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,"
    "Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,"
    "Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,"
    "Billing Phone,Shipping Name,Shipping Phone,Notes,Cancelled at,Payment Method,Refunded Amount,"
    "Vendor,Id,Tags,Risk Level,Source,Lineitem discount,Phone\n"
)


def _shopify(order: str, email: str, created: str, item: str, paid: str = "") -> str:
    """One line: the first of an order has its money, the others only their item."""
    quantity, name, price = item.split("|")
    status, subtotal, shipping, total, code, discount = (paid or "|||||").split("|")
    settled = created if status == "paid" else ""
    number, currency, news = (order[1:] + "000", "USD", "no") if paid else ("", "", "")
    taxes, risk, source = ("0.00", "Low", "web") if paid else ("", "", "")
    cells = [
        *(order, email, status, settled, "", "", news, currency, subtotal, shipping, taxes, total),
        *(code, discount, "", created, quantity, name, price, "", "", "true", "true", "pending"),
        *("", "", "", "", "", "", "", "", "Hill", number, "", risk, source, "0.00", ""),
    ]
    return ",".join(cells) + "\n"


def _shopify_orders() -> str:
    an, binh, chi = (f"{name}@example.com" for name in ("an", "binh", "chi"))
    first, second = "2024-01-05 23:30:00 +0700", "2024-01-31 10:00:00 +0700"
    third, fourth = "2024-02-29 09:00:00 +0700", "2024-03-31 12:00:00 +0700"
    lines = (
        _shopify("#1001", an, first, "2|Tea|12.50", "paid|32.25|0.00|32.25||0.00"),
        _shopify("#1001", an, first, "1|Cup|7.25"),
        _shopify("#1002", binh, second, "1|Pot|99.99", "paid|94.99|5.00|99.99|TET|5.00"),
        _shopify("#1003", an, third, "3|Tea|12.50", "paid|50.00|0.00|50.00||0.00"),
        _shopify("#1003", an, third, "1|Pot|12.50"),
        _shopify("#1004", chi, fourth, "1|Tea|12.50", "voided|12.50|0.00|12.50||0.00"),
    )
    return SHOPIFY + "".join(lines)


EXPORT_FILES: dict[str, str | bytes] = {
    "woocommerce_refunds.csv": (
        "Order Number,Order Status,Order Date,Customer User ID,Order Total Amount,Order Refund Amount,"
        "Order Total Amount (- Refund)\n"
        "1001,completed,2024-01-05 10:00,7,32.25,0,32.25\n1002,completed,2024-01-31 11:00,8,94.99,20,74.99\n"
        "1003,completed,2024-02-29 12:00,7,50,50,0\n1004,refunded,2024-03-01 12:00,9,12.5,12.5,0\n"
        "1005,completed,2024-03-31 12:00,9,10,0,10\n"
    ),
    "shopify.csv": _shopify_orders(),
    "woocommerce.csv": (
        "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),"
        "Last Name (Billing),"
        "Company (Billing),City (Billing),Country Code (Billing),Email (Billing),Phone (Billing),"
        "Payment Method Title,Cart Discount Amount,Order Subtotal Amount,Shipping Method Title,"
        "Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,"
        "Item #,"
        "Item Name,Quantity (- Refund),Item Cost,Coupon Code,Discount Amount,Discount Amount Tax\n"
        "501,Completed,2024-01-05 10:30,,An,Le,,Hue,VN,an@example.com,0900000001,COD,0,25.00,"
        "Flat,0,0,25.00,0,T1,1,Tea,2,10.00,,0,0\n"
        "501,Completed,2024-01-05 10:30,,An,Le,,Hue,VN,an@example.com,0900000001,COD,0,25.00,"
        "Flat,0,0,25.00,0,C1,2,Cup,1,5.00,,0,0\n"
        "502,Completed,2024-02-10 08:00,,Ba,Vo,,Hue,VN,ba@example.com,0900000002,COD,0,10.00,"
        "Flat,0,0,10.00,0,T1,1,Tea,1,10.00,,0,0\n"
        "503,Cancelled,2024-02-11 08:00,,Ba,Vo,,Hue,VN,ba@example.com,0900000002,COD,0,10.00,"
        "Flat,0,0,10.00,0,T1,1,Tea,1,10.00,,0,0\n"
        "504,Completed,2024-03-01 08:00,,An,Le,,Hue,VN,an@example.com,0900000001,COD,0,15.00,"
        "Flat,0,0,15.00,0,C1,1,Cup,3,5.00,,0,0\n"
    ),
    "woocommerce_analytics.csv": (
        'Date,"Order #","N. Revenue (formatted)",Status,Customer,"Customer type",Product(s),'
        '"Items sold",'
        'Coupon(s),"N. Revenue",Attribution\n'
        '"2024-01-05 10:30:00",501,"$25.00",completed,"An Le",new,"2× Tea, 1× Cup",3,,25,Direct\n'
        '"2024-02-10 08:00:00",502,"$10.00",completed,"Ba Vo",new,"1× Tea",1,,10,Direct\n'
        '"2024-03-01 08:00:00",504,"$15.50",completed,"An Le",returning,"3× Cup",3,TET,15.5,'
        'Direct\n'
    ),
    "haravan.csv": (
        "Mã đơn hàng,Email,Tình trạng thanh toán,Ngày thanh toán,Tình trạng giao hàng,"
        "Ngày giao hàng,"
        "Đăng ký nhận tin,Tiền tệ,Tạm tính,Phí vận chuyển,Thuế,Tổng cộng,Mã khuyến mãi,"
        "Số tiền giảm giá,"
        "Phương thức vận chuyển,Ngày tạo,Số lượng sản phẩm,Tên sản phẩm,Giá sản phẩm,Mã sản phẩm,"
        "Họ tên khách hàng,Số điện thoại,Mã khách hàng,Kênh\n"
        "#100001,an@example.vn,Đã thanh toán,05/01/2024 10:31,Đã giao hàng,06/01/2024 09:00,Có,"
        "VND,150000,0,0,150000,,0,GHN,05/01/2024 10:30,1,Trà sen,100000,T1,Lê An,0900000001,KH01,"
        "web\n"
        "#100001,an@example.vn,Đã thanh toán,05/01/2024 10:31,Đã giao hàng,06/01/2024 09:00,Có,"
        "VND,150000,0,0,150000,,0,GHN,05/01/2024 10:30,2,Chén,25000,C1,Lê An,0900000001,KH01,"
        "web\n"
        "#100002,ba@example.vn,Đã thanh toán,31/01/2024 08:00,Đã giao hàng,02/02/2024 09:00,"
        "Không,VND,200000,0,0,200000,,0,GHN,31/01/2024 07:59,2,Trà sen,100000,T1,Võ Ba,"
        "0900000002,KH02,zalo\n"
        "#100003,an@example.vn,Đã thanh toán,29/02/2024 20:00,Đã giao hàng,02/03/2024 09:00,Có,"
        "VND,75000,0,0,75000,,0,GHN,29/02/2024 19:59,3,Chén,25000,C1,Lê An,0900000001,KH01,web\n"
    ),
    "sapo.csv": (
        "Mã đơn hàng;Ngày tạo đơn;Trạng thái đơn hàng;Tên khách hàng;Mã khách hàng;SĐT khách hàng;"
        "Nguồn đơn;Chi nhánh;Mã SKU;Tên sản phẩm;Số lượng;Đơn giá;Chiết khấu;Thành tiền\n"
        "SON0001;05/01/2024 10:30;Hoàn thành;Lê An;CUZN0001;"
        "0900000001;Facebook;Huế;T1;Trà sen;2;100.000;0;200.000\n"
        "SON0001;05/01/2024 10:30;Hoàn thành;Lê An;CUZN0001;"
        "0900000001;Facebook;Huế;C1;Chén;1;25.000;5.000;20.000\n"
        "SON0002;31/01/2024 08:00;Hoàn thành;Võ Ba;CUZN0002;"
        "0900000002;Web;Huế;T1;Trà sen;1;100.000;0;100.000\n"
        "SON0003;29/02/2024 09:00;Đã hủy;Lê An;CUZN0001;"
        "0900000001;Web;Huế;P1;Ấm;1;1.350.000;0;1.350.000\n"
        "SON0004;31/03/2024 21:15;Hoàn thành;Lê An;CUZN0001;"
        "0900000001;Web;Huế;P1;Ấm;1;1.350.000;350.000;1.000.000\n"
    ),
    "kiotviet.csv": (
        "Chi nhánh,Mã hóa đơn,Mã vận đơn,Thời gian,Thời gian tạo,Mã khách hàng,Tên khách hàng,"
        "Điện thoại,"
        "Người bán,Kênh bán,Ghi chú,Tổng tiền hàng,Giảm giá hóa đơn,Khách cần trả,Khách đã trả,"
        "Trạng thái,"
        "Mã hàng,Tên hàng,ĐVT,Số lượng,Đơn giá,Giảm giá,Giá bán,Thành tiền\n"
        "Huế,HD000001,,05/01/2024 10:30,05/01/2024 10:31,KH000001,Lê An,0900000001,Hoa,"
        "Bán trực tiếp,,225000,0,225000,225000,Hoàn thành,T1,Trà sen,Gói,2,100000,0,100000,"
        "200000\n"
        "Huế,HD000001,,05/01/2024 10:30,05/01/2024 10:31,KH000001,Lê An,0900000001,Hoa,"
        "Bán trực tiếp,,225000,0,225000,225000,Hoàn thành,C1,Chén,Cái,1,25000,0,25000,25000\n"
        "Huế,HD000002,,31/01/2024 08:00,31/01/2024 08:00,KH000002,Võ Ba,0900000002,Hoa,"
        "Bán trực tiếp,,100000,0,100000,100000,Hoàn thành,T1,Trà sen,Gói,1,100000,0,100000,"
        "100000\n"
        "Huế,HD000003,,29/02/2024 19:59,29/02/2024 20:00,KH000001,Lê An,0900000001,Hoa,"
        "Bán trực tiếp,,75000,0,75000,75000,Hoàn thành,C1,Chén,Cái,3,25000,0,25000,75000\n"
    ),
    "magento.csv": (
        'ID,"Purchase Point","Purchase Date","Bill-to Name","Ship-to Name","Grand Total (Base)",'
        '"Grand Total (Purchased)",Status,"Billing Address","Shipping Address",'
        '"Shipping Information",'
        '"Customer Email","Customer Group",Subtotal,"Shipping and Handling","Customer Name",'
        '"Payment Method",'
        '"Total Refunded"\n'
        '000000001,"Main Website","Jan 5, 2024, 10:30:00 AM","An Le","An Le",30.00,30.00,'
        'complete,"1 Hill,Hue",'
        '"1 Hill,Hue","Flat Rate",an@example.com,General,25.00,5.00,"An Le",cash,\n'
        '000000002,"Main Website","Jan 31, 2024, 1:00:00 PM","Ba Vo","Ba Vo",45.50,45.50,'
        'complete,"2 Hill,Hue",'
        '"2 Hill,Hue","Flat Rate",ba@example.com,General,40.50,5.00,"Ba Vo",cash,\n'
        '000000003,"Main Website","Feb 29, 2024, 11:59:59 PM","An Le","An Le",12.25,12.25,'
        'canceled,"1 Hill,Hue",'
        '"1 Hill,Hue","Flat Rate",an@example.com,General,7.25,5.00,"An Le",cash,\n'
        '000000004,"Main Website","Mar 31, 2024, 9:05:00 AM","An Le","An Le",99.00,99.00,'
        'complete,"1 Hill,Hue",'
        '"1 Hill,Hue","Flat Rate",an@example.com,General,94.00,5.00,"An Le",cash,\n'
    ),
    "olist.csv": (
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,"
        "order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date,"
        "customer_unique_id,customer_zip_code_prefix,customer_city,customer_state,payment_type,"
        "payment_value\n"
        "e1,9f,delivered,2024-01-05 10:30:00,2024-01-05 10:40:00,2024-01-06 09:00:00,"
        "2024-01-09 15:00:00,2024-01-20 00:00:00,7c,01234,hue,HU,voucher,38.50\n"
        "e2,b0,delivered,2024-01-31 20:41:00,2024-02-01 03:24:00,2024-02-01 14:31:00,"
        "2024-02-07 15:27:00,2024-02-13 00:00:00,af,04781,vinh,NA,boleto,141.25\n"
        "e3,41,delivered,2024-02-29 08:38:00,2024-02-29 08:55:00,2024-03-01 13:50:00,"
        "2024-03-07 18:06:00,2024-03-20 00:00:00,7c,07526,hue,HU,credit_card,179.05\n"
        "e4,f8,shipped,2024-03-18 19:28:00,2024-03-18 19:45:00,2024-03-22 13:39:00,,"
        "2024-04-15 00:00:00,7d,05929,vinh,NA,credit_card,72.20\n"
        "e5,8a,canceled,2024-03-31 21:18:00,2024-03-31 22:20:00,,,2024-04-26 00:00:00,af,09195,"
        "hue,HU,credit_card,28.75\n"
    ),
    "olist_orders_alone.csv": (
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,"
        "order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n"
        "e1,9f,delivered,2024-01-05 10:30:00,2024-01-05 10:40:00,2024-01-06 09:00:00,"
        "2024-01-09 15:00:00,2024-01-20 00:00:00\n"
        "e2,b0,delivered,2024-01-31 20:41:00,2024-02-01 03:24:00,2024-02-01 14:31:00,"
        "2024-02-07 15:27:00,2024-02-13 00:00:00\n"
        "e3,41,delivered,2024-02-29 08:38:00,2024-02-29 08:55:00,2024-03-01 13:50:00,"
        "2024-03-07 18:06:00,2024-03-20 00:00:00\n"
    ),
    "uci_online_retail.csv": (
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "600001,10001A,TEA BOX,6,12/1/2023 8:26,2.50,20001,Vietnam\n"
        "600001,20002,PAPER LANTERN,6,12/1/2023 8:26,3.25,20001,Vietnam\n"
        "600002,30003,SILK SCARF,4,12/13/2023 8:28,1.85,20002,Vietnam\n"
        "600003,40004,CLAY CUP,32,12/14/2023 8:34,1.75,,Vietnam\n"
        "C600004,20002,PAPER LANTERN,-1,12/15/2023 9:41,3.25,20001,Vietnam\n"
        "C600005,50005C,LACQUER BOX,-1,12/16/2023 9:49,4.60,20003,Vietnam\n"
        "600006,POST,POSTAGE,1,12/17/2023 8:45,15.00,20004,France\n"
        "600006,60006,STRAW HAT,24,12/17/2023 8:45,3.75,20004,France\n"
    ),
    "superstore.csv": (
        "\ufeffRow ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,"
        "Country,City,"
        "State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,"
        "Discount,Profit\n"
        "1,VN-1,11/8/2023,11/11/2023,Slow,AN-10001,An Le,Consumer,Vietnam,Hue,Central,00420,"
        "South,F-1,Furniture,Chairs,Stool,260.95,2,0,40.1234\n"
        "2,VN-1,11/8/2023,11/11/2023,Slow,AN-10001,An Le,Consumer,Vietnam,Hue,Central,00420,"
        "South,F-2,Furniture,Tables,Desk,730.90,3,0,219.5\n"
        "3,VN-2,6/12/2023,6/16/2023,Slow,BA-10002,Ba Vo,Corporate,Vietnam,Vinh,North,00360,North,"
        "O-1,Office,Labels,Tag,14.60,2,0,6.8\n"
        "4,VN-3,10/18/2022,10/22/2022,Fast,AN-10001,An Le,Consumer,Vietnam,Dalat,South,03311,"
        "South,F-3,Furniture,Tables,Bench,957.0775,5,0.45,-383.25\n"
    ),
}  # fmt: skip


def ta_feng() -> str:
    """Supermarket baskets: AMOUNT is the number of items, the money is SALES_PRICE,"
    " ids have zeros."""
    header = (
        "TRANSACTION_DT,CUSTOMER_ID,AGE_GROUP,PIN_CODE,PRODUCT_SUBCLASS,PRODUCT_ID,AMOUNT,ASSET,"
        "SALES_PRICE\n"
    )
    rows = [
        f"11/{13 + place % 15}/2023,{40100 + place % 8:08d},B,7,2201{place % 7:02d},"
        f"893000{place % 5:07d},{1 + place % 4},{90 + 7 * place},{100 + 11 * place}\n"
        for place in range(40)
    ]
    return "\ufeff" + header + "".join(rows)


EXPORT_FILES["ta_feng.csv"] = ta_feng()
