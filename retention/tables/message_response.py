"""How many order after the first, second, third message within a month."""

from __future__ import annotations

import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.order_moments import order_moments
from retention.errors import ArgumentError, examples
from retention.kinds import require_text, require_texts
from retention.names import GLOSSARY, MISSING, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.caption import caption
from retention.tables.days_given import require_days
from retention.tables.repeatable import repeatable
from retention.tables.require_rows import require_rows
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(("message_number", "messages", "responded", "response_rate", "low", "high"))
LAST = 4


@repeatable
def message_response(
    orders: Orders | pd.DataFrame,
    *,
    touches: pd.DataFrame,
    touch: str = "message_sent",
    by: str | None = "channel",
    within_days: int = 7,
    window_days: int = 30,
    as_of: As_of = None,
) -> pd.DataFrame:
    """Share of messages that an order follows, by how many came before within a month.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    touches : DataFrame as `read_touches` returns it
    touch : str
        The kind of touch that is a message, such as message_sent or message_opened.
    by : str or None
        Column of the touches to tell apart; None for all together.
    within_days : int
        Days of 24 hours after the message in which an order counts.
    window_days : int
        Messages to the same person within so many days before, of any channel, make the number.
    as_of : date, default the orders' own

    Returns
    -------
    DataFrame, one row per (channel, number)
        by (str), message_number (int64, 1 is the first within the window; 4 the fourth and later),
        messages (int64, observed for within_days), responded (int64, messages that an order followed),
        response_rate (float64, 0..1), low, high (float64, 95 %, Wilson; messages to the same person count
        as if they were independent). `attrs["parameters"]["not_over"]`: messages left out, because
        their days are not over.

    Raises
    ------
    ArgumentError
        If touches lack a column, none is of this kind, or a number of days is none.

    Notes
    -----
    The trap: this is selection, not cause. Who gets a fourth message is another customer than who gets
    one, and many would have ordered without any. Only a hold-out (`assign_holdout`) tells what a
    message adds.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "b"], "amount": [10.0, 7.0],
    ...     "ordered_at": pd.to_datetime(["2024-01-03", "2024-01-31"])})
    >>> touches = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"], "touch": "message_sent", "channel": "Zalo",
    ...     "touched_at": pd.to_datetime(["2024-01-01", "2024-01-05", "2024-01-02"])})
    >>> table = message_response(orders, touches=touches)
    >>> table[["channel", "message_number", "messages", "responded", "response_rate"]]
      channel  message_number  messages  responded  response_rate
    0    Zalo               1         2          1            0.5
    1    Zalo               2         1          0            0.0
    """
    require_days(within_days=within_days, window_days=window_days)
    given = given_orders(orders, as_of)
    sent = _messages(touches, touch, by, given.as_of)
    sent["message_number"] = _numbers(sent, window_days).clip(upper=LAST)
    end = given.as_of + pd.Timedelta(days=1)
    is_over = sent["touched_at"] + pd.Timedelta(days=within_days) <= end
    seen = sent[is_over].assign(is_followed=_is_followed(sent[is_over], given, within_days))
    keys = [*([by] if by else []), "message_number"]
    table = seen.groupby(keys, as_index=False).agg(
        messages=("is_followed", "size"), responded=("is_followed", "sum")
    )
    low, high = wilson_interval(table["responded"], table["messages"])
    table = table.assign(response_rate=table["responded"] / table["messages"], low=low, high=high)
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    customers = int(seen["customer_id"].nunique())
    words = {"touch": touch, "within_days": within_days, "window_days": window_days}
    table = caption(table, "message_response", given, customers=customers, **words)
    table.attrs["parameters"]["not_over"] = int((~is_over).sum())
    return table


def _messages(
    touches: pd.DataFrame, touch: str, by: str | None, as_of: pd.Timestamp
) -> pd.DataFrame:
    """The messages by person and time: customer_id (text), touched_at, and `by`."""
    require_texts(by=by)
    require_text("touch", touch, hint="Name a kind of touches, such as 'message_sent'.")
    filled, others = ("customer_id", "touched_at"), ("touch", *([by] if by else []))
    require_rows("touches", touches, time="touched_at", filled=filled, others=others)
    if by in COLUMNS or by in ("customer_id", "touched_at"):
        raise ArgumentError(f"by: {by!r} means something else here. Group by channel or campaign.")
    rows = touches[touches["touch"] == touch]
    if rows.empty:
        raise ArgumentError(
            f"touch: 0 of {len(touches):,} touches are {touch!r}; there are "
            f"{examples(sorted(touches['touch'].dropna().unique()))}."
        )
    ids = rows["customer_id"].astype("str")
    times = rows["touched_at"].dt.tz_localize(None).astype("datetime64[us]")
    table = pd.DataFrame({"customer_id": ids, "touched_at": times})
    if by:
        table[by] = rows[by].astype("str").fillna(MISSING)
    table = table[times < as_of + pd.Timedelta(days=1)]
    ordered: pd.DataFrame = table.sort_values([*table.columns], ignore_index=True)
    return ordered


def _numbers(sent: pd.DataFrame, window_days: int) -> pd.Series:
    """1 + the messages to the same person in the days before; rows are by person and time."""
    ones = sent.assign(one=1.0).set_index("touched_at").groupby("customer_id")["one"]
    # Within so many days is up to and with the last of them.
    counts = ones.rolling(f"{window_days}D", closed="both").sum()
    return pd.Series(counts.to_numpy(), index=sent.index).astype("int64")


def _is_followed(sent: pd.DataFrame, orders: Orders, within_days: int) -> pd.Series:
    """Whether an order came after each message, in time."""
    if sent.empty:
        return pd.Series(False, index=sent.index)
    start = day_number(sent["touched_at"].min().normalize())
    moments = order_moments(orders.orders, from_day=start)
    bought = to_frame(moments, ("customer_id", "ordered_at")).sort_values("ordered_at")
    asked = sent[["customer_id", "touched_at"]].reset_index().sort_values("touched_at")
    found = pd.merge_asof(
        asked, bought, left_on="touched_at", right_on="ordered_at", by="customer_id",
        direction="forward", allow_exact_matches=False,
    )  # fmt: skip
    wait = (found["ordered_at"] - found["touched_at"]).set_axis(found["index"])
    return (wait <= pd.Timedelta(days=within_days)).reindex(sent.index)
