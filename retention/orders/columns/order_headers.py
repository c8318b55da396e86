"""The headers that mean our columns of orders: English, Vietnamese, and the exports of shop systems.

Written without accents, in tiers (see `Field`). Shopify, WooCommerce, Magento, Olist, Haravan, Sapo,
KiotViet, Shopee, TikTok Shop, Lazada and the two tables of UCI are covered by these words; what an
export calls by a misleading name stands in `exports.py`.
"""

from __future__ import annotations

from retention.orders.columns.declaration import Tiers

CUSTOMER: Tiers = (
    (
        "customer unique id", "unique customer id", "customer id", "customer code", "customer no",
        "customer number", "customer key", "cust id", "customer identifier", "client id",
        "client code", "user id", "buyer id", "member id", "member code", "member no",
        "membership id", "account id", "account number", "person id", "contact id", "shopper id",
        "consumer id", "household id", "household key", "loyalty id", "loyalty card",
        "ma khach hang", "ma kh", "id khach hang", "khach hang id", "id kh", "ma so khach hang",
        "ma khach", "ma thanh vien", "ma hoi vien", "ma nguoi mua", "ma nguoi dung",
        "id nguoi dung", "so the thanh vien", "ma the thanh vien",
    ),
    (
        "customer", "client", "cust", "buyer", "buyer username", "user", "username", "member",
        "uid", "customer user", "customer user id", "card", "card id", "card number", "khach hang",
        "khach", "nguoi mua", "ten dang nhap", "thanh vien", "hoi vien", "the thanh vien",
    ),
)  # fmt: skip
EMAIL: Tiers = (
    (
        "email", "email address", "customer email", "billing email", "buyer email",
        "contact email", "email billing", "user email", "mail", "dia chi email",
        "email khach hang", "email kh", "email nguoi mua", "thu dien tu",
    ),
)  # fmt: skip
PHONE: Tiers = (
    (
        "phone", "phone number", "phone no", "customer phone", "mobile", "mobile number",
        "mobile phone", "telephone", "tel", "cell phone", "contact phone", "contact number",
        "buyer phone", "sdt", "so dien thoai", "dien thoai", "so dt", "so di dong",
        "dien thoai di dong", "sdt khach hang", "sdt khach", "sdt kh", "so dien thoai khach hang",
        "dien thoai khach hang", "dien thoai kh", "so dien thoai nguoi mua", "sdt nguoi mua",
    ),
    (
        "billing phone", "phone billing", "shipping phone", "sdt nguoi nhan",
        "so dien thoai nguoi nhan", "dien thoai nguoi nhan",
    ),
)  # fmt: skip
PRODUCT: Tiers = (
    (
        "product", "products", "product name", "product title", "product id", "product code",
        "sku", "seller sku", "item name", "lineitem name", "item title", "stock code", "item code",
        "item id", "item", "lineitem sku", "item sku", "item description", "product description",
        "description", "asin", "article", "ten san pham", "san pham", "ten sp", "ten hang",
        "ten hang hoa", "hang hoa", "mat hang", "ten mat hang", "ma san pham", "ma sp", "ma hang",
        "ma hang hoa", "ma sku", "sku san pham", "sku phan loai hang", "ten mon", "ma vach",
    ),
)  # fmt: skip
CHANNEL: Tiers = (
    (
        "channel", "sales channel", "sale channel", "order channel", "channel name",
        "order source", "source name", "purchase point", "platform", "marketplace", "source",
        "utm source", "traffic source", "attribution", "kenh ban", "kenh ban hang", "kenh",
        "san tmdt", "nguon don", "nguon don hang", "nguon ban hang", "nguon ban", "nguon",
    ),
)  # fmt: skip
ORDER_HEADERS: dict[str, Tiers] = {
    "customer_id": CUSTOMER,
    "order_id": (
        (
            "order id", "order", "order no", "order number", "order code", "order ref",
            "order reference", "order nr", "order key", "sales order", "sales order no", "invoice",
            "invoice no", "invoice number", "invoice id", "invoice code", "receipt", "receipt no",
            "receipt number", "receipt id", "bill no", "bill number", "bill id", "bill code",
            "basket id", "ma don hang", "ma don", "so don hang", "don hang", "id don hang",
            "ma dh", "so dh", "ma hoa don", "so hoa don", "hoa don", "ma hd", "so hd",
            "ma chung tu", "so chung tu", "so phieu", "ma phieu", "ma don dat hang", "so don",
            "so ct",
        ),
        (
            "transaction id", "transaction", "transaction no", "transaction number", "trans id",
            "increment id", "ma giao dich", "so giao dich", "id giao dich", "ma dat hang",
        ),
        ("ma", "so"),
    ),
    "ordered_at": (
        (
            "ordered at", "ordered on", "order date", "order time", "order datetime",
            "order timestamp", "date of order", "order day", "order purchase timestamp",
            "order created at", "order created date", "order creation date", "order placed at",
            "placed at", "purchase date", "purchased at", "purchase time", "purchase datetime",
            "purchase timestamp", "date purchased", "invoice date", "invoice time",
            "transaction date", "transaction time", "transaction dt", "transaction datetime",
            "transaction timestamp", "trans date", "sale date", "sales date", "date of sale",
            "sold at", "buy ts", "buy date", "bought at", "receipt date", "bill date",
            "ngay dat hang", "ngay dat", "ngay mua hang", "ngay mua", "ngay don hang",
            "ngay hoa don", "ngay lap hoa don", "ngay lap", "ngay xuat hoa don", "ngay hd",
            "ngay dh", "thoi gian dat hang", "thoi gian dat", "thoi gian mua hang",
            "thoi gian mua", "thoi diem dat hang", "thoi diem mua hang", "thoi diem mua",
            "ngay gio dat hang", "ngay gio mua", "ngay ban hang", "ngay ban", "thoi gian ban",
            "ngay giao dich", "thoi gian giao dich", "thoi gian theo giao dich", "ngay chung tu",
            "ngay phat sinh",
        ),
        (
            "created at", "created time", "create time", "created date", "date created",
            "creation date", "created on", "created", "date", "datetime", "timestamp", "time",
            "day", "dt", "ngay", "thoi gian", "ngay gio", "thoi diem", "ngay tao don hang",
            "ngay tao don", "thoi gian tao don hang", "thoi gian tao don", "ngay tao",
        ),
        (
            "thoi gian tao", "paid at", "paid date", "date paid", "payment date", "paid time",
            "completed at", "completed date", "date completed", "ngay thanh toan",
            "thoi gian thanh toan", "ngay hoan thanh",
        ),
    ),
    "amount": (
        (
            "line total", "line amount", "line revenue", "line sales", "item total", "net amount",
            "n revenue", "net sales", "net revenue", "net total", "extended price",
            "sku subtotal after discount", "paid price", "thanh tien", "thanh tien sau giam gia",
            "thanh tien sau chiet khau", "doanh thu thuan", "tong gia ban san pham",
        ),
        (
            "amount", "sales", "sales amount", "sale amount", "sales price", "sales value",
            "revenue", "total", "total amount", "total price", "total sales", "total value",
            "total revenue", "turnover", "amount paid", "paid amount", "purchase amount",
            "transaction amount", "transaction value", "dollar value", "doanh thu", "doanh so",
            "tong tien", "tong cong", "so tien", "tri gia", "tong thanh toan",
            "so tien thanh toan",
        ),
        (
            "order total", "order amount", "order value", "order total amount", "order revenue",
            "total order value", "order price", "grand total", "grand total base", "invoice total",
            "invoice amount", "payment value", "payment amount", "total paid", "basket value",
            "tong gia tri don hang", "gia tri don hang", "gia tri hoa don", "tong tien don hang",
            "tong tien hoa don", "tong tien thanh toan", "tong hoa don", "khach can tra",
            "khach phai tra", "tong so tien nguoi mua thanh toan", "can thanh toan",
            "tien phai tra", "doanh thu theo giao dich", "tong gia tri",
        ),
        (
            "gross sales", "gross amount", "gross revenue", "gross total", "grand total purchased",
            "subtotal", "order subtotal", "sku subtotal before discount", "tong tien hang",
            "tien hang", "tam tinh", "thanh tien truoc giam gia", "tong tien hang theo giao dich",
        ),
        ("money", "value", "spend", "spent", "tien", "gia tri"),
    ),
    "quantity": (
        (
            "quantity", "qty", "item quantity", "lineitem quantity", "quantity ordered",
            "qty ordered", "quantity sold", "order quantity", "units", "units sold", "items sold",
            "quantity refund", "pieces", "pcs", "items", "number of items", "item count",
            "so luong", "sl", "so luong ban", "so luong mua", "so luong dat", "so luong san pham",
            "sl ban", "sl mua", "sl sp", "s luong",
        ),
    ),
    "unit_price": (
        (
            "unit price", "price per unit", "price each", "lineitem price", "item price",
            "item cost", "product price", "selling price", "sale price", "price",
            "sku unit original price", "gia ban", "don gia ban", "don gia", "gia uu dai",
            "gia ban sp", "gia ban le", "gia san pham", "gia", "original price", "list price",
            "gia goc",
        ),
    ),
    "product": PRODUCT,
    "category": (
        (
            "category", "category name", "product category", "product category name",
            "product group", "product type", "product line", "category code", "department",
            "sub category", "nhom hang", "nhom hang 3 cap", "nhom san pham", "nganh hang",
            "danh muc", "danh muc san pham", "loai hang", "loai san pham", "nhom hang hoa",
        ),
    ),
    "channel": CHANNEL,
    "status": (
        (
            "status", "order status", "order state", "invoice status", "trang thai don hang",
            "trang thai don", "trang thai hoa don", "tinh trang don hang", "trang thai",
            "tinh trang", "trang thai xu ly", "financial status", "payment status",
            "trang thai thanh toan", "tinh trang thanh toan",
        ),
    ),
    "cancelled_at": (
        (
            "cancelled at", "canceled at", "cancelled on", "canceled on", "cancelled date",
            "canceled date", "date cancelled", "date canceled", "cancelled time",
            "canceled time", "cancellation date", "cancellation time", "cancel date",
            "cancel time", "ngay huy", "thoi gian huy", "ngay huy don", "thoi gian huy don",
        ),
        ("is cancelled", "is canceled", "cancelled", "canceled", "da huy", "bi huy"),
    ),
    "coupon": (
        (
            "coupon", "coupon code", "coupon codes", "coupons", "coupon used", "voucher",
            "voucher code", "discount code", "discount codes", "promo code", "promotion code",
            "promo", "ma giam gia", "ma khuyen mai", "ma uu dai", "ma voucher", "phieu giam gia",
            "ma giam gia cua shop",
        ),
    ),
    "discount": (
        (
            "discount", "discount amount", "lineitem discount", "item discount", "discount total",
            "total discount", "order discount", "cart discount", "giam gia", "tien giam gia",
            "discount value", "giam gia hd", "chiet khau hoa don", "chiet khau don hang",
            "so tien giam gia", "so tien giam", "tien giam", "chiet khau", "tien chiet khau",
            "giam gia hoa don", "giam gia don hang",
        ),
    ),
    "refunded": (
        (
            "refunded", "refunded amount", "refund amount", "amount refunded", "total refunded",
            "refunded total", "refund total", "total refund", "order refund amount", "order refund",
            "refund", "refunds", "refund value", "refunded value", "returned amount",
            "return amount", "returned value", "return value", "returns", "hoan tien",
            "tien hoan", "so tien hoan", "so tien hoan tra", "so tien hoan lai", "tien hoan tra",
            "gia tri tra", "gia tri hoan", "gia tri hang tra", "gia tri tra hang", "tien tra hang",
            "so tien da hoan", "tien tra", "tien tra lai",
        ),
    ),
    "cost": (
        (
            "cost", "costs", "cost of goods", "cost of goods sold", "cogs", "total cost",
            "tong gia von", "tien von", "gia von",
        ),
    ),
    "margin": (
        ("margin", "gross margin", "profit", "gross profit", "lai gop", "loi nhuan gop", "loi nhuan"),
    ),
    "email": EMAIL,
    "phone": PHONE,
    "currency": (
        (
            "currency", "currency code", "order currency", "tien te", "loai tien te", "loai tien",
            "don vi tien te", "don vi tien", "ma tien te", "nguyen te",
        ),
    ),
}  # fmt: skip
