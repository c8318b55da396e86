"""When customers come back, in three sentences."""

from __future__ import annotations

import pandas as pd

from retention.charts.number import format_number
from retention.orders.orders import Orders
from retention.tables.repurchase_ladder import repurchase_ladder
from retention.tables.repurchase_times import repurchase_times
from retention.texts import text

RUNG_DAYS = 90


def repurchase_answer(orders: Orders) -> tuple[str, ...]:
    """How many return, how long those take, and how it goes on after the second purchase."""
    times = repurchase_times(orders)
    if times.empty:
        unknown = text("Too few customers to say when they come back.")
        return unknown, text("So nothing can be said of how long they take."), _steps(orders)
    return _rate(times), _wait(times.set_index("figure")), _steps(orders)


def _rate(times: pd.DataFrame) -> str:
    rates = times[(times["figure"] == "returned_rate") & (times["within_days"] <= 180)]
    if rates.empty:
        return text("Nobody has been observed for 30 days yet.")
    row = rates.iloc[-1]
    if row["naive_answer"] == row["answer"]:
        return text(
            "{rate} make a second purchase within {days} days (95%: {low} to {high}).",
            rate=row["answer"], days=row["within_days"], low=_percent(row["low"]),
            high=_percent(row["high"]),
        )  # fmt: skip
    return text(
        "{rate} make a second purchase within {days} days (95%: {low} to {high}); counting those not "
        "yet back as lost would say {naive}.",
        rate=row["answer"], days=row["within_days"], low=_percent(row["low"]),
        high=_percent(row["high"]), naive=row["naive_answer"],
    )  # fmt: skip


def _wait(waits: pd.DataFrame) -> str:
    if waits["value"].isna()["p50_days"]:
        return text("Nobody has come back so far.")
    return text(
        "Of those who return within {days} days, half do so within {half} and four fifths within "
        "{most}.",
        days=waits.loc["p80_days", "within_days"], half=waits.loc["p50_days", "answer"],
        most=waits.loc["p80_days", "answer"],
    )  # fmt: skip


def _steps(orders: Orders) -> str:
    ladder = repurchase_ladder(orders)
    rungs = ladder[(ladder["within_days"] == RUNG_DAYS) & (ladder["order_number"] <= 3)]
    if rungs.empty:
        return text("Nobody has been observed for {days} days after a purchase.", days=RUNG_DAYS)
    steps = [
        text(
            "{rate} after purchase {number}",
            rate=_percent(row["repurchase_rate"]), number=row["order_number"],
        )
        for row in rungs.to_dict("records")
    ]  # fmt: skip
    return text(
        "The next purchase follows within {days} days: {steps}.",
        days=RUNG_DAYS, steps=", ".join(steps),
    )  # fmt: skip


def _percent(share: float) -> str:
    return format_number(share, number_format="percent")
