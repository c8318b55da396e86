"""How a source is to be read: the options of `read_orders`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from retention.engine.order_grain import Returns
from retention.errors import ArgumentError, choose, shown
from retention.kinds import require_mapping, require_texts
from retention.periods import WEEK_STARTS, WeekStart

MERGE_BY = ("email", "phone")
MOST_DAYS = 36_525


@dataclass(frozen=True)
class Settings:
    """Everything that `read_orders` takes besides the source."""

    columns: Mapping[str, str] | None = None
    attributes: tuple[str, ...] = ()
    timezone: str | None = None
    currency: str | None = None
    as_of: str | None = None
    history_start: str | None = None
    burn_in_days: int | Literal["auto"] = "auto"
    statuses: Mapping[str, str] | None = None
    returns: Returns = "behaviour"
    zero_amounts: Literal["purchase", "set_aside"] = "purchase"
    unreadable: Literal["error", "set_aside"] = "error"
    date_format: str | None = None
    decimal: Literal[".", ","] | None = None
    sheet: str | None = None
    encoding: str | None = None
    merge_by: tuple[str, ...] = ()
    placeholder_ids: tuple[str, ...] | Literal["auto"] = "auto"
    non_products: Literal["keep", "set_aside"] = "keep"
    week_start: WeekStart = "monday"
    amount_of: Literal["auto", "line", "order"] = "auto"

    def __post_init__(self) -> None:
        require_texts(
            timezone=self.timezone, currency=self.currency, date_format=self.date_format
        )  # fmt: skip
        if self.statuses is not None:
            require_mapping("statuses", self.statuses, 'Write {"their word": "paid"}.')
        choose("returns", self.returns, ("behaviour", "accounting"))
        choose("zero_amounts", self.zero_amounts, ("purchase", "set_aside"))
        choose("unreadable", self.unreadable, ("error", "set_aside"))
        choose("decimal", self.decimal, (None, ".", ","))
        choose("non_products", self.non_products, ("keep", "set_aside"))
        choose("week_start", self.week_start, WEEK_STARTS)
        choose("amount_of", self.amount_of, ("auto", "line", "order"))
        for name in self.merge_by:
            choose("merge_by", name, MERGE_BY)
        _require_days(self.burn_in_days)
        _require_timezone(self.timezone)

    def given(self) -> dict[str, Any]:
        """Only what differs from the defaults: the shortest call that repeats the reading."""
        return {
            item.name: value
            for item in fields(self)
            if (value := getattr(self, item.name)) != item.default
        }


def _require_days(days: object) -> None:
    is_whole = isinstance(days, int) and not isinstance(days, bool)
    is_auto = isinstance(days, str) and days == "auto"
    if not is_auto and not (is_whole and 0 <= days <= MOST_DAYS):  # type: ignore[operator]
        raise ArgumentError(
            f'burn_in_days: {shown(days)} is not "auto" or a number of days from 0 to {MOST_DAYS:,}.'
        )


def _require_timezone(name: str | None) -> None:
    if name is None:
        return
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise ArgumentError(
            f'timezone: {name!r} is not known. Write it like "Asia/Ho_Chi_Minh" or "UTC".'
        ) from error
