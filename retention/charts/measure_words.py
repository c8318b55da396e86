"""What a table of cohorts' values measures, in the words and numbers of charts."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from retention.charts.picture import NumberFormat
from retention.texts import text


class MeasureWords(NamedTuple):
    """The measure in all and per customer, and how its numbers are written."""

    total: str
    per_customer: str
    total_format: NumberFormat
    format: NumberFormat


def measure_words(table: pd.DataFrame, currency: str | None) -> MeasureWords:
    """Words for the table's `measure`; without that column, the net amount.

    Examples
    --------
    >>> measure_words(pd.DataFrame({"measure": ["orders"]}), "VND").per_customer
    'Orders per customer'
    """
    measure = table["measure"].iloc[0] if "measure" in table.columns else "net"
    counts = {
        "orders": (text("Orders"), text("Orders per customer")),
        "items": (text("Items"), text("Items per customer")),
    }
    if measure in counts:
        return MeasureWords(*counts[measure], "integer", "decimal")
    money = {
        "gross": (text("Gross amount"), text("Gross amount per customer")),
        "margin": (text("Margin"), text("Margin per customer")),
    }
    total, each = money.get(measure, (text("Net amount"), text("Net amount per customer")))
    return MeasureWords(_in(total, currency), _in(each, currency), "money", "money")


def _in(name: str, currency: str | None) -> str:
    return text("{name}, {currency}", name=name, currency=currency) if currency else name
