"""How a simulated shop finds people and writes to them, and the facts planted in that."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AdChannel:
    """A channel that is paid for, and what one person brought by it costs."""

    name: str
    cost: int


@dataclass(frozen=True)
class Campaign:
    """A burst of advertising: `boost` times the usual cost per person, for those it adds."""

    name: str
    first: str
    last: str
    channels: tuple[str, ...]
    boost: float


@dataclass(frozen=True)
class Interest:
    """Products looked at and put on wish lists: before a purchase (a share of the lines), or idly.

    Idle touches come at random within `idle_days` of joining, so many per person.
    """

    wish_share: float
    wish_days: float
    view_share: float
    view_days: float
    idle_wishes: float
    idle_views: float
    idle_days: float


@dataclass(frozen=True)
class Messages:
    """Messages to customers, from the first month to the last.

    Each month `series` customers get 1, 2, ... messages within four weeks (`lengths`: the share of
    each number). The n-th message within 30 days is opened with chance open_rate x open_fall ** (n
    - 1), and an opened one answered by an order with answer_rate x answer_fall ** (n - 1).
    """

    first: str
    last: str
    series: int
    lengths: tuple[tuple[int, float], ...]
    channels: tuple[tuple[str, float], ...]
    open_rate: float
    open_fall: float
    answer_rate: float
    answer_fall: float
    open_days: float
    answer_days: float


@dataclass(frozen=True)
class Marketing:
    """All of it; `reached` is the share of people of each source with a touch before they join."""

    ads: tuple[AdChannel, ...]
    reached: tuple[tuple[str, float], ...]
    reached_days: float
    campaign: Campaign
    interest: Interest
    messages: Messages
