"""Fits as JSON text: what is read back is checked before it is believed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from retention.errors import ArgumentError
from retention.models.estimates import Matrix


def read_fit(saved: str, kind: str) -> dict[str, Any]:
    """The content of a saved fit of this kind.

    Examples
    --------
    >>> read_fit('{"kind": "fit 1", "p": 2.0}', "fit 1")
    {'kind': 'fit 1', 'p': 2.0}
    """
    try:
        found = json.loads(saved)
    except ValueError as error:
        raise ArgumentError(
            f"saved: not JSON ({saved[:20]!r}). Pass the text that fit.to_json() returned."
        ) from error
    if not isinstance(found, dict) or found.get("kind") != kind:
        raise ArgumentError(
            f"saved: not a {kind!r} ({saved[:40]!r}). Pass the text that to_json() of the same "
            "kind of fit returned, or fit again."
        )
    return found


def as_matrix(rows: Iterable[Iterable[float]]) -> Matrix:
    """A matrix as nested tuples, so that a fit stays frozen and comparable."""
    return tuple(tuple(float(value) for value in row) for row in rows)
