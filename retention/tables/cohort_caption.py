"""What the caption of a table of cohorts says: period, ages, and what differs from the default."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retention.engine.age_scale import AgeScale
from retention.meanings import MEANINGS


def cohort_parameters(scale: AgeScale, by: tuple[str, ...], **others: Any) -> dict[str, Any]:
    """The arguments that make the table again, in the order of the signature; defaults are left out.

    Examples
    --------
    >>> scale = AgeScale("month", "monday", 0, 0, step=30)
    >>> cohort_parameters(scale, (), definition="on", max_age=None)
    {'period': 'month', 'alignment': 'relative'}
    """
    parameters: dict[str, Any] = {"period": scale.period}
    if by:
        parameters["by"] = list(by)
    if scale.edges is not None:
        return parameters | {"definition": list(scale.edges)}
    if scale.step is not None:
        parameters["alignment"] = "relative"
    defaults = {"definition": "on", "measure": "net"}
    given = {name: value for name, value in others.items() if value is not None}
    return parameters | {name: v for name, v in given.items() if defaults.get(name) != v}


def with_meaning(frame: pd.DataFrame, scale: AgeScale, meaning: str, **words: Any) -> pd.DataFrame:
    """The captioned frame, with the sentence for this meaning and these ages in its attrs."""
    kind = "relative" if scale.step is not None else "calendar"
    ages = "brackets" if scale.edges is not None else kind
    key = f"{meaning} {kind}" if scale.edges is None else meaning
    if f"{key}, partial" in MEANINGS and not frame["is_complete"].all():
        key = f"{key}, partial"
    frame.attrs |= {"meaning": key, "words": {"ages": ages, "days": scale.step, **words}}
    return frame
