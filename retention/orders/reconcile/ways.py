"""How dashboards count: as orders are placed, or in another way that leads there in known steps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# A way of counting: what the first row says of it, and each count on the way to the one of orders as
# they were placed, with the reason that leads on from it.
_REFUNDS = ("as given, refunds", (("{}_with_refunds", "refunds_as_orders"),))
_ADJUSTMENTS = (
    "as given, adjustments",
    (("{}_with_adjustments", "adjustments_as_orders"), *_REFUNDS[1]),
)
_LINES = ("as given, lines", (("lines", "lines_as_orders"),))
_GUESTS = ("as given, guests", (("{}_and_guests", "guests_as_customers"),))
_NET = "as given, net"
_OURS = "as given, ours"
_WAYS = {
    "orders": (_REFUNDS, _ADJUSTMENTS, _LINES),
    "customers": (_GUESTS, _REFUNDS, _ADJUSTMENTS),
    "new_customers": (_GUESTS, _REFUNDS, _ADJUSTMENTS),
    "returning_customers": (_REFUNDS, _ADJUSTMENTS),
}


@dataclass(frozen=True)
class Way:
    """What a dashboard counted, the steps from there, and which count the later steps follow.

    Where it is our own figure no steps follow.
    """

    said: str
    counted: Decimal
    steps: tuple[tuple[str, Decimal], ...]
    follows: str


def nearest_ways(
    given: dict[str, Decimal], counts: dict[str, Decimal], ours: dict[str, Decimal]
) -> dict[str, Way]:
    """For each figure the way that comes nearest to it, or our own figures where it is equal to them.

    In a small shop several ways can come as near: then the one in which its orders are counted, for
    it is one dashboard; else the one named first.
    """
    orders = _nearest("orders", given["orders"], counts).said if "orders" in given else ""
    ways = {figure: _nearest(figure, value, counts, orders) for figure, value in given.items()}
    return {
        figure: Way(_OURS, value, (), "")
        if _is_equal(value, ours[figure]) and not _is_equal(value, ways[figure].counted)
        else ways[figure]
        for figure, value in given.items()
    }


def _is_equal(first: Decimal, second: Decimal) -> bool:
    """To the smallest unit of money; sums of floats are a little off."""
    return round(first - second, 2) == 0


def _nearest(figure: str, given: Decimal, counts: dict[str, Decimal], liked: str = "") -> Way:
    ways = _ways(figure, counts)
    return min(ways, key=lambda way: (abs(given - way.counted), way.said != liked))


def _ways(figure: str, counts: dict[str, Decimal]) -> list[Way]:
    ways = [Way("as given", counts[figure], (), figure)]
    if figure == "revenue":
        # What was paid back stays off to the end: nothing leads back to gross sales.
        ways.append(Way(_NET, counts["net_revenue"], (), "net_revenue"))
    for said, chain in _WAYS.get(figure, ()):
        found = [counts[name.format(figure)] for name, _ in chain] + [counts[figure]]
        reasons = [reason for _, reason in chain]
        steps = tuple(zip(reasons, found[1:], strict=True))
        ways.append(Way(said, found[0], steps, figure))
    return ways
