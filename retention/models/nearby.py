"""Models near a fitted one: how else its customers could have been described."""

from __future__ import annotations

import numpy as np
from scipy.linalg import block_diag

from retention.models.dropout import Dropout
from retention.models.estimates import Matrix
from retention.models.outlook import Behaviour
from retention.models.parameter_points import coordinate_covariance, parameter_points
from retention.models.purchase_rate import PurchaseRate

# The method of a family that makes one at coordinates.
MAKER = "at"


def nearby(
    rate: PurchaseRate, dropout: Dropout, covariance: Matrix, *, first_chances: int
) -> tuple[Behaviour, ...]:
    """The model at equally likely parameters around the estimates, which stand for their doubt.

    Examples
    --------
    >>> from retention.models.dropout_limits import SureDropout
    >>> from retention.models.purchase_rate import SameRate
    >>> found = nearby(SameRate(2.0), SureDropout(0.0), ((0.04,),), first_chances=0)
    >>> [round(one.rate.rate, 3) for one in found]
    [2.21, 1.81]
    """
    free, point = len(rate.names), np.concatenate([rate.coordinates(), dropout.coordinates()])
    jacobian = block_diag(rate.jacobian(), dropout.jacobian())
    # A block without parameters leaves nothing but its zero rows.
    jacobian = jacobian[: point.size, : point.size]
    doubt = coordinate_covariance(np.reshape(covariance, jacobian.shape), jacobian)
    # Nothing can be made at coordinates where a family has none.
    make_rate, make_dropout = (getattr(type(part), MAKER, None) for part in (rate, dropout))
    return tuple(
        Behaviour(
            make_rate(place[:free]) if make_rate else rate,
            make_dropout(place[free:]) if make_dropout else dropout,
            first_chances,
        )
        for place in parameter_points(point, doubt)
    )
