"""Fits as JSON text: what is read back is checked before it is believed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from retention.errors import ArgumentError, shown
from retention.models.estimates import Matrix


@contextmanager
def read_fit(saved: str, kind: str) -> Iterator[dict[str, Any]]:
    """The content of a saved fit of this kind; whoever stumbles over it inside, refuses it.

    Raises
    ------
    ArgumentError
        Where it is no text, not JSON, another kind, or a part is missing or not what it should be.

    Examples
    --------
    >>> with read_fit('{"kind": "fit 1", "p": 2.0}', "fit 1") as found:
    ...     found["p"]
    2.0
    """
    found = _parsed(saved)
    if not isinstance(found, dict) or found.get("kind") != kind:
        raise ArgumentError(
            f"saved: not a {kind!r} ({saved[:40]!r}). Pass the text that to_json() of the same "
            "kind of fit returned, or fit again."
        )
    try:
        yield found
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ArgumentError(
            f"saved: 1 part of this {kind!r} is missing or wrong ({type(error).__name__}: {error}). "
            "Pass the text as to_json() returned it, or fit again."
        ) from error


def _parsed(saved: str) -> Any:
    if not isinstance(saved, str):
        raise ArgumentError(f"saved: {shown(saved)} is no text. Pass what fit.to_json() returned.")
    try:
        return json.loads(saved)
    except ValueError as error:
        raise ArgumentError(
            f"saved: not JSON ({saved[:20]!r}). Pass the text that fit.to_json() returned."
        ) from error


def as_matrix(rows: Iterable[Iterable[float]]) -> Matrix:
    """A matrix as nested tuples, so that a fit stays frozen and comparable."""
    return tuple(tuple(float(value) for value in row) for row in rows)
