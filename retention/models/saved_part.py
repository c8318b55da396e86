"""What a saved fit is made of, each part looked at when it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from retention.errors import require_number
from retention.models.estimates import Matrix, Quality
from retention.models.saved_fit import as_matrix


def saved_part(said: Mapping[str, Any], families: Mapping[str, Any]) -> Any:
    """A distribution of a known family, its parameters numbers from 0 on.

    Raises
    ------
    KeyError, TypeError, ValueError
        Where it is none.
    """
    values = {name: value for name, value in said.items() if name != "family"}
    for name, value in values.items():
        require_number(name, value)
        if not 0 <= value < np.inf:
            raise ValueError(f"{name}: {value!r} is not from 0 on")
    return families[said["family"]](**values)


def saved_doubt(found: Mapping[str, Any], *parts: Any) -> tuple[Matrix, Quality]:
    """The covariance of the parameters of these parts, and how well they fit.

    Raises
    ------
    KeyError, TypeError, ValueError
        Where they are of another number of parameters, or no numbers.
    """
    size = sum(len(part.names) for part in parts)
    covariance = as_matrix(found["covariance"])
    if [len(row) for row in covariance] != [size] * size:
        raise ValueError(f"the covariance is not of {size} parameters")
    quality = Quality(**found["quality"])
    for name, value in quality._asdict().items():
        require_number(name, value)
    return covariance, quality
