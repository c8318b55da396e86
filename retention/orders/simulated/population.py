"""How simulated customers buy, drop out and spend: the parameters of the models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from retention.errors import ArgumentError, choose

Model = Literal["mbg_nbd", "bg_nbd"]
MODELS: tuple[Model, ...] = ("mbg_nbd", "bg_nbd")


@dataclass(frozen=True, kw_only=True)
class Population:
    """Customers whose rates, dropout and spend follow known distributions; time in days.

    A customer buys at a constant rate drawn from Gamma(shape r, rate alpha). After each purchase
    (`bg_nbd`: each but the first) the customer leaves for good with a probability drawn from
    Beta(a, b). An order's amount is Gamma(shape p, rate nu), nu drawn from Gamma(shape q, rate v),
    so that the mean amount is p v / (q - 1).

    Parameters
    ----------
    r, alpha : float
        Purchase rate; alpha in days.
    a, b : float
        Dropout; `a=0`: nobody ever leaves.
    p, q, v : float
        Amounts; v in the currency, q above 1.
    model : {"mbg_nbd", "bg_nbd"}
        Whether a customer can leave right after the first purchase.
    joining_days : int, optional
        Customers join evenly over so many first days; by default over the whole time.

    Raises
    ------
    ArgumentError
        If a parameter is not positive, or q is not above 1.
    """

    r: float = 0.5
    alpha: float = 45.0
    a: float = 0.9
    b: float = 1.6
    p: float = 6.0
    q: float = 4.0
    v: float = 15.0
    model: Model = "mbg_nbd"
    joining_days: int | None = None

    def __post_init__(self) -> None:
        choose("model", self.model, MODELS)
        positive = {name: getattr(self, name) for name in ("r", "alpha", "b", "p", "q", "v")}
        wrong = [f"{name}={value}" for name, value in positive.items() if not value > 0]
        if not self.a >= 0:
            wrong.append(f"a={self.a}")
        if self.joining_days is not None and self.joining_days < 1:
            wrong.append(f"joining_days={self.joining_days}")
        if wrong:
            raise ArgumentError(
                f"population: {len(wrong)} parameters are out of range ({', '.join(wrong)}). "
                "All must be above 0; only a may be 0."
            )
        if self.q <= 1:
            raise ArgumentError(f"population: q={self.q}: the mean amount exists for q > 1 only.")
