"""Hiên Mây, a fictional Vietnamese shop for coffee, tea, skin care and the home."""

from __future__ import annotations

from retention.orders.simulated.marketing import (
    AdChannel,
    Campaign,
    Interest,
    Marketing,
    Messages,
)
from retention.orders.simulated.population import Population
from retention.orders.simulated.shop import (
    Channel,
    Coupon,
    Habit,
    Peak,
    Product,
    Shop,
    Voucher,
)
from retention.orders.simulated.story import Story
from retention.orders.simulated.trade import Fee, Trade, WalkIns, Wholesaler

PRODUCTS = (
    Product("Robusta beans 500g", "Coffee beans", 145_000, 0.40),
    Product("Arabica beans 500g", "Coffee beans", 210_000, 0.35),
    Product("House blend 1kg", "Coffee beans", 295_000, 0.25),
    Product("Espresso machine", "Coffee gear", 3_490_000, 0.0),
    Product("Hand grinder", "Coffee gear", 590_000, 0.03),
    Product("Phin filter set", "Coffee gear", 120_000, 0.09),
    Product("Lotus tea 100g", "Tea", 165_000, 0.11),
    Product("Oolong tea 200g", "Tea", 190_000, 0.09),
    Product("Ginger tea box", "Tea", 75_000, 0.08),
    Product("Rice face mask", "Skin care", 89_000, 0.12),
    Product("Gac seed oil 30ml", "Skin care", 260_000, 0.08),
    Product("Centella cream", "Skin care", 320_000, 0.09),
    Product("Coconut soap", "Skin care", 55_000, 0.07),
    Product("Ceramic cup", "Home", 95_000, 0.09),
    Product("Scented candle", "Home", 180_000, 0.09),
    Product("Linen towel", "Home", 135_000, 0.06),
)

CHANNELS = (
    Channel("Website", 0.34, 0.03, 1.6),
    Channel("Marketplace", 0.36, 0.12, 0.6),
    Channel("Facebook", 0.16, 0.03, 1.0),
    Channel("Store", 0.14, 0.03, 1.1),
)

PROVINCES = (
    ("TP. HCM", 0.34),
    ("Hà Nội", 0.27),
    ("Đà Nẵng", 0.10),
    ("Cần Thơ", 0.07),
    ("Hải Phòng", 0.07),
    ("Đồng Nai", 0.06),
    ("Nghệ An", 0.05),
    ("Lâm Đồng", 0.04),
)

SOURCES = (
    ("Facebook ad", 0.34),
    ("TikTok", 0.22),
    ("Search", 0.20),
    ("Friend", 0.14),
    ("Walk-in", 0.10),
)

# The lunar new year fell on 2023-01-22, 2024-02-10 and 2025-01-29: busy before, quiet after.
PEAKS = (
    Peak("2023-01-04", "2023-01-18", 1.35),
    Peak("2023-01-20", "2023-01-27", 0.45),
    Peak("2023-11-10", "2023-11-11", 2.0),
    Peak("2023-12-11", "2023-12-12", 2.0),
    Peak("2024-01-18", "2024-02-06", 1.35),
    Peak("2024-02-08", "2024-02-15", 0.45),
    Peak("2024-11-10", "2024-11-11", 2.0),
    Peak("2024-12-11", "2024-12-12", 2.0),
    Peak("2025-01-06", "2025-01-25", 1.35),
    Peak("2025-01-27", "2025-02-03", 0.45),
    Peak("2025-11-10", "2025-11-11", 2.0),
    Peak("2025-12-11", "2025-12-12", 2.0),
)

# Orders by hour of the local day: lunch and evening, and a few after midnight.
HOURS = (8, 4, 2, 1, 1, 2, 6, 14, 26, 36, 44, 52, 58, 44, 38, 38, 40, 42, 46, 62, 78, 76, 52, 24)

HIEN_MAY = Shop(
    name="Hiên Mây",
    products=PRODUCTS,
    channels=CHANNELS,
    provinces=PROVINCES,
    sources=SOURCES,
    peaks=PEAKS,
    coupons=(Coupon("MEMBER10", 0.10, 0.08), Coupon("FRIEND15", 0.15, 0.03)),
    voucher=Voucher("HELLO50", 0.5, "2024-06-01", "2024-06-30", arrivals=2.2, keep=0.5),
    habit=Habit(
        category="Coffee beans",
        gap_days=45.0,
        gap_shape=25.0,
        again=0.82,
        first_share=0.15,
        lead="Espresso machine",
        lead_share=0.07,
        after_lead_share=0.70,
        after_lead_days=14.0,
        later_share=0.08,
        later_days=150.0,
    ),
    hours=HOURS,
    weekend_weight=1.2,
    growth=1.3,
    never_buy_rate=0.22,
    same_day_rate=0.6,
    first_order_days=18.0,
    home_channel_rate=0.9,
    extra_lines=0.26,
    extra_items=0.25,
    twin_rate=0.01,
    returned_rate=0.02,
    refund_rate=0.012,
    unknown_rate=0.06,
)

# How often its people buy, apart from the beans, and when they stop.
HIEN_MAY_POPULATION = Population(r=0.9, alpha=50.0, a=0.9, b=2.0)

HIEN_MAY_TRADE = Trade(
    walk_ins=WalkIns("0000000000", orders=60, channel="Store"),
    wholesaler=Wholesaler(
        first_day=120,
        gap_days=7.5,
        products=("Robusta beans 500g", "House blend 1kg", "Arabica beans 500g", "Ceramic cup"),
        least_items=6,
        most_items=24,
        coupon="WHOLESALE",
        off=0.2,
        channel="Facebook",
    ),
    fee=Fee(
        "Phí vận chuyển", "Shipping", price=25_000, below=80_000, channels=("Website", "Facebook")
    ),
    twice_rate=0.03,
    province="TP. HCM",
)

HIEN_MAY_MARKETING = Marketing(
    ads=(
        AdChannel("Facebook ad", 50_000),
        AdChannel("TikTok", 93_000),
        AdChannel("Search", 31_000),
    ),
    reached=(
        ("Facebook ad", 0.95),
        ("TikTok", 0.95),
        ("Search", 0.95),
        ("Friend", 0.6),
        ("Walk-in", 0.1),
    ),
    reached_days=6.0,
    campaign=Campaign(
        "HELLO50", "2024-05-27", "2024-06-30", channels=("Facebook ad", "TikTok"), boost=1.2
    ),
    interest=Interest(
        wish_share=0.07,
        wish_days=9.0,
        view_share=0.05,
        view_days=4.0,
        idle_wishes=0.3,
        idle_views=0.75,
        idle_days=240.0,
    ),
    messages=Messages(
        first="2024-07",
        last="2025-12",
        series=70,
        lengths=((1, 0.5), (2, 0.2), (4, 0.2), (6, 0.1)),
        channels=(("Zalo", 0.7), ("E-mail", 0.3)),
        open_rate=0.5,
        open_fall=0.9,
        answer_rate=0.3,
        answer_fall=0.65,
        open_days=0.12,
        answer_days=0.6,
    ),
)

HIEN_MAY_STORY = Story(HIEN_MAY_POPULATION, HIEN_MAY, HIEN_MAY_TRADE, HIEN_MAY_MARKETING)
