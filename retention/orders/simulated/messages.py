"""Messages to customers: sent, opened, and answered by an order; less so the more there are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.clock import Clock, Floats
from retention.orders.simulated.marketing import Messages
from retention.orders.simulated.purchases import Integers

WINDOW = 30.0  # days in which messages tire
SERIES_DAYS = 28.0
KNOWN_FOR, SEEN_WITHIN = 30.0, 365.0
OPENS, OPEN_HOURS = 8.0, 3.0
APART = 1e6  # more days than any history, to keep people apart in one sorted list


def draw_messages(
    purchases: pd.DataFrame,
    plan: Messages,
    start: pd.Timestamp,
    clock: Clock,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """One row per message: owner, campaign, `sent`, `opened`, `answered` (days since the start)."""
    months = pd.period_range(plan.first, plan.last, freq="M")
    drawn = [
        _series(purchases, plan, (month.start_time - start).days, rng).assign(campaign=f"{month}")
        for month in months
    ]
    messages = pd.concat(drawn).sort_values(["owner", "sent"], ignore_index=True)
    place = _place_in_window(messages["owner"].to_numpy(), messages["sent"].to_numpy())
    sent = messages["sent"].to_numpy()
    opened = _later(sent, plan.open_days, plan.open_rate * plan.open_fall**place, clock, rng)
    chance = plan.answer_rate * plan.answer_fall**place
    return messages.assign(
        opened=opened, answered=_later(opened, plan.answer_days, chance, clock, rng)
    )


def _series(
    purchases: pd.DataFrame, plan: Messages, month: int, rng: np.random.Generator
) -> pd.DataFrame:
    """The messages of one month: to whom, and when."""
    known = purchases[purchases["day"] < month].groupby("owner")["day"].agg(["min", "max"])
    is_wanted = (known["min"] < month - KNOWN_FOR) & (known["max"] > month - SEEN_WITHIN)
    wanted = known.index[is_wanted].to_numpy()
    owner = rng.choice(wanted, min(plan.series, wanted.size), replace=False)
    numbers, shares = zip(*plan.lengths, strict=True)
    length = rng.choice(np.array(numbers), owner.size, p=np.array(shares))
    place = np.concatenate([np.arange(count) for count in length])
    step = np.repeat(SERIES_DAYS / length, length)
    first = np.repeat(rng.random(owner.size), length)
    hour = (OPENS + OPEN_HOURS * rng.random(place.size)) / 24
    return pd.DataFrame(
        {"owner": np.repeat(owner, length), "sent": month + np.floor((place + first) * step) + hour}
    )


def _place_in_window(owner: Integers, sent: Floats) -> Floats:
    """How many messages the person had got in the 30 days before this one."""
    key = owner * APART + sent
    place = np.arange(key.size) - np.searchsorted(key, key - WINDOW, side="right")
    return place.astype("float64")


def _later(
    begin: Floats, mean: float, chance: Floats, clock: Clock, rng: np.random.Generator
) -> Floats:
    """A later time, at hours at which people are about; missing where nothing follows."""
    business = clock.to_business(begin) + rng.exponential(mean, begin.size)
    follows = (rng.random(begin.size) < chance) & (business < clock.end)
    return np.where(follows, clock.to_calendar(business), np.nan)
