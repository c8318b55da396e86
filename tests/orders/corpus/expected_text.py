"""The readings of dates, amounts and dialects: the same few orders, however they are written."""

from __future__ import annotations

from dataclasses import replace

from orders.corpus.case import Case, Reading, rows

IDS = ("A-1", "A-2", "A-3", "A-4", "A-5")
CUSTOMERS = ("007", "012", "007", "345", "012")
DAYS = ("2024-01-05", "2024-01-31", "2024-02-29", "2024-03-15", "2024-03-31")
AMOUNTS = ("12.50", "99.99", "1250.00", "0.01", "7.00")
HANOI = {"timezone": "Asia/Ho_Chi_Minh"}
ASIDE = {"unreadable": "set_aside"}

ENGLISH = Reading(rows(IDS, CUSTOMERS, DAYS, AMOUNTS), values={"channel": ("Phone", "Shop", "Web")})
VIETNAMESE = Reading(
    (
        "KH001 | ĐH01 | 2024-01-05 | 1250000",
        "KH002 | ĐH02 | 2024-01-31 | 350000",
        "KH001 | ĐH03 | 2024-02-29 | 80500",
        "KH003 | ĐH04 | 2024-03-15 | 2000000",
        "KH002 | ĐH05 | 2024-03-31 | 99000",
    ),
    values={"channel": ("Cửa hàng", "Sàn điện tử", "Zalo")},
)


def at(*times: str) -> Reading:
    """The English orders at other times."""
    return replace(ENGLISH, rows=rows(IDS, CUSTOMERS, times, AMOUNTS))


def each_at(time: str) -> Reading:
    """The English orders at one time of the day."""
    return at(*(f"{day} {time}" for day in DAYS))


def paid(*amounts: str) -> Reading:
    """The English orders with other amounts."""
    return replace(ENGLISH, rows=rows(IDS, CUSTOMERS, DAYS, amounts))


def without(reading: Reading, *places: int, rule: str) -> Reading:
    """The reading without some of its orders, which a rule set aside."""
    kept = tuple(row for place, row in enumerate(reading.rows) if place not in places)
    return Reading(kept, aside={rule: len(places)})


def channels(*names: str) -> Reading:
    return replace(ENGLISH, values={"channel": names})


QUOTED = Reading(
    rows(("A,1", "A;2", 'A"3', "A'4", "A|5"), CUSTOMERS, DAYS, AMOUNTS),
    values={"channel": ("Phone", "Shop, corner", 'the "big" shop', "two\nlines")},
)
TEXT_CASES = (
    Case("comma.csv", ENGLISH),
    Case("semicolon.csv", ENGLISH),
    Case("tab.tsv", ENGLISH),
    Case("pipe.txt", ENGLISH),
    Case("vietnamese.csv", VIETNAMESE),
    Case("utf8_bom_crlf.csv", VIETNAMESE),
    Case("decomposed.csv", VIETNAMESE),
    Case("utf16_le.csv", VIETNAMESE),
    Case("utf16_be.csv", VIETNAMESE),
    Case("utf16_without_bom.csv", VIETNAMESE),
    Case("windows_1252.csv", channels("Café", "Téléphone", "Web")),
    Case("windows_1258.csv", VIETNAMESE),
    Case("windows_1258.csv", VIETNAMESE, {"encoding": "cp1258"}),
    Case("quoted.csv", QUOTED),
    Case("single_quotes.csv", channels("Phone", "Shop, corner", "Web")),
    Case("backslashes.csv", channels("Phone", "Shop", "Web", 'the "big" shop, corner')),
    Case("title_rows.csv", VIETNAMESE),
    Case("title_without_separators.csv", ENGLISH),
    Case("separator_line.csv", ENGLISH),
    Case("trailing_separators.csv", ENGLISH),
    Case("no_last_newline.csv", ENGLISH),
    Case("extra_columns.csv", ENGLISH),
    Case("too_many_cells.csv", refused=("cells|columns|fields|values", r"\b3\b")),
    Case("too_few_cells.csv", refused=("cells|columns|fields|values", r"\b4\b")),
    Case("no_header.csv", refused=("header|names? the columns",)),
    Case("twice_the_same_name.csv", refused=("2 columns share a name", "amount")),
    Case(
        "leading_zeros.csv",
        Reading(
            (
                "0012 | 0001 | 2024-01-05 | 1.50",
                "12 | 0002 | 2024-01-31 | 2.50",
                "012 | 1 | 2024-02-29 | 3.50",
                "0012 | 01 | 2024-03-31 | 4.50",
            ),
            lines=4,
        ),
    ),
    Case(
        "big_ids.csv",
        Reading(
            (
                "18446744073709551615 | 9007199254740993 | 2024-01-05 | 1.50",
                "18446744073709551614 | 9007199254740992 | 2024-01-31 | 2.50",
                "9223372036854775808 | 9007199254740994 | 2024-02-29 | 3.50",
                "18446744073709551615 | 9007199254740995 | 2024-03-31 | 4.50",
            ),
            lines=4,
        ),
    ),
    Case(
        "mixed_ids.csv",
        Reading(
            rows(
                ("1", "2", "3", "4", "5"),
                ("12", "A12", "1e5", "Nguyễn Văn A", "true"),
                DAYS,
                ("1.50", "2.50", "3.50", "4.50", "5.50"),
            )
        ),
    ),
)

BOTH_ORDERS = ("%d/%m/%Y", "%m/%d/%Y", "date_format")
DAY_FIRST = at("2024-01-05", "2024-02-03", "2024-03-04", "2024-04-05", "2024-05-06")
MONTH_FIRST = at("2024-05-01", "2024-03-02", "2024-04-03", "2024-05-04", "2024-06-05")
TWO_DIGITS = at("2003-01-05", "2004-02-03", "2005-03-04", "2006-04-05", "2007-05-06")
ISO_TIMES = at(
    "2024-01-05 10:30", "2024-01-31 10:30", "2024-02-29 23:59:59.999", "2024-03-15 10:30", DAYS[4]
)
OFFSETS = at(
    "2024-01-05 02:00", "2024-01-31 10:30", "2024-02-29 23:59:59", "2024-03-15 05:00", DAYS[4]
)
SERIAL_TIMES = at(
    "2024-01-05 10:30", "2024-01-31 12:00", "2024-02-29 23:59:59", "2024-03-15 06:00", DAYS[4]
)
DATE_CASES = (
    Case("iso_times.csv", ISO_TIMES),
    Case("iso_offsets.csv", OFFSETS, HANOI, refused=("carry an offset", "timezone=")),
    Case("year_first_slashes.csv", ENGLISH),
    Case("day_first.csv", ENGLISH),
    Case("day_first_unpadded.csv", ENGLISH),
    Case("day_first_dots.csv", ENGLISH),
    Case("day_first_dashes.csv", ENGLISH),
    Case("month_first.csv", ENGLISH),
    Case("month_first_twelve_hours.csv", each_at("14:05")),
    Case("day_first_twelve_hours_vi.csv", each_at("14:05")),
    Case("time_first.csv", each_at("14:05")),
    Case("two_digit_years.csv", ENGLISH),
    Case("two_digit_years_month_first.csv", ENGLISH),
    Case("english_months.csv", ENGLISH),
    Case("english_long_months.csv", ENGLISH),
    Case("english_mail_dates.csv", each_at("10:30"), HANOI, refused=("timezone=",)),
    Case("vietnamese_months.csv", ENGLISH),
    Case("vietnamese_words.csv", ENGLISH),
    Case("vietnamese_weekdays.csv", ENGLISH),
    Case("compact_dates.csv", ENGLISH),
    Case("compact_times.csv", each_at("14:05")),
    Case("compact_dates_with_times.csv", each_at("14:05")),
    Case("epoch_seconds.csv", each_at("02:00"), HANOI, refused=("timezone=",)),
    Case("epoch_milliseconds.csv", each_at("02:00"), HANOI, refused=("timezone=",)),
    Case("excel_serials.csv", ENGLISH),
    Case("excel_serial_times.csv", SERIAL_TIMES),
    Case("ambiguous_dates.csv", DAY_FIRST, {"date_format": "%d/%m/%Y"}, refused=BOTH_ORDERS),
    Case("ambiguous_dates.csv", MONTH_FIRST, {"date_format": "%m/%d/%Y"}, refused=BOTH_ORDERS),
    Case(
        "ambiguous_two_digit_years.csv",
        TWO_DIGITS,
        {"date_format": "%d-%m-%y"},
        refused=("%d-%m-%y", "date_format"),
    ),
    Case(
        "impossible_dates.csv",
        without(ENGLISH, 2, rule="unreadable_date"),
        ASIDE,
        refused=("1 of 5", "31/02/2024", "set_aside"),
    ),
    Case("mixed_date_formats.csv", ENGLISH, or_refused=True),
    Case(
        "unreadable_dates.csv",
        without(ENGLISH, 1, 2, rule="unreadable_date"),
        ASIDE,
        refused=("2 of 5", "soon", "set_aside"),
    ),
)

THOUSANDS = paid("1250.00", "99.99", "12.5", "1000000.00", "7")
VND = paid("350000", "80500", "99000", "120000", "75000")
AMOUNT_CASES = (
    Case("thousands_comma.csv", THOUSANDS),
    Case("thousands_space.csv", THOUSANDS),
    Case("thousands_apostrophe.csv", THOUSANDS),
    Case(
        "thousands_indian.csv", paid("1250.00", "99.99", "12.5", "10000000", "7"), or_refused=True
    ),
    Case("dong_signs.csv", paid("1250000", "350000", "80500", "2000000", "99000")),
    Case("dong_unproved.csv", VND),
    Case("dollar_signs.csv", ENGLISH),
    Case("euro_signs.csv", ENGLISH),
    Case(
        "vnd_without_proof.csv",
        VND,
        {"currency": "VND"},
        refused=('decimal="."', 'decimal=","', 'currency="VND"'),
    ),
    Case(
        "vnd_without_proof.csv",
        paid("350", "80.5", "99", "120", "75"),
        {"decimal": "."},
        refused=("two ways",),
    ),
    Case("mixed_signs.csv", refused=("two decimal signs|mixes|two ways", "decimal=")),
    Case("mixed_currencies.csv", refused=("USD", "EUR")),
    Case("scientific.csv", paid("150000", "2250000", "99000", "1000000", "75000")),
    Case("short_forms.csv", paid("500000", "1200000", "2000000", "350000", "1200000")),
    Case(
        "unreadable_amounts.csv",
        without(ENGLISH, 1, 3, rule="unreadable_amount"),
        ASIDE,
        refused=("2 of 5", "liên hệ", "set_aside"),
    ),
    Case("fullwidth_digits.csv", ENGLISH),
    Case("percent.csv", refused=("1 of 5", "10%")),
    Case("text_mark.csv", ENGLISH),
    Case(
        "negative_forms.csv",
        Reading(
            (
                "007 | A-1 | 2024-01-05 | 37.50",
                "012 | A-2 | 2024-01-06 | 40.00",
                "345 | A-3 | 2024-01-07 | 40.00",
                "678 | A-4 | 2024-01-08 | 40.00",
            ),
            lines=8,
            touched={"negative_amount": 4, "matched_refund": 4},
        ),
    ),
)
