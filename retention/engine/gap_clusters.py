"""What the customers' own influence on a curve of all gaps adds up to, squared, day by day.

A customer with many gaps is one cluster. The influence of a gap on -log S(t), as long as it lasts, is
A(t), the sum of e / (Y (Y - e)) over the days up to t with Y at risk and e events; once it has ended
on day L it stays A(L), less 1 / (Y - e) of that day where it ended with a purchase. The squares are
summed over customers by their running sums, so that no pairs of gaps are made and no rows leave the
engine. With one gap per customer the sum is Greenwood's, term for term.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _


def clustered_days(gaps: Any, *, by: Sequence[str]) -> Any:
    """Per day of a gap's length: `events`, `censored`, and the steps by which three sums change.

    Over customers with s, the settled influence of gaps that have ended by t, and m, their gaps that
    last longer: the sums up to t of `settled_sq` and `cross` are those of s^2 and s m, and the sum
    beyond t of `open_sq` is that of m^2. The squared influences at t are then
    s^2 + 2 A(t) s m + A(t)^2 m^2, summed.
    """
    days = _influence(_daily(gaps, by), by)
    rows = _beside(gaps, days, by)
    ended = rows.is_censored.ifelse(0.0, rows.per_event)
    rows = rows.select(*by, "customer", "gap_days", "is_censored", ended=rows.hazard - ended)
    so_far = ibis.window(group_by="customer", order_by="gap_days", preceding=(None, 0))
    steps = rows.mutate(
        settled=rows.ended.sum().over(so_far),
        still_open=rows.count().over(group_by="customer") - rows.count().over(so_far),
    )
    return steps.group_by(*by, "gap_days").agg(
        events=(~_.is_censored).sum(),
        censored=_.is_censored.sum(),
        settled_sq=(_.ended * (2 * _.settled - _.ended)).sum(),
        cross=(_.settled * _.still_open - (_.settled - _.ended) * (_.still_open + 1)).sum(),
        open_sq=(2 * _.still_open + 1).sum(),
    )


def clustered_months(gaps: Any, *, by: Sequence[str], month_days: int, from_number: int) -> Any:
    """The same three sums for each month of silence by itself, as a curve that begins anew in it.

    Of the gaps from the purchase `from_number` on. `settled_sq` and `cross` are sums over customers in
    the month itself; `open_sq` is a step again: its sum over later months is that of m^2.
    """
    gaps = gaps.filter(gaps.order_number >= from_number)
    months = gaps.mutate(months_silent=_month(gaps.gap_days, month_days))
    days = _daily(months, by)
    days = _influence(
        days.mutate(months_silent=_month(days.gap_days, month_days)), (*by, "months_silent"), by
    )
    rows = _beside(months, days, by)
    ended = rows.hazard - rows.is_censored.ifelse(0.0, rows.per_event)
    own = rows.group_by(*by, "customer", "months_silent").agg(
        settled=ended.sum(), ended=rows.count()
    )
    later = ibis.window(
        group_by="customer", order_by=ibis.desc("months_silent"), preceding=(None, 0)
    )
    own = own.mutate(still_open=own.ended.sum().over(later).cast("int64") - own.ended)
    return own.group_by(*by, "months_silent").agg(
        settled_sq=(_.settled * _.settled).sum(),
        cross=(_.settled * _.still_open).sum(),
        open_sq=(_.ended * (2 * _.still_open + _.ended)).sum(),
    )


def _month(gap_days: Any, month_days: int) -> Any:
    """Month m holds the lengths in (m, m + 1] months; a gap of 0 days ends before the first."""
    return ((gap_days - 1) / month_days).floor().cast("int64")


def _daily(gaps: Any, by: Sequence[str]) -> Any:
    return gaps.group_by(*by, "gap_days").agg(
        events=(~_.is_censored).sum().cast("float64"), at_risk=_.count().cast("float64")
    )


def _beside(gaps: Any, days: Any, by: Sequence[str]) -> Any:
    """Each gap with what is known of its day."""
    known = days.select(*by, "gap_days", "hazard", "per_event")
    # The gaps are a join themselves; without a name of its own Ibis 12 joins a day to any other.
    return gaps.view().join(known, [*by, "gap_days"])


def _influence(days: Any, since: Sequence[str], by: Sequence[str] | None = None) -> Any:
    """`hazard`, summed up within the groups `since`, and what an event takes off it.

    On a day on which everybody at risk comes back nothing is left to be unsure of.
    """
    by = since if by is None else by
    beyond = ibis.window(group_by=by, order_by=ibis.desc("gap_days"), preceding=(None, 0))
    days = days.mutate(at_risk=days.at_risk.sum().over(beyond))
    left = days.at_risk - days.events
    zero = ibis.literal(0.0, "float64")
    days = days.mutate(
        hazard_step=(left > 0).ifelse(days.events / (days.at_risk * left), zero),
        per_event=(left > 0).ifelse(1 / left, zero),
    )
    up_to = ibis.window(group_by=since, order_by="gap_days", preceding=(None, 0))
    return days.mutate(hazard=days.hazard_step.sum().over(up_to))
