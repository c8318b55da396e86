"""An order model's fit, read back from text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retention.models.estimates import Quality
from retention.models.purchase_rate import GammaRate, SameRate
from retention.models.saved_fit import as_matrix, read_fit

RATES: dict[str, Any] = {"gamma": GammaRate, "same": SameRate}


def restored_fields(
    saved: str, kind: str, dropouts: Mapping[str, Any], further: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The fields of a fit of this kind, `further` ones included.

    Raises
    ------
    ArgumentError
        Where the text is something else.
    """
    found = read_fit(saved, kind)
    rate, dropout = found["rate"], found["dropout"]
    fields = {
        "model": found["model"],
        "rate": RATES[rate.pop("family")](**rate),
        "dropout": dropouts[dropout.pop("family")](**dropout),
        "covariance": as_matrix(found["covariance"]),
        "quality": Quality(**found["quality"]),
        "time_unit_days": found["time_unit_days"],
    }
    return fields | {name: found[name] for name in further}
