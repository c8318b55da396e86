"""The standard slides: each question in one chart, its answer as the title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from retention import texts
from retention.charts.audit import describe_audit
from retention.charts.cohort_heatmap import describe_cohort_heatmap
from retention.charts.cumulative_value import describe_cumulative_value
from retention.charts.customer_value import describe_customer_value
from retention.charts.layer_cake import describe_layer_cake
from retention.charts.lifecycle_rates import describe_lifecycle_rates
from retention.charts.lifecycle_stages import describe_lifecycle_stages
from retention.charts.picture import Picture
from retention.charts.repurchase_curve import describe_repurchase_curve
from retention.charts.retention_curves import describe_retention_curves
from retention.errors import ArgumentError, FitError, choose
from retention.export.answer import Question, answer
from retention.export.deck import Deck
from retention.export.finding import finding
from retention.models.customer_value import customer_value
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.orders.orders import Orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.cohort_value import cohort_value
from retention.tables.customer_summary import customer_summary
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.pooled_retention import pooled_retention
from retention.tables.repurchase_curve import repurchase_curve
from retention.texts import text


@dataclass(frozen=True)
class StandardDeck:
    """The deck, and of each slide that these orders do not allow, why."""

    deck: Deck
    left_out: dict[str, str]


def standard_deck(
    orders: Orders,
    *,
    template: str | Path | None = None,
    language: str | None = None,
    footer: str = "",
) -> StandardDeck:
    """Make the slides of the monthly report; a question that the orders cannot answer has none.

    Parameters
    ----------
    orders
        What `read_orders` returned.
    template, language, footer
        As of `Deck`.

    Returns
    -------
    StandardDeck
        `deck`, and `left_out`: name of the slide to the reason.

    Raises
    ------
    ArgumentError
        If the template or language cannot be used, or no slide can be made.

    Notes
    -----
    The trap: notebook 07 has the same slides; into one file either writes, each updates the other's.
    """
    language = language or texts.current_language()
    choose("language", language, texts.languages())
    with texts.language(language):
        said = Said(orders)
        deck = Deck(
            template, title=text("Customers: who comes back, and what they are worth"),
            subtitle=said["orders"][1], language=language, footer=footer,
        )  # fmt: skip
        left_out: dict[str, str] = {}
        for name, pictured in SLIDES.items():
            try:
                picture, title, takeaway = pictured(orders, said)
                deck.add(picture, title=title, takeaway=takeaway)
            except (ArgumentError, FitError) as error:
                left_out[name] = str(error)
    return StandardDeck(deck, left_out)


# Picture, title and takeaway.
Slide = tuple[Picture, str, str]


class Said(dict[Question, tuple[str, ...]]):
    """The answers to the notebooks' questions, each computed when it is first asked for."""

    def __init__(self, orders: Orders) -> None:
        super().__init__()
        self._orders = orders

    def __missing__(self, question: Question) -> tuple[str, ...]:
        self[question] = answer(self._orders, question=question).lines
        return self[question]


def _coming_back(orders: Orders, said: Said) -> Slide:
    picture = describe_repurchase_curve(repurchase_curve(orders))
    hint = text("Those not back yet count for as long as they were observed.")
    return picture, said["cohorts"][0], f"{picture.alt_text}\n{hint}"


def _cohorts(orders: Orders, said: Said) -> Slide:
    cells = cohort_retention(orders)
    picture = describe_cohort_heatmap(cells, pooled=_pooled(cells))
    return picture, said["cohorts"][1], ""


def _pooled(cells: pd.DataFrame) -> pd.DataFrame:
    _require_whole(cells)
    return pooled_retention(cells)


def _require_whole(cells: pd.DataFrame) -> None:
    """Where no period is complete, an empty table would be found instead, which tells nobody why."""
    if not cells["is_complete"].any():
        raise ArgumentError(
            text(
                "No month is over from its first day to its last in these orders, so no cohort is complete."
            )
        )


def _curves(orders: Orders, _: Said) -> Slide:
    cells = cohort_retention(orders)
    picture = describe_retention_curves(cells, pooled=_pooled(cells))
    hint = text("Later ages rest on fewer cohorts.")
    return picture, finding(picture), f"{picture.alt_text}\n{hint}"


def _worth_so_far(orders: Orders, said: Said) -> Slide:
    cells = cohort_value(orders)
    _require_whole(cells)
    picture = describe_cumulative_value(cells)
    hint = text("The divisor is the whole cohort, back or not.")
    return picture, said["cohorts"][2], f"{picture.alt_text}\n{hint}"


def _layers(orders: Orders, _: Said) -> Slide:
    picture = describe_layer_cake(cohort_value(orders))
    hint = text("Thick layers are customers who keep buying.")
    return picture, finding(picture), f"{picture.alt_text}\n{hint}"


def _stages(orders: Orders, said: Said) -> Slide:
    picture = describe_lifecycle_stages(lifecycle_stages(orders))
    return picture, said["lifecycle"][0], said["lifecycle"][1]


def _rates(orders: Orders, said: Said) -> Slide:
    return describe_lifecycle_rates(lifecycle_rates(orders)), said["lifecycle"][2], ""


def _still_to_come(orders: Orders, said: Said) -> Slide:
    customers = customer_summary(orders)
    chosen = orders.choices.of("horizon_days", "margin", "annual_discount_rate")
    fit, spend = fit_mbg_nbd(customers), fit_gamma_gamma(customers)
    picture = describe_customer_value(customer_value(customers, fit, spend, **chosen))
    first, *others = said["value"]
    return picture, first, "\n".join(others)


def _used(orders: Orders, said: Said) -> Slide:
    picture = describe_audit(orders.audit)
    return picture, said["orders"][0], said["orders"][2]


# In the order of the deck.
SLIDES: dict[str, Callable[[Orders, Said], Slide]] = {
    "repurchase_curve": _coming_back,
    "cohort_heatmap": _cohorts,
    "retention_curves": _curves,
    "cumulative_value": _worth_so_far,
    "layer_cake": _layers,
    "lifecycle_stages": _stages,
    "lifecycle_rates": _rates,
    "customer_value": _still_to_come,
    "audit": _used,
}
