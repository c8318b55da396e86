"""Fitting BG/NBD and MBG/NBD."""

from __future__ import annotations

from functools import partial

import pandas as pd

from retention.models.beta_geometric_fit import FIRST_CHANCES, BetaGeometricFit
from retention.models.dropout import BetaDropout
from retention.models.dropout_limits import SameDropout, SplitDropout, SureDropout
from retention.models.likelihood import order_likelihood
from retention.models.nested import Family, OrderModel
from retention.models.order_fit import check_time_unit
from retention.models.scaled_fit import fit_scaled

# The surface can have two peaks: slow buyers of whom few leave, and quick ones of whom most do.
DROPOUTS = (
    Family(BetaDropout.at, ((-1.0, 0.5), (1.0, 0.0))),
    Family(SameDropout.at, ((-1.0,), (1.0,))),
    Family(SplitDropout.at, ((-1.0,), (1.0,))),
    Family(lambda _: SureDropout(0.0), ((), ())),
    Family(lambda _: SureDropout(1.0), ((), ())),
)


def fit_beta_geometric(
    customers: pd.DataFrame, *, model: str, time_unit_days: float
) -> BetaGeometricFit:
    """The maximum likelihood fit; see `fit_bg_nbd` and `fit_mbg_nbd`, which call this."""
    unit = check_time_unit(time_unit_days)
    likelihood = partial(order_likelihood, first_chances=FIRST_CHANCES[model])
    found = fit_scaled(customers, OrderModel(DROPOUTS, likelihood))
    return BetaGeometricFit(model, **found._asdict(), time_unit_days=unit)
