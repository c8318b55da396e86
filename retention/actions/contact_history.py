"""What passed between the shop and each person: messages, answers, wishes."""

from __future__ import annotations

import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.last_items import last_bought
from retention.orders.orders import Orders
from retention.tables.require_rows import require_rows

SENT = ("message_sent",)
# What somebody does in answer to a message or an advertisement.
ANSWERS = ("message_opened", "message_clicked", "message_answered")
WISHES = ("wish_list",)
WINDOW = pd.Timedelta(days=30)


def contact_history(touches: pd.DataFrame, orders: Orders) -> pd.DataFrame:
    """One row per person with a touch by the as-of date, indexed by customer_id.

    messages_30_days (int64), answers (int64, ever), last_answer_channel (str, null without an answer),
    wish_list (str, null; products wished for and not bought since, the latest first).

    Raises
    ------
    ArgumentError
        If it is no table of touches.
    """
    seen = _seen(touches, orders.as_of)
    ids = pd.Index(seen["customer_id"].unique(), name="customer_id")
    sent = seen[seen["touch"].isin(SENT) & (seen["touched_at"] >= _end(orders.as_of) - WINDOW)]
    answers = seen[seen["touch"].isin(ANSWERS)]
    table = pd.DataFrame(index=ids)
    table["messages_30_days"] = _counts(sent, ids)
    table["answers"] = _counts(answers, ids)
    has_channel = "channel" in seen.columns
    last = (
        answers.groupby("customer_id")["channel"].last() if has_channel else pd.Series(dtype="str")
    )
    table["last_answer_channel"] = last.reindex(ids).astype("str")
    table["wish_list"] = _wishes(seen, orders).reindex(ids).astype("str")
    return table


def _seen(touches: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Touches by then, in time."""
    filled = ("customer_id", "touched_at")
    require_rows("touches", touches, time="touched_at", filled=filled, others=("touch",))
    times = touches["touched_at"].dt.tz_localize(None)
    rows = touches.assign(touched_at=times, customer_id=touches["customer_id"].astype("str"))
    seen: pd.DataFrame = rows[times < _end(as_of)].sort_values("touched_at", kind="stable")
    return seen


def _end(as_of: pd.Timestamp) -> pd.Timestamp:
    return as_of + pd.Timedelta(days=1)


def _counts(rows: pd.DataFrame, ids: pd.Index) -> pd.Series:
    return rows.groupby("customer_id").size().reindex(ids, fill_value=0).astype("int64")


def _wishes(seen: pd.DataFrame, orders: Orders) -> pd.Series:
    """Products wished for and not bought since, by person."""
    wishes = seen[seen["touch"].isin(WISHES)]
    if "product" not in seen.columns or wishes["product"].isna().all():
        return pd.Series(dtype="str")
    wishes = wishes.dropna(subset=["product"])[["customer_id", "product", "touched_at"]]
    # The last wish counts: who bought a product may wish for it again.
    wishes = wishes.iloc[::-1].drop_duplicates(["customer_id", "product"])
    if "product" in orders.lines.columns:
        wishes = _open_wishes(wishes, orders)
    return wishes.groupby("customer_id", sort=False)["product"].agg("; ".join)


def _open_wishes(wishes: pd.DataFrame, orders: Orders) -> pd.DataFrame:
    """Those without a purchase on the day of the wish or later; many orders say no time of day."""
    products = sorted(wishes["product"].unique())
    rows = last_bought(orders.lines, products=products)
    bought = to_frame(rows, ("customer_id", "product", "ordered_at"))
    both = wishes.merge(bought, how="left", on=["customer_id", "product"])
    is_bought: pd.Series = both["ordered_at"] >= both["touched_at"].dt.normalize()
    return both.loc[~is_bought]
