"""The numbers by which an engine calculates are those of the spend models."""

from __future__ import annotations

from types import SimpleNamespace

import ibis
import numpy as np
import pytest

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.engine.scored import scored
from retention.errors import FitError
from retention.models.amount_terms import amount_terms, refuse_endless
from retention.models.spend import AlikeSpend, GammaSpend, SteadySpend

DAYS, VALUE = np.array([0.0, 1.0, 3.0, 250.0]), np.array([0.0, 0.01, 35.5, 9e7])
SPENDS = [
    GammaSpend(p=0.8, q=3.5, gamma=20.0),
    GammaSpend(p=3.3, q=1.0001, gamma=1e-6),
    AlikeSpend(p=2.0, mean=1 / 3),
    SteadySpend(q=3.0, scale=70.0),
]


@pytest.mark.parametrize("spend", SPENDS, ids=lambda spend: f"{spend.family} {vars(spend)}")
def test_engine_and_model_expect_the_same(spend) -> None:
    history = {"frequency": 0, "recency": 0, "T": 0}
    paid = [
        {**history, "paid_days": int(days), "paid_value": value if days else None}
        for days, value in zip(DAYS, VALUE, strict=True)
    ]
    rows = store(ibis.memtable(paid).to_pyarrow())
    score = {f"score_{name}": [0] for name in history} | {"expected_orders": [1.0]}
    scores = store(ibis.memtable(score).to_pyarrow())
    columns = ["paid_days", "expected_value"]
    found = to_arrow(scored(rows, scores, columns, terms=amount_terms(spend)).order_by("paid_days"))
    wanted = spend.conditional_mean(DAYS, VALUE)
    np.testing.assert_allclose(found["expected_value"].to_numpy(), wanted, rtol=1e-12)


def test_only_who_has_no_finite_amount_is_refused() -> None:
    """With q of at most 1, whoever has not paid yet has no mean."""
    paid = [{"paid_days": 2, "paid_value": 10.0}]
    spend = SimpleNamespace(spend=GammaSpend(p=1.0, q=0.9, gamma=5.0))
    refuse_endless(store(ibis.memtable(paid).to_pyarrow()), spend)
    unpaid = [{"paid_days": 0, "paid_value": 0.0}, *paid]
    with pytest.raises(FitError, match="1 of 2 customers have no finite"):
        refuse_endless(store(ibis.memtable(unpaid).to_pyarrow()), spend)
