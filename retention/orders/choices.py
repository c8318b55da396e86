"""What somebody knows or wants beside the reading: language, horizon, margin, thresholds, audiences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from retention.errors import ArgumentError
from retention.texts import languages


@dataclass(frozen=True)
class Choices:
    """Keys of a `retention.toml` that no source says; None leaves it to each function.

    Attributes
    ----------
    language : str
        Language of tables, charts and slides.
    horizon_days : int, days
        How far value and risk look ahead.
    margin, annual_discount_rate : float, 0..1
        What is left of an amount after variable costs, and by how much a year from now is worth less.
    at_risk_after_days, lapsed_after_days : int, days
        Days of silence; both or neither. None lets the data choose.
    touches : str
        Path of the table of touches.
    template, footer : str
        Path of the company's .pptx, and what stands first in the small print of its slides.
    consent : str
        Column of the people that says who may be contacted.
    audiences : mapping, name to condition, the most important first
    campaign : str
        Name of the campaign; another name draws another hold-out.
    holdout_share : float
        Share of each audience that is left alone on purpose, above 0 and up to 0.5.
    max_messages : int
        Whoever was sent more in 30 days is left alone.
    """

    language: str | None = None
    horizon_days: int | None = None
    margin: float | None = None
    annual_discount_rate: float | None = None
    at_risk_after_days: int | None = None
    lapsed_after_days: int | None = None
    touches: str | None = None
    template: str | None = None
    footer: str | None = None
    consent: str | None = None
    audiences: Mapping[str, str] | None = None
    campaign: str | None = None
    holdout_share: float | None = None
    max_messages: int | None = None

    def __post_init__(self) -> None:
        problems = [*_wrong_kinds(self), *_silences(self)]
        if self.language is not None and self.language not in languages():
            known = ", ".join(map(repr, languages()))
            problems.append(f"language: {self.language!r} is not one of {known}.")
        if problems:
            raise ArgumentError(" ".join(problems))

    def given(self) -> dict[str, Any]:
        """Only what was chosen."""
        chosen = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in chosen.items() if value is not None}

    def but(self, **others: Any) -> Self:
        """The same with these instead, where they are not None."""
        return replace(self, **{name: value for name, value in others.items() if value is not None})

    def of(self, *names: str) -> dict[str, Any]:
        """Those of these keys that were chosen, as keyword arguments: the others keep their default."""
        given = self.given()
        return {name: given[name] for name in names if name in given}


# Key -> whether it must be whole, the lowest and highest that are taken, and how to write it.
NUMBERS: dict[str, tuple[bool, float, float, str]] = {
    "horizon_days": (True, 1, 36_525, "days from 1 on, such as 365"),
    "margin": (False, 1e-9, 1, "above 0 and up to 1; 30 % is 0.3"),
    "annual_discount_rate": (False, 0, 0.999999, "from 0 to below 1; 10 % is 0.1"),
    "at_risk_after_days": (True, 1, 36_525, "days from 1 on, such as 90"),
    "lapsed_after_days": (True, 1, 36_525, "days from 1 on, such as 180"),
    "holdout_share": (False, 1e-9, 0.5, "above 0 and up to 0.5; a tenth is 0.1"),
    "max_messages": (True, 0, 10_000, "a number of messages from 0 on"),
}


def _wrong_kinds(choices: Choices) -> list[str]:
    problems = []
    for name, value in choices.given().items():
        if name in NUMBERS:
            if not _is_number(value, *NUMBERS[name][:3]):
                problems.append(f"{name}: {value!r} is not {NUMBERS[name][3]}.")
        elif name == "audiences":
            problems += _wrong_audiences(value)
        elif not isinstance(value, str) or not value.strip():
            problems.append(f"{name}: {value!r} is no text.")
    return problems


def _is_number(value: object, is_whole: bool, lowest: float, highest: float) -> bool:
    kinds = (int,) if is_whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        return False
    return lowest <= value <= highest


def _wrong_audiences(audiences: object) -> list[str]:
    conditions = list(audiences.values()) if isinstance(audiences, Mapping) else []
    if conditions and all(isinstance(where, str) for where in conditions):
        return []
    return [
        "audiences: not a table of names and conditions, such as "
        "\"win back\" = \"band in ['medium', 'high']\"."
    ]


def _silences(choices: Choices) -> list[str]:
    first, last = choices.at_risk_after_days, choices.lapsed_after_days
    if (first is None) != (last is None):
        return [
            "at_risk_after_days, lapsed_after_days: one is given without the other. Give both or neither."
        ]
    if isinstance(first, int) and isinstance(last, int) and first > last:
        return [f"at_risk_after_days: {first} is above lapsed_after_days, {last}."]
    return []
