"""An order model's fit, read back from text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retention.errors import require_number
from retention.models.order_fit import check_time_unit
from retention.models.purchase_rate import GammaRate, SameRate
from retention.models.saved_fit import read_fit
from retention.models.saved_part import saved_doubt, saved_part

RATES: dict[str, Any] = {"gamma": GammaRate, "same": SameRate}


def restored_fields(
    saved: str, kind: str, dropouts: Mapping[str, Any], further: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The fields of a fit of this kind; `further` ones are whole numbers.

    Raises
    ------
    ArgumentError
        Where the text is something else.
    """
    with read_fit(saved, kind) as found:
        rate, dropout = saved_part(found["rate"], RATES), saved_part(found["dropout"], dropouts)
        covariance, quality = saved_doubt(found, rate, dropout)
        for name in further:
            require_number(name, found[name], is_whole=True)
        return {
            "model": str(found["model"]),
            "rate": rate,
            "dropout": dropout,
            "covariance": covariance,
            "quality": quality,
            "time_unit_days": check_time_unit(found["time_unit_days"]),
            **{name: found[name] for name in further},
        }
