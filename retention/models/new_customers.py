"""What to expect of customers who have just bought for the first time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from retention.kinds import as_numbers
from retention.models.order_fit import OrderFit, check_horizon
from retention.models.outlook import new_customer
from retention.names import check_columns

COLUMNS = check_columns(("horizon_days", "expected_orders"))


def expected_new_orders(fit: OrderFit, horizon_days: Sequence[int]) -> pd.DataFrame:
    """The table of `fit.expected_new_orders`, for any fitted order model.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 0, 1, 2, 7], "recency": [0, 0, 9, 40, 70], "T": [80, 60, 70, 75, 72]}
    ... )
    >>> curve = fit_mbg_nbd(customers).expected_new_orders(horizon_days=[30, 60, 90])
    >>> bool(curve["expected_orders"].is_monotonic_increasing)
    True
    """
    days, new = (
        [check_horizon(day) for day in as_numbers("horizon_days", horizon_days)],
        new_customer(),
    )
    orders = [fit.outlook(new, horizon_days=day).expected_orders[0] for day in days]
    return pd.DataFrame(
        {
            "horizon_days": np.array(days, dtype=np.int64),
            "expected_orders": np.array(orders, dtype=np.float64),
        }
    )
