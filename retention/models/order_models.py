"""The order models by name, for functions that try several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, cast

import pandas as pd

from retention.errors import ArgumentError, choose
from retention.kinds import as_names
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.mbg_cnbd_k import fit_mbg_cnbd_k
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.pareto_nbd import fit_pareto_nbd

ModelName = Literal["mbg_nbd", "bg_nbd", "pareto_nbd", "mbg_cnbd_k"]
# Regular buying is looked for where it is asked for: elsewhere MBG/CNBD-k is MBG/NBD again.
DEFAULT: tuple[ModelName, ...] = ("mbg_nbd", "bg_nbd", "pareto_nbd")
FITS: dict[str, tuple[str, Callable[[pd.DataFrame], Any]]] = {
    "mbg_nbd": ("MBG/NBD", fit_mbg_nbd),
    "bg_nbd": ("BG/NBD", fit_bg_nbd),
    "pareto_nbd": ("Pareto/NBD", fit_pareto_nbd),
    "mbg_cnbd_k": ("MBG/CNBD-k", fit_mbg_cnbd_k),
}


def model_names(models: Sequence[ModelName] | ModelName) -> list[ModelName]:
    """The names without repetition, or a refusal.

    Raises
    ------
    ArgumentError
        Where there is none, or one is not known.

    Examples
    --------
    >>> model_names(["mbg_nbd", "bg_nbd", "mbg_nbd"])
    ['mbg_nbd', 'bg_nbd']
    """
    names = as_names("models", models)
    for name in names:
        choose("models", name, tuple(FITS))
    if not names:
        raise ArgumentError(f"models: none given. Pass some of {', '.join(FITS)}.")
    return [cast(ModelName, name) for name in dict.fromkeys(names)]


def fit_like(fit: Any, customers: pd.DataFrame) -> Any:
    """The same model, fitted to other customers whose times are in days."""
    name = "MBG/CNBD-k" if fit.model.startswith("MBG/CNBD") else fit.model
    return next(make for label, make in FITS.values() if label == name)(customers)
