"""How far forecasts of totals were off at past cuts: what all customers have in common is in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from retention.engine.days_within import money_within
from retention.engine.frames import to_arrow
from retention.errors import FitError
from retention.models.forecast_path import Path, forecast_path
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.history import FloatArray, IntArray
from retention.models.newcomers import newcomers_before, newcomers_between
from retention.models.order_fit import OrderFit
from retention.models.order_models import fit_like
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.customer_summary import customer_summary
from retention.tables.student import student_quantile

MOST_CUTS = 6
SHORTEST_DAYS = 28
LEVEL = 0.95  # one-sided: nine in ten between both limits


@dataclass(frozen=True, eq=False)
class PastErrors:
    """Logs of what came over what was expected: a row a cut, a column a step.

    Of the orders and the money of each step, and of their sums so far; and how far they would have been
    off if customers had nothing in common.
    """

    cuts: int
    orders: FloatArray
    value: FloatArray
    orders_so_far: FloatArray
    value_so_far: FloatArray
    step_doubt: FloatArray
    doubt: FloatArray

    def spread(self, errors: FloatArray, own_then: FloatArray, own: FloatArray) -> FloatArray:
        """By which factor, as a log, nine in ten totals stay inside.

        What the errors exceed the customers' own scatter by is common to all; it is added to the scatter
        of today's customers. The fewer cuts tell it, the wider the limits.
        """
        if not self.cuts:
            return np.asarray(ndtri(LEVEL) * own)
        common = np.maximum((errors**2 - own_then**2).mean(axis=0), 0.0)
        total = common + own**2
        known = np.divide(total, common, out=np.full(total.shape, np.inf), where=common > 0)
        return np.asarray(student_quantile(LEVEL, self.cuts * known**2) * np.sqrt(total))


def past_errors(orders: Orders, fit: OrderFit, days: IntArray, *, are_given: bool) -> PastErrors:
    """The same forecast at cuts one horizon apart, as far back as history allows.

    With `are_given`, the number of new customers is known, as it is in the forecast itself.
    """
    horizon = int(days.max())
    room = (orders.as_of - orders.history_start).days - SHORTEST_DAYS
    backs = [horizon * number for number in range(1, min(MOST_CUTS, room // horizon) + 1)]
    found = [_one(orders, fit, days, back, are_given) for back in backs]
    rows = [each for each in found if each is not None]
    empty = np.zeros((0, days.size))
    columns = [np.array([row[place] for row in rows]) if rows else empty for place in range(6)]
    return PastErrors(len(rows), *columns)


def _one(
    orders: Orders, fit: OrderFit, days: IntArray, back: int, are_given: bool
) -> tuple[FloatArray, ...] | None:
    """The errors at one cut; None where no model can be fitted there."""
    known = orders.at(orders.as_of - pd.Timedelta(days=back))
    then = orders.at(known.as_of + pd.Timedelta(days=int(days.max())))
    try:
        path = _path(known, then, fit, days, are_given)
    except FitError:
        return None
    came = _came(then, known.as_of, days)
    pairs = [(came[0], path.orders), (came[1], path.value)]
    pairs += [(np.cumsum(actual), np.cumsum(said)) for actual, said in pairs]
    errors = [_log_ratio(actual, said) for actual, said in pairs]
    return (*errors, path.step_doubt, path.doubt)


def _path(known: Orders, then: Orders, fit: OrderFit, days: IntArray, are_given: bool) -> Path:
    customers = customer_summary(known)
    newcomers = newcomers_between(then, int(days.max())) if are_given else newcomers_before(known)
    return forecast_path(
        known, customers, fit_like(fit, customers), fit_gamma_gamma(customers), days, newcomers
    )


def _came(then: Orders, after: pd.Timestamp, days: IntArray) -> tuple[FloatArray, FloatArray]:
    """Purchase days and their money in each step."""
    rows = money_within(then.orders, after_day=day_number(after), until_day=day_number(then.as_of))
    found = to_arrow(rows).to_pandas()
    step = np.searchsorted(days, found["day"].to_numpy(np.int64) - day_number(after))
    came = found[["purchase_days", "amount"]].astype("float64").groupby(step).sum()
    came = came.reindex(range(days.size), fill_value=0.0)
    return came["purchase_days"].to_numpy(), came["amount"].to_numpy()


def _log_ratio(actual: FloatArray, said: FloatArray) -> FloatArray:
    """Half a unit is added where nothing was expected or came; money is far above that."""
    return np.asarray(np.log(np.maximum(actual, 0.5) / np.maximum(said, 0.5)))
