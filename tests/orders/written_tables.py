"""Random tables of orders whose truth is known, written to text in a random dialect."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from orders.corpus.text_files import windows_1258

FIRST = datetime(2019, 1, 1)
NASTY = (
    "007", "7", "18446744073709551615", "9007199254740993", "A-12", "a-12", "1e5", "-5", "=1+1",
    "x,y", "p;q", "m|n", 'say "hi"', "O'Neil", "Nguyễn Văn Ánh", "Lê Thị Bưởi", "#9", "@me", "1.0",
    "0x1F", "3/4", "50%", "a  b", "2024-01-05", "(12)", "ĐH-1", "true", "C\\D",
)  # fmt: skip
HEADERS = (
    ("customer_id", "order_id", "ordered_at", "amount", "product"),
    ("Customer ID", "Order ID", "Order Date", "Amount", "Product"),
    ("Mã khách hàng", "Mã đơn hàng", "Ngày đặt hàng", "Thành tiền", "Sản phẩm"),
    ("ma_kh", "ma_don", "ngay_dat", "thanh_tien", "san_pham"),
)
DATE_STYLES = (
    "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y", "%m-%d-%Y", "%Y%m%d",
    "%d/%m/%y", "%d %b %Y", "%d-%b-%y", "%B %d, %Y",
)  # fmt: skip
TIME_STYLES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
NOTES = ("", "gift", "call, then deliver", 'the "blue" one', "two\nlines", "đã gọi", "1.5", "a;b|c")


@dataclass(frozen=True)
class Line:
    customer: str
    order: str
    time: datetime
    amount: Decimal
    product: str


@dataclass(frozen=True)
class NumberStyle:
    """How an amount is written; `decimal` is what to say to have it read."""

    decimal: str
    thousands: str = ""
    before: str = ""
    after: str = ""

    def written(self, amount: Decimal, places: int) -> str:
        text = f"{amount:,.{places}f}"
        swapped = text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)
        return f"{self.before}{swapped}{self.after}"


NUMBER_STYLES = (
    NumberStyle("."), NumberStyle(","), NumberStyle(".", ","), NumberStyle(",", "."),
    NumberStyle(",", " "), NumberStyle(".", "'"), NumberStyle(",", "\u00a0"),
    NumberStyle(".", ",", "$"), NumberStyle(",", ".", "", " €"), NumberStyle(".", "", "", " USD"),
)  # fmt: skip


@dataclass(frozen=True)
class Dialect:
    """Everything about how a table is written that is not in the table itself."""

    separator: str
    encoding: str
    line_end: str
    quoting: int
    headers: Sequence[str]
    date_style: str
    time_style: str
    number_style: NumberStyle
    places: int
    has_order_id: bool
    has_notes: bool
    has_titles: bool

    @property
    def hints(self) -> dict[str, Any]:
        """What an analyst who knows the file would say."""
        return {"date_format": self.date_style, "decimal": self.number_style.decimal}

    def file(self, lines: Sequence[Line]) -> bytes:
        """The lines as a text file."""
        buffer = io.StringIO()
        if self.has_titles:
            buffer.write(f"Order report{self.line_end}{self.line_end}")
        writer = csv.writer(
            buffer, delimiter=self.separator, lineterminator=self.line_end, quoting=self.quoting
        )
        writer.writerows(self.rows(lines))
        return ENCODERS[self.encoding](buffer.getvalue())

    def rows(self, lines: Sequence[Line]) -> list[list[str]]:
        """The header and the cells of each line, as text."""
        names = [*self.headers, "Ghi chú"]
        table = [names, *([*self._cells(line), _note(line)] for line in lines)]
        kept = [0, *[1] * self.has_order_id, 2, 3, 4, *[5] * self.has_notes]
        return [[row[place] for place in kept] for row in table]

    def _cells(self, line: Line) -> list[str]:
        time = line.time.strftime(self.date_style + self.time_style)
        amount = self.number_style.written(line.amount, self.places)
        return [line.customer, line.order, time, amount, line.product]


def _note(line: Line) -> str:
    return NOTES[line.time.day % len(NOTES)]


ENCODERS: Mapping[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-8 decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "windows-1258": windows_1258,
}


def random_lines(random: Random) -> list[Line]:
    """Orders of a few customers, some of several lines, no two lines alike, ids of every kind."""
    names = _ids(random, 6)
    lines: list[Line] = []
    for place in range(random.randint(3, 25)):
        time = FIRST + timedelta(minutes=random.randrange(5 * 365 * 24 * 60))
        customer, order = random.choice(names), f"{random.choice(('', 'Đ', '00'))}{place + 1}"
        count = random.choice((1, 1, 1, 2, 3))
        lines += [
            Line(customer, order, time, _amount(random), f"Item {item}") for item in range(count)
        ]
    return lines


def _ids(random: Random, count: int) -> list[str]:
    kind = random.choice(("short", "padded", "huge", "nasty"))
    if kind == "nasty":
        return random.sample(NASTY, count)
    low, high, width = {"short": (1, 400, 1), "padded": (1, 999, 8), "huge": (2**63, 2**64, 1)}[
        kind
    ]
    return [f"{random.randrange(low, high):0{width}d}" for _ in range(count)]


def _amount(random: Random) -> Decimal:
    whole = random.choice((0, 9, 150, 1250, 35_000, 1_250_000))
    return Decimal(whole) + Decimal(random.randrange(100)) / 100


def random_dialect(random: Random) -> Dialect:
    places = random.choice((2, 2, 2, 0))
    return Dialect(
        separator=random.choice(",;\t|"),
        encoding=random.choice(list(ENCODERS)),
        line_end=random.choice(("\n", "\r\n")),
        quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        headers=random.choice(HEADERS),
        date_style=random.choice(DATE_STYLES),
        time_style=random.choice(TIME_STYLES),
        number_style=random.choice(NUMBER_STYLES),
        places=places,
        has_order_id=random.random() < 0.7,
        has_notes=random.random() < 0.4,
        has_titles=random.random() < 0.2,
    )


def true_orders(
    lines: Sequence[Line], dialect: Dialect
) -> list[tuple[str, str, datetime, Decimal]]:
    """What the file says: one row per order, to the precision that its dialect keeps."""
    sums: dict[tuple[str, str, datetime], Decimal] = {}
    for line in lines:
        time = _kept(line.time, dialect.time_style)
        order = line.order if dialect.has_order_id else ""
        key = (line.customer, order, time)
        sums[key] = sums.get(key, Decimal(0)) + round(line.amount, dialect.places)
    return sorted((*key, amount) for key, amount in sums.items())


def _kept(time: datetime, style: str) -> datetime:
    return time if style else datetime(time.year, time.month, time.day)


def read_back(frame: Any, dialect: Dialect) -> list[tuple[str, str, datetime, Decimal]]:
    """The same from the orders that were read."""
    names = ["customer_id", "order_id", "ordered_at", "amount"]
    rows = frame[names].astype(object).to_numpy().tolist()
    return sorted(
        (
            customer,
            order if dialect.has_order_id else "",
            time.to_pydatetime(),
            Decimal(str(round(amount, 4))),
        )
        for customer, order, time, amount in rows
    )
