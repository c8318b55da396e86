"""Fits as text: what was cut, or changed by hand, is refused when it is read."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.models.beta_geometric_fit import BetaGeometricFit
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.mbg_cnbd_k import fit_mbg_cnbd_k
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.pareto_fit import ParetoFit
from retention.models.pareto_nbd import fit_pareto_nbd
from retention.models.regular_fit import RegularFit

CUSTOMERS = pd.DataFrame(
    {
        "frequency": [0, 0, 1, 2, 7],
        "recency": [0, 0, 9, 40, 70],
        "T": [80, 60, 70, 75, 72],
        "monetary_value": [None, None, 10.0, 30.0, 24.0],
        "log_gaps": [0.0, 0.0, 2.0, 6.0, 16.0],
    }
)
FITS: list[tuple[Any, Any]] = [
    (BetaGeometricFit, fit_mbg_nbd),
    (ParetoFit, fit_pareto_nbd),
    (RegularFit, fit_mbg_cnbd_k),
    (GammaGammaFit, fit_gamma_gamma),
]


def said(fit: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fit(CUSTOMERS).to_json())
    return found


def refused(kind: Any, content: dict[str, Any]) -> bool:
    with pytest.raises(ArgumentError, match="saved: 1 part of this 'retention"):
        kind.from_json(json.dumps(content))
    return True


# Examples


@pytest.mark.parametrize(("kind", "fit"), FITS)
def test_what_was_written_is_read(kind: Any, fit: Any) -> None:
    assert kind.from_json(fit(CUSTOMERS).to_json()) == fit(CUSTOMERS)


# Refusals


@pytest.mark.parametrize(("kind", "fit"), FITS)
def test_each_part_is_needed_and_looked_at(kind: Any, fit: Any) -> None:
    whole = said(fit)
    for name in set(whole) - {"kind", "model"}:
        assert refused(kind, {key: value for key, value in whole.items() if key != name})
        for wrong in (None, "x", [], {}):
            assert refused(kind, whole | {name: wrong})


@pytest.mark.parametrize("value", ["0.5", None, -1.0, float("inf"), True])
def test_parameters_are_numbers_from_0_on(value: object) -> None:
    whole = said(fit_gamma_gamma)
    assert refused(GammaGammaFit, whole | {"spend": whole["spend"] | {"p": value}})


def test_a_covariance_of_other_parameters() -> None:
    assert refused(GammaGammaFit, said(fit_gamma_gamma) | {"covariance": [[1.0]]})


@pytest.mark.parametrize("kind", [kind for kind, _ in FITS])
@pytest.mark.parametrize("saved", [None, 3, b"{}"])
def test_what_is_no_text(kind: Any, saved: Any) -> None:
    with pytest.raises(ArgumentError, match=r"saved: .* is no text\. Pass what fit"):
        kind.from_json(saved)
