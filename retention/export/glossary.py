"""What the columns of some tables mean, as a table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from retention.names import GLOSSARY
from retention.texts import text


def glossary_of(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One row per column that the glossary knows, in the order of their first use.

    Examples
    --------
    >>> glossary_of([pd.DataFrame({"age": [0], "mine": [1]})]).iloc[0, 0]
    'age'
    """
    names = dict.fromkeys(str(name) for frame in frames for name in frame.columns)
    rows = [
        (name, text(GLOSSARY[name].unit), text(GLOSSARY[name].meaning))
        for name in names
        if name in GLOSSARY
    ]
    return pd.DataFrame(rows, columns=[text(word) for word in ("column", "unit", "meaning")])
