"""How a fit looks in a notebook: what it says in words, then its parameters."""

from __future__ import annotations

from html import escape

import pandas as pd


def fit_card(sentence: str, parameters: pd.DataFrame) -> str:
    """HTML of a sentence and a table of parameters; everything in it is escaped."""
    table = parameters.to_html(index=False, border=0, float_format="{:,.4g}".format)
    return f"<p><strong>{escape(sentence)}</strong></p>{table}"
