"""Small tables of groups, one under the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from retention.names import GLOSSARY


def stacked(
    parts: Mapping[tuple[Any, ...], pd.DataFrame], keys: Sequence[str], columns: Sequence[str]
) -> pd.DataFrame:
    """One table, sorted by the keys, which are columns in front unless they are among `columns`.

    Examples
    --------
    >>> parts = {("x",): pd.DataFrame({"at_risk": [3]}), ("a",): pd.DataFrame({"at_risk": [5]})}
    >>> stacked(parts, ["channel"], ["at_risk"])
      channel  at_risk
    0       a        5
    1       x        3
    """
    groups = [name for name in keys if name not in columns]
    names = [*groups, *columns]
    tables = [
        parts[key].assign(**dict(zip(keys, key, strict=True)))[names] for key in sorted(parts)
    ]
    empty = pd.DataFrame({name: [] for name in names})
    table = pd.concat(tables, ignore_index=True) if tables else empty
    own = {name: GLOSSARY[name].dtype for name in columns}
    return table.astype(own | dict.fromkeys(groups, "str"))
