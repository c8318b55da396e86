"""Every string that a person sees in a table, chart, slide, report or card.

Code writes `text("{customers} customers", customers=n)`: the English sentence is the key, so that a
translation catalogue can be put behind it without touching a caller. Error messages stay English.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import Any

from retention.lifecycle_definitions import LIFECYCLE_DEFINITIONS
from retention.meanings import COHORT_RETENTION, COHORT_VALUE, MEANINGS

_CATALOGUES: dict[str, Mapping[str, str]] = {"en": {}}
_SIGNS: dict[str, tuple[str, str]] = {}
_LOCALES = Path(__file__).parent / "locale"
_ENGLISH_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?:e[-+]\d+)? ?%?")
# In a text that is filled in, three decimals may be the thousands of the language already.
_MAYBE_LOCAL = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3} ?%?")
_language: ContextVar[str | None] = ContextVar("retention_language", default=None)
_SESSION = ["en"]  # what is spoken where no block says otherwise

# What each number means, in one sentence: printed under charts, on slides and in docstrings.
DEFINITIONS: dict[str, str] = {
    "customer_summary": (
        "One row per customer with at least one purchase day by the as-of date; "
        "frequency counts repeat purchase days."
    ),
    "cohort_retention": COHORT_RETENTION,
    "pooled_retention": (
        "Customers who came back over customers observed, summed over the complete cohorts; "
        "never a mean of rates. Later ages rest on fewer cohorts."
    ),
    "cohort_value": COHORT_VALUE,
    "compare_groups": (
        "Difference: {group} less {baseline}, at ages that all of them have completed (Newcombe), "
        "and by days since the first purchase (Kaplan-Meier, every customer once). An interval that "
        "holds 0 is no evidence of a difference."
    ),
    "decompose_change": (
        "Change of the blended rate from {before} to {after} at age {age}: within is the segments' "
        "own change at their mean weight, mix is what their weights changed. The parts add up."
    ),
    "year_on_year": (
        "Each cohort beside the one of the year before at the same age, complete for both; the "
        "difference with Newcombe's interval."
    ),
    "seasonality": (
        "Orders by month over the mean of the twelve months around it; a peak is above {peak} times "
        "that mean. A month that is not over is scaled to its length."
    ),
    "repurchase_intervals": (
        "Days between successive purchase days; the last gap of each customer is still open and "
        "is kept as such."
    ),
    "repurchase_curve": (
        "Estimated share who came back for {returning_to} within the given days of a purchase; those "
        "not yet back count for as long as they were observed (Kaplan-Meier). After purchase 2 or "
        "later: who made it within {reach_days} days of the first, of those whose first lies at least "
        "{reach_days} + {within_days} days back."
    ),
    "repurchase_ladder": (
        "Of the customers observed so many days after a purchase, the share who came back for "
        "{returning_to} by then. After purchase 2 or later: of those who made it within {reach_days} "
        "days of the first, and whose first lies {reach_days} days longer back."
    ),
    "repurchase_hazard": (
        "Estimated chance of coming back for {returning_to} in the next 30 days, by purchases so far "
        "and months of 30 days without one."
    ),
    "repurchase_times": (
        "Days from the first purchase to the second; customers not yet back count for as long as they "
        "were observed (Kaplan-Meier). Beside it what leaving them out, or calling them lost, says."
    ),
    "next_product": (
        "Share of the customers observed for {within_days} days after a purchase whose next purchase "
        "by then was of the given {item}; lift: over the same share of all of them."
    ),
    "time_to_first_order": (
        "Estimated share of people with a first purchase within the given days of their first touch "
        "(Kaplan-Meier); {touched_later} who were touched only after their first order are left out."
    ),
    "acquisition_payback": (
        "Spend of a {period} over the customers who first bought in it, beside the margin ({margin:.1%} of "
        "the net amount) that they have brought since, at ages that are over."
    ),
    "message_response": (
        "Share of messages ({touch}) that an order followed within {within_days} days, by their number "
        "within {window_days} days. This is selection, not cause: only a hold-out tells what a message "
        "adds."
    ),
    "choose_lapse": (
        "Among customers silent for at least d days at a month end, the share who bought within "
        "the next {return_window} days; a customer is called lapsed where that share is at most "
        "{max_return_rate:.1%}."
    ),
    "lifecycle_stages": (
        "Stage by days since the last purchase: at risk after {at_risk_after_days}, lapsed after "
        "{lapsed_after_days} days (thresholds: {threshold_basis})."
    ),
    **LIFECYCLE_DEFINITIONS,
    "lifecycle_rates": (
        "Customer rate: customers of all people. Repeat rate: customers with two or more purchase "
        "days. Loyalty rate: of those, the ones with {loyal_orders} or more."
    ),
    "customer_value": (
        "Expected net amount in the next {horizon_days} days: expected orders times expected "
        "amount per order. Estimates from {model}."
    ),
    "score_customers": (
        "For every customer the estimated chance to be active still, the chance of an order, and "
        "the orders to expect in the next {horizon_days} days. Estimates from {model}."
    ),
    "frequency_fit": (
        "Customers by repeat purchase days so far, and the number that {model} expects given how long "
        "each has been observed; the line is where 95 % of such numbers lie if the model is right."
    ),
    "tracking": (
        "Repeat purchase days by {period}, and what {model} expects of all customers as they joined; "
        "fitted to the days up to {fitted_until}. It knows no seasons."
    ),
    "recency_frequency": (
        "Mean estimated chance of an order in the next {horizon_days} days ({model}), by purchase days "
        "so far and days since the last one."
    ),
    "alive_history": (
        "Estimated chance that the customer had not left for good, on each day with what was known by "
        "then ({model}, fitted today)."
    ),
    "second_opinion": (
        "Our estimates ({model}) beside those of the package lifetimes on the same customers."
    ),
    "customer_profile": (
        "Everything that is known of each person at the as-of date, and expected in the next {horizon_days} "
        "days ({model})."
    ),
    "audience": (
        "Customers chosen by a condition; those who opted out, have ordered since, or were sent more than "
        "{max_messages} messages in 30 days are left out."
    ),
    "plan_audiences": (
        "Each customer in the first audience that fits; a share of {share} of each will be held out, to "
        "be compared with."
    ),
    "backtest": (
        "Forecasts of purchase days in the {holdout_days} days after each cut, from what was known at "
        "it: mean log score, in hundredths above the worst forecast."
    ),
    "calibration": (
        "Customers at {cut} by orders expected of them in the next {holdout_days} days ({model}, fitted "
        "to what was known then): the share who ordered, and the one expected."
    ),
    "forecast": (
        "Expected purchase days and net amount of the next {horizon_days} days, of today's customers "
        "({model}) and of {new_customers} new ones in 30 days. Nine in ten totals end between the limits."
    ),
    "value_of_retention": (
        "Points more of today's customers who order within 365 days, each worth what those who order "
        "are expected to bring ({model})."
    ),
    "next_order_window": (
        "If the next order comes, it comes in the window with a chance of {probability}, given the "
        "silence so far."
    ),
    "churn_risk": (
        "Estimated chance of no order in the next {horizon_days} days ({model}), beside what it "
        "would be had the customer bought today."
    ),
    "assign_holdout": (
        "A share of {share} of each band of expected value is held out of the campaign of {planned_at}, "
        "drawn by hashing {salt} with each id."
    ),
    "campaign_lift": (
        "All customers assigned, reached or not: those to be contacted less those held out, in the "
        "{window_days} days from {planned_at} on, with 95 % limits (Newcombe for the order rate; "
        "permutation or Welch for money)."
    ),
    "contact_economics": (
        "Contacts are expected to add {uplift:.1%} of a customer's value at a margin of {margin:.1%}, and "
        "cost {cost_per_contact:,} each."
    ),
}


def text(message: str, /, **values: object) -> str:
    """`message` in the language of the context, with its {fields} filled in."""
    code = current_language()
    if code == "en":
        return message.format(**values) if values else message
    translated = _catalogue(code).get(message, message)
    return _LocalNumbers().vformat(translated, (), values) if values else translated


def local_number(written: str) -> str:
    """A number as English writes it, in the signs of the language; other text stays as it is.

    Examples
    --------
    >>> local_number("1,234.5"), local_number("2024-01-31")
    ('1,234.5', '2024-01-31')
    """
    code = current_language()
    if code == "en" or not _ENGLISH_NUMBER.fullmatch(written):
        return written
    if code not in _SIGNS:
        _SIGNS[code] = import_module("retention.catalogues").number_signs(code)
    group, decimal = _SIGNS[code]
    return written.translate({ord(","): group, ord("."): decimal})


class _LocalNumbers(string.Formatter):
    """Fills fields; numbers among them get the signs of the language."""

    def format_field(self, value: Any, format_spec: str) -> str:
        written = str(super().format_field(value, format_spec))
        is_local = isinstance(value, str) and _MAYBE_LOCAL.fullmatch(written)
        return written if is_local else local_number(written)


def _catalogue(code: str) -> Mapping[str, str]:
    """The translations of a language, read when it is first used."""
    if code not in _CATALOGUES:
        _CATALOGUES[code] = import_module("retention.catalogues").read_catalogue(code)
    return _CATALOGUES[code]


@contextmanager
def language(code: str) -> Iterator[None]:
    """Use a language inside a `with` block; nothing global is left behind."""
    if code not in languages():
        raise KeyError(code)
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def current_language() -> str:
    """The language of the context."""
    return _language.get() or _SESSION[0]


def speak(code: str) -> None:
    """Use a language from here on, outside of `with` blocks."""
    if code not in languages():
        raise KeyError(code)
    _SESSION[0] = code


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    known = {folder.name for folder in _LOCALES.iterdir()} if _LOCALES.exists() else set()
    return tuple(sorted({*_CATALOGUES, *known}))


def definition(attrs: Mapping[str, Any]) -> str:
    """The definition sentence of a table, rendered from its `attrs`; empty without a key.

    `meaning` chooses among several sentences of one table, `words` fill it beside the parameters.
    """
    given = {**attrs.get("parameters", {}), **attrs.get("words", {})}
    # Words such as month stand in sentences, too.
    values = {
        name: text(value) if isinstance(value, str) else value for name, value in given.items()
    }
    meaning = MEANINGS.get(str(attrs.get("meaning", "")), "")
    own = DEFINITIONS.get(str(attrs.get("definition", "")), "")
    if attrs.get("is_derived"):
        # What was made of another table says first what that one was.
        return " ".join(text(sentence, **values) for sentence in (meaning, own) if sentence)
    sentence = meaning or own
    return text(sentence, **values) if sentence else ""


def footer(attrs: Mapping[str, Any]) -> str:
    """Definition, population, as-of date and notes of a table in one paragraph, for charts and slides."""
    parts = [definition(attrs)]
    if attrs.get("customers") is not None:
        count = attrs["customers"]
        many = text("{customers} customers.", customers=f"{count:,}")
        parts.append(text("1 customer.") if count == 1 else many)
    if attrs.get("as_of"):
        parts.append(text("As of {as_of}.", as_of=attrs["as_of"]))
    parts += [text(note, **values) for note, values in attrs.get("notes", ())]
    return " ".join(part for part in parts if part)
