"""`Orders`: checked lines, the orders made of them, and what was understood and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from retention.counted_orders import counted_customers, counted_orders
from retention.engine.connection import store
from retention.engine.emptiness import is_empty
from retention.engine.frames import to_arrow, to_frame
from retention.engine.monthly_orders import monthly_orders
from retention.engine.next_day import next_day
from retention.engine.offer import with_offer
from retention.engine.order_grain import SUMS, orders_from_lines
from retention.engine.order_sharing import shared_order_ids
from retention.engine.time import day_number
from retention.engine.view import view
from retention.errors import ArgumentError
from retention.orders.audit.audit import audit_table
from retention.orders.audit.burn_in import burn_in_end
from retention.orders.audit.headlines import headlines_table
from retention.orders.audit.notes import whole_table_notes
from retention.orders.call import Call
from retention.orders.choices import Choices
from retention.orders.rule_lines import rule_lines
from retention.orders.settings import Settings
from retention.orders.without_amounts import audit_without_amounts, headlines_without_amounts
from retention.periods import as_day
from retention.texts import text

LINE = ("line_number", "customer_id", "order_id", "ordered_at", "amount")
FOUND = {
    "unreadable_date": ("date_found",),
    "unreadable_amount": ("amount_found",),
    "unreadable_number": ("number_found",),
}


@dataclass(frozen=True, eq=False, repr=False)
class Orders:
    """Orders up to and including `as_of`, in local time.

    Made by `read_orders`; never changed. `at(as_of)` gives the same orders as they were known on an
    earlier day: refunds count only from their own date on.

    Attributes
    ----------
    as_of : Timestamp
        Local date, included whole; by default that of the last order.
    history_start : Timestamp
        First day from which the source is complete; by default that of the first order.
    mapping : DataFrame, one row per mapped column
        `column`, `source_column`, `reason`.
    options : Settings
        How the source was read.
    attributes : tuple of str
        Text columns that `by=` can name.
    origin : path, list of paths, or a table without rows
        Where the orders came from.
    people : DataFrame, path or None
        Where the e-mails and phones came from by which ids were merged.
    detected : mapping
        What reading found out by itself: date format, decimal sign, currency, meaning of statuses.
    identity : DataFrame, one row per person whose ids were merged, or None
        Made where `merge_by` asked for it; the largest clusters first.
    choices : Choices
        What a `retention.toml` says beside the reading: language, horizon, margin, thresholds, ...
    """

    checked: Any
    as_of: pd.Timestamp
    history_start: pd.Timestamp
    mapping: pd.DataFrame
    options: Settings
    attributes: tuple[str, ...]
    source_name: str = ""
    is_remote: bool = False
    origin: object = None
    people: pd.DataFrame | str | Path | None = None
    detected: Mapping[str, Any] = field(default_factory=dict)
    identity: pd.DataFrame | None = None
    choices: Choices = field(default_factory=Choices)

    @property
    def timezone(self) -> str | None:
        """The timezone of the local dates, where one was given."""
        return self.options.timezone

    @property
    def currency(self) -> str | None:
        """The currency of the amounts, where one was given or stands in the cells."""
        return self.options.currency or self.detected.get("currency")

    @cached_property
    def lines(self) -> Any:
        """The lines that are used, up to and with `as_of`, as an engine expression."""
        is_known = self.checked.ordered_at < next_day(self.as_of)
        return self.checked.filter(self.checked.rule.isnull() & is_known)

    @cached_property
    def orders(self) -> Any:
        """One row per order as an engine expression, derived once; `is_purchase` says what counts."""
        shared = shared_order_ids(self.checked)
        derived = orders_from_lines(
            self.lines, as_of=self.as_of, attributes=self.attributes,
            returns=self.options.returns, shared=shared,
        )  # fmt: skip
        derived = with_offer(derived)
        if self.is_remote:
            return derived
        # Where every line is an order there is nothing to keep: the lines are stored already.
        is_same = shared is not None and is_empty(shared) and self.options.returns == "behaviour"
        return view(derived) if is_same else store(derived)

    @cached_property
    def audit(self) -> pd.DataFrame:
        """One row per rule: what it touched, what it set aside, what it changes. Lazy."""
        table = audit_table(
            self.checked,
            as_of=self.as_of,
            returns=self.options.returns,
            notes=whole_table_notes(
                self.as_of, self.history_start, self.options, self.burn_in_end, self._selling_days
            ),
            options=self.options,
        )
        table = table if self.has_amounts else audit_without_amounts(table)
        table.attrs = self._caption("orders.audit")
        return table

    @cached_property
    def headlines(self) -> pd.DataFrame:
        """The first numbers that people ask for, each also without the top 1 % of the customers."""
        table = headlines_table(self.orders, as_of=self.as_of)
        table = table if self.has_amounts else headlines_without_amounts(table)
        table.attrs = self._caption("orders.headlines")
        return table

    @cached_property
    def burn_in_end(self) -> pd.Timestamp | None:
        """The first day whose new customers can be believed; None where nothing is left out."""
        return burn_in_end(
            self.orders,
            history_start=self.history_start,
            burn_in_days=self.options.burn_in_days,
        )

    def at(self, as_of: str | date | pd.Timestamp | None) -> Orders:
        """The same orders as known at the end of an earlier day.

        Raises
        ------
        ArgumentError
            If the day lies after this `as_of`, or before the first order.
        """
        if as_of is None or (day := as_day(as_of)) == self.as_of:
            return self
        if day > self.as_of:
            raise ArgumentError(
                f"as_of: {day:%Y-%m-%d} lies after the orders' own {self.as_of:%Y-%m-%d}: what "
                "happened in between is not known. Read newer orders, or pass as_of= to read_orders."
            )
        if day < self.history_start:
            raise ArgumentError(
                f"as_of: {day:%Y-%m-%d} lies before the first day of the orders, "
                f"{self.history_start:%Y-%m-%d}."
            )
        return replace(self, as_of=day)

    def set_aside(self, rule: str) -> pd.DataFrame:
        """The lines that a rule of the audit set aside, with their row number in the source.

        `line_number` counts rows of data from 1, without a header and what stands above it; of
        several files, the rows of the one in `source_file`. Where a rule keeps what it finds, the
        lines that it touches. Of lines that could not be read, what stood in their cells.

        Raises
        ------
        ArgumentError
            If it is no rule of the audit, or one about the orders as a whole.
        """
        found = rule_lines(self.checked, rule, as_of=self.as_of, options=self.options)
        file = [name for name in ("source_file",) if name in self.checked.columns]
        columns = [LINE[0], *file, *LINE[1:], *self.attributes, *FOUND.get(rule, ())]
        return to_frame(found, columns)

    def settings(self) -> Call:
        """The call that repeats this reading exactly: `read_orders(source, **orders.settings())`.

        Printed, it is the call to paste; `.toml()` is the same as a retention.toml.
        """
        columns = dict(zip(self.mapping["column"], self.mapping["source_column"], strict=True))
        columns |= {ours: "" for ours, theirs in (self.options.columns or {}).items() if not theirs}
        found: dict[str, Any] = {"columns": columns, "as_of": f"{self.as_of:%Y-%m-%d}"}
        found |= {"people": self.people} if self.people is not None else {}
        options = dict(self.detected) | self.options.given() | found
        return Call(options, source=self.origin, choices=self.choices)

    def to_pandas(self) -> pd.DataFrame:
        """Every order that is a purchase or carries money, one row per order.

        Columns: customer_id, order_id (str), ordered_at (datetime64[us], local), amount (float64,
        net of refunds booked by `as_of`), then the attributes (str) and sums that the source has,
        then is_purchase (bool).

        The trap: an order that is no purchase is none of the orders that are counted anywhere, but
        money is left on it. Rows to count are those with `is_purchase`; amounts to sum are all.
        """
        orders = self.orders
        counted = orders.filter(orders.is_purchase | (orders.amount != 0))
        sums = [name for name in SUMS if name in orders.columns]
        columns = ["customer_id", "order_id", "ordered_at", "amount", *self.attributes, *sums]
        columns.append("is_purchase")
        return to_frame(counted.order_by("ordered_at", "customer_id", "order_id"), columns)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Numbers of `orders` that are purchases and of their `customers`."""
        bought = self.orders.filter(self.orders.is_purchase)
        row = to_arrow(
            bought.agg(orders=bought.count(), customers=bought.customer_id.nunique())
        ).to_pylist()[0]
        return {name: int(value) for name, value in row.items()}

    @cached_property
    def monthly(self) -> Mapping[int, int]:
        """Numbers of orders that count, by the number of their calendar month."""
        rows = to_arrow(monthly_orders(self.orders)).to_pylist()
        return {int(row["month_number"]): int(row["orders"]) for row in rows}

    @cached_property
    def _selling_days(self) -> list[int]:
        """Days with a purchase, as numbers."""
        bought = self.orders.filter(self.orders.is_purchase)
        days = bought.select(day=day_number(bought.ordered_at)).distinct()
        return sorted(to_arrow(days)["day"].to_pylist())

    @property
    def has_amounts(self) -> bool:
        """Whether the source has money; without it amounts are 0 inside."""
        ours = set(self.mapping["column"])
        return "amount" in ours or {"quantity", "unit_price"} <= ours

    def _caption(self, call: str) -> dict[Any, Any]:
        return {"as_of": f"{self.as_of:%Y-%m-%d}", "currency": self.currency, "call": call}

    def __repr__(self) -> str:
        return text(
            "Orders: {orders} of {customers}, {start} to {end}, from {source}",
            orders=counted_orders(self.counts["orders"]),
            customers=counted_customers(self.counts["customers"]),
            start=f"{self.history_start:%Y-%m-%d}",
            end=f"{self.as_of:%Y-%m-%d}",
            source=self.source_name,
        )

    def _repr_html_(self) -> str:
        mapped = self.mapping.to_html(index=False, border=0, justify="left")
        # Words are read from the left; JupyterLab puts all cells to the right.
        for cell in ("td", "th"):
            mapped = mapped.replace(f"<{cell}>", f'<{cell} style="text-align: left">')
        hint = text("orders.audit shows what was left out, and what each rule changes.")
        return f"<p><strong>{escape(repr(self))}</strong></p>{mapped}<p>{escape(hint)}</p>"
