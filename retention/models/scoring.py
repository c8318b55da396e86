"""From customers to scores: what is asked, and the expression that answers it where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from retention.engine.beside import beside
from retention.engine.scored import scored
from retention.models.amount_terms import amount_terms, refuse_endless
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.score_histories import Scorer, Scores, score_histories
from retention.names import check_columns

COLUMNS = check_columns(
    (
        "customer_id", "frequency", "recency", "T", "p_alive", "p_order", "expected_orders",
        "expected_order_value", "expected_value", "clv",
    )
)  # fmt: skip
MONEY = ("expected_order_value", "expected_value")
# What is read of each customer.
READ = ("customer_id", "frequency", "recency", "T", "paid_days", "paid_value")


@dataclass(frozen=True)
class Scoring:
    """The order model with its questions, and where money is asked for, the spend model."""

    scorer: Scorer
    spend_fit: GammaGammaFit | None
    margin: float | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are asked for, in the order of `COLUMNS`."""
        left_out = set() if self.spend_fit else set(MONEY)
        left_out |= set() if self.margin is not None else {"clv"}
        return tuple(name for name in COLUMNS if name not in left_out)

    def caption(self, scores: Scores) -> dict[Any, Any]:
        """What stands under the scores, but for what only the orders know."""
        asked = self.scorer
        parameters: dict[str, Any] = {"horizon_days": asked.horizon_days, "model": asked.fit.model}
        if self.margin is not None:
            rate, margin = float(asked.annual_discount_rate), float(self.margin)
            parameters |= {"annual_discount_rate": rate, "margin": margin}
        return {
            "definition": "score_customers",
            "parameters": parameters,
            "customers": scores.customers,
            **({"binning": scores.binning} if scores.binning else {}),
        }

    @contextmanager
    def answered(self, rows: Any) -> Iterator[tuple[Any, dict[Any, Any]]]:
        """One row per customer as an expression, and its caption; both only within the block."""
        if self.spend_fit is not None:
            refuse_endless(rows, self.spend_fit)
        scores = score_histories(rows, self.scorer)
        terms = None if self.spend_fit is None else amount_terms(self.spend_fit.spend)
        with beside(rows, scores.table) as table:
            found = scored(
                rows,
                table,
                self.columns,
                bin_days=scores.bin_days,
                terms=terms,
                margin=self.margin,
            )
            yield found, self.caption(scores)
