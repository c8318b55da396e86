"""The touches of a simulated shop: ads clicked, pages, wish lists, messages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.clock import Floats
from retention.orders.simulated.draw import Draw
from retention.orders.simulated.marketing import Marketing

COLUMNS = ("customer_id", "touched_at", "touch", "channel", "campaign", "page", "product")
SITE = "Website"
PAGES = {"page_view": "product"}


def draw_touches(
    draw: Draw,
    interest: pd.DataFrame,
    messages: pd.DataFrame,
    *,
    plan: Marketing,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """One row per touch, by time: owner, touched_at and what it was; ids are added later.

    Interest counts only once a person has been reached: the first touch brings them.
    """
    first = _first_touches(draw, plan, rng)
    reached = first.set_index("owner")["day"]
    interest = interest[interest["day"] > interest["owner"].map(reached)]
    pages = interest["touch"].map(PAGES)
    rows = [first, interest.assign(channel=SITE, page=pages), _message_touches(messages, plan, rng)]
    touches = pd.concat(rows, ignore_index=True)
    at = (draw.start + pd.to_timedelta(touches["day"], unit="D")).dt.floor("min")
    touches = touches.assign(touched_at=at.astype("datetime64[us]"))
    touches["campaign"] = touches["campaign"].mask(_is_in_burst(touches, plan), plan.campaign.name)
    return touches.sort_values(["touched_at", "owner"], kind="stable", ignore_index=True)


def _first_touches(draw: Draw, plan: Marketing, rng: np.random.Generator) -> pd.DataFrame:
    """What brought a person: the click on an ad, or a first page; before joining."""
    people = draw.people
    chance = people["source"].map(dict(plan.reached)).to_numpy("float64")
    joined = draw.clock.to_business(people["joined"].to_numpy())
    wait = rng.exponential(plan.reached_days, len(people))
    # The history begins with people who have just been reached.
    wait = np.where(wait < joined, wait, rng.random(len(people)) * joined)
    is_ad = people["source"].isin([ad.name for ad in plan.ads])
    rows = pd.DataFrame(
        {
            "owner": people.index,
            "day": draw.clock.to_calendar(joined - wait),
            "touch": np.where(is_ad, "ad_click", "page_view"),
            "channel": people["source"].where(is_ad, SITE),
            "page": "home",
        }
    )
    return rows[rng.random(len(people)) < chance]


def _message_touches(
    messages: pd.DataFrame, plan: Marketing, rng: np.random.Generator
) -> pd.DataFrame:
    """Two rows for an opened message, one for another; a person has one channel."""
    names, shares = zip(*plan.messages.channels, strict=True)
    owners = messages["owner"].drop_duplicates()
    drawn = rng.choice(np.array(names, dtype=object), len(owners), p=np.array(shares))
    channel = messages["owner"].map(pd.Series(drawn, index=owners.to_numpy()))
    told = messages[["owner", "campaign"]].assign(channel=channel)
    opened: Floats = messages["opened"].to_numpy()
    return pd.concat(
        [
            told.assign(day=messages["sent"], touch="message_sent"),
            told.assign(day=opened, touch="message_opened")[~np.isnan(opened)],
        ]
    )


def _is_in_burst(touches: pd.DataFrame, plan: Marketing) -> pd.Series:
    burst = plan.campaign
    day = touches["touched_at"].dt.normalize()
    in_time: pd.Series = day.between(pd.Timestamp(burst.first), pd.Timestamp(burst.last))
    is_in_burst: pd.Series = (
        in_time & (touches["touch"] == "ad_click") & touches["channel"].isin(burst.channels)
    )
    return is_in_burst
