"""Rates and dropouts near fitted ones: how else the same customers could have been described."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.linalg import block_diag

from retention.models.estimates import Matrix
from retention.models.parameter_points import coordinate_covariance, parameter_points
from retention.models.purchase_rate import PurchaseRate

# The method of a family that makes one at coordinates.
MAKER = "at"


def nearby(rate: PurchaseRate, dropout: Any, covariance: Matrix) -> list[tuple[PurchaseRate, Any]]:
    """Equally likely pairs around the estimates, which stand for the doubt about these.

    Examples
    --------
    >>> from retention.models.dropout_limits import SureDropout
    >>> from retention.models.purchase_rate import SameRate
    >>> found = nearby(SameRate(2.0), SureDropout(0.0), ((0.04,),))
    >>> [round(rate.rate, 3) for rate, _ in found]
    [2.21, 1.81]
    """
    free, point = len(rate.names), np.concatenate([rate.coordinates(), dropout.coordinates()])
    jacobian = block_diag(rate.jacobian(), dropout.jacobian())
    # A block without parameters leaves nothing but its zero rows.
    jacobian = jacobian[: point.size, : point.size]
    doubt = coordinate_covariance(np.reshape(covariance, jacobian.shape), jacobian)
    # Nothing can be made at coordinates where a family has none.
    make_rate, make_dropout = (getattr(type(part), MAKER, None) for part in (rate, dropout))
    return [
        (
            make_rate(place[:free]) if make_rate else rate,
            make_dropout(place[free:]) if make_dropout else dropout,
        )
        for place in parameter_points(point, doubt)
    ]
