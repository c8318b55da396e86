"""From the figures of the shop's dashboard to ours, one step per reason."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from ibis import _

from retention.engine.frames import to_arrow
from retention.engine.next_day import next_day
from retention.errors import ArgumentError, choose, examples, require_number
from retention.kinds import as_names
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import given_orders
from retention.orders.orders import Orders
from retention.orders.reconcile.dashboard import (
    Counts,
    Dashboard,
    Period,
    View,
    customer_counts,
    one_row,
)
from retention.orders.reconcile.reasons import explanation
from retention.orders.reconcile.ways import Way, nearest_ways
from retention.orders.rules.rules import SET_ASIDE_RULES
from retention.periods import as_day
from retention.texts import text

COLUMNS = check_columns(("figure", "reason", "amount", "running", "explanation"))
FIGURES = ("orders", "revenue", "customers", "new_customers", "returning_customers")
_DAY = pd.Timedelta(days=1)
_FOREVER = pd.Timestamp("2250-01-01")


def reconcile(
    orders: Orders | pd.DataFrame,
    figures: Mapping[str, float | Decimal],
    *,
    start: str | date | pd.Timestamp | None = None,
    end: str | date | pd.Timestamp | None = None,
    timezone: str | None = None,
    left_out: str | Sequence[str] = (),
) -> pd.DataFrame:
    """Lead from the figures of the shop's dashboard to ours, one line per reason.

    A dashboard is taken to count orders as they were placed: cancelled, repeated and refunded ones,
    by the source's own ids. Each step then leaves out what one rule of the audit sets aside, in the
    audit's order, and counts again. Where another way of counting comes nearer to the figure given
    (refunds with an id of their own as orders, lines as orders, each guest a customer, sales less
    refunds), the steps start from that one; the explanation of the first row says so. A figure that
    is ours already needs no steps, unless orders as they were placed are as many.

    Parameters
    ----------
    orders : Orders or DataFrame with our column names
    figures : mapping
        Any of orders, revenue, customers, new_customers (first order in the period) and
        returning_customers (an order in the period that is not their first) to the dashboard's number.
    start, end : date
        First and last day of the dashboard's period. Default: all days up to `as_of`; where no order
        that is used lies after it, all lines of the source.
    timezone : str, such as "UTC"
        Where the dashboard's days are counted. Default: where ours are.
    left_out : str or sequence of str
        Rules of the audit whose lines the dashboard leaves out itself, such as "cancelled"; also those
        that keep their lines here ("zero_amount"), which a step then adds.

    Returns
    -------
    DataFrame, one row per figure and reason that changes it
        figure (str), reason (str: "as given", ways of counting, rules of the audit, "unexplained",
        "ours"), amount (float64, in the figure's unit: the figure itself in the first and last row,
        signed steps in between), running (float64, the figure after the step), explanation (str).
        `unexplained` is what the lines that were read cannot explain; the steps add up exactly.

    Raises
    ------
    ArgumentError
        If a figure is not known or no number, the period is empty, or a timezone is not known.

    Notes
    -----
    The trap: a step is what a rule changes after those before it; in another order the same lines
    would count for another rule. An unexplained amount that is a step with the other sign means that
    the dashboard leaves those lines out, too: name the rule in `left_out`.

    Examples
    --------
    >>> from retention import read_orders
    >>> orders = read_orders(pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "b"],
    ...     "order_id": ["1", "2", "3", "4"],
    ...     "ordered_at": ["2024-01-01", "2024-02-01", "2024-01-05", "2024-03-01"],
    ...     "amount": [10.0, 20.0, 30.0, 40.0],
    ...     "status": ["paid", "cancelled", "paid", "paid"],
    ... }))
    >>> steps = reconcile(orders, {"orders": 4, "revenue": 101.5})
    >>> steps[["figure", "reason", "amount", "running"]]
        figure       reason  amount  running
    0   orders     as given     4.0      4.0
    1   orders    cancelled    -1.0      3.0
    2   orders  unexplained     0.0      3.0
    3   orders         ours     3.0      3.0
    4  revenue     as given   101.5    101.5
    5  revenue    cancelled   -20.0     81.5
    6  revenue  unexplained    -1.5     80.0
    7  revenue         ours    80.0     80.0
    """
    given = _checked(figures)
    rules = as_names("left_out", left_out)
    for rule in rules:
        choose("left_out", rule, SET_ASIDE_RULES)
    ours = given_orders(orders)
    period = _period(ours, start, end)
    theirs = View(_elsewhere(period, ours.timezone, timezone), frozenset(rules))
    states = list(_states(ours, theirs, period))
    ways = nearest_ways(given, states[0][1], states[-1][1])
    rows = [
        row for figure, way in ways.items() for row in _rows(figure, given[figure], way, states)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    frame.attrs = {"as_of": f"{ours.as_of:%Y-%m-%d}", "currency": ours.currency}
    return frame


def _checked(figures: Mapping[str, float | Decimal]) -> dict[str, Decimal]:
    if not isinstance(figures, Mapping) or not figures:
        raise ArgumentError(
            f'figures: no figure given. Pass the dashboard\'s numbers: {{"orders": 1234}}; the names '
            f"are {', '.join(FIGURES)}."
        )
    unknown = [name for name in figures if name not in FIGURES]
    if unknown:
        raise ArgumentError(
            f"figures: {len(unknown)} of {len(figures)} names are not known ({examples(unknown)}). "
            f"They are {', '.join(FIGURES)}."
        )
    for name, value in figures.items():
        if not isinstance(value, Decimal):
            require_number(name, value)
        if not math.isfinite(value):
            raise ArgumentError(f"{name}: {value} is no number to reconcile. Leave the figure out.")
    return {name: Decimal(str(value)) for name, value in figures.items()}


def _period(ours: Orders, start: Any, end: Any) -> Period:
    first = None if start is None else as_day(start, "start")
    if first is None and end is None and not _has_later(ours):
        return Period(None, _FOREVER, is_open=True)
    last = ours.as_of if end is None else as_day(end, "end")
    if first is not None and last < first:
        raise ArgumentError(
            f"end: {last:%Y-%m-%d} lies before the start of the period, {first:%Y-%m-%d}."
        )
    return Period(first, last + _DAY, is_open=start is None and end is None)


def _has_later(ours: Orders) -> bool:
    """Whether lines in use lie after `as_of`."""
    lines = ours.checked
    later = lines.filter(lines.rule.isnull() & (lines.ordered_at >= next_day(ours.as_of)))
    return bool(to_arrow(later.select("ordered_at").limit(1)).num_rows)


def _elsewhere(period: Period, ours: str | None, theirs: str | None) -> Period:
    """The same days in the dashboard's timezone, in our local time."""
    if theirs is None:
        return period
    if ours is None:
        raise ArgumentError(
            f"timezone: {theirs!r} cannot be compared, because the orders have none. Say where their "
            'days are counted: read_orders(..., timezone="Asia/Ho_Chi_Minh").'
        )
    start = None if period.start is None else _moved(period.start, theirs, ours)
    return replace(period, start=start, end=_moved(period.end, theirs, ours))


def _moved(moment: pd.Timestamp, theirs: str, ours: str) -> pd.Timestamp:
    try:
        # A midnight that the clock change skips is the next moment; of two, the first one.
        there = moment.tz_localize(theirs, nonexistent="shift_forward", ambiguous=True)
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise ArgumentError(
            f'timezone: {theirs!r} is not known. Write it like "Asia/Ho_Chi_Minh" or "UTC".'
        ) from error
    return there.tz_convert(ours).tz_localize(None)


def _states(ours: Orders, theirs: View, period: Period) -> Iterator[tuple[str, Counts]]:
    """Reasons and all figures after each, from the dashboard's way of counting to ours."""
    kept = _kept(ours, theirs.without)
    dashboard = Dashboard(ours.checked, ours.as_of, kept)
    for reason, view in _views(dashboard, theirs, period, kept):
        counts = dashboard.counts(view)
        if reason == "as given":
            counts |= dashboard.counts_with_refunds(view)
            for name in ("customers", "new_customers"):
                counts[f"{name}_and_guests"] = counts[name] + counts["guests"]
        yield reason, counts
    yield from _booked_states(ours, period)


def _kept(ours: Orders, rules: Collection[str]) -> list[str]:
    """Those of the rules that set no line aside here, such as orders of amount 0."""
    took = ours.checked.filter(ours.checked.rule.isin(sorted(rules))).select("rule").distinct()
    taken = to_arrow(took)["rule"].to_pylist() if rules else []
    return [rule for rule in SET_ASIDE_RULES if rule in rules and rule not in taken]


def _views(
    dashboard: Dashboard, theirs: View, period: Period, kept: Sequence[str]
) -> Iterator[tuple[str, View]]:
    """Ways of counting, one step apart; what is kept here and left out there is added at the end."""
    yield "as given", theirs
    view = replace(theirs, period=period)
    if view != theirs:
        yield "day_edges", view
    for rule in dashboard.rules:
        if rule not in view.without:
            view = replace(view, without=view.without | {rule})
            yield rule, view
    for rule in kept:
        view = replace(view, without=view.without - {rule})
        yield rule, view
    if dashboard.has_merged:
        view = replace(view, is_merged=True)
        yield "merged_customers", view
    yield "order_two_customers", replace(view, is_by_customer=True)


def _booked_states(ours: Orders, period: Period) -> Iterator[tuple[str, Counts]]:
    """With refunds booked back, then by purchase days, then without the burn-in's new customers."""
    orders = ours.orders.rename(who="customer_id", at="ordered_at")
    inside = orders.filter(period.holds(orders.at))
    sums = inside.agg(orders=inside.is_purchase.sum(), revenue=inside.amount.sum())
    bought = orders.filter(_.is_purchase).select("who", "at")
    counts = one_row(sums) | one_row(customer_counts(bought, period))
    counts["net_revenue"] = counts["revenue"]
    yield "matched_refund", counts
    days = bought.mutate(at=_.at.date().cast("timestamp")).distinct()
    counts = counts | one_row(customer_counts(days, period))
    yield "same_day", counts
    begin = ours.burn_in_end
    if begin is not None and (period.start is None or period.start < begin):
        found = one_row(customer_counts(days, replace(period, start=begin)))
        yield "burn_in", counts | {"new_customers": found["new_customers"]}


def _rows(
    figure: str, given: Decimal, way: Way, states: Sequence[tuple[str, Counts]]
) -> Iterator[tuple[str, str, Decimal, Decimal, str]]:
    ours = states[-1][1][figure]
    yield figure, "as given", given, given, _said(way)
    later = [(reason, counts[way.follows]) for reason, counts in states[1:] if way.follows]
    running, previous = given, way.counted
    for reason, count in [*way.steps, *later]:
        change, previous = count - previous, count
        running += change
        if change:
            yield figure, reason, change, running, explanation(reason)
    yield figure, "unexplained", ours - running, ours, explanation("unexplained")
    yield figure, "ours", ours, ours, explanation("ours")


def _said(way: Way) -> str:
    if not way.follows:
        return text("The figure of the dashboard; it is ours already, so that no step is needed.")
    return explanation(way.said)
