"""The English table with its dates written in every way."""

from __future__ import annotations

from datetime import UTC, datetime

from orders.corpus.text_files import DAYS, english, joined


def _each(form: str) -> tuple[str, ...]:
    """Every day in a format of strftime, without leading zeros where it says `-`."""
    return tuple(_written(datetime.fromisoformat(day), form) for day in DAYS)


def _written(day: datetime, form: str) -> str:
    bare = form.replace("{d}", str(day.day)).replace("{m}", str(day.month))
    return day.strftime(bare)


def _epochs(per_second: int) -> tuple[str, ...]:
    """Two in the morning of each day in Vietnam, which is still the day before in UTC."""
    moments = [datetime.fromisoformat(f"{day}T02:00:00+07:00") for day in DAYS]
    return tuple(str(int(moment.astimezone(UTC).timestamp()) * per_second) for moment in moments)


STYLES: dict[str, tuple[str, ...]] = {
    "iso_times.csv": (
        "2024-01-05T10:30:00", "2024-01-31 10:30:00", "2024-02-29 23:59:59.999",
        "2024-03-15 10:30", "2024-03-31T00:00",
    ),
    "iso_offsets.csv": (
        "2024-01-04T19:00:00Z", "2024-01-31T10:30:00+07:00", "2024-02-29T23:59:59+0700",
        "2024-03-14T22:00:00+00:00", "2024-03-30T17:00:00Z",
    ),
    "year_first_slashes.csv": _each("%Y/%m/%d"),
    "day_first.csv": _each("%d/%m/%Y"),
    "day_first_unpadded.csv": _each("{d}/{m}/%Y"),
    "day_first_dots.csv": _each("%d.%m.%Y"),
    "day_first_dashes.csv": _each("%d-%m-%Y"),
    "month_first.csv": _each("{m}/{d}/%Y"),
    "month_first_twelve_hours.csv": _each("{m}/{d}/%Y 2:05 PM"),
    "day_first_twelve_hours_vi.csv": _each("%d/%m/%Y 02:05 CH"),
    "time_first.csv": _each("14:05 %d/%m/%Y"),
    "two_digit_years.csv": _each("%d/%m/%y"),
    "two_digit_years_month_first.csv": _each("{m}/{d}/%y"),
    "english_months.csv": _each("%d-%b-%y"),
    "english_long_months.csv": _each("%B {d}, %Y"),
    "english_mail_dates.csv": _each("%a, %d %b %Y 10:30:00 +0700"),
    "vietnamese_months.csv": _each("{d} thg {m}, %Y"),
    "vietnamese_words.csv": _each("ngày {d} tháng {m} năm %Y"),
    "vietnamese_weekdays.csv": (
        "Thứ sáu, 05/01/2024", "Thứ tư, 31/01/2024", "Thứ năm, 29/02/2024",
        "Thứ sáu, 15/03/2024", "Chủ nhật, 31/03/2024",
    ),
    "compact_dates.csv": _each("%Y%m%d"),
    "compact_times.csv": _each("%Y%m%d140500"),
    "compact_dates_with_times.csv": _each("%Y%m%d 14:05"),
    "epoch_seconds.csv": _epochs(1),
    "epoch_milliseconds.csv": _epochs(1000),
    "excel_serials.csv": ("45296", "45322", "45351", "45366", "45382"),
    "excel_serial_times.csv": ("45296.4375", "45322.5", "45351.99998842593", "45366.25", "45382"),
    "ambiguous_dates.csv": ("05/01/2024", "03/02/2024", "04/03/2024", "05/04/2024", "06/05/2024"),
    "ambiguous_two_digit_years.csv": ("05-01-03", "03-02-04", "04-03-05", "05-04-06", "06-05-07"),
    "impossible_dates.csv": ("05/01/2024", "31/01/2024", "31/02/2024", "15/03/2024", "31/03/2024"),
    "mixed_date_formats.csv": (
        "2024-01-05", "2024-01-31", "2024-02-29", "15/03/2024", "31/03/2024",
    ),
    "unreadable_dates.csv": ("2024-01-05", "soon", "", "2024-03-15", "2024-03-31"),
}  # fmt: skip

DATE_FILES: dict[str, str | bytes] = {
    name: joined(english(days=days)) for name, days in STYLES.items()
}
