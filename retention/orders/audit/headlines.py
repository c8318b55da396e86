"""The headlines of a table of orders, each also without the customers who spend most."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
from ibis import _

from retention.engine.customer_grain import customers
from retention.engine.customer_keys import with_keys
from retention.engine.frames import to_arrow
from retention.engine.purchase_days import purchase_days
from retention.engine.repeat_counts import repeat_counts
from retention.names import GLOSSARY, check_columns
from retention.orders.audit.repeat_rates import WITHIN_DAYS
from retention.orders.keep import keep
from retention.periods import day_number

COLUMNS = check_columns(("name", "estimate", "without_top_1"))


def headlines_table(orders: Any, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Customers, orders, purchase days, amount, order value, repeat rate; and without the top 1 %.

    `orders` are rows per order with `is_purchase`. The top 1 % are the customers with the largest
    total amounts, one in each full hundred; ties go by the id.
    """
    grain = customers(orders, as_of_day=day_number(as_of))
    people = keep(grain.select("customer_id", "orders", "purchase_days", "total_value"))
    top = _top(people)
    days = purchase_days(orders)
    whole = _figures(people, days, as_of)
    others = days.anti_join(with_keys(top, orders), "customer")
    rest = _figures(people.anti_join(top, "customer_id"), others, as_of)
    frame = pd.DataFrame([(name, whole[name], rest[name]) for name in whole], columns=list(COLUMNS))
    return frame.astype({name: GLOSSARY[name].dtype for name in COLUMNS})


def _top(people: Any) -> Any:
    rank = ibis.row_number().over(order_by=[_.total_value.desc(), _.customer_id])
    ranked = people.mutate(rank=rank, all=_.count())
    return keep(ranked.filter((ranked.rank + 1) * 100 <= ranked["all"]).select("customer_id"))


def _figures(people: Any, days: Any, as_of: pd.Timestamp) -> dict[str, float]:
    row = to_arrow(
        people.agg(
            customers=_.count(),
            orders=_.orders.sum(),
            days=_.purchase_days.sum(),
            amount=_.total_value.sum().cast("float64"),
        )
    ).to_pylist()[0]
    counts = repeat_counts(days, as_of_day=day_number(as_of), within_days=WITHIN_DAYS)
    back = to_arrow(counts).to_pylist()[0]
    total = {name: float(value or 0) for name, value in row.items()}
    return {
        "customers": total["customers"],
        "orders": total["orders"],
        "purchase_days_per_customer": _over(total["days"], total["customers"]),
        "amount": total["amount"],
        "average_order_value": _over(total["amount"], total["orders"]),
        f"repeat_rate_{WITHIN_DAYS}": _over(float(back["returned"]), float(back["eligible"])),
    }


def _over(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else float("nan")
