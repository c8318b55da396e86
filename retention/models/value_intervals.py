"""What each customer's orders will have been worth at least, and at most: the realised value.

Given n orders and the customer's mean amount, the discounted sum is taken as gamma distributed, with
the mean and the variance that it has when each order comes at a time of its own. Over the doubt about
the mean amount that is a beta-prime distribution; over n it is a sum. It depends on frequency, age and
paid days only, up to a factor of the customer's own, so that it is computed once for each kind of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import betainc, betaincinv

from retention.models.amount_doubt import SURE, AmountDoubt
from retention.models.history import FloatArray, History, IntArray
from retention.models.most_orders import most_orders
from retention.models.order_fit import OrderFit
from retention.models.order_intervals import HIGH, LOW
from retention.models.pairs import CELLS, Pairs, pairs_of
from retention.models.setting import Setting

# Counts that are exceeded less often than this are lumped; of many counts, so many stand for all.
BEYOND, STRATA = 1e-3, 64
# Points at which a distribution is kept: enough for orders that scatter as much as a gamma of ROUGH.
POINTS, ROUGH, MOST_POINTS = 40, 16.0, 256
# Chances at the ends of these points.
END = 1e-3


@dataclass(frozen=True, eq=False)
class Kinds:
    """Customers who differ by a factor only: their pair, what is known of their amounts, and whose."""

    pair: IntArray
    # Inverse gamma shape of the mean amount; gamma shape of an order with its discount, and its scale.
    shape: FloatArray
    order_shape: FloatArray
    order_scale: FloatArray
    of: IntArray


def value_intervals(
    fit: OrderFit,
    history: History,
    amounts: AmountDoubt,
    *,
    horizon_days: int,
    annual_discount_rate: float,
) -> tuple[FloatArray, FloatArray]:
    """The 5 % and 95 % points of each customer's discounted value within the horizon.

    Parameters
    ----------
    fit
        A fitted order model.
    history
        Distinct histories in the fit's unit; `row` leads from the customers to them.
    amounts
        The doubt about each customer's amounts.
    horizon_days, annual_discount_rate
        As in `customer_value`.

    Returns
    -------
    tuple of numpy.ndarray
        Currency, before any margin; 0 where no order at all is that likely.
    """
    settings, horizon = fit.settings(), horizon_days / fit.time_unit_days
    pairs = pairs_of(history, by_recency=settings[0].minds_silence)
    alive = np.array([setting.p_alive(history) for setting in settings])
    timing = _timing(fit, pairs, horizon_days, annual_discount_rate)
    kinds = _kinds(pairs.of[history.row], amounts, timing)
    most = most_orders(settings, pairs, horizon=horizon, beyond=BEYOND)[kinds.pair]
    share = _shares(alive, history, pairs)
    mean_alive = alive.mean(axis=0)[history.row]
    values = np.zeros((2, history.row.size))
    for members in _blocks(most, _points(kinds)):
        counts = _counts(settings, pairs, share, kinds.pair[members], most[members], horizon)
        curve = _curve(kinds, members, counts)
        place = np.full(kinds.pair.size, -1, dtype=np.int64)
        place[members] = np.arange(members.size)
        rows = np.flatnonzero(place[kinds.of] >= 0)
        values[:, rows] = _quantiles(curve, place[kinds.of[rows]], mean_alive[rows])
    factor = np.exp(amounts.log_scale) * kinds.order_scale[kinds.of]
    return values[0] * factor, values[1] * factor


def _timing(fit: OrderFit, pairs: Pairs, horizon_days: int, rate: float) -> FloatArray:
    """Mean discount factor of an order and the mean of its square (rows), for each pair."""
    ones = np.ones(pairs.T.size)
    if rate == 0.0:
        return np.array([ones, ones])
    # Whether they are active does not matter here; had they just bought, most of them are.
    new = History(pairs.frequency, pairs.recency, pairs.T, ones, np.arange(pairs.T.size))
    orders = fit.outlook(new, horizon_days=horizon_days).expected_orders
    discounted = [
        fit.discounted_orders(new, horizon_days=horizon_days, annual_discount_rate=each)
        for each in (rate, (1.0 + rate) ** 2 - 1.0)
    ]
    found = np.array([ones, ones])
    np.divide(discounted, orders, out=found, where=orders > 0)
    return found


def _kinds(pair: IntArray, amounts: AmountDoubt, timing: FloatArray) -> Kinds:
    """Customers of one pair with equally many paid days, which give the shape."""
    table = pd.DataFrame({"pair": pair, "shape": amounts.shape})
    of = table.groupby(["pair", "shape"], sort=True).ngroup().to_numpy(np.int64)
    first = table.drop_duplicates().sort_values(["pair", "shape"])
    pair = first["pair"].to_numpy(np.int64)
    mean, square = timing[:, pair]
    spread = square / mean**2 * (1.0 + 1.0 / amounts.order_shape) - 1.0
    shape = 1.0 / np.maximum(spread, 1.0 / SURE)
    return Kinds(pair, first["shape"].to_numpy(np.float64), shape, mean / shape, of)


def _shares(alive: FloatArray, history: History, pairs: Pairs) -> FloatArray:
    """How much each setting counts among the active customers of a pair (settings by pairs)."""
    sums = np.array(
        [np.bincount(pairs.of, each * history.customers, pairs.T.size) for each in alive]
    )
    total = sums.sum(axis=0)
    found = np.full(sums.shape, 1.0 / len(sums))
    np.divide(sums, total, out=found, where=total > 0)
    return found


def _points(kinds: Kinds) -> int:
    """More points where amounts hardly scatter, so that single counts stand out."""
    finest = float(np.sqrt(kinds.order_shape.max() / ROUGH))
    return int(np.clip(POINTS * finest, POINTS, MOST_POINTS))


def _blocks(most: IntArray, points: int) -> list[IntArray]:
    """Kinds with about as many orders, as many as there is room for."""
    order = np.argsort(most, kind="stable")
    found: list[IntArray] = []
    start = 0
    while start < order.size:
        width = min(max(2 * int(most[order[start]]), 16), STRATA)
        stop = start + max(1, CELLS // (points * width))
        if width < STRATA:
            stop = min(stop, int(np.searchsorted(most[order], width, side="right")))
        found.append(order[start:stop])
        start = stop
    return found


@dataclass(frozen=True, eq=False)
class Counts:
    """Per kind: the chance of any order of an active customer, and of so many orders given any."""

    p_order: FloatArray
    orders: FloatArray
    weight: FloatArray


def _counts(
    settings: Sequence[Setting],
    pairs: Pairs,
    share: FloatArray,
    pair: IntArray,
    most: IntArray,
    horizon: float,
) -> Counts:
    """Counts one by one where they are few, in strata that widen where they are many."""
    strata = min(int(most.max()), STRATA)
    step = np.arange(strata + 1)
    edges = np.maximum(step, np.round(most[:, None] * (step / strata) ** 1.5))
    edges = 1 + np.minimum(edges, most[:, None]).astype(np.int64)
    told = pairs.told((pair, None))
    tails = [each.at_least(edges, **told, horizon=horizon) for each in settings]
    tail = np.einsum("kp,kpn->pn", share[:, pair], np.array(tails))
    tail[:, -1] = 0.0
    any_ = np.maximum(tail[:, :1], np.finfo(float).tiny)
    orders = np.maximum((edges[:, :-1] + edges[:, 1:] - 1) / 2, 1.0)
    return Counts(tail[:, 0], orders, -np.diff(tail, axis=1) / any_)


@dataclass(frozen=True, eq=False)
class Curve:
    """Per kind: logs of values in units of the customer's factor, and the chances to stay below."""

    log_value: FloatArray
    chance: FloatArray
    p_order: FloatArray


def _curve(kinds: Kinds, members: IntArray, counts: Counts) -> Curve:
    """The distribution of the value given any order, at points that cover it."""
    shape, order = kinds.shape[members], kinds.order_shape[members]
    # Fewer orders than these come too seldom to be worth any of the points.
    first = (np.cumsum(counts.weight, axis=1) > END).argmax(axis=1)
    least = order * counts.orders[np.arange(first.size), first]
    most = order * counts.orders.max(axis=1)
    ends = [_odds(betaincinv(a, shape, p)) for a, p in ((least, END), (most, 1.0 - END))]
    low, high = np.log(ends)
    log_value = np.linspace(low, high, _points(kinds), axis=1)
    share = _share(log_value)
    below = np.zeros(share.shape)
    for stratum in range(counts.orders.shape[1]):
        weight, n = counts.weight[:, stratum, None], counts.orders[:, stratum, None]
        below += weight * betainc(order[:, None] * n, shape[:, None], share)
    return Curve(log_value, below, counts.p_order)


def _odds(share: FloatArray) -> FloatArray:
    share = np.clip(share, 1e-12, 1.0 - 1e-12)
    return share / (1.0 - share)


def _share(log_odds: FloatArray) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def _quantiles(curve: Curve, place: IntArray, alive: FloatArray) -> FloatArray:
    """Both points of each customer, in units of the factor; no order at all is worth 0."""
    p_order = alive * curve.p_order[place]
    found = np.zeros((2, place.size))
    for at, level in enumerate((LOW, HIGH)):
        chance = np.subtract(p_order, 1.0 - level)
        some = np.flatnonzero(chance > 0)
        found[at, some] = _inverse(curve, place[some], chance[some] / p_order[some])
    return found


def _inverse(curve: Curve, place: IntArray, chance: FloatArray) -> FloatArray:
    """The value at which each customer's curve reaches the chance, between the points by lines."""
    found = np.empty(place.size)
    step = max(1, CELLS // curve.chance.shape[1])
    for start in range(0, place.size, step):
        part = slice(start, start + step)
        rows, wanted = place[part], chance[part]
        right = (
            (curve.chance[rows] < wanted[:, None]).sum(axis=1).clip(1, curve.chance.shape[1] - 1)
        )
        below, above = curve.chance[rows, right - 1], curve.chance[rows, right]
        gap = np.where(above > below, above - below, 1.0)
        along = np.clip((wanted - below) / gap, 0.0, 1.0)
        left, far = curve.log_value[rows, right - 1], curve.log_value[rows, right]
        found[part] = np.exp(left + along * (far - left))
    return found
