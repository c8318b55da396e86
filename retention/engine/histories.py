"""Customers' histories: the distinct ones, which is all that an order model is asked about."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _


def with_bins(rows: Any, *, bin_days: int) -> Any:
    """The same rows, beside the `bin_recency` and `bin_T` that stand for theirs: whole bins.

    A repeat purchase keeps a recency above 0, and recency never passes T.

    Examples
    --------
    >>> rows = ibis.memtable({"recency": [0, 1, 40], "T": [3, 2, 40]})
    >>> with_bins(rows, bin_days=7).to_pandas().to_dict("list")
    {'recency': [0, 1, 40], 'T': [3, 2, 40], 'bin_recency': [0, 7, 42], 'bin_T': [0, 7, 42]}
    """
    if bin_days == 1:
        return rows.mutate(bin_recency=_.recency, bin_T=_.T)
    came_back = ibis.greatest(_nearest(rows.recency, bin_days), bin_days)
    recency = ibis.ifelse(rows.recency > 0, came_back, 0).cast("int64")
    binned = rows.mutate(bin_recency=recency)
    return binned.mutate(bin_T=ibis.greatest(_nearest(binned.T, bin_days), binned.bin_recency))


def histories(rows: Any, *, bin_days: int = 1) -> Any:
    """Distinct (frequency, recency, T), with the number of customers who share each.

    Examples
    --------
    >>> rows = ibis.memtable({"frequency": [0, 0], "recency": [0, 0], "T": [9, 9]})
    >>> histories(rows).to_pandas().to_dict("list")
    {'frequency': [0], 'recency': [0], 'T': [9], 'customers': [2]}
    """
    binned = with_bins(rows, bin_days=bin_days)
    return binned.group_by("frequency", recency=_.bin_recency, T=_.bin_T).agg(customers=_.count())


def _nearest(days: Any, bin_days: int) -> Any:
    """The nearest multiple; exact, since whole numbers of days are small."""
    return ((days + bin_days // 2) / bin_days).floor().cast("int64") * bin_days
