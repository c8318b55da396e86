"""Recency, frequency and money scores, named segments, and what to do about each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, examples, require_columns
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.repeatable import repeatable
from retention.tables.rfm_cutoffs import MEASURES, measured, rfm_cutoffs
from retention.tables.rfm_segments import NAMES, SEGMENTS, segment_places
from retention.texts import text

COLUMNS = check_columns(
    (
        "customer_id", "days_since_last_order", "purchase_days", "total_value", "r_score", "f_score",
        "m_score", "segment", "suggestion",
    )
)  # fmt: skip
SCORES = dict(zip(("r_score", "f_score", "m_score"), MEASURES, strict=True))
MOST_CUT_OFFS = 4


@repeatable
def rfm(
    orders: Orders | pd.DataFrame, *, as_of: As_of = None, cutoffs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Score customers from 1 to 5 by how lately, how often and for how much they bought.

    A score is 1 and one more for each cut-off that lies below the value; of days since the last order,
    5 less one for each. Customers with equal values have equal scores.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    cutoffs : DataFrame as `rfm_cutoffs` returns it
        Those of an earlier month, so that months can be compared; default: of these customers.

    Returns
    -------
    DataFrame, one row per customer, sorted by customer_id
        customer_id (str), days_since_last_order (int64, days), purchase_days (int64), total_value
        (float64, currency, net), r_score, f_score, m_score (int64, 1..5; f_score 1..4 where more than
        40 % have the same number of purchase days), segment (str, by r_score and f_score), suggestion
        (str, one thing to do).

    Raises
    ------
    ArgumentError
        If the cut-offs lack a measure or do not rise, or nobody has bought.

    Notes
    -----
    The trap: scores are ranks, no chances. Whether a champion buys again is `churn_risk`'s question,
    and whether a suggestion helps is one for a hold-out.

    References
    ----------
    Hughes (1994), Strategic Database Marketing, for the scores.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-05", "2024-02-29"]),
    ...     "amount": [10.0, 25.0, 7.0, 4.0],
    ... })
    >>> rfm(orders)[["customer_id", "r_score", "f_score", "m_score", "segment"]]
      customer_id  r_score  f_score  m_score              segment
    0           a        4        2        4  potential_loyalists
    1           b        2        1        2          hibernating
    2           c        5        1        1        new_customers
    """
    given = given_orders(orders, as_of)
    edges = _edges(rfm_cutoffs(given) if cutoffs is None else cutoffs)
    table = measured(given)
    for score, name in SCORES.items():
        below = np.searchsorted(edges[name], table[name].to_numpy(float), side="left")
        table[score] = 5 - below if score == "r_score" else 1 + below
    top = len(edges["purchase_days"]) + 1
    places = segment_places(table["r_score"].to_numpy(), table["f_score"].to_numpy(), top)
    suggestions = [text(SEGMENTS[name].suggestion) for name in NAMES]
    table = table.assign(
        segment=pd.array(NAMES, dtype="str").take(places),
        suggestion=pd.array(suggestions, dtype="str").take(places),
    )
    table = table[list(COLUMNS)].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    return caption(table, "rfm", given, customers=len(table), cutoffs=edges)


def _edges(cutoffs: pd.DataFrame) -> dict[str, list[float]]:
    """Cut-offs by measure, checked: they may have been kept in a file."""
    hint = "Pass what rfm_cutoffs(orders) returned."
    require_columns("cutoffs", cutoffs, ("measure", "cut_off"), hint)
    edges = {name: cutoffs.loc[cutoffs["measure"] == name, "cut_off"] for name in MEASURES}
    wrong = [name for name, found in edges.items() if not _is_rising(found)]
    if wrong:
        raise ArgumentError(
            f"cutoffs: {len(wrong)} of {len(MEASURES)} measures do not have 1 to {MOST_CUT_OFFS} "
            f"numbers, none below the one before ({examples(wrong)}). {hint}"
        )
    return {name: [float(edge) for edge in found] for name, found in edges.items()}


def _is_rising(edges: pd.Series) -> bool:
    is_number = pd.api.types.is_numeric_dtype(edges) and edges.notna().all()
    return bool(is_number and 0 < len(edges) <= MOST_CUT_OFFS and edges.is_monotonic_increasing)
