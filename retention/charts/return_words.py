"""What a table of cohorts counts as a return, in the words of titles and axes."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from retention.texts import text


class ReturnWords(NamedTuple):
    """Who is counted, and what the values are."""

    title: str
    values: str


def return_words(table: pd.DataFrame) -> ReturnWords:
    """Words for the definition that the table's caption names; plain ones where there is none.

    Examples
    --------
    >>> return_words(pd.DataFrame()).title
    'Customers who came back'
    """
    if "until_day" in table.columns:
        return ReturnWords(
            text("Customers who bought within those days"), text("Share that bought in those days")
        )
    words = table.attrs.get("parameters", {})
    match words.get("definition"):
        case "on_or_after":
            return ReturnWords(
                text("Customers who came back then or later"),
                text("Share that bought then or later, up to age {age}", age=words.get("max_age")),
            )
        case "on_or_before":
            return ReturnWords(
                text("Customers who had come back by then"),
                text("Share with a second purchase day by then"),
            )
        case _:
            return ReturnWords(
                text("Customers who came back"), text("Share of the cohort that bought")
            )
