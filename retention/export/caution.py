"""A word of caution beside what a model expects, where a simple rule would have forecast better."""

from __future__ import annotations

from retention.errors import ArgumentError, FitError
from retention.models.backtest import backtest
from retention.models.verdict import best_model
from retention.orders.orders import Orders
from retention.texts import text


def caution(orders: Orders) -> str:
    """What one look back says against MBG/NBD; empty where it holds, or the history is too short.

    Examples
    --------
    >>> from retention import read_orders, simulate_orders
    >>> caution(read_orders(simulate_orders(customers=600, days=500, random_state=1)))
    ''
    """
    try:
        table = backtest(orders, models=["mbg_nbd"], cuts=1)
    except (ArgumentError, FitError):
        return ""
    scored = table[table["log_score"].notna()]
    is_model = ~scored["is_baseline"]
    if not is_model.any() or best_model(scored) in set(scored.loc[is_model, "model"]):
        return ""
    return text(
        "From {day}, a simple rule would have forecast the next {days} days better than this model: take its "
        "numbers with care.",
        day=f"{scored['cut'].iloc[0]:%Y-%m-%d}", days=int(scored["holdout_days"].iloc[0]),
    )  # fmt: skip
