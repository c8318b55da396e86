"""Lines that are no product: postage, fees, packing, rounding. Their money is real, a purchase not."""

from __future__ import annotations

from typing import Any

from retention.engine.frames import to_arrow
from retention.orders.folding import folded, has_skeleton

_WORDS = (
    "post", "postage", "postage and packing", "postage packing", "dot", "dotcom postage",
    "carriage", "next day carriage", "shipping", "shipping fee", "shipping fees", "shipping cost",
    "shipping costs", "shipping charge", "shipping charges", "shipping and handling", "delivery",
    "delivery fee", "delivery charge", "delivery cost", "freight", "handling", "handling fee",
    "express shipping", "standard shipping", "free shipping", "ship", "ship cod", "fee",
    "fees", "service fee", "service charge", "cod fee", "transaction fee", "platform fee",
    "amazonfee", "amazon fee", "bank charges", "bank charge", "payment fee", "surcharge",
    "gift wrapping fee", "gift box fee", "packaging",
    "packing", "packing fee", "shipping insurance", "manual", "adjust", "adjustment",
    "adjust bad debt", "rounding", "rounding adjustment", "vat", "tax", "sales tax",
    "m", "cruk", "cruk commission", "phí", "phí vận chuyển", "phí giao hàng",
    "phí ship", "phí ship cod", "phí cod", "phí thu hộ", "vận chuyển", "cước vận chuyển",
    "cước phí", "tiền ship", "tiền vận chuyển", "phí dịch vụ", "phí thanh toán", "phí sàn",
    "phí đóng gói", "phí gói quà", "phụ phí", "phụ thu", "thuế", "thuế vat",
    "thuế gtgt", "làm tròn", "tiền tip", "tiền boa", "đặt cọc", "tiền cọc",
    "phí bảo hiểm", "giao hàng", "giao hàng nhanh",
)  # fmt: skip
_CODES = ("C2", "c2")
_FOLDED = frozenset(folded(word) for word in _WORDS)


def non_product_names(products: Any) -> list[str]:
    """Those of the `distinct_texts` of products that are postage, fees and the like."""
    may_be = has_skeleton(products.product, _WORDS) | products.product.isin(_CODES)
    found = to_arrow(products.filter(may_be))["product"].to_pylist()
    return sorted(name for name in found if name in _CODES or folded(name) in _FOLDED)
