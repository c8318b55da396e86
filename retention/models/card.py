"""How a fit looks in a notebook: what it says in words, then its parameters."""

from __future__ import annotations

from html import escape

import pandas as pd

from retention.texts import local_number


def fit_card(sentence: str, parameters: pd.DataFrame) -> str:
    """HTML of a sentence and a table of parameters; everything in it is escaped."""
    table = parameters.to_html(index=False, border=0, float_format=_number)
    return f"<p><strong>{escape(sentence)}</strong></p>{table}"


def _number(value: float) -> str:
    """Four figures; large ones, such as amounts of a currency without hundredths, in full."""
    return local_number(f"{value:,.0f}" if 1e4 <= abs(value) < 1e15 else f"{value:,.4g}")
