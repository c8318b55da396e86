"""What comes in as a fit, looked at before anything is computed from it."""

from __future__ import annotations

from retention.errors import ArgumentError
from retention.models.gamma_gamma_fit import GammaGammaFit


def require_fit(fit: object, *, ability: str = "outlook") -> None:
    """Refuse what is no fitted order model, or one that cannot do what is asked of it.

    Raises
    ------
    ArgumentError
        For a table, a model of amounts, or anything else in the fit's place.
    """
    if not callable(getattr(fit, ability, None)):
        raise ArgumentError(
            f"fit: {_kind(fit)} is no fitted order model that can be used here. Pass what "
            "fit_mbg_nbd(customers), fit_bg_nbd(customers) or fit_pareto_nbd(customers) returns."
        )


def require_spend_fit(spend_fit: object, *, is_optional: bool = False) -> None:
    """Refuse what is no fitted model of amounts.

    Raises
    ------
    ArgumentError
        For a table, an order model, or anything else in its place; None may be welcome.
    """
    if isinstance(spend_fit, GammaGammaFit) or (spend_fit is None and is_optional):
        return
    raise ArgumentError(
        f"spend_fit: {_kind(spend_fit)} is no fitted spend model. Pass what "
        f"fit_gamma_gamma(customers) returns{', or leave it out' if is_optional else ''}."
    )


def _kind(given: object) -> str:
    return "None" if given is None else f"a {type(given).__name__}"
