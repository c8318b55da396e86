"""Scores of distinct histories: the model is evaluated once for each, however many share it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from retention.engine.frames import to_frame
from retention.engine.histories import histories, with_bins
from retention.models.history import NEEDED, compress_customers
from retention.models.order_fit import OrderFit

# More distinct histories than these are binned: about half a minute of work, and 200 MB.
MOST_HISTORIES = 2_000_000
# Days in a bin: none, then the least of the others that is enough.
BINS = (1, 2, 3, 7, 14, 28)
# At least so many histories tell how far binned scores are off, where there are as many.
SAMPLED = 20_000


@dataclass(frozen=True)
class Scorer:
    """A fitted order model and what it is asked: how far ahead, and whether money is discounted."""

    fit: OrderFit
    horizon_days: int
    annual_discount_rate: float
    is_discounted: bool

    def scores(self, found: pd.DataFrame) -> pd.DataFrame:
        """One row per row of `found`, which has frequency, recency and T in days."""
        history = compress_customers(found).scaled(self.fit.time_unit_days)
        outlook = self.fit.outlook(history, horizon_days=self.horizon_days)
        scores = {
            "p_alive": outlook.p_alive,
            "p_order": outlook.p_order,
            "expected_orders": outlook.expected_orders,
        }
        if self.is_discounted:
            scores["discounted_orders"] = self.fit.discounted_orders(
                history,
                horizon_days=self.horizon_days,
                annual_discount_rate=self.annual_discount_rate,
            )
        return pd.DataFrame({name: values[history.row] for name, values in scores.items()})


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores by history: `table` to be joined, how wide the bins are, and what they cost."""

    table: pa.Table
    bin_days: int
    customers: int
    binning: dict[str, Any] = field(default_factory=dict)


def score_histories(rows: Any, scorer: Scorer) -> Scores:
    """Scores of every distinct history of `rows`, an engine expression with one row per customer.

    Where there are more than `MOST_HISTORIES`, recency and T are rounded to bins, and the error is
    measured on a sample.
    """
    found, bin_days = _found(rows)
    keys = found[list(NEEDED)].add_prefix("score_")
    table = pd.concat([keys, scorer.scores(found)], axis=1)
    return Scores(
        table=pa.Table.from_pandas(table, preserve_index=False),
        bin_days=bin_days,
        customers=int(found["customers"].sum()),
        binning=_binning(rows, scorer, bin_days) if bin_days > 1 else {},
    )


def _found(rows: Any) -> tuple[pd.DataFrame, int]:
    """The distinct histories, in the narrowest bins that leave few enough; the widest at the worst."""
    columns = (*NEEDED, "customers")
    for bin_days in BINS[:-1]:
        distinct = histories(rows, bin_days=bin_days)
        # One more than allowed says enough: no need to fetch them all.
        found = to_frame(distinct.limit(MOST_HISTORIES + 1), columns)
        if len(found) <= MOST_HISTORIES:
            return found, bin_days
    return to_frame(histories(rows, bin_days=BINS[-1]), columns), BINS[-1]


def _binning(rows: Any, scorer: Scorer, bin_days: int) -> dict[str, Any]:
    """How far scores of binned histories are from those of the histories themselves."""
    sample = _sample(rows, bin_days)
    weight = sample["customers"].to_numpy()
    binned = sample[["frequency"]].assign(recency=sample["bin_recency"], T=sample["bin_T"])
    exact, rounded = scorer.scores(sample[list(NEEDED)]), scorer.scores(binned)
    orders = weight @ exact["expected_orders"].to_numpy()
    change = weight @ rounded["expected_orders"].to_numpy() - orders
    return {
        "days": bin_days,
        "sampled_histories": len(sample),
        "largest_difference_p_alive": float(np.abs(rounded["p_alive"] - exact["p_alive"]).max()),
        "relative_difference_expected_orders": float(np.abs(change) / orders) if orders else 0.0,
    }


def _sample(rows: Any, bin_days: int) -> pd.DataFrame:
    """Every so many-th distinct history, spread by remainders: the same ones on every engine."""
    exact = histories(rows)
    step = max(1, MOST_HISTORIES // SAMPLED)
    spread = exact.frequency * 7919 + exact.recency * 104_729 + exact.T * 1_299_709
    sample = with_bins(exact.filter(spread % step == 0), bin_days=bin_days)
    return to_frame(sample, (*NEEDED, "customers", "bin_recency", "bin_T"))
