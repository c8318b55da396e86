"""The headers that mean our columns of people, touches and costs (see `order_headers`)."""

from __future__ import annotations

from retention.orders.columns.declaration import Tiers
from retention.orders.columns.order_headers import (
    CHANNEL,
    CUSTOMER,
    EMAIL,
    ORDER_HEADERS,
    PHONE,
    PRODUCT,
)

PERSON: Tiers = (
    *CUSTOMER,
    (
        "lead id", "mql id", "prospect id", "subscriber id", "visitor id", "client user id",
        "ma lead", "ma lien he", "ma nguoi", "id", "ma",
    ),
)  # fmt: skip
# Dates that say nothing of what happened on them.
_ANY_DATE = (
    "created at", "created time", "create time", "created date", "date created", "created on",
    "created", "date", "datetime", "timestamp", "time", "day", "dt", "ngay", "ngay tao",
    "thoi gian", "thoi gian tao", "ngay gio", "thoi diem",
)  # fmt: skip
_CAMPAIGN: Tiers = (
    (
        "campaign", "campaign name", "campaign id", "utm campaign", "chien dich", "ten chien dich",
        "ma chien dich",
    ),
)  # fmt: skip
PEOPLE_HEADERS: dict[str, Tiers] = {
    "customer_id": PERSON,
    "first_seen_at": (
        (
            "first seen at", "first seen", "first seen on", "first contact date", "first contact",
            "first visit", "first visit at", "first touch", "first touch at", "lan dau ghe tham",
            "lan dau tiep xuc", "ngay tiep xuc dau tien", "lan dau lien he",
            "ngay ghe tham dau tien",
        ),
        (
            "registered at", "registration date", "registered on", "signup date", "signed up at",
            "signed up", "joined at", "join date", "date joined", "joined", "customer since",
            "member since", "subscribed at", "ngay dang ky", "thoi gian dang ky", "ngay tham gia",
            "ngay gia nhap",
        ),
        _ANY_DATE,
    ),
    "email": EMAIL,
    "phone": PHONE,
}  # fmt: skip
TOUCHES_HEADERS: dict[str, Tiers] = {
    "customer_id": PERSON,
    "touched_at": (
        (
            "touched at", "touch time", "touch date", "event time", "event date",
            "event timestamp", "event at", "occurred at", "happened at", "clicked at",
            "visited at", "visit date", "sent at", "opened at", "session start", "hit time",
            "interaction date", "thoi gian tuong tac", "ngay tuong tac", "thoi gian su kien",
            "ngay su kien", "ngay gui", "thoi gian gui",
        ),
        _ANY_DATE,
    ),
    "touch": (
        (
            "touch", "touch type", "touchpoint", "event", "event type", "event name", "action",
            "action type", "activity", "activity type", "interaction", "interaction type",
            "su kien", "loai su kien", "ten su kien", "hanh dong", "tuong tac", "loai tuong tac",
            "hanh vi",
        ),
        ("type", "kind", "loai"),
    ),
    "channel": CHANNEL,
    "campaign": _CAMPAIGN,
    "page": (
        (
            "page", "page url", "url", "page path", "page name", "page title", "landing page",
            "landing page id", "path", "screen", "trang", "duong dan", "ten trang", "trang dich",
        ),
    ),
    "product": PRODUCT,
}  # fmt: skip
COSTS_HEADERS: dict[str, Tiers] = {
    "spent_at": (
        (
            "spent at", "spend date", "cost date", "date of spend", "reporting starts", "ngay chi",
            "ngay chi tieu", "ngay chay", "bat dau bao cao",
        ),
        _ANY_DATE,
        ("week", "month", "week start", "month start", "tuan", "thang"),
    ),
    "channel": (
        *CHANNEL,
        ("source id", "channel id", "network", "ad network", "media", "medium", "nen tang"),
    ),
    "spend": (
        (
            "spend", "spent", "amount spent", "ad spend", "ads spend", "advertising spend",
            "media spend", "cost", "costs", "total cost", "ad cost", "ads cost", "marketing cost",
            "advertising cost", "expense", "expenses", "chi phi", "chi phi quang cao",
            "chi phi marketing", "tong chi phi", "so tien da chi tieu", "so tien chi tieu",
            "da chi tieu", "tien quang cao",
        ),
        ("amount", "total", "so tien", "tong tien"),
    ),
    "campaign": _CAMPAIGN,
    "currency": ORDER_HEADERS["currency"],
}  # fmt: skip
